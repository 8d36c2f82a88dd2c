//! `POST /people/{id}/invitation`, `POST /people/{id}/sign-out`.

use super::write::managed;
use crate::app::App;
use crate::auth::{Allowed, Session, new_token, perm, provider};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::PersonId;
use serde::Serialize;
use utoipa::ToSchema;

/// A link with which somebody sets a password, once. It is shown now and never again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Link {
    /// Path of the page; the token stands behind `#` and so never reaches a log.
    pub path: String,
    /// Until when it holds.
    pub expires_at: String,
}

/// A new link for a person: their first password, or one they forgot. An earlier link is void;
/// their present password holds until the link is used.
#[utoipa::path(
    post, path = "/people/{id}/invitation", tag = "people", operation_id = "people_invite",
    params(("id" = String, Path)),
    responses((status = 201, body = Link), (status = 403), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn invite(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<PersonId>,
) -> Answer<(StatusCode, Json<Link>)> {
    let person = managed(&app, &session, id).await?;
    if !person.active {
        return Err(Problem::new("forbidden").detail(
            "此人已停用，先启用再发链接",
            "This person may not sign in; let them first, then send a link",
        ));
    }
    if provider::is_only_way(&app, &person) {
        return Err(provider::only(&app));
    }
    Ok((StatusCode::CREATED, Json(invitation(&app, &session, id).await?)))
}

/// Ends all sessions of a person: a lost phone, a password that got about.
#[utoipa::path(
    post, path = "/people/{id}/sign-out", tag = "people", operation_id = "people_sign_out",
    params(("id" = String, Path)),
    responses((status = 204), (status = 403), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn sign_out(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<PersonId>,
) -> Answer<StatusCode> {
    managed(&app, &session, id).await?;
    app.store().sign_out(id, session.id(), session.now).await?;
    app.ended(id);
    Ok(StatusCode::NO_CONTENT)
}

/// Makes the link.
pub async fn invitation(app: &App, session: &Session, id: PersonId) -> Answer<Link> {
    let token = new_token()?;
    let expires_at = app.store().invite(id, &token, session.id(), session.now).await?;
    Ok(Link { path: crate::setup::path(&token), expires_at: expires_at.to_string() })
}
