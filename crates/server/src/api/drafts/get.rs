//! `GET /rulebook/drafts/{id}`: a draft with everything about it.

use super::view::Draft;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::Working;
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;

/// A draft: what it changes, what is wrong with it, how its review went, what I may do with it.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}", tag = "drafts", operation_id = "drafts_get",
    params(("id" = String, Path)),
    responses((status = 200, body = Draft), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
) -> Answer<Json<Draft>> {
    let working = Working::load(&app, id).await?;
    Ok(Json(Draft::of(&app, &session, &working).await?))
}
