//! `POST /unsubscribe`: no more of what a customer did not ask for.

use crate::app::App;
use crate::http::extract::Query;
use crate::problem::{Answer, Problem};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::StoreError;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/unsubscribe`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(unsubscribe))
}

/// The word that stands in the message.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Word {
    word: String,
}

/// The word in the address, where a program of letters ends them at one press.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OneClick {
    /// As in the body; the body is not read then.
    word: Option<String>,
}

/// Ends reminders and offers to whoever the word was sent to; without signing in. How their cases
/// stand they are told as before.
#[utoipa::path(
    post, path = "/unsubscribe", tag = "session", operation_id = "unsubscribe",
    params(OneClick), request_body = Word, responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn unsubscribe(
    State(app): State<App>,
    Query(pressed): Query<OneClick>,
    body: Bytes,
) -> Answer<StatusCode> {
    let written = || serde_json::from_slice::<Word>(&body).unwrap_or_default().word;
    let word = pressed.word.unwrap_or_else(written);
    match app.store().unsubscribe(&word, app.now()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::NotFound(_)) => Err(Problem::new("not-found").detail(
            "这个退订链接不完整；请从短信或邮件里重新打开，或致电我们",
            "This link is not whole; open it from the message again, or call us",
        )),
        Err(other) => Err(other.into()),
    }
}
