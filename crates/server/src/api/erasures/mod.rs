//! Erasures that were asked for and wait (待注销).

mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/erasures`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list))
}
