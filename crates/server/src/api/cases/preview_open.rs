//! `POST /cases/preview`: what opening would do.

use super::open::OpenBody;
use super::preview::{Preview, view};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command;
use crate::http::extract::Json;
use crate::problem::Answer;
use axum::extract::State;
use serde_json::Value;

/// What opening a case would do, without doing it.
#[utoipa::path(
    post, path = "/cases/preview", tag = "cases", operation_id = "cases_preview_open",
    request_body = OpenBody,
    responses((status = 200, body = Preview), (status = 422)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn preview_open(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Json(body): Json<Value>,
) -> Answer<Json<Preview>> {
    let open = OpenBody::read(&body)?;
    let previewed = command::preview_open(&app, &session, &open).await?;
    Ok(Json(view(&app, &session, previewed)))
}
