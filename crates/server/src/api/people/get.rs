//! `GET /people/{id}`: a person, what they may do and why, and what happened to them.

use super::list::PersonRow;
use crate::app::App;
use crate::auth::{Allowed, Giver, Session, perm};
use crate::http::extract::{self, Path};
use crate::problem::{Answer, Problem};
use crate::view::{OrgRef, PersonRef, Words};
use axum::extract::State;
use base::{OrgId, PersonId};
use rulebook::Release;
use rulebook::model::{ABOVE, Permission, Process};
use serde::Serialize;
use serde_json::Value as Json;
use store::Show;
use store::person::{Identity, Person, PersonEvent, RoleAt};
use utoipa::ToSchema;

/// Entries of the history shown.
const SHOWN: u32 = 100;

/// A person with everything about them.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonPage {
    person: PersonRow,
    lang: String,
    away_until: Option<String>,
    /// For `If-Match` when the person is changed.
    version: i64,
    /// What they may do outside the processes, and which role gives it.
    rights: Vec<Granted>,
    /// What they may do in processes, and which role gives it.
    acts: Vec<Acts>,
    /// Who they are at the company's identity provider.
    identity: Option<IdentityView>,
    history: Vec<Happened>,
}

/// An identity (外部身份) at the company's identity provider.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IdentityView {
    /// The provider.
    issuer: String,
    /// What it calls them.
    name: String,
    /// Since when.
    linked_at: String,
}

impl From<Identity> for IdentityView {
    fn from(identity: Identity) -> Self {
        Self {
            name: identity.name.reveal().to_owned(),
            linked_at: identity.linked_at.to_string(),
            issuer: identity.issuer,
        }
    }
}

/// A right and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Granted {
    right: Words,
    from: Vec<Source>,
}

/// A role at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Source {
    title: Words,
    org: Option<OrgRef>,
}

/// Actions of one process.
#[derive(Debug, Serialize, ToSchema)]
pub struct Acts {
    process: Words,
    actions: Vec<Granted>,
}

/// An entry of a person's journal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Happened {
    /// `added`, `changed`, `invited`, `password_set`, `signed_out`, `second_factor_on`,
    /// `second_factor_off`, `token_made`, `token_ended`, `identity_linked`,
    /// `identity_unlinked`.
    event: String,
    at: String,
    /// Who did it; none: the program, at set-up.
    by: Option<PersonRef>,
    /// What the token was called that a program did it with.
    via: Option<String>,
    /// What the token was called that it made or ended.
    token: Option<String>,
    /// What it changed, one sentence each.
    changes: Vec<Words>,
}

/// A person in my scope.
#[utoipa::path(
    get, path = "/people/{id}", tag = "people", operation_id = "people_get",
    params(("id" = String, Path)),
    responses((status = 200, body = PersonPage), (status = 404)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
    Path(id): Path<PersonId>,
) -> Answer<extract::Json<PersonPage>> {
    PersonPage::of(&app, &session, id).await.map(extract::Json)
}

/// A person who works in my scope.
pub async fn seen(app: &App, session: &Session, id: PersonId) -> Answer<Person> {
    let person = app.store().person(id).await?;
    let orgs = app.orgs();
    let there = orgs.get(person.org).is_some_and(|org| session.scope.holds(&org.path));
    if there { Ok(person) } else { Err(store::StoreError::NotFound("person").into()) }
}

impl PersonPage {
    /// The page of a person in scope.
    pub async fn of(app: &App, session: &Session, id: PersonId) -> Answer<Self> {
        let person = seen(app, session, id).await?;
        let events = app.store().person_events(id, SHOWN).await?;
        let release = &session.release;
        let sources = Sources { app, release, held: &person.roles };
        let processes = release.processes.values().map(|process| sources.acts(process));
        let giver = Giver::of(app, session);
        Ok(Self {
            rights: sources.rights(),
            acts: processes.filter(|acts| !acts.actions.is_empty()).collect(),
            history: history(app, release, events).await?,
            identity: app.store().identity(id).await?.map(IdentityView::from),
            lang: person.lang.clone(),
            away_until: person.away_until.map(|day| day.to_string()),
            version: person.version,
            person: PersonRow::of(app, session, &giver, &person),
        })
    }
}

/// Where rights come from.
struct Sources<'a> {
    app: &'a App,
    release: &'a Release,
    held: &'a [RoleAt],
}

impl Sources<'_> {
    fn source(&self, held: &RoleAt) -> Source {
        let title = self.release.roles.get(&held.role).map(|role| Words::from(&role.title));
        Source {
            title: title.unwrap_or_else(|| Words::key(&held.role)),
            org: self.app.orgs().get(held.org).map(OrgRef::from),
        }
    }

    fn rights(&self) -> Vec<Granted> {
        let gives = |right: Permission| {
            let role = |held: &&RoleAt| {
                let role = self.release.roles.get(&held.role);
                role.is_some_and(|role| role.permissions.contains(&right))
            };
            let from: Vec<Source> =
                self.held.iter().filter(role).map(|held| self.source(held)).collect();
            (!from.is_empty()).then(|| Granted { right: right.title().into(), from })
        };
        Permission::ALL.into_iter().filter_map(gives).collect()
    }

    fn acts(&self, process: &Process) -> Acts {
        let actions = process.actions.iter().filter_map(|action| {
            let doers: Vec<&str> = action
                .doers()
                .iter()
                .map(|name| name.strip_prefix(ABOVE).unwrap_or(name))
                .collect();
            let from: Vec<Source> = self
                .held
                .iter()
                .filter(|held| doers.contains(&held.role.as_str()))
                .map(|held| self.source(held))
                .collect();
            (!from.is_empty()).then(|| Granted { right: (&action.title).into(), from })
        });
        Acts { process: (&process.title).into(), actions: actions.collect() }
    }
}

/// The entries in words, each against the one before it.
async fn history(app: &App, release: &Release, events: Vec<PersonEvent>) -> Answer<Vec<Happened>> {
    let actors: Vec<PersonId> = events.iter().filter_map(|event| event.actor).collect();
    let names = app.store().people_named(&actors).await?;
    let name = |id: PersonId| {
        let person = names.iter().find(|person| person.id == id)?;
        Some(PersonRef::new(id, person.name.reveal()))
    };
    let mut before: Option<Json> = None;
    let mut rows = Vec::with_capacity(events.len());
    for event in events.into_iter().rev() {
        let mut changes = Vec::new();
        if let Some(mut stands) = event.stands {
            app.store().open_sealed(&mut stands, Show::Clear).await.map_err(Problem::from)?;
            if let Some(before) = &before {
                changes = differences(app, release, before, &stands);
            }
            before = Some(stands);
        }
        let by = event.actor.and_then(name);
        rows.push(Happened {
            event: event.event,
            at: event.at.to_string(),
            by,
            via: event.via.map(|via| via.name),
            token: event.token,
            changes,
        });
    }
    rows.reverse();
    Ok(rows)
}

/// What differs between two standings, one sentence each.
fn differences(app: &App, release: &Release, before: &Json, after: &Json) -> Vec<Words> {
    let orgs = app.orgs();
    let mut list = Vec::new();
    let mut say = |zh: String, en: String| list.push(Words { zh, en });
    let text = |json: &Json, key: &str| json[key].as_str().unwrap_or_default().to_owned();
    let org = |json: &Json| {
        let id: Option<OrgId> = serde_json::from_value(json.clone()).ok();
        id.and_then(|id| orgs.get(id).map(|org| org.name.clone())).unwrap_or_default()
    };
    if before["name"] != after["name"] {
        let (was, is) = (text(before, "name"), text(after, "name"));
        say(format!("姓名：{was} → {is}"), format!("Name: {was} → {is}"));
    }
    if before["org"] != after["org"] {
        let (was, is) = (org(&before["org"]), org(&after["org"]));
        say(format!("机构：{was} → {is}"), format!("Unit: {was} → {is}"));
    }
    let roles = |json: &Json| json["roles"].as_array().cloned().unwrap_or_default();
    let (was, is) = (roles(before), roles(after));
    let title = |held: &Json| {
        let key = text(held, "role");
        let title = release.roles.get(&key).map(|role| role.title.clone());
        (title.unwrap_or_else(|| base::Text::new(key.as_str(), key.as_str())), org(&held["org"]))
    };
    for held in is.iter().filter(|held| !was.contains(held)) {
        let (role, at) = title(held);
        say(format!("任命：{}（{at}）", role.zh), format!("Given: {} ({at})", role.en));
    }
    for held in was.iter().filter(|held| !is.contains(held)) {
        let (role, at) = title(held);
        say(format!("免去：{}（{at}）", role.zh), format!("Taken: {} ({at})", role.en));
    }
    if before["skills"] != after["skills"] {
        say("技能有变化".into(), "Skills changed".into());
    }
    if before["away_until"] != after["away_until"] {
        match after["away_until"].as_str() {
            Some(day) => say(format!("请假至 {day}"), format!("Away through {day}")),
            None => say("销假".into(), "Back from leave".into()),
        }
    }
    match (before["active"].as_bool(), after["active"].as_bool()) {
        (Some(true), Some(false)) => say("停用账号".into(), "May no longer sign in".into()),
        (Some(false), Some(true)) => say("启用账号".into(), "May sign in again".into()),
        _ => {}
    }
    list
}
