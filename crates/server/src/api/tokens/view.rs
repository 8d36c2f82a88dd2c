//! Tokens as shown.

use crate::app::App;
use crate::auth::{Giver, Session};
use crate::problem::Answer;
use crate::view::{OrgRef, PersonRef, Words};
use base::{Day, Lang, PersonId};
use rulebook::Release;
use rulebook::model::Permission;
use serde::Serialize;
use std::collections::BTreeSet;
use store::person::Person;
use store::token::Token;
use utoipa::ToSchema;

/// Longest life of a token, in days: who still needs it after a year says so again.
pub const LONGEST: i64 = 366;

/// Rights that no token has. Managing people, and with it rights and tokens, would let a token make
/// others like itself; administration gives every role. Reviewing and publishing rules is the
/// judgement of a second person. Reading personal data in clear asks for a reason each time, and a
/// program has none; a copy of it or its erasure is asked for by a person.
pub const NEVER: [Permission; 6] = [
    Permission::PeopleWrite,
    Permission::SystemAdmin,
    Permission::RulebookApprove,
    Permission::RulebookPublish,
    Permission::Unmask,
    Permission::PersonalManage,
];

/// The tokens of a person, and what another one may be made of.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenPage {
    items: Vec<TokenRow>,
    /// Whether I may make one.
    may_make: bool,
    /// Rights to choose from.
    permissions: Vec<RightRow>,
    /// Units to choose from.
    orgs: Vec<OrgRef>,
    /// Latest last day of a new one.
    latest: String,
}

/// A right of a token.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RightRow {
    #[schema(value_type = String)]
    right: Permission,
    title: Words,
}

/// A token (接口令牌).
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenRow {
    id: String,
    name: String,
    /// Its beginning; the rest was shown once.
    shown: String,
    permissions: Vec<RightRow>,
    org: Option<OrgRef>,
    state: TokenState,
    made_at: String,
    made_by: Option<PersonRef>,
    /// When it ends, or ended, by itself.
    expires_at: String,
    ended_at: Option<String>,
    ended_by: Option<PersonRef>,
    /// When it was used last, to five minutes.
    last_used_at: Option<String>,
}

/// Whether a token opens anything.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// It does.
    Valid,
    /// Its last day has passed.
    Expired,
    /// Somebody ended it.
    Ended,
}

fn right(right: Permission) -> RightRow {
    RightRow { right, title: right.title().into() }
}

/// The last day a token made now may have.
pub fn latest(app: &App) -> Day {
    base::time::add_days(app.today(), LONGEST - 1).unwrap_or(app.today())
}

/// What tokens of a person may have, wherever they hold it.
pub fn choices(release: &Release, person: &Person) -> BTreeSet<Permission> {
    let held = person.roles.iter().filter_map(|held| release.roles.get(&held.role));
    let all: BTreeSet<Permission> =
        held.flat_map(|role| role.permissions.iter().copied()).collect();
    all.into_iter().filter(|right| !NEVER.contains(right)).collect()
}

impl TokenPage {
    /// The tokens of a person, as a session sees them.
    pub async fn of(app: &App, session: &Session, person: &Person) -> Answer<Self> {
        let tokens = app.store().tokens_of(person.id).await?;
        let mut people: Vec<PersonId> = tokens
            .iter()
            .flat_map(|token| token.ended_by.into_iter().chain([token.made_by]))
            .collect();
        people.sort_unstable();
        people.dedup();
        let people = app.store().people_named(&people).await?;
        let rights = choices(&session.release, person).into_iter().map(right).collect();
        let theirs = Session::at(app, person.clone(), person.org, Lang::Zh)?;
        let orgs = crate::api::me::stations(app, &theirs);
        Ok(Self {
            items: tokens.iter().map(|token| row(app, token, &people)).collect(),
            may_make: may_make(app, session, person),
            permissions: rights,
            orgs: orgs.iter().map(OrgRef::from).collect(),
            latest: latest(app).to_string(),
        })
    }
}

/// Whether a session may make tokens of a person: of oneself, and of an account that nobody signs
/// in to, which is a program's. Nobody acts as a colleague by a token.
pub fn may_make(app: &App, session: &Session, person: &Person) -> bool {
    person.id == session.id()
        || (!person.enrolled
            && !person.linked
            && person.active
            && Giver::of(app, session).may_manage(person))
}

fn row(app: &App, token: &Token, people: &[Person]) -> TokenRow {
    let person = |id: PersonId| {
        let person = people.iter().find(|person| person.id == id)?;
        Some(PersonRef::new(id, person.name.reveal()))
    };
    TokenRow {
        id: token.id.to_string(),
        name: token.name.clone(),
        shown: token.shown.clone(),
        permissions: token.permissions.iter().copied().map(right).collect(),
        org: app.orgs().get(token.org).map(OrgRef::from),
        state: match token.ended_at {
            Some(_) => TokenState::Ended,
            None if token.is_alive(app.now()) => TokenState::Valid,
            None => TokenState::Expired,
        },
        made_at: token.made_at.to_string(),
        made_by: person(token.made_by),
        expires_at: token.expires_at.to_string(),
        ended_at: token.ended_at.map(|at| at.to_string()),
        ended_by: token.ended_by.and_then(person),
        last_used_at: token.last_used_at.map(|at| at.to_string()),
    }
}
