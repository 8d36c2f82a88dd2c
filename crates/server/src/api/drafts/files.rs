//! `GET` and `PUT /rulebook/drafts/{id}/files/{pack}/{path}`: the text itself, for the expert.

use super::save::{editable, keep, tagged};
use super::view::Saved;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::Key;
use crate::drafts::Working;
use crate::drafts::edit::Wish;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A file of a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftText {
    pack: String,
    path: String,
    /// The text in the draft; null where it took the file away.
    text: Option<String>,
    /// The text in the base; null where the file is new.
    base: Option<String>,
    editable: bool,
    version: i64,
}

/// A file as it shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftTextEdit {
    /// The whole text; null takes the file away.
    text: Option<String>,
}

/// The text of a file, beside that of the base.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/files/{pack}/{path}", tag = "drafts",
    operation_id = "drafts_file",
    params(
        ("id" = String, Path), ("pack" = String, Path),
        ("path" = String, Path, description = "encoded as one segment: tables%2Fterm.csv"),
    ),
    responses((status = 200, body = DraftText), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn get(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path((id, pack, path)): Path<(i64, String, String)>,
) -> Answer<impl IntoResponse> {
    let working = Working::load(&app, id).await?;
    let text = working.text(&pack, &path).map(str::to_owned);
    let base = working.base.sources.iter().find(|known| known.dir == pack);
    let base = base.and_then(|pack| pack.files.get(&path)).cloned();
    if text.is_none() && base.is_none() {
        return Err(Problem::new("not-found").detail(
            format!("草稿里没有文件 {pack}/{path}"),
            format!("The draft has no file {pack}/{path}"),
        ));
    }
    let editable = working.is_own(&pack);
    let version = working.row.version;
    Ok(tagged(version, DraftText { pack, path, text, base, editable, version }))
}

/// Writes the text of a file of an own pack; a new file too. What is wrong in it is told.
#[utoipa::path(
    put, path = "/rulebook/drafts/{id}/files/{pack}/{path}", tag = "drafts",
    operation_id = "drafts_file_put",
    params(
        ("id" = String, Path), ("pack" = String, Path), ("path" = String, Path),
        ("If-Match" = String, Header),
    ),
    request_body = DraftTextEdit,
    responses((status = 200, body = Saved), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path((id, pack, path)): Path<(i64, String, String)>,
    key: Key,
    Json(body): Json<DraftTextEdit>,
) -> Answer<impl IntoResponse> {
    let working = editable(&app, id, &key).await?;
    keep(&app, &session, &working, &Wish::File { pack, path, text: body.text }).await
}
