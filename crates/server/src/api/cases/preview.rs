//! `POST /cases/{id}/actions/{action}/preview`: what would happen.

use super::act::submission;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::{self, Act, Previewed};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::Words;
use crate::view::case::StateRef;
use crate::view::form::FormSchema;
use crate::view::problem::ProblemBody;
use crate::view::verdict::VerdictView;
use axum::extract::State;
use base::CaseId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What would happen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// Whether it would be done.
    ok: bool,
    #[schema(value_type = Option<ProblemBody>)]
    problem: Option<Value>,
    /// The form, visible fields, requirements and values computed anew.
    form: Option<FormSchema>,
    verdict: Option<VerdictView>,
    next: Option<Next>,
}

/// Where it would lead.
#[derive(Debug, Serialize, ToSchema)]
pub struct Next {
    state: Words,
}

/// What an action would do, without doing it.
#[utoipa::path(
    post, path = "/cases/{id}/actions/{action}/preview", tag = "cases",
    operation_id = "cases_preview",
    params(("id" = String, Path), ("action" = String, Path)),
    request_body = command::Submission,
    responses((status = 200, body = Preview), (status = 404)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn preview(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path((case, action)): Path<(CaseId, String)>,
    Json(body): Json<Value>,
) -> Answer<Json<Preview>> {
    let act = Act { case, action, submission: submission(&body)?, handing: None };
    let previewed = command::preview(&app, &session, &act).await?;
    Ok(Json(view(&app, &session, previewed)))
}

/// The answer.
pub fn view(app: &App, session: &Session, previewed: Previewed) -> Preview {
    let Previewed { release, after, problem, form } = previewed;
    let process = after.as_ref().and_then(|case| release.processes.get(&case.process));
    let verdict = after
        .as_ref()
        .and_then(|case| serde_json::from_value(case.data.get("verdict")?.clone()).ok())
        .map(|v: engine::Verdict| VerdictView::of(app, &release, &v, session.lang));
    let state = after.as_ref().and_then(|case| case.full_state("main"));
    Preview {
        ok: problem.is_none(),
        problem: problem.map(|p| p.body(session.lang, "")),
        form,
        verdict,
        next: state.map(|full| Next { state: StateRef::of(process, &full).title }),
    }
}
