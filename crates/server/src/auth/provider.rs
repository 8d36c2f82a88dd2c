//! The identity provider (身份提供方) at the door: the cookie of a way there and back, and whose
//! password still counts.

use super::Session;
use super::session::{read_cookie, token};
use crate::app::App;
use crate::oidc::{Oidc, Trouble};
use crate::problem::{Answer, Problem};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base::Instant;
use std::convert::Infallible;
use store::flow::FLOW_LIFETIME;
use store::person::Person;

/// Name of the cookie of a way.
const COOKIE: &str = "sanbao_way";
/// The one address that asks for it.
const PATH: &str = "/api/v1/session/provider";
/// How long what the provider confirmed stands for the password, in seconds.
pub const CONFIRMED: i64 = 300;

/// What this browser kept of a way it began; whatever takes it is closed to other browsers.
#[derive(Debug, Clone)]
pub struct Begun(pub String);

impl FromRequestParts<App> for Begun {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        read_cookie(&parts.headers, COOKIE).map(Self).ok_or_else(|| {
            Problem::new("not-signed-in").detail(
                "这次登录不是在这个浏览器里开始的，请从登录页重新开始",
                "This sign-in was not begun in this browser; begin again at the sign-in page",
            )
        })
    }
}

/// The cookie of a way; `secure` where the server stands behind HTTPS.
pub fn cookie(kept: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={kept}; Path={PATH}; HttpOnly; SameSite=Lax; Max-Age={FLOW_LIFETIME}{secure}")
}

/// The cookie that ends it.
pub fn expired_cookie() -> String {
    format!("{COOKIE}=; Path={PATH}; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// The token of the session that asks, if any; and its person, when it lives.
#[derive(Debug, Clone)]
pub struct Perhaps(pub Option<(String, Session)>);

impl FromRequestParts<App> for Perhaps {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let token = token(&parts.headers);
        let session = Session::of(parts, app).await.ok().filter(|session| session.by.is_none());
        Ok(Self(token.zip(session)))
    }
}

/// The provider; a problem where there is none.
pub fn asked(app: &App) -> Answer<&Oidc> {
    app.oidc().ok_or_else(|| {
        Problem::new("not-found")
            .detail("没有设置外部身份登录", "No identity provider is set up here")
    })
}

/// What somebody hears of a trouble with the provider; the rest is for the log.
pub fn said(trouble: &Trouble) -> Problem {
    tracing::warn!(?trouble, "the identity provider opened nothing");
    match trouble {
        Trouble::Away(_) => Problem::new("provider-away").detail(
            "登录平台暂时连不上：稍后再试，或用密码登录",
            "The identity provider does not answer: try later, or sign in by password",
        ),
        Trouble::Refused(_) => Problem::new("provider-refused").detail(
            "登录平台没有确认您的身份：请重新登录一次，仍不行请告诉管理员",
            "The identity provider did not confirm who you are: sign in once more, and tell an \
             administrator if it stays",
        ),
        Trouble::Untrusted(_) => Problem::new("provider-untrusted").detail(
            "登录平台的答复不可信，没有登录：请重新登录一次，仍不行请管理员看服务器日志",
            "What the identity provider said does not hold, and nobody was signed in: try once \
             more; if it stays, an administrator reads the server's log",
        ),
    }
}

/// Whether somebody signs in through the provider and no other way.
pub fn is_only_way(app: &App, person: &Person) -> bool {
    person.linked && app.oidc().is_some_and(|oidc| !oidc.settings().passwords)
}

/// Whether a person's password opens anything.
pub fn password_counts(app: &App, person: &Person) -> bool {
    person.enrolled && !is_only_way(app, person)
}

/// The refusal of a password of somebody who signs in through the provider.
pub fn only(app: &App) -> Problem {
    let label = app.oidc().map(|oidc| oidc.settings().label.clone()).unwrap_or_default();
    Problem::new("provider-only").detail(
        format!("这个账号只用“{}”登录，不用密码", label.zh),
        format!("This account signs in with {} only, not by a password", label.en),
    )
}

/// Until when what the provider confirmed stands for the password of this session.
pub fn confirmed_until(session: &Session) -> Option<Instant> {
    let until = session.provided.confirmed_at?.plus_seconds(CONFIRMED);
    (session.now < until && session.person.linked).then_some(until)
}

/// Refuses whom the provider has not just confirmed.
pub fn confirmed(app: &App, session: &Session) -> Answer<()> {
    if confirmed_until(session).is_some() {
        return Ok(());
    }
    let label = app.oidc().map(|oidc| oidc.settings().label.clone());
    if let Some(label) = label.filter(|_| session.person.linked) {
        return Err(Problem::new("confirm-needed").detail(
            format!("先用“{}”确认是您本人，五分钟内办完", label.zh),
            format!("First confirm with {} that it is you; it holds for five minutes", label.en),
        ));
    }
    let text = base::Text::new("填您现在的密码", "Type your present password");
    let problem = Problem::new("form-invalid").sentence(text.clone());
    Err(problem.field("password", "missing", text))
}
