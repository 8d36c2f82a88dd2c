//! A shared counter (柜台) at the door: the browser's own token, and what a session there may do.

use super::session::read_cookie;
use super::{Session, pin};
use crate::app::App;
use crate::problem::{Answer, Problem};
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use std::convert::Infallible;
use store::Scope;
use store::counter::{AtCounter, Counter, CounterAct};

/// Name of the cookie of a counter.
pub const COUNTER_COOKIE: &str = "sanbao_counter";
/// How long a counter lives, in seconds: half a year.
pub const COUNTER_LIFETIME: i64 = 182 * 86_400;
/// How long the outcome of an act stays before the counter locks, in seconds.
const AFTER_ACT: i64 = 30;
/// What may still be asked once the act is done: to see and to print it changes nothing.
const HARMLESS: [&str; 3] = ["/preview", "/printed", "/messages/read"];

/// The counter this browser is, if it is one.
#[derive(Debug, Clone)]
pub struct Here(pub Option<Counter>);

impl FromRequestParts<App> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Nobody is kept out because this one question failed: they sign in as anywhere.
        Ok(Self(ThisCounter::from_request_parts(parts, app).await.ok().map(|here| here.0)))
    }
}

/// The counter this browser is; whatever takes it is closed to other browsers.
#[derive(Debug, Clone)]
pub struct ThisCounter(pub Counter);

impl FromRequestParts<App> for ThisCounter {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = read_cookie(&parts.headers, COUNTER_COOKIE);
        let token = token.ok_or_else(|| Problem::new("not-signed-in"))?;
        let counter = app.store().counter_of(&token, app.now()).await?;
        counter.map(Self).ok_or_else(|| Problem::new("counter-gone"))
    }
}

/// A session at a counter, by PIN or by password.
pub fn at(counter: Counter, pin: bool) -> AtCounter {
    AtCounter {
        counter: counter.id,
        org: counter.org,
        name: counter.name,
        idle_seconds: counter.idle_seconds,
        per_act: counter.per_act,
        pin,
        acted: false,
    }
}

impl Session {
    /// What the journal says beside the person: at which counter, and whether by PIN.
    pub fn counter_act(&self) -> Option<CounterAct> {
        self.counter.as_ref().map(CounterAct::from)
    }

    /// Whether a PIN opened it.
    pub fn by_pin(&self) -> bool {
        self.counter.as_ref().is_some_and(|at| at.pin)
    }

    /// Refuses who showed no more than a PIN.
    pub fn fully(&self) -> Answer<()> {
        if self.by_pin() { Err(Problem::new("pin-not-enough")) } else { Ok(()) }
    }

    /// Keeps of a session by PIN what a PIN is enough for: the day's work of this station.
    pub(super) fn narrowed(mut self, app: &App) -> Answer<Self> {
        if !self.by_pin() {
            return Ok(self);
        }
        if !pin::may_use(app, &self.release, &self.person) {
            return Err(Problem::new("session-expired"));
        }
        self.permissions.retain(|right| pin::opens(*right));
        if !self.scope.is_own() {
            self.scope = Scope::subtree(&self.org);
        }
        Ok(self)
    }

    /// Refuses a second act where the counter locks after each.
    pub(super) fn still_open(&self, parts: &Parts) -> Answer<()> {
        let done = self.counter.as_ref().is_some_and(|at| at.acted);
        let reads = matches!(parts.method, Method::GET | Method::HEAD);
        let harmless = || HARMLESS.iter().any(|end| parts.uri.path().ends_with(end));
        if done && !reads && !harmless() {
            return Err(Problem::new("counter-locked"));
        }
        Ok(())
    }

    /// The act is done: a counter that locks after each shows its outcome a little longer.
    pub async fn acted(&self, app: &App) -> Answer<()> {
        if self.counter.as_ref().is_some_and(|at| at.per_act) {
            app.store().acted(&self.token, app.now().plus_seconds(AFTER_ACT)).await?;
        }
        Ok(())
    }
}

/// The cookie that makes a browser a counter.
pub fn counter_cookie(token: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!(
        "{COUNTER_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; \
         Max-Age={COUNTER_LIFETIME}{secure}"
    )
}

/// The cookie that makes it an ordinary browser again.
pub fn no_counter_cookie() -> String {
    format!("{COUNTER_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}
