//! `GET /cases/{id}`: the page of a case.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Path;
use crate::problem::Answer;
use crate::view::case::{CaseView, page};
use axum::extract::State;
use axum::response::IntoResponse;
use base::CaseId;

/// The page of a case, with the actions allowed now and their forms.
#[utoipa::path(
    get, path = "/cases/{id}", tag = "cases", operation_id = "cases_get",
    params(("id" = String, Path)),
    responses((status = 200, body = CaseView), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<CaseId>,
) -> Answer<impl IntoResponse> {
    Ok(super::tagged(page(&app, &session, id).await?))
}
