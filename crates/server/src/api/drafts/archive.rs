//! `GET /rulebook/drafts/{id}/export` and `POST /rulebook/drafts/import`: the same content as
//! files.

use super::list::said;
use super::view::Draft;
use crate::api::files::create::first_file;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::{Working, differing, zipped};
use crate::http::extract::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Text;
use serde::Deserialize;
use serde_json::json;
use store::draft::NewDraft;
use utoipa::IntoParams;

/// Largest archive.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// What the draft is called and for.
#[derive(Debug, Deserialize, IntoParams)]
pub struct DraftNamed {
    title: String,
    reason: String,
}

/// The packs of a draft as folders in a zip archive, ready for `sanbao check`.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/export", tag = "drafts", operation_id = "drafts_export",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "application/zip"), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn export(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
) -> Answer<Response> {
    let working = Working::load(&app, id).await?;
    let bytes = zipped::write(&working.sources).ok_or_else(|| Problem::new("internal"))?;
    let name = format!("attachment; filename=\"draft-{id}.zip\"");
    let name = HeaderValue::from_str(&name).map_err(|_| Problem::new("internal"))?;
    let kind = HeaderValue::from_static("application/zip");
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// A new draft from pack folders in a zip archive: what differs from the latest release. Packs it
/// does not bring stay as they are.
#[utoipa::path(
    post, path = "/rulebook/drafts/import", tag = "drafts", operation_id = "drafts_import",
    params(DraftNamed),
    request_body(content_type = "multipart/form-data", content = String),
    responses((status = 201, body = Draft), (status = 413), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn import(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Query(named): Query<DraftNamed>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<Draft>)> {
    let (title, reason) = (said("title", &named.title)?, said("reason", &named.reason)?);
    let upload = first_file(multipart).await?;
    if upload.bytes.len() > MAX_BYTES {
        return Err(
            Problem::new("too-large").detail("压缩包最多 8 MB", "An archive has at most 8 MB")
        );
    }
    let read = move || zipped::read(&upload.bytes);
    let packs = tokio::task::spawn_blocking(read).await.map_err(|_| Problem::new("internal"))??;
    let base = app.releases().latest().ok_or_else(|| Problem::new("no-rulebook"))?;
    let mut sources = base.sources.clone();
    let mut brought = Vec::new();
    for pack in packs {
        brought.push(pack.dir.clone());
        match sources.iter_mut().find(|known| known.dir == pack.dir) {
            Some(known) => *known = pack,
            None => sources.push(pack),
        }
    }
    super::save::bounded(&sources)?;
    let brought = brought.join(", ");
    let sentence =
        Text::new(format!("导入制度包 {brought}"), format!("the packs {brought} were imported"));
    let draft = NewDraft {
        event: ("imported", json!({ "reason": reason, "sentences": [sentence] })),
        title,
        reason,
        base: base.hash.clone(),
        files: differing(&base.sources, &sources),
    };
    let row = app.store().new_draft(draft, session.id(), session.now).await?;
    let working = Working::load(&app, row.id).await?;
    Ok((StatusCode::CREATED, Json(Draft::of(&app, &session, &working).await?)))
}
