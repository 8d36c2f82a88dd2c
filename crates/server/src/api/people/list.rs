//! `GET /people`: staff in my scope.

use crate::app::App;
use crate::auth::{Allowed, Giver, Session, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::find::{self, Needle};
use crate::view::{List, OrgRef, Words};
use axum::extract::State;
use base::OrgId;
use serde::{Deserialize, Serialize};
use store::person::Person;
use utoipa::{IntoParams, ToSchema};

/// Most people looked through.
const MOST: u32 = 10_000;

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only those who hold this role.
    role: Option<String>,
    /// Only those who work at this unit or below.
    #[param(value_type = Option<String>)]
    org: Option<OrgId>,
    /// Login, name, pinyin or initials.
    q: Option<String>,
    /// Also those who left.
    #[serde(default)]
    left: bool,
    /// `next` of the page before.
    cursor: Option<String>,
    /// Rows of a page, 100 at the most.
    limit: Option<u32>,
}

/// A member of staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRow {
    id: String,
    login: String,
    name: String,
    org: Option<OrgRef>,
    roles: Vec<HeldRole>,
    skills: Vec<String>,
    certificate: Option<CertificateView>,
    away: bool,
    state: PersonState,
    /// Whether I may change them.
    manageable: bool,
}

/// Whether somebody can sign in.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonState {
    /// They can.
    Working,
    /// They were invited and have neither a password nor an identity yet.
    Invited,
    /// No more.
    Left,
}

/// A role with its place.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldRole {
    role: String,
    title: Words,
    org: Option<OrgRef>,
}

/// A repair certificate (维修上岗证).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CertificateView {
    number: String,
    expires: String,
    valid: bool,
}

impl CertificateView {
    /// The certificate as it stands on a day.
    pub fn of(certificate: &store::person::Certificate, today: base::Day) -> Self {
        Self {
            number: certificate.number.clone(),
            expires: certificate.expires.to_string(),
            valid: certificate.expires >= today,
        }
    }
}

impl PersonRow {
    /// A person as shown to a session.
    pub fn of(app: &App, session: &Session, giver: &Giver<'_>, person: &Person) -> Self {
        let (orgs, today) = (app.orgs(), app.today());
        let held = |held: &store::person::RoleAt| {
            let role = session.release.roles.get(&held.role);
            HeldRole {
                role: held.role.clone(),
                title: role.map_or_else(|| Words::key(&held.role), |role| (&role.title).into()),
                org: orgs.get(held.org).map(OrgRef::from),
            }
        };
        Self {
            id: person.id.to_string(),
            login: person.login.clone(),
            name: person.name.reveal().to_owned(),
            org: orgs.get(person.org).map(OrgRef::from),
            roles: person.roles.iter().map(held).collect(),
            skills: person.skills.clone(),
            certificate: person.certificate.as_ref().map(|c| CertificateView::of(c, today)),
            away: person.away_until.is_some_and(|until| until >= today),
            state: match (person.active, person.enrolled || person.linked) {
                (false, _) => PersonState::Left,
                (true, false) => PersonState::Invited,
                (true, true) => PersonState::Working,
            },
            manageable: giver.may_manage(person),
        }
    }
}

/// Staff in my scope.
#[utoipa::path(
    get, path = "/people", tag = "people", operation_id = "people_list", params(Filter),
    responses((status = 200, body = List<PersonRow>)),
    extensions(("x-permission" = json!("people_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PeopleRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<PersonRow>>> {
    let people = app.store().people(&session.scope, filter.role.as_deref(), MOST).await?;
    let orgs = app.orgs();
    let needle = Needle::new(filter.q.as_deref().unwrap_or_default(), &session.release);
    let wanted = |person: &&Person| {
        (filter.left || person.active)
            && filter.org.is_none_or(|org| orgs.is_within(person.org, org))
            && needle.in_person(&person.login, person.name.reveal())
    };
    let found = people.iter().filter(wanted);
    let (cursor, limit) = (filter.cursor.as_deref(), filter.limit);
    let page = find::page(found, |person| person.login.as_str(), cursor, limit);
    let giver = Giver::of(&app, &session);
    Ok(Json(page.map(|person| PersonRow::of(&app, &session, &giver, person))))
}
