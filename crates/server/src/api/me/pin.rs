//! `PUT /me/pin`, `POST /me/pin/end`: a PIN of one's own for shared counters (柜台口令).

use super::second::{own_password, wrong_code};
use crate::app::App;
use crate::auth::{Place, SignedIn, opens, password, pin};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

/// The PIN one wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPin {
    /// None where the provider has just confirmed who it is.
    password: Option<String>,
    /// What the authenticator shows, of who has one.
    code: Option<String>,
    /// Four to six digits.
    pin: String,
}

/// What it takes to do without.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndOfPin {
    /// None where the provider has just confirmed who it is.
    password: Option<String>,
}

/// Sets my PIN. It opens shared counters of the stations where I work, and nothing else.
#[utoipa::path(
    put, path = "/me/pin", tag = "session", operation_id = "me_pin_put",
    request_body = NewPin,
    responses((status = 204), (status = 401), (status = 403), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn put(
    State(app): State<App>,
    session: SignedIn,
    place: Place,
    Json(body): Json<NewPin>,
) -> Answer<StatusCode> {
    if !pin::may_use(&app, &session.release, &session.person) {
        return Err(Problem::new("pin-not-enough").detail(
            "您的岗位要求两步验证，不能用口令办理",
            "Your role asks for a second factor: a PIN is not enough for it",
        ));
    }
    own_password(&app, &session, &place, body.password).await?;
    if !opens(&app, &session.person, body.code.as_deref()).await? {
        app.attempts().failed(&session.person.login, &place.0, app.now());
        return Err(wrong_code());
    }
    if let Some(why) = pin::refused(&body.pin) {
        let problem = Problem::new("form-invalid").sentence(why.clone());
        return Err(problem.field("pin", "weak", why));
    }
    let permit = app.checks().acquire().await.map_err(|_| Problem::new("internal"))?;
    let cost = app.config().password_cost;
    let hash = tokio::task::spawn_blocking(move || password::hash(&body.pin, cost)).await;
    drop(permit);
    let hash = hash.ok().flatten().ok_or_else(|| Problem::new("internal"))?;
    app.store().set_pin(session.id(), Some(&hash), session.now).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets my PIN go.
#[utoipa::path(
    post, path = "/me/pin/end", tag = "session", operation_id = "me_pin_end",
    request_body = EndOfPin,
    responses((status = 204), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn end(
    State(app): State<App>,
    session: SignedIn,
    place: Place,
    Json(body): Json<EndOfPin>,
) -> Answer<StatusCode> {
    own_password(&app, &session, &place, body.password).await?;
    app.store().set_pin(session.id(), None, session.now).await?;
    Ok(StatusCode::NO_CONTENT)
}
