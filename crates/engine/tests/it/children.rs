//! A case and those around it: the end of a child is heard of once, a case passes to another
//! organisation unit, personal answers travel as they are.

use base::{CaseId, Instant, OrgId, PersonId, UnitId, Zone};
use engine::decision::{Decision, Followup, Outcome};
use engine::{Actor, CaseState, ChildEnd, Command, DeadlineStatus, Facts, Opening};
use engine::{PersonFacts, decide};
use rulebook::Release;
use rulebook::model::{Form, Process};
use serde_json::{Map, Value as Json, json};

fn text(word: &str) -> Json {
    json!({"zh": format!("{word}（中）"), "en": word})
}

fn state(track: &str, id: &str, kind: &str) -> Json {
    json!({"id": id, "title": text(id), "track": track, "kind": kind})
}

/// A visit that opens a call, hears of its end, and may pass to another station.
fn visit() -> Json {
    json!({
        "id": "visit", "title": text("visit"), "number": "V{seq:4}", "subject": "none",
        "area": "visit",
        "start": {"title": text("open"), "to": "issued", "by": ["clerk"], "form": "visit"},
        "track": [{"id": "call", "title": text("call"), "initial": "idle"}],
        "state": [
            state("main", "issued", "working"), state("main", "received", "working"),
            state("main", "done", "done"), state("call", "idle", "idle"),
            state("call", "due", "idle"), state("call", "made", "done"),
        ],
        "action": [
            {"id": "receive", "title": text("receive"), "from": ["issued"], "to": "received",
             "by": ["clerk"]},
            {"id": "pass_on", "title": text("pass_on"), "from": ["issued", "received"],
             "to": "issued", "by": ["clerk"], "form": "pass_on",
             "when": "org.stars = null",
             "require": [{"id": "a_station", "when": "form.station.kind = \"station\"",
                 "grade": "block", "refuse": text("no station"), "clause": ["V-2"]}],
             "effects": [{"move": "form.station"}, {"assign": ""}]},
            {"id": "finish", "title": text("finish"), "from": ["received"], "to": "done",
             "by": ["clerk"], "also": [{"track": "call", "from": ["idle"], "to": "due"}],
             "effects": [{"open": "call", "map": {
                 "phone": "if data.urgent = true then data.phone else null",
                 "remark": "data.remark"}}]},
            {"id": "called", "title": text("called"), "track": "call", "from": ["due"],
             "to": "made", "by": ["@system"], "on_child": {"process": "call", "state": ["made"]},
             "effects": [{"set": "stars", "value": "child.data.stars"},
                         {"set": "back", "value": "child.data.phone"},
                         {"link": "child.unit"}]},
            {"id": "stuck", "title": text("stuck"), "track": "call", "from": ["due"],
             "to": "made", "by": ["@system"], "on_child": {"process": "call", "state": ["lost"]},
             "effects": [{"set": "stars", "value": "params.unset"}]},
        ],
        "deadline": [
            {"id": "sent", "title": text("sent"), "starts": ["enter received"],
             "stops": ["leave received"], "drops": ["action pass_on"], "within": "24 h",
             "clause": ["V-1"]},
            {"id": "arrived", "title": text("arrived"), "starts": ["action open"],
             "stops": ["enter done"], "within": "24 h", "clause": ["V-3"]},
        ],
    })
}

/// The call.
fn call() -> Json {
    json!({
        "id": "call", "title": text("call"), "number": "C{seq:4}", "subject": "none",
        "area": "followup",
        "start": {"title": text("open"), "to": "due", "by": ["@system"], "form": "call"},
        "state": [state("main", "due", "working"), state("main", "made", "done"),
                  state("main", "lost", "done")],
        "action": [{"id": "call", "title": text("call"), "from": ["due"], "to": "made",
                    "by": ["clerk"], "form": "answer"},
                   {"id": "again", "title": text("again"), "from": ["made"], "to": "due",
                    "by": ["clerk"]}],
    })
}

fn release() -> Release {
    let mut release = Release::default();
    let field = |id: &str, kind: &str| json!({"id": id, "title": text(id), "kind": kind});
    let phone = json!({"id": "phone", "title": text("phone"), "kind": "text", "personal": "phone"});
    for (id, fields) in [
        ("visit", json!([phone, field("urgent", "yes_no"), field("remark", "text")])),
        ("pass_on", json!([field("station", "org")])),
        ("call", json!([phone, field("remark", "text")])),
        ("answer", json!([field("stars", "rating")])),
    ] {
        let form = json!({"id": id, "title": text(id), "field": fields});
        let form: Form = serde_json::from_value(form).expect("a form of the test");
        release.forms.insert(id.into(), form);
    }
    for process in [visit(), call()] {
        let process: Process = serde_json::from_value(process).expect("a process of the test");
        release.processes.insert(process.id.clone(), process);
    }
    let unset = json!({"id": "unset", "title": text("unset"), "kind": "number"});
    let unset = serde_json::from_value(unset).expect("a setting");
    release.parameters.insert("unset".into(), unset);
    release
}

const NORTH: OrgId = OrgId(1);
const SOUTH: OrgId = OrgId(2);
const SHOP: OrgId = OrgId(3);

fn at(hour: i8) -> Instant {
    Zone::default().instant(jiff::civil::datetime(2026, 11, 21, hour, 0, 0, 0))
}

fn sealed() -> Json {
    json!({"$sealed": "7:abc", "as": "phone"})
}

struct Told {
    release: Release,
    facts: Facts,
    case: Option<CaseState>,
}

/// A visit opened in the north.
fn told(form: Json) -> Told {
    let org = |id: OrgId, code: &str, kind: &str, stars: Json| {
        let facts = json!({"id": id.to_string(), "code": code, "name": code, "kind": kind,
            "stars": stars});
        facts.as_object().cloned().unwrap_or_default()
    };
    let mut facts = Facts { org: org(NORTH, "N", "station", Json::Null), ..Facts::default() };
    facts.orgs.insert(SOUTH, org(SOUTH, "S", "station", json!(4)));
    facts.orgs.insert(SHOP, org(SHOP, "D", "outlet", Json::Null));
    let clerk = PersonFacts { roles: vec!["clerk".into()], ..PersonFacts::default() };
    facts.people.insert(PersonId(1), clerk);
    let mut told = Told { release: release(), facts, case: None };
    told.does("open", at(9), form);
    told
}

impl Told {
    fn ask(&self, act: &str, now: Instant, form: &Json) -> Outcome {
        let opening = Opening {
            process: "visit".into(),
            org: NORTH,
            unit: None,
            customer: None,
            parent: None,
        };
        let roles = vec!["clerk".to_owned()];
        let command = Command {
            action: Some(act.into()),
            opening: self.case.is_none().then_some(opening),
            form: form.as_object().cloned().unwrap_or_default(),
            actor: Actor::staff(PersonId(1), roles),
            ..Command::timer(now)
        };
        decide(&self.release, self.case.as_ref(), &self.facts, &command, now)
    }

    #[expect(clippy::needless_pass_by_value, reason = "a step reads best with its form in place")]
    fn does(&mut self, act: &str, now: Instant, form: Json) -> Decision {
        let outcome = self.ask(act, now, &form);
        self.apply(outcome)
    }

    fn hears(&self, end: ChildEnd, now: Instant) -> Outcome {
        let command = Command::child_ended(end, now);
        decide(&self.release, self.case.as_ref(), &self.facts, &command, now)
    }

    fn apply(&mut self, outcome: Outcome) -> Decision {
        let Outcome::Decided(decision) = outcome else { panic!("not decided: {outcome:?}") };
        self.case = Some(decision.case.clone());
        *decision
    }

    fn stands(&self, track: &str) -> String {
        let case = self.case.as_ref().expect("a case");
        case.full_state(track).unwrap_or_default()
    }
}

fn end(state: &str, round: u32) -> ChildEnd {
    let data = json!({"stars": 5, "phone": sealed()});
    ChildEnd {
        case: CaseId(9),
        number: "C0001".into(),
        process: "call".into(),
        state: state.into(),
        round,
        unit: Some(UnitId(4)),
        data: data.as_object().cloned().unwrap_or_default(),
    }
}

/// A visit that is done and waits for its call.
fn waiting() -> Told {
    let mut told = told(json!({}));
    told.does("receive", at(10), json!({}));
    told.does("finish", at(11), json!({}));
    told
}

#[test]
fn the_end_of_a_child_is_written_down_once_and_acted_upon() {
    let mut told = waiting();
    let closed = told.case.as_ref().and_then(|c| c.closed_at);
    assert_eq!((told.stands("call").as_str(), closed), ("call.due", Some(at(11))));
    let outcome = told.hears(end("made", 1), at(12));
    let decision = told.apply(outcome);
    let events: Vec<_> = decision.entries.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(events, ["child_ended", "action"]);
    let why = &decision.entries[0].why[0];
    assert_eq!(
        (why.args.text("number").as_deref(), why.args.text("ended").as_deref()),
        (Some("C0001"), Some("call/made"))
    );
    assert_eq!(told.stands("call"), "call.made");
    let case = told.case.as_ref().expect("a case");
    assert_eq!((&case.data["stars"], &case.data["back"]), (&json!(5), &sealed()));
    assert_eq!((case.unit, case.closed_at), (Some(UnitId(4)), Some(at(11))));
    assert_eq!(told.hears(end("made", 1), at(13)), Outcome::Ignored);
    let outcome = told.hears(end("made", 2), at(14));
    let events = told.apply(outcome).entries;
    assert_eq!(events.len(), 1, "another end is written down; nothing waits for it any more");
}

#[test]
fn an_end_that_nothing_answers_is_recorded_all_the_same() {
    let mut told = told(json!({}));
    let outcome = told.hears(end("made", 1), at(10));
    let decision = told.apply(outcome);
    assert_eq!(decision.entries.len(), 1, "the call is not waited for yet");
    let mut told = waiting();
    let outcome = told.hears(end("lost", 1), at(12));
    let decision = told.apply(outcome);
    let codes: Vec<_> = decision.entries[0].why.iter().map(|w| &*w.code).collect();
    assert_eq!(codes, ["child_ended", "child_end_unanswered"]);
    assert_eq!(decision.entries.len(), 1);
    assert_eq!(told.stands("call"), "call.due", "what could not be done leaves nothing behind");
    assert_eq!(told.hears(end("lost", 1), at(13)), Outcome::Ignored);
}

#[test]
fn nobody_does_or_is_offered_what_a_childs_end_does() {
    let told = waiting();
    let Outcome::Refused(refusal) = told.ask("called", at(12), &json!({})) else {
        panic!("a clerk cannot end a child")
    };
    assert_eq!(refusal.code, "not-your-role");
    let case = told.case.as_ref().expect("a case");
    let offers = engine::decide::offers_now(&told.release, case, &told.facts, at(12));
    assert!(offers.iter().all(|o| o.action != "called" && o.action != "stuck"), "{offers:?}");
}

#[test]
fn each_end_of_a_case_is_another_round() {
    let mut told = told(json!({}));
    let opening = Opening {
        process: "call".into(),
        org: NORTH,
        unit: None,
        customer: None,
        parent: Some(CaseId(1)),
    };
    let command =
        Command { action: Some("open".into()), opening: Some(opening), ..Command::timer(at(9)) };
    let outcome = decide(&told.release, None, &told.facts, &command, at(9));
    told.apply(outcome);
    let round = |decision: &Decision| {
        decision.followups.iter().find_map(|f| match f {
            Followup::TellParent { round, .. } => Some(*round),
            _ => None,
        })
    };
    let first = round(&told.does("call", at(10), json!({})));
    told.does("again", at(11), json!({}));
    let second = round(&told.does("call", at(12), json!({})));
    assert!(first.is_some() && first < second, "{first:?} {second:?}");
}

#[test]
fn a_case_passes_to_another_station_with_its_clocks() {
    let mut told = told(json!({}));
    told.does("receive", at(10), json!({}));
    for (station, field) in [(json!("org_zzz"), "type"), (json!(OrgId(77).to_string()), "choice")] {
        let Outcome::Refused(refusal) = told.ask("pass_on", at(11), &json!({"station": station}))
        else {
            panic!("{station} is no station")
        };
        assert_eq!(refusal.fields[0].code, field);
    }
    let shop = json!({"station": SHOP.to_string()});
    let Outcome::Refused(refusal) = told.ask("pass_on", at(11), &shop) else {
        panic!("an outlet does not repair")
    };
    assert_eq!(refusal.rule, "pass_on/a_station");
    let south = json!({"station": SOUTH.to_string()});
    let decision = told.does("pass_on", at(11), south);
    assert_eq!(decision.case.org, SOUTH);
    assert_eq!(decision.case.data["station"], json!(SOUTH.to_string()));
    let why = decision.entries[0].why.iter().find(|w| w.code == "moved_org").expect("it is said");
    assert_eq!((why.args.json("from"), why.args.json("to")), (json!("N"), json!("S")));
    let offered: Vec<_> = decision.offers.iter().map(|o| o.action.as_str()).collect();
    assert_eq!(offered, ["receive"], "rules ask the new station: the south has stars");
    told.does("receive", at(12), json!({}));
    let case = told.case.as_ref().expect("a case");
    let clocks: Vec<_> =
        case.deadlines.iter().map(|d| (d.deadline.as_str(), d.started_at, d.status)).collect();
    let (running, dropped) = (DeadlineStatus::Running, DeadlineStatus::Dropped);
    assert_eq!(
        clocks,
        [("arrived", at(9), running), ("sent", at(10), dropped), ("sent", at(12), running)]
    );
}

#[test]
fn a_personal_answer_reaches_a_child_as_the_same_ciphertext() {
    let opened = |form: Json| {
        let mut told = told(form);
        told.does("receive", at(10), json!({}));
        let decision = told.does("finish", at(11), json!({}));
        let form = decision.followups.into_iter().find_map(|f| match f {
            Followup::Open { form, .. } => Some(form),
            _ => None,
        });
        form.expect("a call is opened")
    };
    let form = opened(json!({"phone": sealed(), "urgent": true, "remark": "tomorrow"}));
    assert_eq!(Json::Object(form), json!({"phone": sealed(), "remark": "tomorrow"}));
    assert_eq!(opened(json!({"phone": sealed(), "urgent": false})), Map::new());
    assert_eq!(opened(json!({"urgent": true})), Map::new());
}
