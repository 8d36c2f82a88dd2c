//! Cases, facts and plausible answers for tests that act on every process of a release.

use base::{CaseId, Instant, OrgId, PersonId, UnitId};
use engine::decision::Decision;
use engine::{CaseState, Facts, PersonFacts, TrackState};
use rulebook::Release;
use rulebook::model::{Action, FieldKind, Process};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// When everything happens.
pub const NOW: Instant = Instant(1_795_222_800_000_000);

/// What is known beside the case.
pub fn facts(release: &Release) -> Facts {
    let person = PersonFacts {
        roles: release.roles.keys().cloned().collect(),
        certificate_number: Some("SG-001".into()),
        ..PersonFacts::default()
    };
    let unit = json!({"frame_no": "RF2025030001", "model": "RF-R6", "registered": true,
        "invoice_date": "2025-03-18", "card_no": "K-1"});
    let org = json!({"id": OrgId(1).to_string(), "code": "S001", "name": "城北维修站",
        "kind": "station", "stars": 3, "registered": true, "province": "江苏"});
    Facts {
        org: org.as_object().cloned().unwrap_or_default(),
        unit: unit.as_object().cloned(),
        people: [(PersonId(1), person)].into(),
        parts: std::sync::Arc::new(release.parts.clone()),
        prices: std::sync::Arc::new(engine::PriceBook::baseline(release)),
        calendars: release.calendars.clone(),
        ..Facts::default()
    }
}

/// A track at a state.
pub fn at(track: &str) -> TrackState {
    TrackState { state: track.to_owned(), since: NOW, entry: 1, last_occurred: NOW }
}

/// A case of that process that stands at `main`, the other tracks at their beginning.
pub fn case(process: &Process, main: &str) -> CaseState {
    let mut tracks: BTreeMap<String, TrackState> =
        process.tracks.iter().map(|t| (t.id.clone(), at(&t.initial))).collect();
    tracks.insert("main".into(), at(main));
    CaseState {
        id: Some(CaseId(1)),
        number: Some("WX-1".into()),
        process: process.id.clone(),
        release: String::new(),
        org: OrgId(1),
        version: 1,
        opened_at: NOW,
        opener: Some(PersonId(1)),
        owner: Some(PersonId(1)),
        assignee: Some(PersonId(1)),
        unit: Some(UnitId(1)),
        customer: None,
        parent: None,
        tracks,
        data: Map::new(),
        doers: BTreeMap::new(),
        grants: engine::Grants::default(),
        acts: BTreeMap::new(),
        heard: std::collections::BTreeSet::new(),
        counted: Vec::new(),
        deadlines: Vec::new(),
        closed_at: None,
    }
}

/// A form that says something plausible in every field.
pub fn plausible(release: &Release, action: &Action) -> Map<String, Json> {
    let form = action.form.as_ref().and_then(|id| release.forms.get(id));
    let fields = form.map(|form| form.fields.as_slice()).unwrap_or_default();
    let choice = |f: &rulebook::model::Field| f.choices.first().map(|c| c.id.clone());
    let answer = |f: &rulebook::model::Field| match f.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Serial => json!("一切正常"),
        FieldKind::Number | FieldKind::Rating => json!(3),
        FieldKind::Money => json!(1000),
        FieldKind::Date => json!("2026-11-25"),
        FieldKind::Instant => json!("2026-11-25T08:00:00Z"),
        FieldKind::YesNo => json!(true),
        FieldKind::Choice => match f.catalog.as_deref() {
            Some("components") => json!("li_battery"),
            Some("faults") => json!("low_capacity"),
            Some("models") => json!("RF-R6"),
            Some("causes") => json!("misuse"),
            _ => json!(choice(f)),
        },
        FieldKind::MultiChoice => json!([]),
        FieldKind::Checklist => {
            f.choices.iter().map(|c| (c.id.clone(), json!(true))).collect::<Map<_, _>>().into()
        }
        FieldKind::Measurement => json!({"value": 55, "instrument": "BT-3", "temperature": 22}),
        FieldKind::Person => json!(PersonId(1).to_string()),
        FieldKind::Signature => json!({"file": "file_1", "by": "customer", "means": "pad"}),
        FieldKind::File => json!(["file_1"]),
        FieldKind::Photos => f
            .choices
            .iter()
            .map(|c| json!({"file": "file_1", "slot": c.id}))
            .collect::<Vec<_>>()
            .into(),
        _ => Json::Null,
    };
    fields.iter().map(|f| (f.id.clone(), answer(f))).filter(|(_, v)| !v.is_null()).collect()
}

/// What must hold of every decision, whatever was decided.
pub fn sound(process: &Process, before: &CaseState, decision: &Decision) {
    for (track, at) in &decision.case.tracks {
        let full = format!("{track}.{}", at.state);
        assert!(process.state(&full).is_some(), "{full} is no state of {}", process.id);
    }
    assert_eq!(decision.case.version, before.version, "the store counts versions");
    for deadline in decision.case.deadlines.iter().filter(|d| !d.status.is_open()) {
        assert!(deadline.ended_at.is_some(), "{} ended at no time", deadline.deadline);
    }
    let closed = decision.case.closed_at.is_some();
    let open = decision.case.deadlines.iter().any(|d| d.status.is_open());
    assert!(!(closed && open), "a closed case has a running deadline");
}
