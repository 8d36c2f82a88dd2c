//! `GET /scorecards`: the scorecards of the rulebook.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::figures::cards;
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::scorecard::PeriodView;
use crate::view::{ClauseView, List, OrgRef, Words};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A scorecard one may look at.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScorecardRow {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
    /// Periods that have begun, the latest first.
    periods: Vec<PeriodView>,
    /// The units in my scope that it scores.
    orgs: Vec<OrgRef>,
}

/// The scorecards of the release in force, with the units in my scope that each scores.
#[utoipa::path(
    get, path = "/scorecards", tag = "scorecards", operation_id = "scorecards_list",
    responses((status = 200, body = List<ScorecardRow>)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
) -> Answer<Json<List<ScorecardRow>>> {
    let release = &session.release;
    let rows = release.scorecards.values().map(|card| ScorecardRow {
        id: card.id.clone(),
        title: (&card.title).into(),
        clauses: ClauseView::all(release, &card.clause, session.lang),
        periods: cards::periods(card, app.today())
            .iter()
            .map(|label| PeriodView::of(label))
            .collect(),
        orgs: cards::scored(&app, &session, card).iter().map(OrgRef::from).collect(),
    });
    Ok(Json(List::whole(rows.collect())))
}
