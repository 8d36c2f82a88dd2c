//! Lists as workbooks (导出), as their pages show them.

mod cells;
mod create;
mod listed;
mod pieces;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/exports`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(create::create))
}
