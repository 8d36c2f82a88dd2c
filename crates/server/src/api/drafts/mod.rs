//! Drafts of the rulebook (制度草稿): from the first edit over review to publication.

mod check;
mod examples;
mod files;
mod get;
mod items;
mod list;
mod located;
mod publish;
mod review;
mod save;
mod tables;
mod trial;
mod values;
mod view;

use crate::app::App;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// `/rulebook/drafts`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, list::create))
        .routes(routes!(get::get))
        .routes(routes!(items::items))
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
        .routes(routes!(publish::publish))
        .routes(routes!(publish::take_back))
}
