//! `GET /imports/{id}`.

use super::view::ImportView;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;

/// How an import stands.
#[utoipa::path(
    get, path = "/imports/{id}", tag = "imports", operation_id = "imports_get",
    params(("id" = String, Path)),
    responses((status = 200, body = ImportView), (status = 404)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Path(id): Path<i64>,
) -> Answer<Json<ImportView>> {
    Ok(Json(ImportView::of(&super::seen(&app, &session, id).await?, session.lang)))
}
