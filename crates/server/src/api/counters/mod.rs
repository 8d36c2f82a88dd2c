//! Shared counters (柜台): one machine, many hands; each act by whoever showed a PIN.

mod here;
mod list;
mod open;
mod unlock;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/counters`, and `/counter` for the one this browser is.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, open::create))
        .routes(routes!(open::end))
        .routes(routes!(here::get, here::leave))
        .routes(routes!(here::stay))
        .routes(routes!(unlock::unlock))
}
