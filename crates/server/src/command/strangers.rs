//! Who may stand on a list of people: those whom its picker offers, and who stands there already.

use crate::app::App;
use crate::auth::Session;
use crate::problem::Answer;
use base::PersonId;
use engine::Facts;
use rulebook::Release;
use rulebook::model::{Action, Field, FieldKind};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use store::person::Person;

/// Most people of one list that are looked up; the form itself refuses longer ones.
const MOST: usize = 50;

/// Marks whom the lists of an action's form name without right. `stood` is what the case says
/// already: who stands on a list stays, wherever they work now.
pub async fn mark(
    app: &App,
    session: &Session,
    (release, action): (&Release, Option<&Action>),
    form: &Map<String, Json>,
    stood: Option<&Map<String, Json>>,
    facts: &mut Facts,
) -> Answer<()> {
    let asked = action.and_then(|action| release.forms.get(action.form.as_ref()?));
    let lists = asked.into_iter().flat_map(|form| &form.fields);
    for field in lists.filter(|field| field.kind == FieldKind::PeopleRows) {
        let before = people(stood.and_then(|stood| stood.get(&field.id)));
        let named = people(form.get(&field.id));
        let new: Vec<PersonId> = named.difference(&before).take(MOST).copied().collect();
        let known = app.store().people_named(&new).await?;
        let may = |person: &&Person| offered(app, session, field, person);
        let fits: BTreeSet<PersonId> = known.iter().filter(may).map(|person| person.id).collect();
        let strange = new.into_iter().filter(|id| !fits.contains(id));
        facts.strangers.extend(strange.map(|id| (field.id.clone(), id)));
    }
    Ok(())
}

fn people(rows: Option<&Json>) -> BTreeSet<PersonId> {
    let rows = rows.and_then(Json::as_array).into_iter().flatten();
    rows.filter_map(|row| row.get("person")?.as_str()?.parse().ok()).collect()
}

/// As the picker offers: active, in the caller's scope, with one of the field's roles.
fn offered(app: &App, session: &Session, field: &Field, person: &Person) -> bool {
    let roles = &field.roles;
    let fits = roles.is_empty() || person.roles.iter().any(|held| roles.contains(&held.role));
    let orgs = app.orgs();
    let near = orgs.get(person.org).is_some_and(|org| session.scope.holds(&org.path));
    person.active && fits && near
}
