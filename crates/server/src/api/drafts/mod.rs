//! Drafts of the rulebook (制度草稿): from the first edit over review to publication.

mod archive;
mod check;
mod examples;
mod files;
mod get;
mod items;
mod list;
mod located;
mod names;
mod publish;
mod rebase;
mod replay;
mod review;
mod save;
mod tables;
mod trial;
mod values;
mod view;

pub use list::said;

use crate::app::App;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// `/rulebook/drafts`.
pub fn routes() -> OpenApiRouter<App> {
    let limit = DefaultBodyLimit::max(archive::MAX_BYTES + 64 * 1024);
    OpenApiRouter::new()
        .routes(routes!(list::list, list::create))
        .routes(routes!(get::get))
        .routes(routes!(items::items))
        .routes(routes!(names::names))
        .routes(routes!(tables::get, tables::put))
        .routes(routes!(values::parameters, values::parameters_put))
        .routes(routes!(values::message, values::message_put))
        .routes(routes!(values::deadline, values::deadline_put))
        .routes(routes!(files::get, files::put))
        .routes(routes!(check::check))
        .routes(routes!(trial::trial))
        .routes(routes!(examples::examples))
        .routes(routes!(review::submit))
        .routes(routes!(review::approve))
        .routes(routes!(review::send_back))
        .routes(routes!(review::withdraw))
        .routes(routes!(rebase::rebase))
        .routes(routes!(replay::get, replay::start, replay::cancel))
        .routes(routes!(replay::changes::changes))
        .routes(routes!(replay::changes::export))
        .routes(routes!(replay::pair::pair))
        .routes(routes!(archive::export))
        .routes(routes!(archive::import).layer(limit))
        .routes(routes!(publish::publish))
        .routes(routes!(publish::take_back))
}
