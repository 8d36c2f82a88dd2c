//! Serials (编号).

mod get;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/serials`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get))
}
