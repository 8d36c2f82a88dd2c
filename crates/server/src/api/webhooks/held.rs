//! `POST /webhooks/{id}/skip`, `POST /webhooks/{id}/now`: the event that holds a subscription up.

use super::keep::{stale, wrong};
use super::list::{WebhookRow, one};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::Answer;
use axum::extract::State;
use serde::Deserialize;
use store::StoreError;
use utoipa::ToSchema;

/// Shortest and longest reason.
const REASON: std::ops::RangeInclusive<usize> = 2..=200;

/// Which event, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// The event as the page showed it, `evt_…`: no other one is skipped.
    message: String,
    /// Why the receiver goes without it.
    reason: String,
}

/// Skips the event that holds a subscription up; who did it and why is journaled. What follows is
/// told.
#[utoipa::path(
    post, path = "/webhooks/{id}/skip", tag = "system", operation_id = "webhooks_skip",
    params(("id" = i64, Path)), request_body = Skip,
    responses((status = 200, body = WebhookRow), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn skip(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
    Json(body): Json<Skip>,
) -> Answer<Json<WebhookRow>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    let reason = clean::text(&body.reason);
    if !REASON.contains(&reason.chars().count()) {
        return Err(wrong(
            "reason",
            "请写明为什么跳过，2 到 200 字",
            "Say why it is skipped, in 2 to 200 characters",
        ));
    }
    let entry = body.message.strip_prefix("evt_").and_then(|entry| entry.parse().ok());
    let entry = entry.ok_or_else(|| stale(StoreError::Stale { current: webhook.version }))?;
    let (by, now) = (session.id(), session.now);
    app.store().skip_event(&webhook, entry, &reason, by, now).await.map_err(stale)?;
    app.nudge();
    Ok(Json(one(&app, &session, id).await?))
}

/// Tells the event that holds a subscription up now, without waiting for its time.
#[utoipa::path(
    post, path = "/webhooks/{id}/now", tag = "system", operation_id = "webhooks_now",
    params(("id" = i64, Path)),
    responses((status = 200, body = WebhookRow), (status = 404)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn hurry(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
) -> Answer<Json<WebhookRow>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    app.store().hurry_webhook(&webhook, session.now).await?;
    app.nudge();
    Ok(Json(one(&app, &session, id).await?))
}
