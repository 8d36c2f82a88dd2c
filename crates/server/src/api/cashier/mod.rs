//! The cashier's desk (收银).

mod get;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/cashier`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get::get))
}
