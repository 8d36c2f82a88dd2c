//! The catalogue of the release in force, and verdicts by it.

mod get;
mod verdict;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/catalog`, `/verdicts`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get)).routes(routes!(verdict::create))
}
