//! `POST /documents/{id}/printed`: it went through the printer.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use base::DocumentId;
use serde::Serialize;
use utoipa::ToSchema;

/// How often it was printed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Printed {
    printed: i64,
}

/// Counts a print; from the second on the paper says so (补打第 n 次).
#[utoipa::path(
    post, path = "/documents/{id}/printed", tag = "documents", operation_id = "documents_printed",
    params(("id" = String, Path)),
    responses((status = 200, body = Printed), (status = 404)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn printed(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<DocumentId>,
) -> Answer<Json<Printed>> {
    app.store().document(id, &session.scope).await?;
    Ok(Json(Printed { printed: app.store().count_print(id, session.now).await? }))
}
