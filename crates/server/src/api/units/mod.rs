//! Vehicles (车辆): found, shown, registered.

pub mod create;
mod get;
pub mod search;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/units`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(search::search, create::create)).routes(routes!(get::get))
}
