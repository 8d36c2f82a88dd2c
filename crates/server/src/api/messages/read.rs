//! `POST /messages/read`: I have read these.

use crate::app::{App, Audience};
use crate::auth::SignedIn;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// Ids, or `"all"`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    ids: Ids,
}

/// Ids, or `"all"`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Ids {
    /// These.
    Some(Vec<i64>),
    /// `all`.
    All(String),
}

/// Marks messages read.
#[utoipa::path(
    post, path = "/messages/read", tag = "workbench", operation_id = "messages_read",
    request_body = Read, responses((status = 204)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn read(
    State(app): State<App>,
    session: SignedIn,
    Json(body): Json<Read>,
) -> Answer<StatusCode> {
    let ids = match &body.ids {
        Ids::Some(ids) if ids.len() <= 1000 => Some(ids.as_slice()),
        Ids::All(word) if word == "all" => None,
        _ => {
            return Err(Problem::new("bad-request")
                .detail("ids 应为编号列表或 \"all\"", "ids must be a list of ids or \"all\""));
        }
    };
    app.store().read_messages(session.id(), ids, session.now).await?;
    app.changed("messages", None, Audience::Person(session.id()));
    Ok(StatusCode::NO_CONTENT)
}
