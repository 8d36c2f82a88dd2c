//! `DELETE /imports/{id}`: throw a staged import away.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Path;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use store::import::ImportState;

/// Throws a staged import away, or stops one that is being read or written; one that was applied
/// stays.
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
    let import = super::staged(&app, &session, id).await?;
    if import.state == ImportState::Applying {
        // Whoever writes it takes back what is written; it can be looked at again then.
        app.store().stop_import(id).await?;
    } else {
        app.store().discard_import(id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
