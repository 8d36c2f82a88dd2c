//! In-app messages (站内消息).

mod list;
mod read;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/messages`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(read::read))
}
