//! Figures (统计数): what was counted, put into formulas.

mod export;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/figures`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(export::export))
}
