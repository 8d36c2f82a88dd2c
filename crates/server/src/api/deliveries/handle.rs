//! `POST /deliveries/{id}/again` and `/done`: a message that reached nobody is seen to.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Path;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;

/// Sends a message again that reached nobody, as long as its text is kept: three days.
#[utoipa::path(
    post, path = "/deliveries/{id}/again", tag = "customers", operation_id = "deliveries_again",
    params(("id" = i64, Path)), responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn again(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<i64>,
) -> Answer<StatusCode> {
    app.store().send_again(id, &session.scope, session.id(), session.now).await?;
    app.nudge();
    Ok(StatusCode::NO_CONTENT)
}

/// The customer was told by telephone or in person, or need not be told any more.
#[utoipa::path(
    post, path = "/deliveries/{id}/done", tag = "customers", operation_id = "deliveries_done",
    params(("id" = i64, Path)), responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn done(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<i64>,
) -> Answer<StatusCode> {
    app.store().seen_to(id, &session.scope, session.id(), session.now).await?;
    Ok(StatusCode::NO_CONTENT)
}
