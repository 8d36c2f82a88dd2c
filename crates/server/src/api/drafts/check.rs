//! `POST /rulebook/drafts/{id}/check`: findings while typing; nothing is kept.

use super::save::bounded;
use super::view::Saved;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::edit::Wish;
use crate::drafts::{Working, differing};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;

/// What would be wrong if this were saved; nothing is kept, and the version stays.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/check", tag = "drafts", operation_id = "drafts_check",
    params(("id" = String, Path)), request_body = Wish,
    responses((status = 200, body = Saved), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn check(
    State(app): State<App>,
    _session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
    Json(wish): Json<Wish>,
) -> Answer<Json<Saved>> {
    let mut working = Working::load(&app, id).await?;
    let (sources, _) = wish.written(&working)?;
    bounded(&sources)?;
    working.files = differing(&working.base.sources, &sources);
    working.sources = sources;
    let compiled = working.compiled(&app).await?;
    Ok(Json(Saved::of(&working, &compiled)))
}
