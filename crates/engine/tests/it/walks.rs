//! Random walks through every process of the packs by random people: each answer is a decision or a
//! refusal that says why, and what is offered is what is accepted.

use crate::acting::{NOW, case, facts, plausible, sound};
use crate::packs;
use base::{CaseId, Instant, OrgId, PersonId, UnitId};
use engine::decide::{Asking, actor_refusal, decides_offer, offers_now};
use engine::decision::{Outcome, Refusal};
use engine::{
    Actor, CaseState, ChildEnd, Command, Facts, Handing, Opening, PersonFacts, Principal,
};
use engine::{advance, decide};
use proptest::prelude::*;
use proptest::sample::Index;
use rulebook::Release;
use rulebook::model::{Action, Grade, Process};
use serde_json::Map;

/// Refusals that a different form, or a different moment for it, would have avoided: the offer
/// cannot know them.
const OF_THE_FORM: &[&str] =
    &["form-invalid", "extension-refused", "facts-refused", "setting-unset"];

/// One thing somebody tries.
#[derive(Debug, Clone)]
struct Step {
    what: Index,
    who: Index,
    minutes: i64,
    /// What is sent with it: a plausible form, or none.
    answers: bool,
    /// Instead of an action: a to-do handed on, or the end of a child.
    aside: u8,
}

fn step() -> impl Strategy<Value = Step> {
    let minutes = prop_oneof![0..90_i64, 1_000..20_000_i64];
    let parts = (any::<Index>(), any::<Index>(), minutes, prop::bool::weighted(0.9), 0..12_u8);
    parts.prop_map(|(what, who, minutes, answers, aside)| Step {
        what,
        who,
        minutes,
        answers,
        aside,
    })
}

/// People of all kinds: one for each role, two who hold all of them, a deputy, a stranger, and who
/// is no member of staff.
fn actors(release: &Release) -> Vec<Actor> {
    let roles: Vec<String> = release.roles.keys().cloned().collect();
    let above = roles.iter().map(|role| format!("above:{role}"));
    let all: Vec<String> = roles.iter().cloned().chain(above).collect();
    let mut actors = vec![
        Actor::customer(),
        Actor::staff(PersonId(1), all.clone()),
        Actor::staff(PersonId(2), all.clone()),
        Actor::staff(PersonId(3), Vec::new()),
        Actor {
            deputy_for: vec![Principal { person: PersonId(1), roles: all }],
            ..Actor::staff(PersonId(4), Vec::new())
        },
    ];
    actors
        .extend((5..).zip(&roles).map(|(id, role)| Actor::staff(PersonId(id), vec![role.clone()])));
    actors
}

fn with_everybody(release: &Release, actors: &[Actor]) -> Facts {
    let mut facts = facts(release);
    for actor in actors {
        if let Some(person) = actor.person {
            let known = PersonFacts {
                roles: actor.roles.clone(),
                certificate_number: Some(format!("SG-{}", person.0)),
                ..PersonFacts::default()
            };
            facts.people.insert(person, known);
        }
    }
    facts
}

/// Every refusal is a sentence in both languages, and names the clause where its rule has one.
fn says_why(process: &Process, refusal: &Refusal) {
    assert!(!refusal.sentence.zh.is_empty() && !refusal.sentence.en.is_empty(), "{refusal:?}");
    assert_ne!(refusal.sentence.zh, refusal.sentence.en, "{refusal:?}");
    let of_rule = refusal.code.starts_with("require") || refusal.code == "reason-needed";
    let action = process.action(&refusal.action);
    let of_action = matches!(
        refusal.code.as_str(),
        "not-allowed-now" | "not-your-role" | "separation-of-duties" | "own-case"
    ) && action.is_some_and(|action| !action.clause.is_empty());
    if of_rule || of_action {
        assert!(!refusal.clauses.is_empty(), "without its clause: {refusal:?}");
        assert!(!refusal.rule.is_empty(), "without its rule: {refusal:?}");
    }
}

/// The states a case stands at have names in both languages.
fn named(process: &Process, case: &CaseState) {
    for (track, at) in &case.tracks {
        let full = format!("{track}.{}", at.state);
        let state = process.state(&full).unwrap_or_else(|| panic!("{full} is no state"));
        assert!(!state.title.zh.is_empty() && !state.title.en.is_empty(), "{full} has no name");
    }
}

/// Whether a requirement that no offer asks refused it: one that looks at the form, at who acts, at
/// the books or at what the company knows of the unit.
fn by_the_form(action: &Action, refusal: &Refusal) -> bool {
    OF_THE_FORM.contains(&refusal.code.as_str())
        || action.requires.iter().any(|require| {
            refusal.rule == format!("{}/{}", action.id, require.id) && !decides_offer(&require.when)
        })
}

/// Whether the case page offers it to that person: open, theirs, and not blocked.
fn offered(
    (release, process, facts): (&Release, &Process, &Facts),
    case: &CaseState,
    action: &Action,
    actor: &Actor,
    now: Instant,
) -> bool {
    let simple = facts.org.get("mode").is_some_and(|mode| mode == "simple");
    let asking = Asking { release, process, case, action, simple };
    let offers = offers_now(release, case, facts, now);
    let open = offers.iter().find(|offer| offer.action == action.id).is_some_and(|offer| {
        let blocked = offer.blocked.as_ref();
        blocked.is_none_or(|refusal| refusal.grade == Some(Grade::Reason))
    });
    open && actor_refusal(asking, actor).is_none()
}

struct Walk<'a> {
    release: &'a Release,
    process: &'a Process,
    facts: Facts,
    actors: Vec<Actor>,
    case: CaseState,
    now: Instant,
}

impl Walk<'_> {
    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Decided(decision) => {
                sound(self.process, &self.case, &decision);
                named(self.process, &decision.case);
                self.case = decision.case;
            }
            Outcome::Refused(refusal) => says_why(self.process, &refusal),
            Outcome::Ignored => {}
        }
    }

    /// What is not an action: a to-do handed on or back, the end of a child.
    fn aside(&mut self, step: &Step) -> bool {
        let action = &self.process.actions[step.what.index(self.process.actions.len())];
        let actor = self.actors[step.who.index(self.actors.len())].clone();
        let handing = match (step.aside, &action.on_child) {
            (0, _) => Handing::On { action: action.id.clone(), to: PersonId(2) },
            (1, _) => Handing::Back { action: action.id.clone() },
            (2 | 3, Some(child)) => {
                let end = ChildEnd {
                    case: CaseId(step.minutes + 1),
                    number: "HF-1".into(),
                    process: child.process.clone(),
                    state: child.state.first().cloned().unwrap_or_default(),
                    round: 1,
                    unit: None,
                    data: Map::new(),
                };
                let command = Command::child_ended(end, self.now);
                let facts = &self.facts;
                let case = Some(&self.case);
                let outcome = decide(self.release, case, facts, &command, self.now);
                self.take(outcome);
                return true;
            }
            _ => return false,
        };
        let command = Command {
            handing: Some(handing),
            actor,
            reason: Some("出差".into()),
            ..Command::timer(self.now)
        };
        let outcome = decide(self.release, Some(&self.case), &self.facts, &command, self.now);
        self.take(outcome);
        true
    }

    fn act(&mut self, step: &Step) {
        self.now = self.now.plus_seconds(step.minutes * 60);
        if let Some(after) = advance(self.release, &self.case, &self.facts, self.now) {
            self.take(Outcome::Decided(Box::new(after)));
        }
        if self.aside(step) {
            return;
        }
        let (release, process) = (self.release, self.process);
        let actor = self.actors[step.who.index(self.actors.len())].clone();
        // Three times in four something that is offered, so that the walk gets on.
        let about = (release, process, &self.facts);
        let to_do: Vec<&Action> = process
            .actions
            .iter()
            .filter(|action| offered(about, &self.case, action, &actor, self.now))
            .collect();
        let action = if to_do.is_empty() || step.aside > 9 {
            &process.actions[step.what.index(process.actions.len())]
        } else {
            to_do[step.what.index(to_do.len())]
        };
        let offered = to_do.iter().any(|open| open.id == action.id);
        let form = if step.answers { plausible(release, action) } else { Map::new() };
        let command = Command {
            action: Some(action.id.clone()),
            form,
            reason: Some("试".into()),
            actor,
            ..Command::timer(self.now)
        };
        let outcome = decide(release, Some(&self.case), &self.facts, &command, self.now);
        let at = format!("{}/{} at {:?}", process.id, action.id, self.case.tracks);
        match &outcome {
            Outcome::Decided(_) => assert!(offered, "accepted, though not offered: {at}"),
            Outcome::Refused(refusal) if offered => {
                assert!(by_the_form(action, refusal), "offered, yet refused: {at}\n{refusal:?}");
            }
            Outcome::Refused(_) => {}
            Outcome::Ignored => panic!("an action is never ignored: {at}"),
        }
        self.take(outcome);
    }
}

/// As the store keeps what was opened.
fn numbered(case: CaseState) -> CaseState {
    CaseState { id: Some(CaseId(1)), number: Some("WX-1".into()), ..case }
}

/// The case as somebody opened it, or where the test's answers do not do, at a state of its own.
fn begun(release: &Release, process: &Process, facts: &Facts, place: Index) -> CaseState {
    let opening = Opening {
        process: process.id.clone(),
        org: OrgId(1),
        unit: (process.subject == "unit").then_some(UnitId(1)),
        customer: None,
        parent: None,
    };
    let roles = release.roles.keys().cloned().collect();
    let command = Command {
        action: Some("open".into()),
        opening: Some(opening),
        form: plausible(release, &process.start),
        reason: Some("试".into()),
        actor: Actor::staff(PersonId(1), roles),
        ..Command::timer(NOW)
    };
    match decide(release, None, facts, &command, NOW) {
        Outcome::Decided(decision) => numbered(decision.case),
        Outcome::Refused(refusal) => {
            says_why(process, &refusal);
            let main: Vec<_> = process.states.iter().filter(|s| s.track == "main").collect();
            case(process, &main[place.index(main.len())].id)
        }
        Outcome::Ignored => panic!("an opening is never ignored"),
    }
}

proptest! {
    // `PROPTEST_CASES` asks for more.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(300)))]

    #[test]
    fn what_is_offered_is_what_is_accepted(
        which in any::<Index>(),
        place in any::<Index>(),
        mode in prop::sample::select(vec!["simple", "standard", "full"]),
        steps in prop::collection::vec(step(), 1..30),
    ) {
        let release = packs::ebike();
        let processes: Vec<&Process> = release.processes.values().collect();
        let process = processes[which.index(processes.len())];
        prop_assume!(!process.actions.is_empty());
        let actors = actors(release);
        let mut facts = with_everybody(release, &actors);
        facts.org.insert("mode".into(), mode.into());
        let case = begun(release, process, &facts, place);
        named(process, &case);
        let mut walk = Walk { release, process, facts, actors, case, now: NOW };
        for step in &steps {
            walk.act(step);
        }
    }
}
