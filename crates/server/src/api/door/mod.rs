//! The door: the ways in.

mod get;

pub use get::{DemoAccount, SETTING};

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/door`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get))
}
