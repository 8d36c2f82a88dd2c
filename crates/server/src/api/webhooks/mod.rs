//! Subscriptions (事件推送): programs of others that are told what happens to cases.

mod held;
mod keep;
mod list;
mod robots;
mod state;
mod tries;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/webhooks`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, keep::create))
        .routes(routes!(keep::put))
        .routes(routes!(keep::rotate))
        .routes(routes!(robots::create))
        .routes(routes!(robots::put))
        .routes(routes!(state::rest))
        .routes(routes!(state::resume))
        .routes(routes!(state::end))
        .routes(routes!(held::skip))
        .routes(routes!(held::hurry))
        .routes(routes!(tries::list))
        .routes(routes!(tries::test))
        .routes(routes!(tries::again))
}
