//! `GET /enquiries/{id}/photos/{photo}`: a photo that came with an enquiry.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::enquiries;
use crate::http::extract::Path;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::response::Response;
use base::CaseId;

/// A photo they sent, of an enquiry in my scope.
#[utoipa::path(
    get, path = "/enquiries/{id}/photos/{photo}", tag = "enquiries",
    operation_id = "enquiries_photo",
    params(("id" = String, Path), ("photo" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn photo(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path((id, photo)): Path<(CaseId, String)>,
) -> Answer<Response> {
    app.store().case(id, &session.scope).await?;
    let photo = photo.parse().map_err(|_| Problem::new("not-found"))?;
    let (kind, bytes) = app.store().enquiry_photo(id, photo).await?;
    Ok(enquiries::picture(&kind, bytes))
}
