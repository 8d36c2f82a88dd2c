//! Deputies (代理人): mine, and those of the people I manage.

mod create;
mod end;
mod list;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/deputies`, `/me/deputies`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::mine, create::mine))
        .routes(routes!(end::mine))
        .routes(routes!(list::all, create::other))
        .routes(routes!(end::other))
}
