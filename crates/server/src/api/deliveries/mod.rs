//! Messages to customers that reached nobody (未送达消息).

mod handle;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/deliveries`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(handle::again))
        .routes(routes!(handle::done))
}
