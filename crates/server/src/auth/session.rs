//! A signed-in person at an acting station, with what that allows.

use super::bearer;
use crate::app::App;
use crate::http::language::Asked;
use crate::problem::Problem;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base::{Instant, Lang, OrgId, PersonId};
use rulebook::Release;
use rulebook::model::{Permission, Reach};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Scope;
use store::counter::AtCounter;
use store::org::Org;
use store::person::{Person, RoleAt};
use store::session::Provided;
use store::token::Token;

/// Name of the session cookie.
pub const COOKIE: &str = "sanbao_session";
/// The header in which a browser says for whom it asks, where it knows.
const PERSON: &str = "x-sanbao-person";
/// How long a session lives, in seconds: a working day with its evening.
pub const LIFETIME: i64 = 12 * 3600;

/// Who asks.
#[derive(Debug, Clone)]
pub struct Session {
    /// The token of the session; empty where a program asks.
    pub token: String,
    /// What a program asks with; none: a person in a browser.
    pub by: Option<Arc<Token>>,
    /// The person.
    pub person: Person,
    /// The acting station.
    pub org: Org,
    /// Roles in effect at the acting station: held there or above.
    pub roles: Vec<RoleAt>,
    /// What they allow outside the processes.
    pub permissions: BTreeSet<Permission>,
    /// How far they see.
    pub scope: Scope,
    /// Language of the answers.
    pub lang: Lang,
    /// The release in force.
    pub release: Arc<Release>,
    /// The instant of the request.
    pub now: Instant,
    /// The shared counter it is at.
    pub counter: Option<AtCounter>,
    /// What the company's identity provider has said.
    pub provided: Provided,
}

impl Session {
    /// Reads the session of a request; a problem when there is none or it has expired.
    pub async fn of(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let asked = parts.extensions.get::<Asked>().and_then(|a| a.0);
        if let Some(token) = parts.extensions.get::<Arc<Token>>() {
            return program(app, Arc::clone(token), asked).await;
        }
        let token = token(&parts.headers).ok_or_else(|| Problem::new("not-signed-in"))?;
        let now = app.now();
        let kept = app.store().session(&token, now).await?;
        let kept = kept.ok_or_else(|| Problem::new("session-expired"))?;
        let person = app.store().person(kept.person).await?;
        if !person.active {
            return Err(Problem::new("session-expired"));
        }
        // Two windows of one browser share its session: what one of them sends for somebody who
        // is no longer there must not be done by who came after.
        let meant = parts.headers.get(PERSON).and_then(|value| value.to_str().ok());
        if meant.is_some_and(|meant| meant != person.id.to_string()) {
            return Err(Problem::new("other-person"));
        }
        let lang = asked.unwrap_or_else(|| Lang::from_tag(&person.lang));
        let mut session = Self::at(app, person, kept.org, lang)?;
        session.token = token;
        session.counter = kept.counter;
        session.provided = kept.provided;
        session.narrowed(app)
    }

    /// A new session of a person, with a token of its own.
    pub fn begin(
        app: &App,
        person: Person,
        org: OrgId,
        counter: Option<AtCounter>,
        lang: Lang,
    ) -> Result<Self, Problem> {
        let mut session = Self::at(app, person, org, lang)?;
        session.token = new_token()?;
        session.counter = counter;
        session.narrowed(app)
    }

    /// The person acting at an organisation unit.
    pub fn at(app: &App, person: Person, org: OrgId, lang: Lang) -> Result<Self, Problem> {
        let release = app.releases().current(app.today())?;
        let orgs = app.orgs();
        let org = orgs.get(org).or_else(|| orgs.get(person.org)).cloned();
        let org = org.ok_or_else(|| Problem::new("forbidden"))?;
        let roles: Vec<RoleAt> =
            person.roles.iter().filter(|r| orgs.is_within(org.id, r.org)).cloned().collect();
        let mut permissions = BTreeSet::new();
        let mut widest: Option<(Reach, OrgId)> = None;
        for held in &roles {
            let Some(role) = release.roles.get(&held.role) else { continue };
            permissions.extend(role.permissions.iter().copied());
            if widest.is_none_or(|(reach, _)| role.reach > reach) {
                widest = Some((role.reach, held.org));
            }
        }
        // Who holds somebody's office sees as far as that person, at least their station: what was
        // the other's own has to be found.
        for away in app.deputies().held_by(person.id, app.today()) {
            for held in away.roles.iter().filter(|held| orgs.is_within(org.id, held.org)) {
                let reach = release.roles.get(&held.role).map(|role| role.reach);
                let reach = reach.unwrap_or(Reach::Own).max(Reach::Station);
                if widest.is_none_or(|(widest, _)| reach > widest) {
                    widest = Some((reach, held.org));
                }
            }
        }
        let scope = match widest {
            Some((Reach::Company, _)) => Scope::company(),
            Some((Reach::Subtree, at)) => Scope::subtree(orgs.get(at).unwrap_or(&org)),
            // A station's outlets lie below it: what they sold is the station's business.
            Some((Reach::Station, _)) => Scope::subtree(&org),
            Some((Reach::Own, _)) | None => Scope::subtree(&org).own(person.id),
        };
        let (token, now) = (String::new(), app.now());
        Ok(Self {
            token,
            by: None,
            person,
            org,
            roles,
            permissions,
            scope,
            lang,
            release,
            now,
            counter: None,
            provided: Provided::default(),
        })
    }

    /// The person's id.
    pub fn id(&self) -> PersonId {
        self.person.id
    }

    /// The cases this person opened or works on, wherever they were sent since: who ships parts
    /// sees them arrive, and can do nothing there.
    pub fn own_cases(&self) -> Scope {
        let anywhere = Scope::company().own(self.id());
        if self.by.is_some() { anywhere.within(&Scope::subtree(&self.org)) } else { anywhere }
    }

    /// Whether the person has a right.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }
}

/// What a program may with its token: the part of its person's present rights that it was given,
/// at its unit and below.
async fn program(app: &App, token: Arc<Token>, asked: Option<Lang>) -> Result<Session, Problem> {
    let mut person = app.store().person(token.person).await?;
    let lang = asked.unwrap_or_else(|| Lang::from_tag(&person.lang));
    if !person.active {
        return Err(bearer::refused(
            "这个接口令牌所属的账号已停用，请换一个令牌",
            "The account of this token may no longer sign in; use another token",
        ));
    }
    if let Some(until) = person.away_until.filter(|until| *until >= app.today()) {
        return Err(Problem::new("forbidden").detail(
            format!("令牌所属的人请假至 {until}，令牌同时停用；长期运行的程序请用程序自己的账号"),
            format!(
                "The person of this token is away through {until}, and so is the token; a program \
                 that runs all year has an account of its own"
            ),
        ));
    }
    let orgs = app.orgs();
    // A role held above reaches down to the unit and not beside it; one held below stays there.
    person.roles.retain_mut(|held| {
        if orgs.is_within(token.org, held.org) {
            held.org = token.org;
        }
        orgs.is_within(held.org, token.org)
    });
    person.roles.sort();
    person.roles.dedup();
    let unit = orgs.get(token.org).ok_or_else(|| Problem::new("forbidden"))?;
    let mut session = Session::at(app, person, token.org, lang)?;
    if unit.parent.is_some() {
        session.scope = session.scope.within(&Scope::subtree(unit));
    }
    session.permissions.retain(|right| token.permissions.contains(right));
    session.by = Some(token);
    Ok(session)
}

/// The token of a request: cookie, or `Authorization: Bearer`.
pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.strip_prefix("Bearer "))
        .map(str::trim);
    let bearer = bearer.filter(|t| !t.is_empty() && t.len() <= LONGEST).map(str::to_owned);
    bearer.or_else(|| read_cookie(headers, COOKIE))
}

/// Longest token looked at.
const LONGEST: usize = 200;

/// A cookie of a request.
pub(super) fn read_cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted);
    found.map(|(_, value)| value).filter(|t| !t.is_empty() && t.len() <= LONGEST).map(str::to_owned)
}

/// A new session token: 256 random bits.
pub fn new_token() -> Result<String, Problem> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Problem::new("internal"))?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&bytes))
}

/// The cookie that carries a token; `secure` where the server stands behind HTTPS.
pub fn cookie(token: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={LIFETIME}{secure}")
}

/// The cookie that removes the session from the browser.
pub fn expired_cookie() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}
