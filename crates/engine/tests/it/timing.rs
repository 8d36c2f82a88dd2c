//! Deadlines in a case: lengths by condition and by table, the customer's reply, extensions,
//! escalation, the station's own hours.

use base::calendar::YearPlan;
use base::{Calendar, Hours, Instant, OrgId, PersonId, Zone};
use engine::decision::{Decision, Followup, Outcome};
use engine::{Actor, CaseState, Command, DeadlineStatus, Facts, Opening};
use engine::{LateEntry, PersonFacts, advance, decide};
use rulebook::Release;
use serde_json::{Map, Value as Json, json};

fn text(word: &str) -> Json {
    json!({"zh": format!("{word}（中）"), "en": word})
}

fn state(id: &str, kind: &str) -> Json {
    json!({"id": id, "title": text(id), "kind": kind})
}

fn action(id: &str, from: &str, to: Option<&str>, by: &str) -> Json {
    json!({"id": id, "title": text(id), "from": [from], "to": to, "by": [by], "form": "urgency"})
}

fn process() -> Json {
    let mut extend = action("extend", "open", None, "clerk");
    extend["effects"] = json!([{"extend": "solve", "by": "1 d", "reason": "form.reason"}]);
    let told = |message: &str| json!([{"notify": message, "to": ["clerk"]}]);
    let deadline = |id: &str, stops: &str| {
        json!({"id": id, "title": text(id),
        "starts": ["action open"], "stops": [stops], "clause": ["T-1"]})
    };
    let mut reply = deadline("reply", "action answer");
    reply["within"] = json!([{"when": "data.urgency = \"urgent\"", "span": "30 min"},
        {"span": "2 h"}]);
    reply["pauses"] = json!(["waiting_customer"]);
    reply["restarts"] = json!(["customer acts"]);
    reply["breach"] = told("late");
    reply["escalate"] = json!([{"after": "2 h", "effects": told("head")}]);
    let mut solve = deadline("solve", "enter done");
    solve["within"] = json!({"table": "solve_time"});
    solve["extension"] = json!({"times": 1});
    let mut hours = deadline("hours", "enter done");
    hours["within"] = json!("4 h");
    hours["calendar"] = json!("hours");
    json!({
        "id": "ticket", "title": text("ticket"), "number": "T{seq:4}", "subject": "none",
        "area": "inquiry",
        "start": {"title": text("open"), "to": "open", "by": ["clerk"], "form": "urgency"},
        "state": [state("open", "working"), state("waiting", "waiting_customer"),
            state("done", "done")],
        "action": [
            action("answer", "open", None, "clerk"), action("rate", "open", None, "clerk"),
            action("ask", "open", Some("waiting"), "clerk"), extend,
            action("reply", "waiting", Some("open"), "@customer"),
            action("remind", "open", None, "@customer"),
            action("end", "open", Some("done"), "clerk"),
        ],
        "deadline": [reply, solve, hours],
    })
}

const TABLE: &str = "id,clause,data.urgency,→within\nurgent,T-1,urgent,24 h\nother,T-1,,3 d\n";
const SIDECAR: &str = "[output.within]\ntype = \"text\"\n";

struct Told {
    release: Release,
    facts: Facts,
    case: Option<CaseState>,
}

fn at(day: i8, hour: i8, minute: i8) -> Instant {
    Zone::default().instant(jiff::civil::datetime(2026, 11, day, hour, minute, 0, 0))
}

fn told() -> Told {
    let mut release = Release::default();
    let field = |id: &str| json!({"id": id, "title": text(id), "kind": "text"});
    let form = json!({"id": "urgency", "title": text("u"),
        "field": [field("urgency"), field("reason")]});
    release.forms.insert("urgency".into(), serde_json::from_value(form).expect("a form"));
    let process = serde_json::from_value(process()).expect("a process of the test");
    release.processes.insert("ticket".into(), process);
    let table = rulebook::table::Table::parse("solve_time", TABLE, Some(SIDECAR));
    release.tables.insert("solve_time".into(), table.expect("a table of the test"));
    let plan = YearPlan { source: "test".into(), ..YearPlan::default() };
    let hours = |from, to| vec![Hours { from, to }];
    let years = || [(2026, plan.clone())].into();
    for (id, calendar) in [
        ("hours", Calendar { years: years(), hours: hours(540, 1020), ..Calendar::default() }),
        ("hours@S3", Calendar { daily: true, hours: hours(480, 1200), ..Calendar::default() }),
    ] {
        release.calendars.insert(id.into(), calendar);
    }
    let mut facts = Facts::default();
    let clerk = PersonFacts { roles: vec!["clerk".into()], ..PersonFacts::default() };
    facts.people.insert(PersonId(1), clerk);
    Told { release, facts, case: None }
}

impl Told {
    fn command(&self, act: &str, now: Instant, form: Json) -> Command {
        let customer = matches!(act, "reply" | "remind");
        let actor = if customer {
            Actor::customer()
        } else {
            let roles = vec!["clerk".into()];
            Actor::staff(PersonId(1), roles)
        };
        let opening = Opening {
            process: "ticket".into(),
            org: OrgId(1),
            unit: None,
            customer: None,
            parent: None,
        };
        Command {
            action: Some(act.into()),
            opening: self.case.is_none().then_some(opening),
            form: match form {
                Json::Object(form) => form,
                _ => Map::new(),
            },
            actor,
            ..Command::timer(now)
        }
    }

    fn ask(&self, command: &Command, now: Instant) -> Outcome {
        decide(&self.release, self.case.as_ref(), &self.facts, command, now)
    }

    fn does(&mut self, act: &str, now: Instant, form: Json) -> Decision {
        let command = self.command(act, now, form);
        self.apply(&command, now)
    }

    fn apply(&mut self, command: &Command, now: Instant) -> Decision {
        match self.ask(command, now) {
            Outcome::Decided(decision) => {
                self.case = Some(decision.case.clone());
                *decision
            }
            other => panic!("not decided: {other:?}"),
        }
    }

    fn passes(&mut self, now: Instant) -> Vec<(String, Vec<String>)> {
        let case = self.case.as_ref().expect("an open case");
        let Some(decision) = advance(&self.release, case, &self.facts, now) else { return vec![] };
        let told = decision.followups.iter().filter_map(|f| match f {
            Followup::Notify { message, .. } => Some(message.clone()),
            _ => None,
        });
        let events = decision.entries.iter().map(|e| format!("{} {}", e.event, e.subject));
        let happened = vec![(events.collect::<Vec<_>>().join(", "), told.collect())];
        self.case = Some(decision.case);
        happened
    }

    fn stands(&self, id: &str) -> (u32, DeadlineStatus, Instant) {
        let case = self.case.as_ref().expect("an open case");
        let last = case.deadlines.iter().rev().find(|d| d.deadline == id).expect("it was started");
        (last.round, last.status, last.due_at)
    }
}

#[test]
fn a_length_by_condition_follows_the_case_and_keeps_its_pauses() {
    use DeadlineStatus::Running;
    let mut told = told();
    told.does("open", at(20, 9, 0), json!({}));
    assert_eq!(told.stands("solve").1, DeadlineStatus::Pending, "the table asks for the urgency");
    told.does("rate", at(20, 9, 5), json!({"urgency": "normal"}));
    assert_eq!(told.stands("reply"), (1, Running, at(20, 11, 0)));
    told.does("ask", at(20, 9, 10), json!({}));
    assert_eq!(told.stands("reply").1, DeadlineStatus::Paused);
    // The customer's answer gives the whole time again: a new round.
    told.does("reply", at(20, 12, 0), json!({}));
    assert_eq!(told.stands("reply"), (2, Running, at(20, 14, 0)));
    assert_eq!(told.stands("solve").2, at(24, 0, 0));
    told.does("rate", at(20, 12, 5), json!({"urgency": "urgent"}));
    assert_eq!(told.stands("reply"), (2, Running, at(20, 12, 30)));
    assert_eq!(told.stands("solve").2, at(21, 9, 0), "the table says 24 hours from the opening");
    told.does("rate", at(20, 12, 10), json!({"urgency": "normal"}));
    assert_eq!(told.stands("reply"), (2, Running, at(20, 14, 0)));
}

/// Zammad 1322: an answer through one of the channels did not start the escalation anew.
#[test]
fn zammad_1322_any_act_of_the_customer_restarts_what_waits_and_nothing_that_runs() {
    use DeadlineStatus::{Met, Running};
    let mut told = told();
    told.does("open", at(20, 9, 0), json!({}));
    told.does("answer", at(20, 9, 30), json!({}));
    assert_eq!(told.stands("reply").1, Met);
    told.does("remind", at(20, 10, 0), json!({}));
    assert_eq!(told.stands("reply"), (2, Running, at(20, 12, 0)));
    told.does("remind", at(20, 11, 55), json!({}));
    assert_eq!(told.stands("reply"), (2, Running, at(20, 12, 0)), "who asks twice waits no longer");
}

#[test]
fn what_stays_broken_goes_up_and_a_late_entry_takes_it_back() {
    let mut told = told();
    told.does("open", at(20, 9, 0), json!({}));
    let late = vec![("breached reply".to_owned(), vec!["late".to_owned()])];
    assert_eq!(told.passes(at(20, 11, 1)), late);
    let head = vec![("escalated reply".to_owned(), vec!["head".to_owned()])];
    assert_eq!(told.passes(at(20, 13, 0)), head);
    let other = vec![("breached hours".to_owned(), vec![])];
    assert_eq!(told.passes(at(20, 13, 30)), other, "no step is taken twice");
    let mut command = told.command("answer", at(20, 14, 0), json!({}));
    command.late =
        Some(LateEntry { paper: "0042".into(), reason: "停电".into(), photos: vec![] });
    command.occurred_at = at(20, 10, 0);
    let decision = told.apply(&command, at(20, 14, 0));
    let events: Vec<&str> = decision.entries.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(events, ["action", "breach_annulled"]);
    assert_eq!(told.stands("reply").1, DeadlineStatus::Met);
}

#[test]
fn an_extension_is_journaled_and_a_second_refused_with_its_clause() {
    let mut told = told();
    told.does("open", at(20, 9, 0), json!({"urgency": "normal"}));
    let refused = |told: &Told, form: Json| match told
        .ask(&told.command("extend", at(20, 10, 0), form), at(20, 10, 0))
    {
        Outcome::Refused(refusal) => *refusal,
        other => panic!("not refused: {other:?}"),
    };
    assert_eq!(refused(&told, json!({})).code, "extension-refused", "without a reason");
    let decision = told.does("extend", at(20, 10, 0), json!({"reason": "等配件"}));
    let why = decision.entries[0].why.iter().find(|why| why.code == "deadline_extended");
    assert_eq!(why.map(|why| why.args.json("why")), Some(json!("等配件")));
    assert_eq!(decision.entries[0].actor, Some(PersonId(1)));
    assert_eq!(told.stands("solve").2, at(25, 0, 0));
    let again = refused(&told, json!({"reason": "还在等"}));
    assert_eq!((again.rule.as_str(), again.clauses[0].as_str()), ("solve/extend", "T-1"));
}

#[test]
fn a_station_may_have_hours_of_its_own() {
    for (code, opened, due) in
        [("S1", at(20, 15, 0), at(23, 11, 0)), ("S3", at(20, 18, 0), at(21, 10, 0))]
    {
        let mut told = told();
        told.facts.org.insert("code".into(), json!(code));
        told.does("open", opened, json!({}));
        assert_eq!(told.stands("hours").2, due, "{code}");
    }
}

/// A year without holidays is not guessed, and what happened is recorded all the same: the clock
/// waits for the year, and takes its date with the first act after it was announced.
#[test]
fn a_year_without_holidays_holds_the_clock_and_not_the_act() {
    let eve = |hour| Zone::default().instant(jiff::civil::datetime(2026, 12, 31, hour, 0, 0, 0));
    let january =
        |day, hour| Zone::default().instant(jiff::civil::datetime(2027, 1, day, hour, 0, 0, 0));
    let waiting = || {
        let mut told = told();
        let decision = told.does("open", eve(15), json!({}));
        let why = decision.entries[0].why.iter().find(|why| why.code == "deadline_waits");
        assert_eq!(why.map(|why| why.args.json("year")), Some(json!(2027)));
        assert_eq!(told.stands("hours"), (1, DeadlineStatus::Pending, Instant::NEVER));
        assert_eq!(
            told.passes(january(20, 9)),
            vec![("breached reply, escalated reply".into(), vec!["late".into(), "head".into()])],
            "only what is known fires"
        );
        told
    };
    // Whether it was in time nobody can tell before the holidays are known.
    let mut told = waiting();
    told.does("end", january(20, 10), json!({}));
    assert_eq!(told.stands("hours").1, DeadlineStatus::Dropped);
    // The year is known: the next act gives the clock its date, which is over by then.
    let mut told = waiting();
    let mut plan = YearPlan { source: "test".into(), ..YearPlan::default() };
    plan.holidays.insert(jiff::civil::date(2027, 1, 1));
    let hours = told.release.calendars.get_mut("hours").expect("a calendar of the test");
    hours.years.insert(2027, plan);
    told.does("rate", january(20, 11), json!({"urgency": "normal"}));
    assert_eq!(told.stands("hours").1, DeadlineStatus::Running);
}

#[test]
fn what_ends_before_the_unknown_year_is_in_time() {
    let eve = |hour| Zone::default().instant(jiff::civil::datetime(2026, 12, 31, hour, 0, 0, 0));
    let mut told = told();
    told.does("open", eve(15), json!({}));
    told.does("end", eve(16), json!({}));
    assert_eq!(told.stands("hours").1, DeadlineStatus::Met);
}
