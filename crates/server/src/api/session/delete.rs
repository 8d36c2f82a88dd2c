//! `DELETE /session`: sign out.

use crate::app::App;
use crate::auth::{SignedIn, expired_cookie};
use crate::problem::Answer;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};

/// Signs out: the session ends at once, everywhere.
#[utoipa::path(
    delete, path = "/session", tag = "session", operation_id = "session_delete",
    responses((status = 204)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn delete(
    State(app): State<App>,
    session: SignedIn,
) -> Answer<(StatusCode, [(HeaderName, String); 1])> {
    app.store().end_session(&session.token).await?;
    app.ended(session.id());
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, expired_cookie())]))
}
