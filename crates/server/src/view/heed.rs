//! What is heeded with a vehicle or a customer (留意): answers of their open cases, where the state
//! of the process names them.

use super::Words;
use super::case::labels::fields;
use crate::app::App;
use crate::auth::Session;
use crate::docs::context::words_of;
use crate::problem::Answer;
use base::{CaseId, CustomerId, Money, UnitId};
use jiff::Timestamp;
use rulebook::Release;
use rulebook::model::{Field, FieldKind};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use store::heed::{Heed, Where};
use utoipa::ToSchema;

/// A case whose answers are shown with whom it is about, for as long as it stands there.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Heed)]
pub struct HeedView {
    #[serde(skip)]
    id: CaseId,
    /// The case, where the caller sees it.
    case: Option<String>,
    number: String,
    /// The process: what is agreed or watched.
    title: Words,
    /// What is to be heeded, in the order of the rulebook.
    said: Vec<HeedLine>,
}

impl HeedView {
    /// Whether it is another case than that one.
    pub fn is_other(&self, case: CaseId) -> bool {
        self.id != case
    }
}

/// An answer that is heeded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HeedLine {
    title: Words,
    value: Words,
}

/// What is heeded with vehicles and customers, looked up together.
#[derive(Debug, Default)]
pub struct Heeded {
    units: BTreeMap<UnitId, Vec<HeedView>>,
    customers: BTreeMap<CustomerId, Vec<HeedView>>,
}

impl Heeded {
    /// Of a vehicle, then of a customer.
    pub fn with(&self, unit: Option<UnitId>, customer: Option<CustomerId>) -> Vec<HeedView> {
        let of_unit = unit.and_then(|id| self.units.get(&id)).into_iter().flatten();
        let of_customer = customer.and_then(|id| self.customers.get(&id)).into_iter().flatten();
        of_unit.chain(of_customer).cloned().collect()
    }
}

/// Where the processes about such a subject have something shown.
fn places(release: &Release, subject: &str) -> Vec<Where> {
    let about = release.processes.values().filter(|process| process.subject == subject);
    let states = about.flat_map(|process| process.states.iter().map(move |state| (process, state)));
    let named = states.filter(|(_, state)| state.track == "main" && !state.heed.is_empty());
    named.map(|(process, state)| (process.id.clone(), state.id.clone())).collect()
}

/// What is heeded with these vehicles and customers, in the words of the release in force.
pub async fn heeded(
    app: &App,
    session: &Session,
    units: &[UnitId],
    customers: &[CustomerId],
) -> Answer<Heeded> {
    let release = &session.release;
    let units = app.store().heeded_units(units, &places(release, "unit")).await?;
    let customers = app.store().heeded_customers(customers, &places(release, "customer")).await?;
    let view = |heeds: Vec<Heed>| -> Vec<HeedView> {
        heeds.iter().filter_map(|heed| of(app, session, heed)).collect()
    };
    Ok(Heeded {
        units: units.into_iter().map(|(id, heeds)| (id, view(heeds))).collect(),
        customers: customers.into_iter().map(|(id, heeds)| (id, view(heeds))).collect(),
    })
}

fn of(app: &App, session: &Session, heed: &Heed) -> Option<HeedView> {
    let release = &session.release;
    let process = release.processes.get(&heed.process)?;
    let known = fields(release, process);
    let line = |(id, value): (&str, &Json)| {
        let field = known.get(id)?;
        Some(HeedLine { title: (&field.title).into(), value: words(app, release, field, value) })
    };
    let own = session.scope.own_of();
    let mine = own.is_none_or(|person| heed.people.contains(&Some(person.0)));
    let seen = mine && session.scope.holds(&heed.org_path);
    Some(HeedView {
        id: heed.case,
        case: seen.then(|| heed.case.to_string()),
        number: heed.number.clone(),
        title: (&process.title).into(),
        said: process.heeded(&heed.state, &heed.data).filter_map(line).collect(),
    })
}

/// A plain answer in both languages.
fn words(app: &App, release: &Release, field: &Field, value: &Json) -> Words {
    match (field.kind, value) {
        (FieldKind::Choice, Json::String(key)) => choice(release, field, key),
        (FieldKind::MultiChoice, Json::Array(keys)) => {
            let keys = keys.iter().filter_map(Json::as_str);
            let all: Vec<Words> = keys.map(|key| choice(release, field, key)).collect();
            let join = |part: fn(&Words) -> &str, by: &str| {
                all.iter().map(part).collect::<Vec<_>>().join(by)
            };
            Words { zh: join(|w| &w.zh, "、"), en: join(|w| &w.en, ", ") }
        }
        (FieldKind::YesNo, Json::Bool(yes)) => {
            let (zh, en) = if *yes { ("是", "yes") } else { ("否", "no") };
            Words { zh: zh.into(), en: en.into() }
        }
        (FieldKind::Money, Json::Number(fen)) => {
            Words::key(&Money(fen.as_i64().unwrap_or_default()).to_string())
        }
        (FieldKind::Instant, Json::String(at)) => {
            let local =
                |at: Timestamp| app.zone().local(at.into()).strftime("%Y-%m-%d %H:%M").to_string();
            Words::key(&at.parse().map_or_else(|_| at.clone(), local))
        }
        (FieldKind::Number, value) => {
            let unit = field.unit.as_ref().map(|unit| Words::from(&unit.0));
            let said = |unit: &str| format!("{value} {unit}").trim_end().to_owned();
            let (zh, en) = unit.map_or_else(Default::default, |unit| (unit.zh, unit.en));
            Words { zh: said(&zh), en: said(&en) }
        }
        (_, Json::String(text)) => Words::key(text),
        (_, other) => Words::key(&other.to_string()),
    }
}

fn choice(release: &Release, field: &Field, key: &str) -> Words {
    let written = field.choices.iter().find(|choice| choice.id == key).map(|c| &c.title);
    written.or_else(|| words_of(release, key)).map_or_else(|| Words::key(key), Words::from)
}
