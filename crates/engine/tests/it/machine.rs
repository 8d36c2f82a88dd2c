//! The case machine on a small process made for it: one rule a test.

use base::{Instant, OrgId, PersonId, Zone};
use engine::decision::{Decision, Followup, Outcome, Refusal};
use engine::{Actor, CaseState, Command, DeadlineStatus, Facts, LateEntry, Opening};
use engine::{PersonFacts, advance, decide};
use rulebook::Release;
use rulebook::model::{Form, Parameter, Process};
use serde_json::{Map, Value as Json, json};

fn text(word: &str) -> Json {
    json!({"zh": format!("{word}（中）"), "en": word})
}

fn state(track: &str, id: &str, kind: &str) -> Json {
    json!({"id": id, "title": text(id), "track": track, "kind": kind})
}

fn require(id: &str, when: &str, grade: &str) -> Json {
    let (refuse, clause) = (text(id), ["T-1"]);
    json!({"id": id, "when": when, "grade": grade, "refuse": refuse, "clause": clause})
}

/// received → working → checked → done, with parts beside it.
fn process() -> Process {
    serde_json::from_value(json!({
        "id": "job", "title": text("job"), "number": "J{seq:4}", "subject": "none",
        "area": "repair",
        "start": {"title": text("open"), "to": "received", "by": ["clerk"]},
        "track": [{"id": "parts", "title": text("parts"), "initial": "idle"}],
        "state": [
            state("main", "received", "working"), state("main", "working", "working"),
            state("main", "checked", "working"), state("main", "done", "done"),
            state("parts", "idle", "idle"), state("parts", "waiting", "waiting_parts"),
        ],
        "action": [
            {"id": "start", "title": text("start"), "from": ["received"], "to": "working",
             "by": ["smith"], "form": "start",
             "require": [require("safe", "form.safe = true", "block"),
                         require("early", "form.hours <= 8", "reason"),
                         require("tidy", "form.tidy = true", "note")],
             "effects": [{"assign": "form.who"}]},
            {"id": "promise", "title": text("promise"), "from": ["working"], "by": ["clerk"],
             "form": "promise"},
            {"id": "report", "title": text("report"), "from": ["working"], "by": ["clerk"]},
            {"id": "wait", "title": text("wait"), "track": "parts", "from": ["idle"],
             "to": "waiting", "by": ["smith"]},
            {"id": "check", "title": text("check"), "from": ["working"], "to": "checked",
             "by": ["smith", "clerk"], "not_by": ["start"],
             "require": [require("promised", "data.promised_at != null", "block")]},
            {"id": "price", "title": text("price"), "from": ["checked"], "by": ["clerk"],
             "form": "sheet", "effects": [{"price": "lines"}]},
            {"id": "limit", "title": text("limit"), "from": ["checked"], "by": ["clerk"],
             "require": [require("limited", "params.limit > 3", "note")]},
            {"id": "finish", "title": text("finish"), "from": ["checked"], "to": "done",
             "also": [{"track": "parts", "from": ["waiting"], "to": "idle"}],
             "by": ["@assignee", "clerk"]},
        ],
        "deadline": [
            {"id": "start_1h", "title": text("start_1h"), "starts": ["enter received"],
             "stops": ["leave received"], "within": "1 h", "clause": ["T-2"],
             "pauses": ["waiting_parts"],
             "breach": [{"notify": "late", "to": ["clerk"]}]},
            {"id": "hourly", "title": text("hourly"), "starts": ["enter working"],
             "stops": ["leave working"], "within": "1 h", "repeat": "1 h", "clause": ["T-3"],
             "breach": [{"notify": "silent", "to": ["clerk"]}]},
            {"id": "promised", "title": text("promised"), "starts": ["enter working"],
             "stops": ["leave working"], "until": "data.promised_at", "before": "30 min",
             "clause": ["T-4"]},
            {"id": "filed", "title": text("filed"), "starts": ["enter done"], "stops": [],
             "within": "3 workday", "clause": ["T-5"], "when": "data.file = true"},
        ],
    }))
    .expect("a process of the test")
}

fn form(id: &str, fields: &Json) -> Form {
    serde_json::from_value(json!({"id": id, "title": text(id), "field": fields}))
        .expect("a form of the test")
}

fn release() -> Release {
    let mut release = Release::default();
    let field = |id: &str, kind: &str| json!({"id": id, "title": text(id), "kind": kind});
    let photos = json!({"id": "photos", "title": text("photos"), "kind": "photos",
        "required": "form.damaged = true", "visible": "form.damaged = true",
        "choices": [{"id": "front", "title": text("front")}]});
    let start = json!([
        field("safe", "yes_no"),
        field("hours", "number"),
        {"id": "tidy", "title": text("tidy"), "kind": "yes_no", "value": "true"},
        {"id": "who", "title": text("who"), "kind": "person", "roles": ["smith"]},
        field("damaged", "yes_no"),
        photos,
        {"id": "double", "title": text("double"), "kind": "computed", "value": "form.hours * 2"},
    ]);
    let promise = json!([field("promised_at", "instant"), field("file", "yes_no")]);
    for (id, fields) in
        [("start", start), ("promise", promise), ("sheet", json!([field("lines", "lines")]))]
    {
        release.forms.insert(id.into(), form(id, &fields));
    }
    let price = json!({"code": "BAT", "title": text("battery"), "kind": "part",
        "component": "li_battery", "models": [], "ex_factory": 10_000, "wholesale": 11_000,
        "retail": 12_000, "clause": []});
    release.prices.insert("BAT".into(), serde_json::from_value(price).expect("a price"));
    let limit: Parameter =
        serde_json::from_value(json!({"id": "limit", "title": text("limit"), "kind": "number"}))
            .expect("a setting");
    release.parameters.insert("limit".into(), limit);
    release.processes.insert("job".into(), process());
    release
}

/// A case and what happens to it.
struct Told {
    release: Release,
    facts: Facts,
    case: Option<CaseState>,
}

const CLERK: i64 = 1;
const SMITH: i64 = 2;

fn at(hour: i8, minute: i8) -> Instant {
    Zone::default().instant(jiff::civil::datetime(2026, 11, 21, hour, minute, 0, 0))
}

fn told() -> Told {
    let mut facts = Facts::default();
    for (id, role) in [(CLERK, "clerk"), (SMITH, "smith")] {
        let person = PersonFacts { roles: vec![role.into()], ..PersonFacts::default() };
        facts.people.insert(PersonId(id), person);
    }
    let release = release();
    facts.prices = std::sync::Arc::new(engine::PriceBook::baseline(&release));
    let mut told = Told { release, facts, case: None };
    told.does(CLERK, "open", at(9, 0), json!({}));
    told
}

impl Told {
    fn command(&self, by: i64, act: &str, now: Instant, form: Json) -> Command {
        let roles = self.facts.people.get(&PersonId(by)).map(|p| p.roles.clone());
        let opening = Opening {
            process: "job".into(),
            org: OrgId(1),
            unit: None,
            customer: None,
            parent: Some(base::CaseId(7)),
        };
        Command {
            action: Some(act.into()),
            opening: self.case.is_none().then_some(opening),
            form: match form {
                Json::Object(map) => map,
                _ => Map::new(),
            },
            actor: Actor::staff(PersonId(by), roles.unwrap_or_default()),
            ..Command::timer(now)
        }
    }

    fn ask(&self, command: &Command, now: Instant) -> Outcome {
        decide(&self.release, self.case.as_ref(), &self.facts, command, now)
    }

    fn apply(&mut self, outcome: Outcome) -> Decision {
        match outcome {
            Outcome::Decided(decision) => {
                self.case = Some(decision.case.clone());
                *decision
            }
            other => panic!("not decided: {other:?}"),
        }
    }

    fn does(&mut self, by: i64, act: &str, now: Instant, form: Json) -> Decision {
        let outcome = self.ask(&self.command(by, act, now, form), now);
        self.apply(outcome)
    }

    fn refused(&self, by: i64, act: &str, now: Instant, form: Json) -> Refusal {
        match self.ask(&self.command(by, act, now, form), now) {
            Outcome::Refused(refusal) => *refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    fn deadline(&self, id: &str) -> (DeadlineStatus, Instant) {
        let case = self.case.as_ref().expect("an open case");
        let last = case.deadlines.iter().rev().find(|d| d.deadline == id).expect("it was started");
        (last.status, last.due_at)
    }
}

fn safe() -> Json {
    json!({"safe": true, "hours": 2, "who": PersonId(SMITH).to_string()})
}

fn working() -> Told {
    let mut told = told();
    told.does(SMITH, "start", at(9, 30), safe());
    told
}

fn checked() -> Told {
    let mut told = working();
    told.does(CLERK, "promise", at(9, 40), json!({"promised_at": "2026-11-21T04:00:00Z"}));
    told.does(CLERK, "check", at(10, 0), json!({}));
    told
}

fn codes(decision: &Decision) -> Vec<&str> {
    decision.entries.iter().flat_map(|e| &e.why).map(|why| &*why.code).collect()
}

#[test]
fn a_block_refuses_a_reason_goes_on_a_note_is_kept() {
    let told = told();
    let now = at(9, 30);
    let refused = told.refused(SMITH, "start", now, json!({"safe": false, "hours": 2}));
    assert_eq!((refused.code.as_str(), refused.rule.as_str()), ("require-failed", "start/safe"));
    assert_eq!(refused.clauses, ["T-1"]);
    let long = json!({"safe": true, "hours": 9});
    assert_eq!(told.refused(SMITH, "start", now, long.clone()).code, "reason-needed");
    let mut command = told.command(SMITH, "start", now, long);
    command.reason = Some("客户很急".into());
    command.form.insert("tidy".into(), json!(false));
    let Outcome::Decided(decision) = told.ask(&command, now) else { panic!("a reason was given") };
    let codes = codes(&decision);
    assert!(codes.contains(&"require_held"), "{codes:?}");
    assert!(codes.contains(&"require_overridden"), "{codes:?}");
    assert!(codes.contains(&"require_noted"), "{codes:?}");
}

#[test]
fn a_late_entry_passes_what_asks_a_reason_never_what_blocks() {
    let told = told();
    let late = |form: Json, occurred: Instant| {
        let mut command = told.command(SMITH, "start", at(12, 0), form);
        command.late =
            Some(LateEntry { paper: "0042".into(), reason: "停电".into(), photos: vec![] });
        command.occurred_at = occurred;
        told.ask(&command, at(12, 0))
    };
    let code = |outcome: Outcome| match outcome {
        Outcome::Refused(refusal) => refusal.code,
        Outcome::Decided(_) => "decided".into(),
        Outcome::Ignored => "ignored".into(),
    };
    let long = json!({"safe": true, "hours": 9});
    assert_eq!(code(late(long.clone(), at(9, 30))), "decided");
    assert_eq!(code(late(json!({"safe": false, "hours": 9}), at(9, 30))), "require-failed");
    assert_eq!(code(late(long.clone(), at(13, 0))), "occurred-in-future");
    assert_eq!(code(late(long, at(8, 0))), "occurred-out-of-order");
}

#[test]
fn a_late_entry_in_time_annuls_the_breach_that_fired() {
    let mut told = told();
    let decision =
        advance(&told.release, told.case.as_ref().expect("a case"), &told.facts, at(11, 0))
            .expect("the hour is over");
    assert!(decision.followups.iter().any(|f| matches!(f,
        Followup::Notify { message, about, .. }
            if message == "late" && about.as_deref() == Some("start_1h"))));
    told.case = Some(decision.case);
    assert_eq!(told.deadline("start_1h").0, DeadlineStatus::Breached);
    let mut command = told.command(SMITH, "start", at(11, 0), safe());
    command.late =
        Some(LateEntry { paper: "0042".into(), reason: "停电".into(), photos: vec![] });
    command.occurred_at = at(10, 0);
    let outcome = told.ask(&command, at(11, 0));
    let decision = told.apply(outcome);
    assert_eq!(told.deadline("start_1h").0, DeadlineStatus::Met, "at the due instant is in time");
    let events: Vec<&str> = decision.entries.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(events, ["action", "breach_annulled"]);
}

#[test]
fn missed_repeats_are_each_recorded_and_notified_once() {
    let told = working();
    let case = told.case.as_ref().expect("a case");
    let decision = advance(&told.release, case, &told.facts, at(13, 0)).expect("time passed");
    let times: Vec<Instant> = decision.entries.iter().map(|e| e.occurred_at).collect();
    assert_eq!(times, [at(10, 30), at(11, 30), at(12, 30)]);
    assert_eq!(decision.followups.len(), 1);
    let again = advance(&told.release, &decision.case, &told.facts, at(13, 0));
    assert!(again.is_none());
}

#[test]
fn what_was_due_before_fires_before_the_command() {
    let mut told = working();
    let decision = told.does(CLERK, "report", at(10, 45), json!({}));
    let events: Vec<&str> = decision.entries.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(events, ["breached", "action"]);
    let refused = told.refused(SMITH, "report", at(12, 0), json!({}));
    assert_eq!(refused.code, "not-your-role", "a refusal changes nothing, the timer decides");
}

#[test]
fn a_deadline_to_a_date_waits_for_it_and_moves_with_it() {
    let mut told = working();
    assert_eq!(told.deadline("promised"), (DeadlineStatus::Pending, Instant::NEVER));
    told.does(CLERK, "promise", at(9, 40), json!({"promised_at": "2026-11-21T04:00:00Z"}));
    assert_eq!(told.deadline("promised"), (DeadlineStatus::Running, at(11, 30)));
    told.does(CLERK, "promise", at(9, 50), json!({"promised_at": "2026-11-21T06:00:00Z"}));
    assert_eq!(told.deadline("promised"), (DeadlineStatus::Running, at(13, 30)));
}

#[test]
fn another_track_pauses_the_clock() {
    let mut told = told();
    told.does(SMITH, "wait", at(9, 20), json!({}));
    assert_eq!(told.deadline("start_1h").0, DeadlineStatus::Paused);
    let case = told.case.clone().expect("a case");
    assert!(advance(&told.release, &case, &told.facts, at(23, 0)).is_none());
    told.does(SMITH, "start", at(15, 0), safe());
    assert_eq!(told.deadline("start_1h").0, DeadlineStatus::Met);
}

#[test]
fn who_did_one_step_may_not_do_the_other() {
    let mut told = working();
    told.does(CLERK, "promise", at(9, 40), json!({"promised_at": "2026-11-21T04:00:00Z"}));
    let refused = told.refused(SMITH, "check", at(10, 0), json!({}));
    assert_eq!(refused.code, "separation-of-duties");
    told.does(CLERK, "check", at(10, 0), json!({}));
}

#[test]
fn an_offer_says_what_blocks_it_and_when_it_is_due() {
    let mut told = working();
    let decision = told.does(CLERK, "report", at(9, 35), json!({}));
    let offer = decision.offers.iter().find(|o| o.action == "check").expect("offered");
    let blocked = offer.blocked.as_ref().expect("no promise was made");
    assert_eq!(blocked.rule, "check/promised");
    assert_eq!(offer.due_at, Some(at(10, 30)));
    assert!(decision.offers.iter().all(|o| o.action != "start"), "not open in this state");
    let decision =
        told.does(CLERK, "promise", at(9, 40), json!({"promised_at": "2026-11-21T04:00:00Z"}));
    let offer = decision.offers.iter().find(|o| o.action == "check").expect("offered");
    assert_eq!(offer.blocked, None);
}

#[test]
fn a_case_closes_when_main_is_final_and_the_others_rest() {
    let mut told = checked();
    told.does(SMITH, "wait", at(10, 5), json!({}));
    let decision = told.does(SMITH, "finish", at(11, 0), json!({}));
    assert_eq!(decision.case.closed_at, Some(at(11, 0)));
    let entry = &decision.entries[0];
    assert_eq!(entry.moves.len(), 2, "its own track and the parts");
    let told_parent =
        |f: &Followup| matches!(f, Followup::TellParent { state, .. } if state == "main.done");
    assert!(decision.followups.iter().any(told_parent));
    assert!(decision.case.deadlines.iter().all(|d| !d.status.is_open()));
}

#[test]
fn working_days_in_an_unknown_year_wait_for_its_holidays() {
    let mut told = working();
    told.does(
        CLERK,
        "promise",
        at(9, 40),
        json!({"promised_at": "2026-11-21T04:00:00Z", "file": true}),
    );
    told.does(CLERK, "check", at(10, 0), json!({}));
    let decision = told.does(CLERK, "finish", at(11, 0), json!({}));
    let why = &decision.entries[0].why;
    let waits = why.iter().find(|why| why.code == "deadline_waits").expect("a clock that waits");
    assert_eq!((waits.args.json("year"), waits.clauses[0].as_str()), (json!(2026), "T-5"));
}

#[test]
fn an_unset_setting_is_named() {
    let refused = checked().refused(CLERK, "limit", at(11, 0), json!({}));
    assert_eq!((refused.code.as_str(), refused.rule.as_str()), ("setting-unset", "params/limit"));
}

#[test]
fn a_form_is_checked_at_its_fields() {
    let told = told();
    for (change, field, code) in [
        (json!({"safe": "yes"}), "safe", "type"),
        (json!({"hours": "two"}), "hours", "type"),
        (json!({"who": "somebody"}), "who", "type"),
        (json!({"who": PersonId(99).to_string()}), "who", "choice"),
        (json!({"who": PersonId(CLERK).to_string()}), "who", "choice"),
        (json!({"damaged": true}), "photos", "required"),
        (json!({"damaged": true, "photos": [{"file": "f", "slot": "roof"}]}), "photos", "type"),
        (json!({"colour": "red"}), "colour", "unknown"),
    ] {
        let mut form = safe();
        if let (Json::Object(form), Json::Object(change)) = (&mut form, change) {
            form.extend(change);
        }
        let refused = told.refused(SMITH, "start", at(9, 30), form.clone());
        let got: Vec<_> =
            refused.fields.iter().map(|f| (f.field.as_str(), f.code.as_str())).collect();
        assert_eq!((refused.code.as_str(), got), ("form-invalid", vec![(field, code)]), "{form}");
    }
}

#[test]
fn hidden_and_computed_fields_are_never_the_browsers() {
    let mut told = told();
    let mut form = safe();
    form["photos"] = json!([{"file": "f", "slot": "front"}]);
    form["double"] = json!(99);
    told.does(SMITH, "start", at(9, 30), form);
    let data = &told.case.as_ref().expect("a case").data;
    assert_eq!(data.get("photos"), None, "hidden while nothing is damaged");
    assert_eq!(data.get("double"), Some(&json!(4)));
    assert_eq!(data.get("tidy"), Some(&json!(true)), "an absent answer is the first value");
    assert_eq!(told.case.as_ref().and_then(|c| c.assignee), Some(PersonId(SMITH)));
}

#[test]
fn prices_come_from_the_list_and_the_payer_from_the_verdict() {
    let mut told = checked();
    let off = json!({"lines": [{"item": "GOLD"}]});
    let refused = told.refused(CLERK, "price", at(11, 0), off);
    assert_eq!(refused.fields[0].field, "lines[0].item");
    let lines = json!({"lines": [
        {"item": "BAT", "base_price": 1, "list_price": 1, "amount": 1, "quantity": 2000},
        {"item": "BAT", "unit_price": 11_500},
    ]});
    told.does(CLERK, "price", at(11, 0), lines.clone());
    let line = |told: &Told, n: usize, key: &str| {
        told.case.as_ref().map(|c| c.data["lines"][n][key].clone()).unwrap_or_default()
    };
    for (n, key, wanted) in [
        (0, "base_price", json!(10_000)),
        (0, "list_price", json!(12_000)),
        (0, "amount", json!(24_000)),
        (0, "payer", json!("customer")),
        (1, "unit_price", json!(11_500)),
        (1, "amount", json!(11_500)),
    ] {
        assert_eq!(line(&told, n, key), wanted, "{n} {key}");
    }
    let case = told.case.as_mut().expect("a case");
    case.data.insert("component".into(), json!("li_battery"));
    case.data.insert("verdict".into(), json!({"covered": true, "payer": "maker"}));
    told.does(CLERK, "price", at(11, 5), lines);
    assert_eq!(line(&told, 0, "payer"), json!("maker"));
    assert_eq!(line(&told, 0, "unit_price"), json!(10_000), "the maker pays the station's price");
}
