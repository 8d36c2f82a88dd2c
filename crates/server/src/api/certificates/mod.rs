//! Repair certificates (维修上岗证): the wall, and my own.

mod list;
mod mine;
mod row;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/certificates`, `/certificates/mine`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(mine::mine))
}
