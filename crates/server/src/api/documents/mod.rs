//! Printed documents (单据) and what they lie on.

mod get;
mod papers;
mod printed;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/documents` and `/papers`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(printed::printed))
        .routes(routes!(papers::list))
        .routes(routes!(papers::test))
}
