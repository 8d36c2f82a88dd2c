//! The snapshot a decision sees: what the store brings plus what the release pins or not.

use crate::app::App;
use crate::problem::Answer;
use base::{CustomerId, OrgId, PersonId, UnitId};
use engine::{Actor, CaseState, Facts, Principal};
use rulebook::Release;
use rulebook::model::ABOVE;
use serde_json::{Map, Value as Json};
use store::cases::FactsRequest;
use store::person::{Person, RoleAt};

/// Most people a form may name.
const MAX_PEOPLE: usize = 50;

/// Most organisation units a form may name.
const MAX_ORGS: usize = 10;

/// What a decision is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The case, when there is one.
    pub case: Option<&'a CaseState>,
    /// The unit that owns or will own it.
    pub org: OrgId,
    /// The vehicle.
    pub unit: Option<UnitId>,
    /// The customer.
    pub customer: Option<CustomerId>,
}

impl<'a> About<'a> {
    /// A case as it stands.
    pub fn case(case: &'a CaseState) -> Self {
        Self { case: Some(case), org: case.org, unit: case.unit, customer: case.customer }
    }
}

/// The snapshot: facts of the store, prices and calendars in force now.
pub async fn snapshot(
    app: &App,
    release: &Release,
    about: About<'_>,
    actor: Option<PersonId>,
    form: &Map<String, Json>,
) -> Answer<Facts> {
    let mut people: Vec<PersonId> = Vec::new();
    let of_case = about.case.map(|c| [c.assignee, c.opener, c.owner]).unwrap_or_default();
    people.extend(actor.into_iter().chain(of_case.into_iter().flatten()));
    people.extend(named(form));
    people.extend(about.case.into_iter().flat_map(|case| listed(&case.data)));
    people.sort_unstable();
    people.dedup();
    people.truncate(MAX_PEOPLE);
    let request = FactsRequest {
        unit: about.unit,
        customer: about.customer,
        org: about.org,
        orgs: orgs(form),
        people,
        now: app.now(),
        zone: app.zone().clone(),
    };
    let mut facts = app.store().facts(&request).await?;
    if about.case.is_some_and(|case| case.process == store::campaign::PROCESS) {
        let own = about.case.and_then(|case| case.id);
        facts.campaign = Some(app.store().campaign_facts(own).await?);
    }
    let deputies = app.deputies();
    for (id, person) in &mut facts.people {
        person.away |= deputies.of(*id, app.today()).is_some();
    }
    // Prices and calendars are not pinned: a case pays the list in force.
    let current = app.releases().current(app.today())?;
    let lists = app.masters().of(if current.prices.is_empty() { release } else { &current });
    facts.prices = lists.book;
    facts.parts = lists.parts;
    facts.calendars.clone_from(&current.calendars);
    facts.releases = app.releases().until(app.today());
    facts.zone = app.zone().clone();
    Ok(facts)
}

/// Organisation units a form names.
fn orgs(form: &Map<String, Json>) -> Vec<OrgId> {
    let mut orgs: Vec<OrgId> =
        form.values().filter_map(|value| value.as_str()?.parse().ok()).collect();
    orgs.sort_unstable();
    orgs.dedup();
    orgs.truncate(MAX_ORGS);
    orgs
}

/// People a form names.
fn named(form: &Map<String, Json>) -> impl Iterator<Item = PersonId> {
    form.values().filter_map(|value| value.as_str()?.parse().ok()).chain(listed(form))
}

/// People on the lists among these answers.
fn listed(answers: &Map<String, Json>) -> impl Iterator<Item = PersonId> {
    let rows = answers.values().filter_map(Json::as_array).flatten();
    rows.filter_map(|row| row.get("person")?.as_str()?.parse().ok())
}

/// The person acting on something an organisation unit owns: with the roles held there or above.
pub fn actor_at(app: &App, person: &Person, org: OrgId) -> Actor {
    let deputies = app.deputies();
    let away = deputies.held_by(person.id, app.today());
    let away = away.map(|acting| Principal {
        person: acting.person,
        roles: roles_at(app, &acting.roles, org),
    });
    let roles = roles_at(app, &person.roles, org);
    Actor { deputy_for: away.collect(), ..Actor::staff(person.id, roles) }
}

/// The roles in effect at an organisation unit: held there or above; those held above stand a
/// second time as `above:role`.
fn roles_at(app: &App, held: &[RoleAt], org: OrgId) -> Vec<String> {
    let orgs = app.orgs();
    let here = || held.iter().filter(|held| orgs.is_within(org, held.org));
    let above = here().filter(|held| held.org != org).map(|held| format!("{ABOVE}{}", held.role));
    let mut roles: Vec<String> = here().map(|held| held.role.clone()).chain(above).collect();
    roles.sort();
    roles.dedup();
    roles
}
