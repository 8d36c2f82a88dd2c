//! `GET /files/{id}`: the file of a case I may see, or one I uploaded.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::Path;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::FileId;

/// The bytes of a file.
#[utoipa::path(
    get, path = "/files/{id}", tag = "files", operation_id = "files_get",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<FileId>,
) -> Answer<Response> {
    let (row, bytes) = app.store().file(id).await?;
    let mine = row.uploader == session.id() && session.by.is_none();
    if !mine && !in_sight(&app, &session, id).await? {
        return Err(Problem::new("not-found"));
    }
    let kind = HeaderValue::from_str(&row.kind)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, kind),
        // A file never changes; it is private to this browser.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((headers, bytes).into_response())
}

async fn in_sight(app: &App, session: &Session, id: FileId) -> Answer<bool> {
    for case in app.store().file_cases(id).await? {
        if app.store().case(case, &session.scope).await.is_ok() {
            return Ok(true);
        }
    }
    Ok(false)
}
