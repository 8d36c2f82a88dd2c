//! Imports of sold vehicles (销售登记), parts, prices, opening stock (期初库存), customers and people:
//! shown row by row, then written whole or not at all.

mod apply;
mod brings;
mod columns;
mod create;
mod delete;
mod errors;
mod get;
mod headings;
mod invitations;
mod job;
mod judged;
mod rows;
mod view;

use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use axum::extract::DefaultBodyLimit;
use brings::Brings;
pub use job::resume;
use store::Scope;
use store::import::{ImportRow, ImportState};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// Largest workbook.
pub const MAX_BYTES: usize = 48 * 1024 * 1024;
/// A workbook of vehicles or customers larger than this is read in the background.
const SMALL_BYTES: usize = 1024 * 1024;
/// More rows than this are written in the background.
const FEW_ROWS: i64 = 2_000;

/// `/imports`.
pub fn routes() -> OpenApiRouter<App> {
    let limit = DefaultBodyLimit::max(MAX_BYTES + 64 * 1024);
    OpenApiRouter::new()
        .routes(routes!(create::create).layer(limit))
        .routes(routes!(columns::columns).layer(limit))
        .routes(routes!(headings::list, headings::delete))
        .routes(routes!(get::get, delete::delete))
        .routes(routes!(rows::rows))
        .routes(routes!(apply::apply))
        .routes(routes!(errors::errors))
        .routes(routes!(invitations::invitations))
}

/// The import, for whoever uploaded it and for those who see the whole company.
async fn seen(app: &App, session: &Session, id: i64) -> Answer<ImportRow> {
    let import = app.store().import(id).await?;
    let mine = import.person == session.id()
        && match &session.by {
            None => true,
            // A program goes on with what it brought itself.
            Some(token) => app.store().import_through(id).await? == Some(token.id),
        };
    if mine || session.scope == Scope::company() {
        return Ok(import);
    }
    Err(Problem::new("not-found"))
}

/// The import, when nothing was done with it yet.
async fn staged(app: &App, session: &Session, id: i64) -> Answer<ImportRow> {
    let import = seen(app, session, id).await?;
    match import.state {
        ImportState::Staged | ImportState::Applying => Ok(import),
        ImportState::Applied => Err(Problem::new("import-state").detail(
            "这份导入已经写入，不能再改",
            "This import is written already and cannot be changed",
        )),
        ImportState::Discarded => Err(Problem::new("import-state").detail(
            "这份导入已经作废，请重新上传",
            "This import was thrown away; upload the workbook again",
        )),
    }
}
