//! The price book (价目).

mod create;
mod export;
mod history;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/prices`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(create::end))
        .routes(routes!(export::export))
        .routes(routes!(history::history))
}
