//! What a template may name: the case with everything on it, in clear, for who may print it.

use crate::app::App;
use crate::problem::Answer;
use crate::view::elsewhere;
use base::{CustomerId, Lang, PersonId, Text, Zone};
use engine::CaseState;
use engine::why::Reader;
use rulebook::Release;
use rulebook::model::Process;
use serde_json::{Map, Value as Json, json};
use store::{Scope, Show, StoreError};

/// The context of a case as it now stands.
pub async fn of(
    app: &App,
    release: &Release,
    case: &CaseState,
    actor: Option<PersonId>,
) -> Answer<Json> {
    let mut data = Json::Object(Box::pin(shown(app, release, case)).await?);
    app.store().open_sealed(&mut data, Show::Clear).await?;
    let signatures = super::signature::images(app, &case.data).await?;
    let unit = vehicle(app, case).await?;
    let customer = match case.customer {
        Some(id) => {
            let customer = app.store().customer(id).await?;
            let clear = |p: &Option<store::Personal>| p.as_ref().map(|p| p.reveal().to_owned());
            json!({
                "name": clear(&customer.name),
                "phone": clear(&customer.phone),
                "address": clear(&customer.address),
            })
        }
        None => Json::Null,
    };
    let mut ids: Vec<PersonId> =
        [actor, case.assignee, case.opener, case.owner].into_iter().flatten().collect();
    ids.extend(named(&case.data));
    ids.sort_unstable();
    ids.dedup();
    let people = app.store().people_named(&ids).await?;
    let person = |id: Option<PersonId>| {
        let found = people.iter().find(|p| Some(p.id) == id)?;
        Some(json!({
            "name": found.name.reveal(),
            "certificate": found.certificate.as_ref().map(|c| c.number.clone()),
        }))
    };
    let by_id: Map<String, Json> = people
        .iter()
        .filter_map(|found| Some((found.id.to_string(), person(Some(found.id))?)))
        .collect();
    let company = app.store().setting("company_name").await?;
    let orgs = app.orgs();
    let station = orgs.get(case.org);
    let process = release.processes.get(&case.process);
    Ok(json!({
        "case": {
            "number": case.number,
            "process": case.process,
            "title": process.map(|p| p.title.zh.as_str()),
            "state": case.full_state("main"),
            "station": station.map(|o| o.name.as_str()),
            "station_code": station.map(|o| o.code.as_str()),
            "opened_at": case.opened_at.to_string(),
        },
        "verdict": verdict(release, process, app.zone(), data.get("verdict")),
        "data": data,
        "signatures": signatures,
        "unit": unit,
        "customer": customer,
        "parties": parties(app, case).await?,
        "actor": person(actor),
        "assignee": person(case.assignee),
        "opener": person(case.opener),
        "owner": person(case.owner),
        "people": by_id,
        "company": company,
        "now": app.now().to_string(),
    }))
}

/// The answers as the unit of the case may read them: a paper of it is read there.
async fn shown(app: &App, release: &Release, case: &CaseState) -> Answer<Map<String, Json>> {
    let mut data = case.data.clone();
    let unit = app.orgs().get(case.org).map(Scope::subtree);
    if let (Some(scope), Some(process)) = (unit, release.processes.get(&case.process)) {
        elsewhere::hide(app, process, &mut data, &scope, &elsewhere::words().zh).await?;
    }
    Ok(data)
}

/// The verdict with its reasons in the words of the paper; the case keeps them as codes.
pub(super) fn verdict(
    release: &Release,
    process: Option<&Process>,
    zone: &Zone,
    kept: Option<&Json>,
) -> Json {
    let kept = kept.cloned().unwrap_or_default();
    let Ok(mut verdict) = serde_json::from_value::<engine::Verdict>(kept.clone()) else {
        return kept;
    };
    verdict.speak(Reader { release, process, zone, lang: Lang::Zh });
    serde_json::to_value(&verdict).unwrap_or(kept)
}

/// The case's customer and the others it names, by field: masked, for papers that more than one of
/// them is given.
async fn parties(app: &App, case: &CaseState) -> Answer<Json> {
    let others = case.data.iter().filter_map(|(field, value)| {
        Some((field.as_str(), value.as_str()?.parse::<CustomerId>().ok()?))
    });
    let own = case.customer.map(|id| ("customer", id));
    let mut parties = Map::new();
    for (field, id) in others.chain(own) {
        let customer = match app.store().customer(id).await {
            Err(StoreError::NotFound(_)) => continue,
            found => found?,
        };
        let phone = customer.phone.as_ref().map(store::Personal::masked);
        parties.insert(field.into(), json!({ "name": customer.name_masked(), "phone": phone }));
    }
    Ok(Json::Object(parties))
}

/// The vehicle, when the case has one.
async fn vehicle(app: &App, case: &CaseState) -> Answer<Json> {
    let Some(id) = case.unit else { return Ok(Json::Null) };
    let unit = app.store().unit_head(id).await?;
    Ok(serde_json::to_value(&unit.fields).unwrap_or_default())
}

/// People the answers name, one by one or on lists.
fn named(data: &Map<String, Json>) -> impl Iterator<Item = PersonId> {
    let rows = data.values().filter_map(Json::as_array).flatten();
    let listed = rows.filter_map(|row| row.get("person")?.as_str()?.parse().ok());
    data.values().filter_map(|value| value.as_str()?.parse().ok()).chain(listed)
}

/// The title of a catalogue key or a written choice of any form.
pub fn words_of<'r>(release: &'r Release, key: &str) -> Option<&'r Text> {
    let catalog = &release.catalog;
    let of_catalog = catalog
        .component(key)
        .map(|c| &c.title)
        .or_else(|| catalog.fault(key).map(|f| &f.title))
        .or_else(|| catalog.causes.iter().find(|c| c.id == key).map(|c| &c.title))
        .or_else(|| catalog.models.iter().find(|m| m.id == key).map(|m| &m.title))
        .or_else(|| catalog.products.get(key).map(|p| &p.title));
    of_catalog.or_else(|| {
        let mut choices =
            release.forms.values().flat_map(|f| &f.fields).flat_map(|field| &field.choices);
        choices.find(|c| c.id == key).map(|c| &c.title)
    })
}
