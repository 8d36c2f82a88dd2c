//! The signed-in person and the acting station.

mod get;
mod lists;
mod org;
mod password;
mod pin;
mod provider;
mod second;

pub use get::{Me, ReleaseRef, me_of, stations};
pub use second::own_password;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/me`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(lists::get, lists::put))
        .routes(routes!(org::put))
        .routes(routes!(password::put))
        .routes(routes!(pin::put))
        .routes(routes!(pin::end))
        .routes(routes!(provider::go))
        .routes(routes!(second::offer, second::put))
        .routes(routes!(second::end))
}
