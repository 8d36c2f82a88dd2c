//! Online enquiries (在线咨询) as staff work them: what waits, and what was written to and fro.

mod customer;
mod list;
mod looked;
mod photo;
mod thread;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/enquiries`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(thread::thread))
        .routes(routes!(photo::photo))
        .routes(routes!(looked::looked))
        .routes(routes!(customer::customer))
}
