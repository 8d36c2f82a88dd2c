//! `POST` and `DELETE /customers/{id}/wechat`: a code a customer scans, or none of it any more.

use super::unmask::not_mine;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs::qr;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::CustomerId;
use serde::Serialize;
use store::wechat::WORD_SECONDS;
use store::{Scope, StoreError};
use utoipa::ToSchema;

/// How a customer stands with the company's official account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WechatStand)]
pub struct WechatView {
    /// Whether there is such an account.
    offered: bool,
    /// Since when they are known to it.
    since: Option<String>,
}

/// A code to scan.
#[derive(Debug, Serialize, ToSchema)]
pub struct WechatCode {
    /// It, as SVG.
    svg: String,
    /// How long it works.
    expires_at: String,
}

/// How this customer stands with it.
pub async fn stand(app: &App, id: CustomerId) -> Answer<WechatView> {
    let settings = app.channels().map(crate::channels::Channels::settings);
    let offered = settings.is_some_and(|settings| settings.wechat.is_some());
    let since = app.store().customer_wechat(id).await?.map(|(_, at)| at.to_string());
    Ok(WechatView { offered, since })
}

/// A code for the customer to scan at the counter; whoever scans it within ten minutes is told in
/// `WeChat` how this customer's cases stand.
#[utoipa::path(
    post, path = "/customers/{id}/wechat", tag = "customers", operation_id = "customers_wechat",
    params(("id" = String, Path)),
    responses((status = 200, body = WechatCode), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn code(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<WechatCode>> {
    let id = mine(&app, id, &session.scope).await?;
    let channels = app.channels().filter(|channels| channels.settings().wechat.is_some());
    let channels = channels.ok_or_else(|| Problem::new("wechat-none"))?;
    let (word, expires) = app.store().wechat_word(id, session.now).await?;
    let text = channels.wechat_code(&word, WORD_SECONDS, session.now).await;
    let text = text.map_err(|why| {
        tracing::warn!(why, "no code of the official account");
        Problem::new("wechat-away")
            .detail(format!("微信答复：{why}"), format!("WeChat says: {why}"))
    })?;
    Ok(Json(WechatCode { svg: qr::svg(&text), expires_at: expires.to_string() }))
}

/// The customer wants nothing by `WeChat` any more.
#[utoipa::path(
    delete, path = "/customers/{id}/wechat", tag = "customers",
    operation_id = "customers_wechat_end", params(("id" = String, Path)),
    responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn end(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CustomerId>,
) -> Answer<StatusCode> {
    let id = mine(&app, id, &session.scope).await?;
    let counter = session.counter_act();
    let by = (session.id(), counter.as_ref());
    app.store().unlink_wechat(id, by, session.now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The file this number leads to, where the customer is served here and not erased.
async fn mine(app: &App, id: CustomerId, scope: &Scope) -> Answer<CustomerId> {
    match app.store().customer_seen(id, scope).await {
        Ok(customer) if !customer.erased => Ok(customer.id),
        Ok(_) | Err(StoreError::NotFound(_)) => Err(not_mine()),
        Err(error) => Err(error.into()),
    }
}
