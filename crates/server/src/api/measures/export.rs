//! `GET /measures/{id}/cases.xlsx`: the list behind a number as a workbook.

use super::cases::{CountedRow, page};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::figures::amount::AmountView;
use crate::figures::asked::{Asked, Filter};
use crate::figures::reading;
use crate::http::extract::{Path, Query};
use crate::problem::Answer;
use crate::view::Words;
use crate::view::figure::DimensionRef;
use crate::view::sheet::{self, Cell};
use axum::extract::State;
use axum::response::Response;
use base::Lang;

const TITLES: [(&str, &str); 6] = [
    ("日期", "Day"),
    ("单号", "Case"),
    ("流程", "Process"),
    ("现状", "State now"),
    ("机构", "Unit"),
    ("次数", "Times"),
];

/// Rows read at a time.
const STEP: u32 = 100;

/// The cases behind a measure of a place and period as a workbook.
#[utoipa::path(
    get, path = "/measures/{id}/cases.xlsx", tag = "figures", operation_id = "measures_export",
    params(("id" = String, Path), Filter),
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
    Path(id): Path<String>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let asked = Asked::of(&app, &session, &filter)?;
    let measure = reading::measure(&session.release, &id)?;
    let dimensions = DimensionRef::all(&session.release, measure);
    let unit = crate::figures::amount::Kind::from(measure.unit).unit();
    let head = |words: &Words| Words {
        zh: format!("数量({})", words.zh),
        en: format!("Amount ({})", words.en),
    };
    let amount = head(&unit);
    let mut titles = TITLES.to_vec();
    titles.push((&amount.zh, &amount.en));
    titles.extend(dimensions.iter().map(|d| (d.title.zh.as_str(), d.title.en.as_str())));
    let (mut rows, mut skip) = (Vec::new(), 0);
    loop {
        let shown = page(&app, &session, &asked, measure, skip, STEP).await?;
        rows.extend(shown.items.iter().map(|row| cells(row, session.lang)));
        skip += STEP;
        if shown.next.is_none() || rows.len() >= sheet::MOST_ROWS {
            break;
        }
    }
    sheet::answer("cases.xlsx", &titles, &rows, session.lang)
}

fn cells(row: &CountedRow, lang: Lang) -> Vec<Cell> {
    let mut cells: Vec<Cell> = vec![
        row.day.as_str().into(),
        row.number.as_str().into(),
        row.process.title.get(lang).into(),
        row.state.title.get(lang).into(),
        row.org.as_str().into(),
        Cell::Whole(row.times),
        AmountView::cell(row.value.as_ref()),
    ];
    cells.extend(row.by.iter().map(|words| Cell::from(words.get(lang))));
    cells
}
