//! `DELETE /imports/{id}`: throw a staged import away.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Path;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;

/// Throws a staged import away; one that was applied stays.
#[utoipa::path(
    delete, path = "/imports/{id}", tag = "imports", operation_id = "imports_delete",
    params(("id" = String, Path)),
    responses((status = 204), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn delete(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Path(id): Path<i64>,
) -> Answer<StatusCode> {
    super::staged(&app, &session, id).await?;
    app.store().discard_import(id).await?;
    Ok(StatusCode::NO_CONTENT)
}
