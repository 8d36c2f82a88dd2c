//! `GET /cases/{id}/told`: what the customers of a case were told, and whether it arrived.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::List;
use crate::view::case::seen;
use crate::view::told::{ToldView, views};
use axum::extract::State;
use base::CaseId;

/// What the customers of a case in my scope were told, the latest first.
#[utoipa::path(
    get, path = "/cases/{id}/told", tag = "cases", operation_id = "cases_told",
    params(("id" = String, Path)),
    responses((status = 200, body = List<ToldView>), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn told(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<CaseId>,
) -> Answer<Json<List<ToldView>>> {
    seen(&app, &session, id).await?;
    let told = app.store().case_told(id, session.now).await?;
    Ok(Json(List::whole(views(&app, &session, told).await?)))
}
