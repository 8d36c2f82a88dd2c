//! Stock (库存).

mod accounts;
mod export;
mod labels;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/stock`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(accounts::accounts))
        .routes(routes!(labels::labels))
        .routes(routes!(export::export))
}
