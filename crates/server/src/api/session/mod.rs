//! Signing in and out.

mod create;
mod delete;

pub use create::{allowed_now, begun, begun_at, checked};

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/session`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create::create, delete::delete))
}
