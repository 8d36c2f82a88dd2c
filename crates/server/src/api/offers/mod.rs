//! `GET /offers`: what I must do now (我的待办).

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::problem_of;
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::row::CaseRowView;
use crate::view::{List, Words};
use axum::extract::State;
use rulebook::model::Mark;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::offer::OfferRow;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Largest page.
const MAX_PAGE: u32 = 100;

/// `/offers`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list))
}

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Page {
    limit: Option<u32>,
}

/// A to-do row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offer)]
pub struct OfferView {
    case: CaseRowView,
    action: String,
    action_title: Words,
    #[schema(value_type = String)]
    mark: Mark,
    due_at: Option<String>,
    deadline_title: Option<Words>,
    late: bool,
    #[schema(value_type = Option<crate::view::problem::ProblemBody>)]
    blocked: Option<Value>,
}

/// What I must do now, the most urgent first.
#[utoipa::path(
    get, path = "/offers", tag = "workbench", operation_id = "offers_list", params(Page),
    responses((status = 200, body = List<OfferView>)),
    extensions(("x-permission" = json!("case_act"))),
)]
async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Query(page): Query<Page>,
) -> Answer<Json<List<OfferView>>> {
    let limit = page.limit.unwrap_or(MAX_PAGE).clamp(1, MAX_PAGE);
    let rows = app.store().offers(session.id(), &session.scope, limit).await?;
    let views = rows.iter().map(|row| view(&app, &session, row));
    Ok(Json(List::whole(views.collect())))
}

fn view(app: &App, session: &crate::auth::Session, row: &OfferRow) -> OfferView {
    let release =
        app.releases().pinned(&row.case.release).unwrap_or_else(|_| session.release.clone());
    let process = release.processes.get(&row.case.process);
    let action = process.and_then(|p| p.action(&row.action));
    let deadline = row.deadline.as_ref().zip(process).and_then(|(id, p)| {
        p.deadlines.iter().find(|d| d.id == *id).map(|d| Words::from(&d.title))
    });
    let blocked = row.blocked.as_ref();
    let passed = row.due_at.is_some_and(|due| due < app.now());
    OfferView {
        case: CaseRowView::of(app, &row.case),
        action: row.action.clone(),
        action_title: action.map_or_else(|| Words::key(&row.action), |a| (&a.title).into()),
        mark: action.map(|a| a.mark_at(&row.case.state, passed)).unwrap_or_default(),
        due_at: row.due_at.map(|at| at.to_string()),
        deadline_title: deadline,
        late: row.late,
        blocked: blocked.map(|refusal| problem_of(&release, refusal).body(session.lang, "")),
    }
}
