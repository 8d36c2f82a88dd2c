//! Signing in and out.

mod arrived;
mod create;
mod delete;
mod provider;

pub use create::{allowed_now, begun, begun_at, checked};
pub use provider::{Away, Opening, away};

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/session`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create::create, delete::delete))
        .routes(routes!(provider::begin, provider::back))
}
