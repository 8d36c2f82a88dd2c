//! `POST /unsubscribe`: no more of what a customer did not ask for.

use crate::app::App;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::StoreError;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/unsubscribe`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(unsubscribe))
}

/// The word that stands in the message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    word: String,
}

/// Ends reminders and offers to whoever the word was sent to; without signing in. How their cases
/// stand they are told as before.
#[utoipa::path(
    post, path = "/unsubscribe", tag = "session", operation_id = "unsubscribe",
    request_body = Word, responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn unsubscribe(State(app): State<App>, Json(body): Json<Word>) -> Answer<StatusCode> {
    match app.store().unsubscribe(&body.word, app.now()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::NotFound(_)) => Err(Problem::new("not-found").detail(
            "这个退订链接不完整；请从短信里重新打开，或致电我们",
            "This link is not whole; open it from the message again, or call us",
        )),
        Err(other) => Err(other.into()),
    }
}
