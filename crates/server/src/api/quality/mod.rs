//! Quality (质量): batches beside what the others let expect, and how far outlets reach.

mod batches;
mod faults;
mod outlets;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/quality`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(batches::list))
        .routes(routes!(faults::list))
        .routes(routes!(outlets::list))
}
