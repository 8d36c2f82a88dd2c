//! `POST /session`: sign in.

use crate::api::me::{Me, me_of};
use crate::app::App;
use crate::auth::counter::{self, Here};
use crate::auth::{Place, Session, cookie, opens, password, provider};
use crate::http::extract::Json;
use crate::http::language::Asked;
use crate::http::metrics::Count;
use crate::problem::{Answer, Problem};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderName, header};
use base::{Lang, OrgId};
use serde::Deserialize;
use store::counter::AtCounter;
use store::person::{Person, Pin};
use store::session::Provided;
use utoipa::ToSchema;

/// Login and password, and the code of who has a second factor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// Login name.
    login: String,
    /// Password.
    password: String,
    /// What the authenticator shows, of who has one.
    code: Option<String>,
}

/// Signs in; the session comes as a cookie.
#[utoipa::path(
    post, path = "/session", tag = "session", operation_id = "session_create",
    request_body = Credentials,
    responses((status = 200, body = Me), (status = 401), (status = 429)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn create(
    State(app): State<App>,
    place: Place,
    here: Here,
    Extension(Asked(asked)): Extension<Asked>,
    Json(body): Json<Credentials>,
) -> Answer<([(HeaderName, String); 1], Json<Me>)> {
    let login = body.login.trim().to_lowercase();
    allowed_now(&app, &login, &place)?;
    let found = app.store().login(&login).await?;
    let Some(person) = checked(&app, found, body.password).await? else {
        app.attempts().failed(&login, &place.0, app.now());
        app.metrics().count(Count::SignInRefused);
        return Err(Problem::new("wrong-login"));
    };
    if !provider::password_counts(&app, &person) {
        app.metrics().count(Count::SignInRefused);
        return Err(provider::only(&app));
    }
    if !opens(&app, &person, body.code.as_deref()).await? {
        app.attempts().failed(&login, &place.0, app.now());
        app.metrics().count(Count::SignInRefused);
        return Err(Problem::new("wrong-code"));
    }
    app.attempts().succeeded(&login, &place.0, app.now());
    begun(&app, person, here, Provided::default(), asked).await
}

/// Refuses who guessed too often.
pub fn allowed_now(app: &App, login: &str, place: &Place) -> Answer<()> {
    let Some(seconds) = app.attempts().wait(login, &place.0, app.now()) else { return Ok(()) };
    app.metrics().count(Count::SignInRefused);
    let minutes = (seconds + 59) / 60;
    Err(Problem::new("locked-out").retry_after(seconds).detail(
        format!("密码错误次数过多，请 {minutes} 分钟后再试，或请管理员重置密码"),
        format!("Too many wrong passwords; try again in {minutes} minutes"),
    ))
}

/// A new session of a person, with its cookie. Its token is new: one that was fixed beforehand
/// leads nowhere.
pub async fn begun(
    app: &App,
    person: Person,
    Here(counter): Here,
    provided: Provided,
    asked: Option<Lang>,
) -> Answer<([(HeaderName, String); 1], Json<Me>)> {
    // Who showed the password, or came from the provider, has shown more than the PIN.
    if person.pin == Pin::Blocked {
        app.store().pin_right(person.id).await?;
    }
    let org = person.org;
    let at = counter.map(|counter| counter::at(counter, false));
    begun_at(app, person, org, at, provided, asked).await
}

/// A new session at a unit; at a shared counter it is as short as nobody does anything.
pub async fn begun_at(
    app: &App,
    person: Person,
    org: OrgId,
    at: Option<AtCounter>,
    provided: Provided,
    asked: Option<Lang>,
) -> Answer<([(HeaderName, String); 1], Json<Me>)> {
    app.metrics().count(Count::SignIn);
    let lang = asked.unwrap_or_else(|| Lang::from_tag(&person.lang));
    let lifetime = at.as_ref().map_or(crate::auth::LIFETIME, |at| at.idle_seconds);
    let mut session = Session::begin(app, person, org, at, lang)?;
    session.provided = provided;
    let kept = store::person::Session {
        person: session.id(),
        org: session.org.id,
        expires_at: app.now().plus_seconds(lifetime),
        counter: session.counter.clone(),
        provided,
    };
    app.store().begin_session(&session.token, kept, app.now()).await?;
    let cookie = cookie(&session.token, app.config().secure);
    let me = me_of(app, &session).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(me)))
}

/// The person, when the password is theirs. An unknown login costs the same time as a wrong
/// password, so that logins cannot be found by the clock.
pub async fn checked(
    app: &App,
    found: Option<(Person, String)>,
    password: String,
) -> Answer<Option<Person>> {
    let permit = app.checks().acquire().await.map_err(|_| Problem::new("internal"))?;
    let cost = app.config().password_cost;
    let known = found.as_ref().map(|(_, hash)| hash.clone());
    let right = tokio::task::spawn_blocking(move || {
        if let Some(hash) = known {
            return password.len() <= password::LONGEST && password::matches(&password, &hash);
        }
        let _ = password::hash("nobody has this login", cost);
        false
    })
    .await
    .unwrap_or(false);
    drop(permit);
    Ok(found.filter(|(person, _)| right && person.active).map(|(person, _)| person))
}
