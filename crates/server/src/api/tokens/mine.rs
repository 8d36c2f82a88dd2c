//! `GET /me/tokens`, `POST /me/tokens`, `POST /me/tokens/{id}/end`: the tokens of my programs.

use super::make::{MadeToken, TokenForm, make};
use super::view::TokenPage;
use crate::app::App;
use crate::auth::{Place, SecondFactor, SignedIn};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::TokenId;

/// My tokens, and what another one may be made of.
#[utoipa::path(
    get, path = "/me/tokens", tag = "session", operation_id = "me_tokens",
    responses((status = 200, body = TokenPage)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn get(State(app): State<App>, session: SignedIn) -> Answer<Json<TokenPage>> {
    TokenPage::of(&app, &session, &session.person).await.map(Json)
}

/// Makes a token for a program of mine. It is in the answer, and never shown again.
#[utoipa::path(
    post, path = "/me/tokens", tag = "session", operation_id = "me_tokens_create",
    request_body = TokenForm,
    responses((status = 201, body = MadeToken), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn create(
    State(app): State<App>,
    session: SignedIn,
    place: Place,
    Json(body): Json<TokenForm>,
) -> Answer<(StatusCode, Json<MadeToken>)> {
    // Who is only let in to turn their second factor on makes no key past it.
    if SecondFactor::of(&session) == SecondFactor::Needed {
        return Err(Problem::new("second-factor-needed"));
    }
    let made = make(&app, &session, &place, &session.person, body).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Ends a token of mine at once.
#[utoipa::path(
    post, path = "/me/tokens/{id}/end", tag = "session", operation_id = "me_tokens_end",
    params(("id" = String, Path)),
    responses((status = 200, body = TokenPage), (status = 404)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn end(
    State(app): State<App>,
    session: SignedIn,
    Path(id): Path<TokenId>,
) -> Answer<Json<TokenPage>> {
    app.store().end_token(session.id(), id, session.id(), session.now).await?;
    app.ended(session.id());
    TokenPage::of(&app, &session, &session.person).await.map(Json)
}
