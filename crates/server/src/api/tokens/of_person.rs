//! `GET /people/{id}/tokens`, `POST /people/{id}/tokens`, `POST /people/{id}/tokens/{token}/end`:
//! the tokens of people I manage, and of the accounts of programs.

use super::make::{MadeToken, TokenForm, make};
use super::view::{TokenPage, may_make};
use crate::api::people::managed;
use crate::app::App;
use crate::auth::{Allowed, Place, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{PersonId, TokenId};

/// The tokens of a person I manage.
#[utoipa::path(
    get, path = "/people/{id}/tokens", tag = "people", operation_id = "people_tokens",
    params(("id" = String, Path)),
    responses((status = 200, body = TokenPage), (status = 403), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<PersonId>,
) -> Answer<Json<TokenPage>> {
    let person = managed(&app, &session, id).await?;
    TokenPage::of(&app, &session, &person).await.map(Json)
}

/// Makes a token of an account that nobody signs in to, which is a program's. Who has a password
/// makes their tokens themselves: nobody acts as a colleague.
#[utoipa::path(
    post, path = "/people/{id}/tokens", tag = "people", operation_id = "people_tokens_create",
    params(("id" = String, Path)), request_body = TokenForm,
    responses((status = 201, body = MadeToken), (status = 403), (status = 404), (status = 422),
        (status = 429)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<PersonId>,
    place: Place,
    Json(body): Json<TokenForm>,
) -> Answer<(StatusCode, Json<MadeToken>)> {
    let person = managed(&app, &session, id).await?;
    if !may_make(&app, &session, &person) {
        return Err(Problem::new("forbidden").detail(
            "此人自己登录，令牌由本人建立；给程序用的，请为程序单设一个账号",
            "This person signs in and makes tokens of their own; for a program, add an account \
             that nobody signs in to",
        ));
    }
    let made = make(&app, &session, &place, &person, body).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Ends a token of a person I manage at once.
#[utoipa::path(
    post, path = "/people/{id}/tokens/{token}/end", tag = "people",
    operation_id = "people_tokens_end",
    params(("id" = String, Path), ("token" = String, Path)),
    responses((status = 200, body = TokenPage), (status = 403), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn end(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path((id, token)): Path<(PersonId, TokenId)>,
) -> Answer<Json<TokenPage>> {
    let person = managed(&app, &session, id).await?;
    app.store().end_token(id, token, session.id(), session.now).await?;
    app.ended(id);
    TokenPage::of(&app, &session, &person).await.map(Json)
}
