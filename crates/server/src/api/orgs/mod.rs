//! Organisation units (机构): the tree, and the mode units work in.

mod list;
mod mode;
mod write;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/orgs`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::orgs, write::create))
        .routes(routes!(write::put))
        .routes(routes!(mode::put))
        .routes(routes!(mode::history))
}
