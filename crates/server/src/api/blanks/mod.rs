//! Blank numbered forms printed in advance (预印空白单): reserved for a unit, printed, and accounted
//! for one by one.

mod list;
mod mark;
mod paper;
mod reserve;
mod view;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/blanks`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, reserve::reserve))
        .routes(routes!(list::get))
        .routes(routes!(paper::paper))
        .routes(routes!(mark::mark))
}
