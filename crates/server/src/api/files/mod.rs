//! Photos, signatures, scans.

pub mod create;
mod get;

use crate::app::App;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// Room for the multipart frame around the largest file.
const BODY_LIMIT: usize = crate::files::MAX_BYTES + 64 * 1024;

/// `/files`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create).layer(DefaultBodyLimit::max(BODY_LIMIT)))
        .routes(routes!(get::get))
}
