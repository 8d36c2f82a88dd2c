//! `GET /deliveries`: who has to be telephoned, because no channel reached them.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::List;
use crate::view::told::{ToldView, views};
use axum::extract::State;

/// Messages about the cases of my units that reached nobody, the latest first.
#[utoipa::path(
    get, path = "/deliveries", tag = "customers", operation_id = "deliveries_list",
    responses((status = 200, body = List<ToldView>)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
) -> Answer<Json<List<ToldView>>> {
    let told = app.store().undelivered(&session.scope, session.now).await?;
    Ok(Json(List::whole(views(&app, &session, told).await?)))
}
