//! `GET /figures`: every figure and measure of the rulebook for a place and a period.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::figures::asked::{Asked, Filter};
use crate::figures::reading::Reading;
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::Words;
use crate::view::figure::{FigureView, MeasureView, Period};
use axum::extract::State;
use rulebook::Release;
use rulebook::model::Measure;
use serde::Serialize;
use utoipa::ToSchema;

/// Everything counted, by process.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures {
    /// For which place and period.
    pub asked: Period,
    /// By process, in the order of the rulebook.
    pub groups: Vec<Group>,
}

/// What is counted of one process.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FigureGroup)]
pub struct Group {
    /// The process; empty for what is counted over all of them.
    pub id: String,
    /// Its words.
    pub title: Words,
    /// Figures.
    pub figures: Vec<FigureView>,
    /// Measures.
    pub measures: Vec<MeasureView>,
}

/// Every figure and measure in words, with what it came to in a period, its target and its trend.
#[utoipa::path(
    get, path = "/figures", tag = "figures", operation_id = "figures_list", params(Filter),
    responses((status = 200, body = Figures), (status = 404)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<Figures>> {
    let asked = Asked::of(&app, &session, &filter)?;
    Ok(Json(read(&app, &session, &asked).await?))
}

/// Reads everything.
pub async fn read(app: &App, session: &Session, asked: &Asked) -> Answer<Figures> {
    let release = &*session.release;
    let measures: Vec<String> = release.measures.keys().cloned().collect();
    let reading = Reading::of(app, release, asked, &measures).await?;
    let mut groups: Vec<Group> = processes(release)
        .into_iter()
        .map(|(id, title)| Group { id, title, figures: vec![], measures: vec![] })
        .collect();
    for figure in &release.figures {
        let first = figure.measures().into_iter().find_map(|id| release.measures.get(&id));
        let process = first.map(process_of).unwrap_or_default();
        if let Some(group) = groups.iter_mut().find(|group| group.id == process) {
            group.figures.push(FigureView::of(app, session, &reading, figure));
        }
    }
    for measure in release.measures.values() {
        let process = process_of(measure);
        if let Some(group) = groups.iter_mut().find(|group| group.id == process) {
            group.measures.push(MeasureView::of(app, session, &reading, measure));
        }
    }
    groups.retain(|group| !group.figures.is_empty() || !group.measures.is_empty());
    Ok(Figures { asked: Period::of(app, session, asked), groups })
}

/// The process a measure looks at; empty where it looks at several.
pub fn process_of(measure: &Measure) -> String {
    let mut named = measure.on.iter().map(|pattern| pattern.process.as_deref().unwrap_or_default());
    let first = named.next().unwrap_or_default();
    if named.all(|other| other == first) { first.to_owned() } else { String::new() }
}

/// All processes by name, repairs first as most happens there; what goes over all comes last.
fn processes(release: &Release) -> Vec<(String, Words)> {
    let weight = |id: &str| release.measures.values().filter(|m| process_of(m) == id).count();
    let all = release.processes.values();
    let mut named: Vec<(String, Words)> =
        all.map(|process| (process.id.clone(), (&process.title).into())).collect();
    named.sort_by_key(|(id, _)| std::cmp::Reverse(weight(id)));
    named.push((String::new(), Words { zh: "全部流程".into(), en: "All processes".into() }));
    named
}
