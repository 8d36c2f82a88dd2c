//! Measures (指标): what the journal counts, split by its dimensions, and the cases behind it.

mod cases;
mod export;
mod get;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/measures`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(get::get))
        .routes(routes!(cases::cases))
        .routes(routes!(export::export))
}
