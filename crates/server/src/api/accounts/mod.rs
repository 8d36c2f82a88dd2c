//! Accounts (科目) and what was posted to them.

mod entries;
mod export;
mod export_list;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/accounts`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(entries::entries))
        .routes(routes!(export::export))
        .routes(routes!(export_list::export_list))
}
