//! Members of staff and organisation units.

pub mod list;
mod mode;
mod orgs;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/people`, `/orgs`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(orgs::orgs))
        .routes(routes!(mode::put))
        .routes(routes!(mode::history))
}
