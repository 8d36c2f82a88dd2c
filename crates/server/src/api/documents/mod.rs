//! Printed documents (单据).

mod get;
mod printed;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/documents`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get)).routes(routes!(printed::printed))
}
