//! `GET /figures.xlsx`: the page of figures as a workbook.

use super::list::read;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::figures::amount::AmountView;
use crate::figures::asked::{Asked, Filter};
use crate::figures::period;
use crate::http::extract::Query;
use crate::problem::Answer;
use crate::view::figure::{FigureView, MeasureView};
use crate::view::sheet::{self, Cell};
use crate::view::{ClauseView, Words};
use axum::extract::State;
use axum::response::Response;
use base::Lang;

const TITLES: [(&str, &str); 8] = [
    ("流程", "Process"),
    ("类别", "Kind"),
    ("名称", "Name"),
    ("单位", "Unit"),
    ("本期", "This period"),
    ("目标", "Target"),
    ("达标", "Met"),
    ("条款", "Clauses"),
];

/// Every figure and measure of a place and period as a workbook, a column for each point of the
/// trend. What is not rated is an empty cell.
#[utoipa::path(
    get, path = "/figures.xlsx", tag = "figures", operation_id = "figures_export", params(Filter),
    responses(
        (
            status = 200,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        (status = 404),
    ),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn export(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let asked = Asked::of(&app, &session, &filter)?;
    let lang = session.lang;
    let shown = read(&app, &session, &asked).await?;
    let periods: Vec<Words> = asked.periods.iter().map(|label| period::words(label)).collect();
    let mut titles = TITLES.to_vec();
    titles.extend(periods.iter().map(|words| (words.zh.as_str(), words.en.as_str())));
    let mut rows = Vec::new();
    for group in &shown.groups {
        let process = group.title.get(lang);
        rows.extend(group.figures.iter().map(|figure| figure.cells(process, lang)));
        rows.extend(group.measures.iter().map(|measure| measure.cells(process, lang)));
    }
    sheet::answer("figures.xlsx", &titles, &rows, lang)
}

impl FigureView {
    /// The figure as cells of a sheet.
    fn cells(&self, process: &str, lang: Lang) -> Vec<Cell> {
        let met = match (self.met, self.value.is_some(), lang) {
            (Some(true), _, Lang::Zh) => "达标",
            (Some(true), _, Lang::En) => "met",
            (Some(false), _, Lang::Zh) => "未达标",
            (Some(false), _, Lang::En) => "not met",
            (None, true, _) => "",
            (None, false, Lang::Zh) => "未评",
            (None, false, Lang::En) => "not rated",
        };
        let kind = if lang == Lang::Zh { "统计数" } else { "Figure" };
        let mut cells = vec![
            process.into(),
            kind.into(),
            self.title.get(lang).into(),
            self.unit.get(lang).into(),
            AmountView::cell(self.value.as_ref()),
            AmountView::cell(self.target.as_ref()),
            met.into(),
            labels(&self.clauses),
        ];
        cells.extend(self.trend.iter().map(|point| AmountView::cell(point.value.as_ref())));
        cells
    }
}

impl MeasureView {
    /// The measure as cells of a sheet.
    fn cells(&self, process: &str, lang: Lang) -> Vec<Cell> {
        let kind = if lang == Lang::Zh { "指标" } else { "Measure" };
        let mut cells = vec![
            process.into(),
            kind.into(),
            self.title.get(lang).into(),
            self.unit.get(lang).into(),
            AmountView::cell(self.value.as_ref()),
            Cell::Empty,
            Cell::Empty,
            labels(&self.clauses),
        ];
        cells.extend(self.trend.iter().map(|point| AmountView::cell(point.value.as_ref())));
        cells
    }
}

fn labels(clauses: &[ClauseView]) -> Cell {
    let labels: Vec<&str> = clauses.iter().map(|clause| clause.label.as_str()).collect();
    labels.join(" ").as_str().into()
}
