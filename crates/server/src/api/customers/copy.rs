//! `POST /customers/{id}/copy`: everything held about a customer, for the customer.

use super::unmask::{Reason, not_mine, said};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::privacy::copy::archive;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::CustomerId;
use store::StoreError;

/// A copy of everything held about a customer (个人信息副本): an archive with a page in both
/// languages, papers and photos. Who took it out, when and why is journaled.
#[utoipa::path(
    post, path = "/customers/{id}/copy", tag = "customers", operation_id = "customers_copy",
    params(("id" = String, Path)), request_body = Reason,
    responses((status = 200, content_type = "application/zip"), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn copy(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
    Json(body): Json<Reason>,
) -> Answer<Response> {
    let reason = said(&body)?;
    let id = match app.store().customer_seen(id, &session.scope).await {
        Err(StoreError::NotFound(_)) => return Err(not_mine()),
        found => found?.id,
    };
    app.store().note_copy(id, session.id(), &reason, session.now).await?;
    let bytes = archive(&app, &session, id).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        // The name of a file is read by more people than the file.
        (header::CONTENT_DISPOSITION, "attachment; filename=\"personal-data.zip\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}
