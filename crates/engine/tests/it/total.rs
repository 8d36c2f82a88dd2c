//! Every state × action × actor of the real packs gives a decision or a refusal, never a panic;
//! and what is refused changes nothing.

use crate::acting::{NOW, case, facts, plausible, sound};
use crate::packs;
use base::{OrgId, PersonId};
use engine::decision::{Outcome, Refusal};
use engine::{Actor, CaseState, Command, Opening};
use engine::{advance, decide, next_wake};
use proptest::prelude::*;
use rulebook::Release;
use rulebook::model::{Action, Process};
use serde_json::{Map, Value as Json, json};

/// Somebody who holds every role.
fn everybody(release: &Release) -> Actor {
    let roles = release.roles.keys().cloned().collect();
    Actor::staff(PersonId(1), roles)
}

fn command(release: &Release, action: &str, form: Map<String, Json>) -> Command {
    Command {
        action: Some(action.to_owned()),
        actor: everybody(release),
        form,
        reason: Some("test".into()),
        ..Command::timer(NOW)
    }
}

fn refused(outcome: &Outcome) -> Option<&Refusal> {
    match outcome {
        Outcome::Refused(refusal) => Some(refusal),
        _ => None,
    }
}

#[test]
fn every_action_in_every_state_is_decided_or_refused() {
    let release = packs::ebike();
    let facts = facts(release);
    let mut decided = 0;
    for process in release.processes.values() {
        for state in process.states.iter().filter(|s| s.track == "main") {
            let case = case(process, &state.id);
            for action in &process.actions {
                for form in [Map::new(), plausible(release, action)] {
                    let command = command(release, &action.id, form);
                    let outcome = decide(release, Some(&case), &facts, &command, NOW);
                    let stands = action.track != "main" || action.from.contains(&state.id);
                    match &outcome {
                        Outcome::Decided(decision) => {
                            assert!(stands, "{}/{} from {}", process.id, action.id, state.id);
                            sound(process, &case, decision);
                            decided += 1;
                        }
                        Outcome::Refused(refusal) if !stands => {
                            assert_eq!(refusal.code, "not-allowed-now");
                            assert!(refusal.remedy.is_some(), "says where it would be open");
                        }
                        Outcome::Refused(refusal) => {
                            assert!(!refusal.sentence.zh.is_empty());
                            assert!(!refusal.sentence.en.is_empty());
                            assert_ne!(refusal.sentence.zh, refusal.sentence.en);
                        }
                        Outcome::Ignored => panic!("a person's command is never ignored"),
                    }
                }
            }
        }
    }
    assert!(decided > 50, "only {decided} decisions: the forms of this test fit nothing");
}

#[test]
fn a_stranger_is_told_who_may() {
    let release = packs::ebike();
    let process = &release.processes["repair_order"];
    let nobody = Actor::staff(PersonId(9), Vec::new());
    for action in &process.actions {
        let Some(from) = action.from.first().filter(|_| action.track == "main") else { continue };
        let mut command = command(release, &action.id, Map::new());
        command.actor = nobody.clone();
        let case = case(process, from);
        let outcome = decide(release, Some(&case), &facts(release), &command, NOW);
        let code = refused(&outcome).map(|r| r.code.as_str());
        assert!(matches!(code, Some("not-your-role" | "not-allowed-now")), "{}", action.id);
    }
}

#[test]
fn what_is_not_there_is_refused_with_a_sentence() {
    let release = packs::ebike();
    let process = &release.processes["repair_order"];
    let here = case(process, "received");
    let none = Command { action: Some("open".into()), ..Command::timer(NOW) };
    let elsewhere = CaseState { process: "no_such".into(), ..here.clone() };
    let opening = Opening {
        process: "no_such".into(),
        org: OrgId(1),
        unit: None,
        customer: None,
        parent: None,
    };
    let unknown = Command { opening: Some(opening), ..none.clone() };
    for (case, command, code) in [
        (None, none, "unknown-process"),
        (None, unknown, "unknown-process"),
        (Some(&elsewhere), command(release, "assign", Map::new()), "unknown-process"),
        (Some(&here), command(release, "fly", Map::new()), "unknown-action"),
        (Some(&here), command(release, "open", Map::new()), "unknown-action"),
    ] {
        let outcome = decide(release, case, &facts(release), &command, NOW);
        assert_eq!(refused(&outcome).map(|r| r.code.as_str()), Some(code));
    }
}

/// JSON of any shape, small.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        "[a-z0-9_:.\\-]{0,12}".prop_map(Json::from),
        "\\PC{0,20}".prop_map(Json::from),
        Just(json!("li_battery")),
        Just(json!("2026-11-21")),
        Just(json!(PersonId(1).to_string())),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map("[a-z_]{1,10}", inner, 0..4)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    // `PROPTEST_CASES` asks for more.
    // Where nothing is open is nothing to ask: such draws do not count, however many there are.
    #![proptest_config(ProptestConfig {
        max_global_rejects: 1_000_000,
        ..ProptestConfig::with_cases(ProptestConfig::default().cases.max(400))
    })]

    /// Random answers, data, times and actions over every process of the packs.
    #[test]
    fn nothing_makes_it_panic(
        seed in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        answers in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 0..8),
        data in prop::collection::vec((any::<prop::sample::Index>(), any_json()), 0..8),
        passed in 0_i64..40_000_000,
        late in prop::option::of(-40_000_000_i64..10_000),
    ) {
        let release = packs::ebike();
        let processes: Vec<&Process> = release.processes.values().collect();
        let process = processes[seed.index(processes.len())];
        let states: Vec<&str> = process
            .states
            .iter()
            .filter(|s| s.track == "main")
            .map(|s| s.id.as_str())
            .collect();
        let state = states[place.index(states.len())];
        let open: Vec<&Action> =
            process.actions.iter().filter(|a| a.from.iter().any(|f| f == state)).collect();
        prop_assume!(!open.is_empty());
        let action = open[seed.index(open.len())];
        let fields: Vec<String> = release
            .forms
            .values()
            .flat_map(|form| form.fields.iter().map(|f| f.id.clone()))
            .collect();
        let mut form = plausible(release, action);
        let own: Vec<String> = form.keys().cloned().collect();
        for (at, value) in answers {
            let name = if own.is_empty() { continue } else { &own[at.index(own.len())] };
            form.insert(name.clone(), value);
        }
        let mut case = case(process, state);
        for (at, value) in data {
            case.data.insert(fields[at.index(fields.len())].clone(), value);
        }
        let facts = facts(release);
        let mut command = command(release, &action.id, form);
        if let Some(seconds) = late {
            command.occurred_at = NOW.plus_seconds(seconds);
            let (paper, reason) = ("1".into(), "x".into());
            command.late = Some(engine::LateEntry { paper, reason, photos: vec![] });
        }
        if let Outcome::Decided(decision) = decide(release, Some(&case), &facts, &command, NOW) {
            sound(process, &case, &decision);
            let later = NOW.plus_seconds(passed);
            if let Some(after) = advance(release, &decision.case, &facts, later) {
                sound(process, &decision.case, &after);
                let again = advance(release, &after.case, &facts, later);
                prop_assert!(again.is_none(), "time does nothing twice");
                prop_assert!(next_wake(&after.case).is_none_or(|at| at >= later));
            }
        }
    }
}
