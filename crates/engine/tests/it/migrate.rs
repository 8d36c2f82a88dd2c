//! Named migration: an open case goes on under another release, or says why it stays.

use base::{Instant, OrgId, PersonId, Zone};
use engine::decide::{Migrated, Migration, migrate};
use engine::decision::{Decision, Outcome};
use engine::{Actor, CaseState, Command, DeadlineStatus, Facts, Opening, PersonFacts, decide};
use proptest::prelude::*;
use rulebook::Release;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

fn text(word: &str) -> Json {
    json!({"zh": format!("{word}（中）"), "en": word})
}

/// A release with states and deadlines on the main track; `(deadline, starts, within)`.
fn release(hash: &str, states: &[&str], deadlines: &[(&str, &str, &str)]) -> Release {
    let state = |id: &&str| json!({"id": id, "title": text(id), "kind": "working"});
    let deadline = |(id, starts, within): &(&str, &str, &str)| {
        json!({"id": id, "title": text(id), "starts": [starts], "stops": [], "within": within,
               "clause": ["T-1"]})
    };
    let process = json!({
        "id": "job", "title": text("job"), "number": "J{seq:4}", "subject": "none",
        "area": "repair",
        "start": {"title": text("open"), "to": states[0], "by": ["clerk"]},
        "state": states.iter().map(state).collect::<Vec<_>>(),
        "action": [],
        "deadline": deadlines.iter().map(deadline).collect::<Vec<_>>(),
    });
    let mut release = Release { hash: hash.into(), ..Release::default() };
    let process = serde_json::from_value(process).expect("a process of the test");
    release.processes.insert("job".into(), process);
    release
}

fn at(hour: i8) -> Instant {
    Zone::default().instant(jiff::civil::datetime(2026, 11, 21, hour, 0, 0, 0))
}

fn facts() -> Facts {
    let mut facts = Facts::default();
    let clerk = PersonFacts { roles: vec!["clerk".into()], ..PersonFacts::default() };
    facts.people.insert(PersonId(1), clerk);
    facts
}

/// A case opened at nine under that release.
fn opened(release: &Release) -> CaseState {
    let command = Command {
        action: Some("open".into()),
        opening: Some(Opening {
            process: "job".into(),
            org: OrgId(1),
            unit: None,
            customer: None,
            parent: None,
        }),
        form: Map::new(),
        actor: Actor::staff(PersonId(1), vec!["clerk".into()]),
        ..Command::timer(at(9))
    };
    match decide(release, None, &facts(), &command, at(9)) {
        Outcome::Decided(decision) => decision.case,
        other => panic!("not opened: {other:?}"),
    }
}

fn named(states: &[(&str, &str)]) -> Migration {
    Migration {
        name: "2027 edition".into(),
        reason: "one rule for all".into(),
        person: PersonId(1),
        states: states.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect(),
    }
}

fn moved(old: &Release, new: &Release, case: &CaseState, states: &[(&str, &str)]) -> Decision {
    match migrate((old, new), case, &facts(), &named(states), at(10)) {
        Migrated::Moved(decision, _) => *decision,
        other => panic!("not moved: {other:?}"),
    }
}

#[test]
fn a_case_goes_on_with_its_answers_and_says_in_its_journal_where_it_came_from() {
    let old = release("aaa", &["received"], &[]);
    let new = release("bbb", &["received", "checked"], &[]);
    let case = opened(&old);
    let decision = moved(&old, &new, &case, &[]);
    assert_eq!(decision.case.release, "bbb");
    assert_eq!(decision.case.data, case.data);
    assert_eq!(decision.case.tracks, case.tracks);
    let [entry] = decision.entries.as_slice() else { panic!("{:?}", decision.entries) };
    assert_eq!((entry.event.as_str(), entry.subject.as_str()), ("migrated", "2027 edition"));
    assert_eq!(
        (entry.actor, entry.reason.as_deref()),
        (Some(PersonId(1)), Some("one rule for all"))
    );
    assert_eq!(entry.why[0].args.json("from"), json!("aaa"));
    let again = migrate((&new, &new), &decision.case, &facts(), &named(&[]), at(11));
    assert_eq!(again, Migrated::Already);
}

#[test]
fn a_state_that_is_gone_needs_an_image() {
    let old = release("aaa", &["received"], &[]);
    let new = release("bbb", &["accepted"], &[]);
    let case = opened(&old);
    let stays = |states: &[(&str, &str)]| match migrate(
        (&old, &new),
        &case,
        &facts(),
        &named(states),
        at(10),
    ) {
        Migrated::Stays(why) => why[0].en.clone(),
        other => panic!("it went: {other:?}"),
    };
    assert!(stays(&[]).contains("`main.received`"), "{}", stays(&[]));
    assert!(stays(&[("main.received", "main.nowhere")]).contains("main.nowhere"));
    assert!(stays(&[("main.received", "parts.accepted")]).contains("parts.accepted"));
    let decision = moved(&old, &new, &case, &[("main.received", "main.accepted")]);
    assert_eq!(decision.case.full_state("main").as_deref(), Some("main.accepted"));
    let moves = &decision.entries[0].moves;
    assert_eq!(*moves, [("main.received".into(), "main.accepted".into())]);
}

#[test]
fn a_closed_case_stays_and_so_does_one_whose_process_is_gone() {
    let old = release("aaa", &["received"], &[]);
    let mut new = release("bbb", &["received"], &[]);
    let mut case = opened(&old);
    case.closed_at = Some(at(9));
    let ask =
        |new: &Release, case: &CaseState| migrate((&old, new), case, &facts(), &named(&[]), at(10));
    assert!(matches!(ask(&new, &case), Migrated::Stays(_)));
    case.closed_at = None;
    new.processes.clear();
    assert!(matches!(ask(&new, &case), Migrated::Stays(_)));
}

#[test]
fn clocks_go_on_from_their_own_start_by_the_new_lengths() {
    let check = |within: &str, due: Instant| {
        let old = release("aaa", &["received"], &[("first", "enter received", "4 h")]);
        let new = release("bbb", &["received"], &[("first", "enter received", within)]);
        let decision = moved(&old, &new, &opened(&old), &[]);
        let clock = &decision.case.deadlines[0];
        assert_eq!((clock.started_at, clock.due_at), (at(9), due), "{within}");
        assert_eq!((clock.status, clock.breaches), (DeadlineStatus::Running, 0), "{within}");
    };
    check("4 h", at(13));
    check("6 h", at(15));
    check("2 h", at(11));
    // Shorter than what has already gone by: due at the move, as nobody broke it before it held.
    check("30 min", at(10));
}

#[test]
fn a_clock_the_new_release_lacks_ends_and_one_it_adds_begins_with_the_move() {
    let old = release("aaa", &["received"], &[("gone", "enter received", "4 h")]);
    let new = release(
        "bbb",
        &["received", "checked"],
        &[("fresh", "enter received", "1 h"), ("other", "enter checked", "1 h")],
    );
    let decision = moved(&old, &new, &opened(&old), &[]);
    let clock = |id: &str| decision.case.deadlines.iter().find(|clock| clock.deadline == id);
    assert_eq!(clock("gone").map(|clock| clock.status), Some(DeadlineStatus::Dropped));
    assert_eq!(
        clock("fresh").map(|clock| (clock.started_at, clock.due_at)),
        Some((at(10), at(11)))
    );
    assert_eq!(clock("other"), None);
}

proptest! {
    /// Whatever the releases look like: a case moves whole or stays as it is, and moves once.
    #[test]
    fn no_case_is_lost(
        old in 1_usize..4, new in 1_usize..4, image in 0_usize..4, hours in 1_u32..9,
    ) {
        const STATES: [&str; 4] = ["a", "b", "c", "d"];
        let within = format!("{hours} h");
        let before = release("aaa", &STATES[..old], &[("x", "enter a", "4 h")]);
        let after = release("bbb", &STATES[4 - new..], &[("x", "enter a", within.as_str())]);
        let case = opened(&before);
        let goal = format!("main.{}", STATES[image]);
        let states = BTreeMap::from([("main.a".to_owned(), goal.clone())]);
        let migration = Migration { states, ..named(&[]) };
        let known = STATES[4 - new..].contains(&STATES[image]);
        match migrate((&before, &after), &case, &facts(), &migration, at(10)) {
            Migrated::Moved(decision, _) => {
                prop_assert!(known);
                prop_assert_eq!(decision.case.full_state("main"), Some(goal));
                prop_assert_eq!(&decision.case.data, &case.data);
                prop_assert_eq!(decision.case.version, case.version);
                let (now, was) = (&decision.case.deadlines, &case.deadlines);
                prop_assert!(was.iter().all(|w| now.iter().any(|n| n.round == w.round)));
                let again = migrate((&after, &after), &decision.case, &facts(), &migration, at(10));
                prop_assert_eq!(again, Migrated::Already);
            }
            Migrated::Stays(why) => prop_assert!(!known && !why.is_empty()),
            Migrated::Already => prop_assert!(false, "it had not moved"),
        }
    }
}
