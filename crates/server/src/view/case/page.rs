//! The whole page of a case.

use super::actions::{ActionView, actions};
use super::deadlines::{DeadlineView, deadlines};
use super::documents::{DocumentView, documents};
use super::labels::{Label, fields, labels};
use super::steps::{StepView, steps};
use super::timeline::{TimelineView, timeline};
use super::{ProcessRef, StateRef};
use crate::app::App;
use crate::auth::Session;
use crate::command::{read_between, snapshot};
use crate::problem::{Answer, Problem};
use crate::view::campaign::CampaignRef;
use crate::view::heed::{HeedView, heeded};
use crate::view::unit::{OwnerRef, UnitHitView};
use crate::view::verdict::VerdictView;
use crate::view::{OrgRef, PersonRef, Words, elsewhere};
use base::{CaseId, CustomerId, Instant, PersonId, UnitId};
use engine::CaseState;
use engine::why::Reader;
use rulebook::Release;
use rulebook::model::Process;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use store::cases::LoadedCase;
use store::timeline::TimelineEntry;
use store::{Show, StoreError};
use utoipa::ToSchema;

/// A case.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Case)]
pub struct CaseView {
    id: String,
    number: String,
    /// Also the `ETag`: `"v<version>"`.
    pub version: i64,
    process: ProcessRef,
    /// What it is about: `unit`, `customer`, `none`.
    subject: String,
    org: Option<OrgRef>,
    unit: Option<UnitHitView>,
    customer: Option<OwnerRef>,
    /// What is heeded with vehicle and customer while it is open: what other cases agreed or watch.
    heeded: Vec<HeedView>,
    opened_at: String,
    closed_at: Option<String>,
    owner: Option<PersonRef>,
    opener: Option<PersonRef>,
    assignee: Option<PersonRef>,
    parent: Option<CaseRef>,
    children: Vec<ChildRef>,
    tracks: Vec<TrackView>,
    steps: Vec<StepView>,
    seals: Vec<Words>,
    /// Answers so far, personal ones masked.
    #[schema(value_type = Object)]
    data: Map<String, Json>,
    labels: BTreeMap<String, Label>,
    verdict: Option<VerdictView>,
    actions: Vec<ActionView>,
    deadlines: Vec<DeadlineView>,
    timeline: Vec<TimelineView>,
    documents: Vec<DocumentView>,
}

/// A case by id and number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CaseRef {
    id: String,
    number: String,
}

impl CaseRef {
    /// A case by id and number.
    pub fn new(id: CaseId, number: String) -> Self {
        Self { id: id.to_string(), number }
    }
}

/// A case this one opened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChildRef {
    id: String,
    number: String,
    process_title: Words,
    state: StateRef,
}

/// Where a track stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TrackView {
    id: String,
    title: Words,
    state: StateRef,
    since: String,
}

/// The vehicle, with the campaigns that are not done on it.
async fn vehicle(app: &App, session: &Session, id: UnitId) -> Answer<UnitHitView> {
    let unit = app.store().unit_head(id).await?;
    let open = app.store().open_campaigns(&[id]).await?;
    let hit = UnitHitView::of(&session.release, id, &unit.fields, unit.owner.as_ref());
    let open = open.values().flatten().map(CampaignRef::from);
    Ok(UnitHitView { campaigns: open.collect(), ..hit })
}

/// What is heeded with the vehicle and the customer of an open case, by other cases.
async fn beside(
    app: &App,
    session: &Session,
    id: CaseId,
    case: &CaseState,
) -> Answer<Vec<HeedView>> {
    if case.closed_at.is_some() {
        return Ok(vec![]);
    }
    let found = heeded(app, session, case.unit.as_slice(), case.customer.as_slice()).await?;
    let mut beside = found.with(case.unit, case.customer);
    beside.retain(|heed| heed.is_other(id));
    Ok(beside)
}

/// The page of a case in scope.
pub async fn page(app: &App, session: &Session, id: CaseId) -> Answer<CaseView> {
    let store = app.store();
    let (loaded, within) = seen(app, session, id).await?;
    let case = loaded.state;
    let release = app.releases().pinned(&case.release)?;
    let process = release.processes.get(&case.process);
    let process = process.ok_or_else(|| Problem::new("unknown-process"))?;
    let about = snapshot::About::case(&case);
    let answers = Map::new();
    let mut facts = snapshot(app, &release, about, Some(session.id()), &answers).await?;
    read_between(app, (&release, process), Some(id), &mut facts).await?;
    let mut entries = store.timeline(id).await?;
    open_answers(app, &mut entries).await?;
    let mut data = masked(app, case.data.clone()).await?;
    let said = elsewhere::words();
    elsewhere::hide(app, process, &mut data, &session.scope, said.get(session.lang)).await?;
    let verdict = data.remove("verdict").and_then(|v| serde_json::from_value(v).ok());
    let names = names(app, session, &case, &entries).await?;
    let person = |id: Option<PersonId>| {
        let id = id?;
        Some(PersonRef::new(id, names.get(&id.to_string()).map_or("", String::as_str)))
    };
    let reader =
        Reader { release: &release, process: Some(process), zone: app.zone(), lang: session.lang };
    let documents = documents(&release, &store.documents(id).await?);
    let known = fields(&release, process);
    let customer = match case.customer {
        Some(customer) => Some(store.customer(customer).await?),
        None => None,
    };
    Ok(CaseView {
        id: id.to_string(),
        number: case.number.clone().unwrap_or_default(),
        version: case.version,
        process: ProcessRef::of(Some(&release), &case.process),
        subject: process.subject.clone(),
        org: app.orgs().get(case.org).map(OrgRef::from),
        unit: match case.unit {
            Some(unit) => Some(vehicle(app, session, unit).await?),
            None => None,
        },
        customer: customer.as_ref().map(OwnerRef::from),
        heeded: beside(app, session, id, &case).await?,
        opened_at: case.opened_at.to_string(),
        closed_at: case.closed_at.map(|at| at.to_string()),
        owner: person(case.owner),
        opener: person(case.opener),
        assignee: person(case.assignee),
        parent: case.parent.map(|parent| CaseRef {
            id: parent.to_string(),
            number: loaded.parent_number.unwrap_or_default(),
        }),
        children: children(app, id).await?,
        tracks: tracks(process, &case),
        steps: steps(process, &case, &entered(&entries)),
        seals: seals(process, &case, documents.iter().any(|d| d.status == "frozen")),
        labels: labels(&release, &known, process, &data, &names),
        data,
        verdict: verdict.map(|v: engine::Verdict| VerdictView::of(app, &release, &v, session.lang)),
        actions: if within {
            actions(app, session, &release, process, &case, &facts, &names).await?
        } else {
            vec![]
        },
        deadlines: deadlines(&release, process, &case, session.lang),
        timeline: timeline(&reader, &entries, &names),
        documents,
    })
}

/// Opens what people typed, masked.
async fn open_answers(app: &App, entries: &mut [TimelineEntry]) -> Answer<()> {
    for row in entries {
        let mut form = Json::Object(std::mem::take(&mut row.entry.form));
        // A note is sealed against the disk, not against who may open the case.
        let show = if row.entry.event == "noted" { Show::Clear } else { Show::Masked };
        app.store().open_sealed(&mut form, show).await?;
        row.entry.form = object(form);
    }
    Ok(())
}

/// A case in scope, or one that this person sent elsewhere; whether it is in scope.
pub async fn seen(app: &App, session: &Session, id: CaseId) -> Answer<(LoadedCase, bool)> {
    match app.store().case(id, &session.scope).await {
        Err(StoreError::NotFound(_)) => {
            Ok((app.store().case(id, &session.own_cases()).await?, false))
        }
        found => Ok((found?, true)),
    }
}

async fn masked(app: &App, data: Map<String, Json>) -> Answer<Map<String, Json>> {
    let mut data = Json::Object(data);
    app.store().open_sealed(&mut data, Show::Masked).await?;
    Ok(object(data))
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// Names of everybody and every organisation unit a page mentions, by printed id.
async fn names(
    app: &App,
    session: &Session,
    case: &CaseState,
    entries: &[TimelineEntry],
) -> Answer<BTreeMap<String, String>> {
    let mut ids: Vec<PersonId> =
        [case.owner, case.opener, case.assignee].into_iter().flatten().collect();
    ids.extend(super::grants::people(case));
    ids.extend(entries.iter().filter_map(|row| row.entry.on_behalf));
    let deputies = app.deputies();
    ids.extend(deputies.held_by(session.id(), app.today()).map(|away| away.person));
    let in_forms = || entries.iter().flat_map(|row| row.entry.form.values());
    ids.extend(in_forms().filter_map(|value| value.as_str()?.parse::<PersonId>().ok()));
    let rows = in_forms().chain(case.data.values()).filter_map(Json::as_array).flatten();
    ids.extend(rows.filter_map(|row| row.get("person")?.as_str()?.parse::<PersonId>().ok()));
    ids.sort_unstable();
    ids.dedup();
    let people = app.store().people_named(&ids).await?;
    let people = people.iter().map(|p| (p.id.to_string(), p.name.reveal().to_owned()));
    let orgs = app.orgs();
    let said = in_forms().chain(case.data.values());
    let units = said.filter_map(|value| orgs.get(value.as_str()?.parse().ok()?));
    let customers = parties(app, case).await?;
    let people = people.chain(customers);
    Ok(people.chain(units.map(|org| (org.id.to_string(), org.name.clone()))).collect())
}

/// Customers the case names beside its own, masked, by printed id.
async fn parties(app: &App, case: &CaseState) -> Answer<Vec<(String, String)>> {
    let mut named = Vec::new();
    for id in case.data.values().filter_map(|value| value.as_str()?.parse::<CustomerId>().ok()) {
        let customer = match app.store().customer(id).await {
            Err(StoreError::NotFound(_)) => continue,
            found => found?,
        };
        let masked = [customer.name_masked(), customer.phone.as_ref().map(store::Personal::masked)];
        let masked: Vec<String> = masked.into_iter().flatten().collect();
        named.push((id.to_string(), masked.join(" ")));
    }
    Ok(named)
}

async fn children(app: &App, id: CaseId) -> Answer<Vec<ChildRef>> {
    let heads = app.store().children(id).await?;
    let views = heads.into_iter().map(|head| {
        let release: Option<std::sync::Arc<Release>> = app.releases().pinned(&head.release).ok();
        let process = release.as_ref().and_then(|r| r.processes.get(&head.process));
        ChildRef {
            id: head.id.to_string(),
            number: head.number,
            process_title: ProcessRef::of(release.as_deref(), &head.process).title,
            state: StateRef::of(process, &head.state),
        }
    });
    Ok(views.collect())
}

/// The main track first, then those that have begun or are written in the rulebook.
fn tracks(process: &Process, case: &CaseState) -> Vec<TrackView> {
    let main = ("main".to_owned(), Words::from(&process.title));
    let side = process.tracks.iter().map(|t| (t.id.clone(), Words::from(&t.title)));
    let all = std::iter::once(main).chain(side);
    all.filter_map(|(id, title)| {
        let stands = case.tracks.get(&id)?;
        Some(TrackView {
            state: StateRef::of(Some(process), &format!("{id}.{}", stands.state)),
            since: stands.since.to_string(),
            id,
            title,
        })
    })
    .collect()
}

/// When each state was last entered, by full name.
fn entered(entries: &[TimelineEntry]) -> BTreeMap<String, Instant> {
    let moves = entries
        .iter()
        .flat_map(|row| row.entry.moves.iter().map(|(_, to)| (to.clone(), row.entry.occurred_at)));
    let mut last = BTreeMap::new();
    for (state, at) in moves {
        let known = last.entry(state).or_insert(at);
        *known = at.max(*known);
    }
    last
}

/// Stamps: signed, done, given up.
fn seals(process: &Process, case: &CaseState, signed: bool) -> Vec<Words> {
    let mut seals = Vec::new();
    if signed {
        seals.push(Words { zh: "已签字".into(), en: "Signed".into() });
    }
    if let Some(main) = case.full_state("main") {
        let state = StateRef::of(Some(process), &main);
        if state.kind.is_final() {
            seals.push(state.title);
        }
    }
    seals
}
