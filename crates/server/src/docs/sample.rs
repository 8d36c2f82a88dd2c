//! Every document of a rulebook filled from its examples: what an author looks at before it is
//! printed for a customer, and what is proven to fit on each paper.

use base::{PersonId, Zone};
use engine::decide::decide;
use engine::example::{Moment, moments};
use engine::{CaseState, Decision, Followup, Outcome};
use rulebook::Release;
use rulebook::model::{Document, Example};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A document as an example prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Its key in the rulebook.
    pub document: String,
    /// The example that says the most on it.
    pub example: String,
    /// The page on its usual paper.
    pub html: String,
}

/// Names as they come: short ones, and the long ones that a form is drawn too narrow for.
const PEOPLE: &[&str] = &["李娜", "陈强", "欧阳静怡", "阿依古丽·买买提江", "王军"];
const CUSTOMER: &str = "阿卜杜热合曼·买买提江";
const ADDRESS: &str =
    "浙江省台州市路桥区新桥镇凤阳宇村工业园区东环大道 1688 号 3 幢 2 单元 1201 室";
/// A stroke, as a signature pad draws it.
const INK: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
    viewBox='0 0 120 40' width='120' height='40'%3E%3Cpath d='M5 30C20 5 30 5 35 28S55 35 60 12 \
    85 5 90 28 110 30 115 15' fill='none' stroke='%23111' stroke-width='2.5'/%3E%3C/svg%3E";

/// The documents that the examples print, each at its fullest. One that no example prints is not
/// among them.
///
/// # Errors
/// The document whose template has a mistake, and the mistake.
pub fn samples(
    release: &Arc<Release>,
    zone: &Zone,
) -> Result<BTreeMap<String, Sample>, (String, String)> {
    let mut best: BTreeMap<String, Sample> = BTreeMap::new();
    for example in release.examples.iter().filter(|example| example.process.is_some()) {
        for moment in moments(release, example) {
            let decided =
                decide(release, moment.case.as_ref(), &moment.facts, &moment.command, moment.now);
            let Outcome::Decided(decision) = decided else { continue };
            for document in printed(release, &decision) {
                let context = context(release, zone, example, &moment, &decision.case);
                let html = super::made(zone, release, document, &context)
                    .map_err(|error| (document.id.clone(), format!("{error:#}")))?;
                let known = best.get(&document.id);
                if known.is_none_or(|known| html.len() > known.html.len()) {
                    let (document, example) = (document.id.clone(), example.name.clone());
                    best.insert(document.clone(), Sample { document, example, html });
                }
            }
        }
    }
    Ok(best)
}

fn printed<'r>(release: &'r Release, decision: &Decision) -> impl Iterator<Item = &'r Document> {
    decision.followups.iter().filter_map(|followup| match followup {
        Followup::Print { document } | Followup::Freeze { document, .. } => {
            release.documents.get(document)
        }
        _ => None,
    })
}

fn context(
    release: &Release,
    zone: &Zone,
    example: &Example,
    moment: &Moment,
    case: &CaseState,
) -> Json {
    let facts = &moment.facts;
    let mut case = case.clone();
    let pattern = release.processes.get(&case.process).map_or("", |p| p.number.as_str());
    // As long as the numbers that are drawn: an example's own is shorter.
    case.number = Some(number(pattern));
    let word = |key: &str| Some(facts.org.get(key)?.as_str()?.to_owned());
    let station = word("name").unwrap_or_else(|| "杭州余杭良渚授权维修服务站".to_owned());
    let at = facts.people.keys().zip(PEOPLE.iter().cycle());
    let people: BTreeMap<PersonId, Json> = at
        .map(|(id, name)| {
            (*id, json!({ "name": name, "certificate": format!("SG-2026-{:04}", id.0) }))
        })
        .collect();
    let known = case.customer.is_some() || example.given.contains_key("customer");
    let customer =
        known.then(|| json!({ "name": CUSTOMER, "phone": "13800138000", "address": ADDRESS }));
    let person = |id: Option<PersonId>| id.and_then(|id| people.get(&id)).cloned();
    let by_id: Map<String, Json> =
        people.iter().map(|(id, found)| (id.to_string(), found.clone())).collect();
    let process = release.processes.get(&case.process);
    let verdict = super::context::verdict(release, process, zone, case.data.get("verdict"));
    // The same names as `context::of`: what a template may name.
    json!({
        "case": {
            "number": case.number,
            "process": case.process,
            "title": process.map(|p| p.title.zh.as_str()),
            "state": case.full_state("main"),
            "station": station,
            "station_code": word("code").unwrap_or_else(|| "S0101".to_owned()),
            "opened_at": case.opened_at.to_string(),
        },
        "verdict": verdict,
        "data": case.data,
        "signatures": signatures(&case.data),
        "unit": facts.unit,
        "customer": customer,
        "parties": {
            "customer": { "name": "阿*********江", "phone": "138****8000" },
            "buyer": { "name": "欧**怡", "phone": "139****0002" },
        },
        "actor": person(moment.command.actor.person),
        "assignee": person(case.assignee),
        "opener": person(case.opener),
        "owner": person(case.owner),
        "people": by_id,
        "company": "小骑电动车股份有限公司",
        "now": moment.now.to_string(),
    })
}

/// A number as the process draws it.
fn number(pattern: &str) -> String {
    let mut number = pattern.to_owned();
    for (mark, text) in [("{yyyy}", "2026"), ("{mm}", "11"), ("{dd}", "20"), ("{station}", "S0101")]
    {
        number = number.replace(mark, text);
    }
    match number.split_once("{seq") {
        Some((before, rest)) => {
            let digits = rest.trim_matches([':', '}']).parse().unwrap_or(4);
            format!("{before}{:0digits$}", 42)
        }
        None => number,
    }
}

/// Ink for every signature that was given.
fn signatures(data: &Map<String, Json>) -> Json {
    let signed = data.iter().filter(|(_, value)| value.get("means").is_some());
    Json::Object(signed.map(|(field, _)| (field.clone(), json!(INK))).collect())
}
