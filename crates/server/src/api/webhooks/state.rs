//! `POST /webhooks/{id}/rest`, `/resume`, `/end`: whether a subscription is told.

use super::keep::stale;
use super::list::{WebhookRow, one};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// Where it goes on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// Leaves out what happened while it rested, instead of telling it now.
    #[serde(default)]
    skip: bool,
}

/// Lets a subscription rest.
#[utoipa::path(
    post, path = "/webhooks/{id}/rest", tag = "system", operation_id = "webhooks_rest",
    params(("id" = i64, Path)),
    responses((status = 200, body = WebhookRow), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn rest(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
) -> Answer<Json<WebhookRow>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    app.store().rest_webhook(&webhook, session.id(), session.now).await.map_err(stale)?;
    Ok(Json(one(&app, &session, id).await?))
}

/// Lets a subscription go on; whoever says so looks after it.
#[utoipa::path(
    post, path = "/webhooks/{id}/resume", tag = "system", operation_id = "webhooks_resume",
    params(("id" = i64, Path)), request_body = Resume,
    responses((status = 200, body = WebhookRow), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn resume(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
    Json(body): Json<Resume>,
) -> Answer<Json<WebhookRow>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    let (by, now) = (session.id(), session.now);
    app.store().resume_webhook(&webhook, body.skip, by, now).await.map_err(stale)?;
    app.nudge();
    Ok(Json(one(&app, &session, id).await?))
}

/// Ends a subscription for good.
#[utoipa::path(
    post, path = "/webhooks/{id}/end", tag = "system", operation_id = "webhooks_end",
    params(("id" = i64, Path)),
    responses((status = 204), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn end(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
) -> Answer<StatusCode> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    app.store().end_webhook(&webhook, session.id(), session.now).await.map_err(stale)?;
    Ok(StatusCode::NO_CONTENT)
}
