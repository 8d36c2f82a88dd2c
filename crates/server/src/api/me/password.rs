//! `PUT /me/password`: another password; other devices are signed out.

use crate::api::invitations::hashed;
use crate::api::session::{allowed_now, checked};
use crate::app::App;
use crate::auth::{Place, SignedIn, provider};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::Text;
use serde::Deserialize;
use utoipa::ToSchema;

/// The password one has, and the one one wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// None where there is none yet, and the provider has just confirmed who it is.
    old: Option<String>,
    password: String,
}

/// Changes my password. This session goes on, all others of mine end.
#[utoipa::path(
    put, path = "/me/password", tag = "session", operation_id = "me_password_put",
    request_body = NewPassword,
    responses((status = 204), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn put(
    State(app): State<App>,
    session: SignedIn,
    place: Place,
    Json(body): Json<NewPassword>,
) -> Answer<StatusCode> {
    let login = session.person.login.as_str();
    if provider::is_only_way(&app, &session.person) {
        return Err(provider::only(&app));
    }
    allowed_now(&app, login, &place)?;
    if let Some(old) = body.old.clone().filter(|_| session.person.enrolled) {
        let found = app.store().login(login).await?;
        if checked(&app, found, old).await?.is_none() {
            app.attempts().failed(login, &place.0, app.now());
            let text = Text::new("现在的密码不对", "That is not your present password");
            let problem = Problem::new("form-invalid").sentence(text.clone());
            return Err(problem.field("old", "wrong", text));
        }
    } else {
        provider::confirmed(&app, &session)?;
    }
    if body.old.as_ref() == Some(&body.password) {
        let text = Text::new("新密码与现在的相同", "The new password is the present one");
        let problem = Problem::new("form-invalid").sentence(text.clone());
        return Err(problem.field("password", "same", text));
    }
    let hash = hashed(&app, body.password, &[login, session.person.name.reveal()]).await?;
    app.store().set_password(session.id(), &hash, Some(&session.token), session.now).await?;
    app.ended(session.id());
    Ok(StatusCode::NO_CONTENT)
}
