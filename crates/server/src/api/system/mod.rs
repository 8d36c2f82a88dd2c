//! Looking after the system itself.

mod verify;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/verify`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(verify::verify))
}
