//! `GET` and `PUT /rulebook/drafts/{id}/tables/{pack}/{table}`: a decision table as a sheet.

use super::save::{editable, keep, tagged};
use super::view::Saved;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::Key;
use crate::drafts::edit::Wish;
use crate::drafts::{GridView, TableWish, Working, grid};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::response::IntoResponse;

/// A table of a draft as a sheet: its own rows laid over those it inherits.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/tables/{pack}/{table}", tag = "drafts",
    operation_id = "drafts_table",
    params(("id" = String, Path), ("pack" = String, Path), ("table" = String, Path)),
    responses((status = 200, body = GridView), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn get(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path((id, pack, table)): Path<(i64, String, String)>,
) -> Answer<impl IntoResponse> {
    let working = Working::load(&app, id).await?;
    working.pack(&pack)?;
    let compiled = working.compiled(&app).await?;
    let sheet = grid(&working, compiled.release.as_ref(), &pack, &table);
    let sheet = sheet.ok_or_else(|| {
        Problem::new("not-found")
            .detail(format!("{pack} 里没有表“{table}”"), format!("{pack} has no table `{table}`"))
    })?;
    Ok(tagged(working.row.version, sheet))
}

/// Writes the whole table. What it inherits unchanged stays with its parents; what is wrong in it
/// is kept and told.
#[utoipa::path(
    put, path = "/rulebook/drafts/{id}/tables/{pack}/{table}", tag = "drafts",
    operation_id = "drafts_table_put",
    params(
        ("id" = String, Path), ("pack" = String, Path), ("table" = String, Path),
        ("If-Match" = String, Header),
    ),
    request_body = TableWish,
    responses((status = 200, body = Saved), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path((id, pack, table)): Path<(i64, String, String)>,
    key: Key,
    Json(content): Json<TableWish>,
) -> Answer<impl IntoResponse> {
    let working = editable(&app, id, &key).await?;
    keep(&app, &session, &working, &Wish::Table { pack, table, content }).await
}
