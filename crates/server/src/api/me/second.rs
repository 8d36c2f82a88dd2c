//! `POST /me/second-factor`, `PUT /me/second-factor`, `POST /me/second-factor/end`: an
//! authenticator of one's own (两步验证).

use crate::api::session::{allowed_now, checked};
use crate::app::App;
use crate::auth::{Place, Session, SignedIn, opens, provider, totp};
use crate::docs::qr;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A secret to take into an authenticator; it holds once it is sent back with a code of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedFactor {
    /// To type in where no camera is.
    secret: String,
    /// The same as a QR code: an `svg` element.
    qr: String,
}

/// The authenticator one has set up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFactor {
    /// None where the provider has just confirmed who it is.
    password: Option<String>,
    secret: String,
    /// What the authenticator shows.
    code: String,
}

/// What it takes to do without.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndOfFactor {
    /// None where the provider has just confirmed who it is.
    password: Option<String>,
    code: String,
}

/// Offers a new secret; nothing is kept of it.
#[utoipa::path(
    post, path = "/me/second-factor", tag = "session", operation_id = "me_second_factor_offer",
    responses((status = 200, body = OfferedFactor)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn offer(State(app): State<App>, session: SignedIn) -> Answer<Json<OfferedFactor>> {
    let secret = totp::new_secret()?;
    let company = app.store().setting("company_name").await?.unwrap_or_else(|| "Sanbao".into());
    let address = totp::address(&company, &session.person.login, &secret);
    Ok(Json(OfferedFactor { secret: totp::print(&secret), qr: qr::svg(&address) }))
}

/// From now on signing in asks for a code. This session goes on, all others of mine end.
#[utoipa::path(
    put, path = "/me/second-factor", tag = "session", operation_id = "me_second_factor_put",
    request_body = NewFactor,
    responses((status = 204), (status = 409), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn put(
    State(app): State<App>,
    session: SignedIn,
    place: Place,
    Json(body): Json<NewFactor>,
) -> Answer<StatusCode> {
    if session.person.second_factor {
        return Err(Problem::new("conflict").detail(
            "已开启两步验证；要换手机，请先关闭再开启",
            "The second factor is on; to change the phone, turn it off first",
        ));
    }
    own_password(&app, &session, &place, body.password).await?;
    let Some(secret) = totp::read(&body.secret) else {
        return Err(wrong("secret", "密钥不完整，请重新获取", "The secret is incomplete"));
    };
    let Some(step) = totp::step_of(&secret, &body.code, session.now) else {
        return Err(wrong_code());
    };
    let store = app.store();
    store.set_second_factor(session.id(), Some(&secret), &session.token, session.now).await?;
    store.use_code(session.id(), step).await?;
    app.ended(session.id());
    Ok(StatusCode::NO_CONTENT)
}

/// A password is enough again, unless a role asks for more.
#[utoipa::path(
    post, path = "/me/second-factor/end", tag = "session", operation_id = "me_second_factor_end",
    request_body = EndOfFactor,
    responses((status = 204), (status = 409), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn end(
    State(app): State<App>,
    session: SignedIn,
    place: Place,
    Json(body): Json<EndOfFactor>,
) -> Answer<StatusCode> {
    if !session.person.second_factor {
        return Err(Problem::new("conflict")
            .detail("没有开启两步验证，无需关闭", "There is no second factor to turn off"));
    }
    own_password(&app, &session, &place, body.password).await?;
    if !opens(&app, &session.person, Some(&body.code)).await? {
        app.attempts().failed(&session.person.login, &place.0, app.now());
        return Err(wrong_code());
    }
    let store = app.store();
    store.set_second_factor(session.id(), None, &session.token, session.now).await?;
    app.ended(session.id());
    Ok(StatusCode::NO_CONTENT)
}

/// Refuses whoever does not know the password of this session, and has not just proven at the
/// provider who they are.
pub async fn own_password(
    app: &App,
    session: &Session,
    place: &Place,
    password: Option<String>,
) -> Answer<()> {
    let password = password.filter(|typed| !typed.is_empty());
    let Some(password) = password.filter(|_| provider::password_counts(app, &session.person))
    else {
        return provider::confirmed(app, session);
    };
    let login = session.person.login.as_str();
    allowed_now(app, login, place)?;
    let found = app.store().login(login).await?;
    if checked(app, found, password).await?.is_some() {
        return Ok(());
    }
    app.attempts().failed(login, &place.0, app.now());
    Err(wrong("password", "密码不对", "That is not your password"))
}

/// The refusal of a code.
pub fn wrong_code() -> Problem {
    wrong(
        "code",
        "验证码不对：填手机上现在显示的六位数，并核对手机时间",
        "The code is wrong: type the six digits shown now, and check the phone's clock",
    )
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    let text = Text::new(zh, en);
    Problem::new("form-invalid").sentence(text.clone()).field(field, "wrong", text)
}
