//! The part master (配件目录).

mod create;
mod export;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/parts`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list, create::create)).routes(routes!(export::export))
}
