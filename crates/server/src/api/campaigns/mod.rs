//! Recalls and service campaigns (召回、服务活动): how far they have come.

mod get;
mod list;
mod units;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/campaigns`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(get::get))
        .routes(routes!(units::units))
}
