//! Scorecards (评分表): points and levels of stations, and what people enter for them.

mod enter;
mod get;
mod list;
mod standings;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/scorecards`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(get::get))
        .routes(routes!(standings::standings))
        .routes(routes!(enter::enter))
}
