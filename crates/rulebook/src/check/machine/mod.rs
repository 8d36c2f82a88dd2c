//! The machine of a process: every state is reached, every action can be done, and from every state
//! an end is reached. First each track by itself, then all tracks together with the conditions that
//! look across them.

mod combination;
mod graph;
mod proof;

use super::Checker;
use crate::model::{Process, State, StateKind};
pub(super) use proof::check as together;
use std::collections::{BTreeMap, BTreeSet};

/// Moves between the states of one track.
type Moves<'p> = BTreeMap<&'p str, BTreeSet<&'p str>>;

/// Each track by itself, whatever conditions say.
pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    let tracks = process.tracks.iter().map(|t| (t.id.as_str(), Some(t.initial.as_str())));
    let main = ("main", process.start.to.as_deref());
    for (track, initial) in std::iter::once(main).chain(tracks) {
        let Some(initial) = initial else { continue };
        let states: Vec<_> = process.states.iter().filter(|s| s.track == track).collect();
        let (moves, mut entries) = moves(process, track, &states);
        entries.insert(initial);
        let reached = closure(&moves, entries);
        for state in &states {
            if !reached.contains(state.id.as_str()) {
                unreached(checker, process, state);
            }
        }
        ends(checker, process, track, &states, &moves, &reached);
    }
}

/// The moves of a track, and the states that `start` enters directly.
fn moves<'p>(
    process: &'p Process,
    track: &str,
    states: &[&'p State],
) -> (Moves<'p>, BTreeSet<&'p str>) {
    let mut moves: Moves<'p> = BTreeMap::new();
    let mut entries = BTreeSet::new();
    for action in process.all_actions() {
        let ends = action.to.iter().chain(action.branch.iter().map(|b| &b.to));
        if action.track == track {
            for to in ends {
                if action.from.is_empty() {
                    entries.insert(to.as_str());
                }
                for from in &action.from {
                    moves.entry(from).or_default().insert(to);
                }
            }
        }
        for also in action.also.iter().filter(|also| also.track == track) {
            let any = || states.iter().map(|s| s.id.as_str());
            let named = also.from.iter().map(String::as_str);
            let from: Vec<_> = if also.from.is_empty() { any().collect() } else { named.collect() };
            for from in from {
                moves.entry(from).or_default().insert(&also.to);
            }
        }
    }
    (moves, entries)
}

fn closure<'p>(moves: &Moves<'p>, entries: BTreeSet<&'p str>) -> BTreeSet<&'p str> {
    let mut waiting: Vec<_> = entries.iter().copied().collect();
    let mut reached = entries;
    while let Some(state) = waiting.pop() {
        for next in moves.get(state).into_iter().flatten() {
            if reached.insert(next) {
                waiting.push(next);
            }
        }
    }
    reached
}

fn unreached(checker: &mut Checker<'_>, process: &Process, state: &State) {
    let name = format!("{}.{}", state.track, state.id);
    checker.error(
        "unreachable-state",
        &format!("process/{}/state/{name}", process.id),
        format!("没有动作通向状态“{name}”"),
        format!("no action leads to the state `{name}`"),
    );
}

/// From every state that is reached, an end is: final, or on a side track idle again.
fn ends(
    checker: &mut Checker<'_>,
    process: &Process,
    track: &str,
    states: &[&State],
    moves: &Moves<'_>,
    reached: &BTreeSet<&str>,
) {
    let is_end =
        |state: &State| state.kind.is_final() || (track != "main" && state.kind == StateKind::Idle);
    for state in states.iter().filter(|s| reached.contains(s.id.as_str())) {
        let onward = closure(moves, BTreeSet::from([state.id.as_str()]));
        if states.iter().any(|s| is_end(s) && onward.contains(s.id.as_str())) {
            continue;
        }
        let name = format!("{}.{}", state.track, state.id);
        checker.error(
            "no-end",
            &format!("process/{}/state/{name}", process.id),
            format!("从状态“{name}”到不了任何结束状态（kind 为 done 或 cancelled）"),
            format!(
                "from the state `{name}` no end is reached (a state of kind done or cancelled)"
            ),
        );
    }
}
