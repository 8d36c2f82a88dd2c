//! `POST /cases/{id}/actions/{action}`: do something on a case.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::{self, Act, Key, Submission};
use crate::http::extract::{Json, Path};
use crate::http::prefer::{Prefer, minimal};
use crate::problem::{Answer, Problem};
use crate::view::case::{CaseView, page};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::CaseId;
use serde_json::Value;

/// Does an action. With `If-Match` it is refused when somebody changed the case meanwhile; with
/// `Prefer: return=minimal` the answer only says that it is done.
#[utoipa::path(
    post, path = "/cases/{id}/actions/{action}", tag = "cases", operation_id = "cases_act",
    params(
        ("id" = String, Path), ("action" = String, Path),
        ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header),
        ("Prefer" = Option<String>, Header),
    ),
    request_body = Submission,
    responses(
        (status = 200, body = CaseView),
        (status = 204, description = "Done; `Location` names the case, as `Prefer` asked"),
        (status = 409), (status = 412), (status = 422),
    ),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn act(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path((case, action)): Path<(CaseId, String)>,
    key: Key,
    prefer: Prefer,
    Json(body): Json<Value>,
) -> Answer<Response> {
    let act = Act { case, action, submission: submission(&body)?, handing: None };
    let id = command::act(&app, &session, &key, &act, &body).await?;
    if prefer.minimal {
        return Ok(minimal(format!("/api/v1/cases/{id}")));
    }
    Ok(super::tagged(page(&app, &session, id).await?).into_response())
}

/// Reads a submission.
pub fn submission(body: &Value) -> Answer<Submission> {
    serde_json::from_value(body.clone()).map_err(|e| {
        Problem::new("bad-request").detail(
            format!("请求内容无法理解：{e}"),
            format!("The request cannot be understood: {e}"),
        )
    })
}
