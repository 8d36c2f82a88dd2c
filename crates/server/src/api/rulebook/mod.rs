//! The rulebook as pages: clauses with who carries them, tables, processes, releases.

mod clauses;
mod get;
mod migrations;
mod process;
mod releases;
mod rights;
mod schedules;
mod tables;

pub use releases::ChangeRow;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/rulebook`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(clauses::clauses))
        .routes(routes!(tables::tables))
        .routes(routes!(rights::rights))
        .routes(routes!(process::process))
        .routes(routes!(releases::releases))
        .routes(routes!(releases::changes))
        .routes(routes!(schedules::list))
        .routes(routes!(schedules::runs, schedules::create))
        .routes(routes!(migrations::pinned, migrations::create))
}
