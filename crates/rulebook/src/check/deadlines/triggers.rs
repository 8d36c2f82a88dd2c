//! What starts and stops a deadline: it is there, it can happen, and a stop can follow a start.

use super::super::Checker;
use super::super::names::{ACTION, STATE};
use crate::model::{Action, Deadline, Process, Trigger};
use std::collections::BTreeSet;

pub(super) fn check(checker: &mut Checker<'_>, process: &Process, rule: &Deadline, path: &str) {
    let before = checker.findings.len();
    let lists = [
        ("starts", &rule.starts),
        ("stops", &rule.stops),
        ("drops", &rule.drops),
        ("restarts", &rule.restarts),
    ];
    for (key, list) in lists {
        let at = format!("{path}/{key}");
        if list.is_empty() && matches!(key, "starts" | "stops") {
            let (zh, en) =
                if key == "starts" { ("开始", "started") } else { ("停止", "stopped") };
            checker.error(
                "deadline-trigger",
                &at,
                format!("时限“{}”永远不会{zh}：{key} 是空的", rule.id),
                format!("the deadline `{}` is never {en}: `{key}` is empty", rule.id),
            );
        }
        for trigger in list {
            exists(checker, process, trigger, &at);
        }
    }
    // What names nothing, or stands in a file that could not be read, was reported there.
    if checker.findings.len() > before
        || checker.damaged.contains(&format!("process/{}", process.id))
    {
        return;
    }
    for (key, list) in lists {
        for trigger in list.iter().filter(|trigger| !can_happen(process, trigger)) {
            checker.error(
                "deadline-trigger",
                &format!("{path}/{key}"),
                format!("“{trigger}”永远不会发生：没有动作会这样做"),
                format!("`{trigger}` never happens: no action does that"),
            );
        }
    }
    let starts = || rule.starts.iter().chain(&rule.restarts);
    let ends = starts().any(|start| rule.stops.iter().any(|stop| follows(process, start, stop)));
    if checker.findings.len() == before && !ends {
        checker.error(
            "deadline-trigger",
            &format!("{path}/stops"),
            format!("时限“{}”开始以后，stops 里的事都不会再发生，永远不会停止", rule.id),
            format!(
                "once the deadline `{}` has started nothing of its `stops` happens any more: it \
                 never stops",
                rule.id
            ),
        );
    }
}

fn exists(checker: &mut Checker<'_>, process: &Process, trigger: &Trigger, path: &str) {
    match trigger {
        Trigger::Enter(name) | Trigger::Leave(name) => state(checker, process, name, path),
        Trigger::Action(name) => {
            let known = process.all_actions().map(|a| a.id.as_str());
            let known: Vec<_> = known.chain(["open"]).collect();
            if !checker.places.has(&process.action_path(name)) {
                checker.exists(ACTION, name, known, path);
            }
        }
        Trigger::Customer => {}
    }
}

/// A state of any track by its full name.
pub(super) fn state(checker: &mut Checker<'_>, process: &Process, full: &str, path: &str) {
    if checker.places.has(&format!("process/{}/state/{full}", process.id)) {
        return;
    }
    let known: Vec<_> = process.states.iter().map(|s| format!("{}.{}", s.track, s.id)).collect();
    checker.exists(STATE, full, known.iter().map(String::as_str), path);
}

/// The states an action may lead its own track to.
fn ends(action: &Action) -> impl Iterator<Item = &str> {
    action.to.iter().chain(action.branch.iter().map(|b| &b.to)).map(String::as_str)
}

/// Every move of the process: track, states it is made from (any when empty), state it leads to.
fn moves(process: &Process) -> impl Iterator<Item = (&str, &[String], &str)> {
    process.all_actions().flat_map(|action| {
        let own = ends(action).map(|to| (action.track.as_str(), action.from.as_slice(), to));
        own.chain(action.also.iter().map(|a| (a.track.as_str(), a.from.as_slice(), a.to.as_str())))
    })
}

fn can_happen(process: &Process, trigger: &Trigger) -> bool {
    match trigger {
        Trigger::Enter(full) => {
            let initial = |t: &crate::model::Track| format!("{}.{}", t.id, t.initial) == *full;
            process.tracks.iter().any(initial)
                || moves(process).any(|(track, _, to)| *full == format!("{track}.{to}"))
        }
        Trigger::Leave(full) => leaves(process, full),
        Trigger::Action(_) => true,
        Trigger::Customer => {
            process.actions.iter().any(|action| action.doers().iter().any(|by| by == "@customer"))
        }
    }
}

fn leaves(process: &Process, full: &str) -> bool {
    let (track, state) = full.split_once('.').unwrap_or(("main", full));
    let start = process.start.to.as_deref();
    moves(process).any(|(own, from, to)| {
        let opens = own == "main" && from.is_empty() && Some(to) == start;
        own == track && !opens && (from.is_empty() || from.iter().any(|from| from == state))
    })
}

/// Whether `stop` may happen after `start`. Tracks go their own ways: only what stands on the same
/// track can be out of reach.
fn follows(process: &Process, start: &Trigger, stop: &Trigger) -> bool {
    let Some((track, after)) = standing(process, start) else { return true };
    let reach = |from: &BTreeSet<String>| {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<String> = from.iter().cloned().collect();
        while let Some(at) = waiting.pop() {
            for (own, from, to) in moves(process) {
                let goes = own == track && (from.is_empty() || from.contains(&at));
                let opens = own == "main" && from.is_empty();
                if goes && !opens && reached.insert(to.to_owned()) {
                    waiting.push(to.to_owned());
                }
            }
        }
        reached
    };
    let entered = reach(&after);
    let stands = |state: &str| after.contains(state) || entered.contains(state);
    let on_track = |full: &str| full.strip_prefix(&format!("{track}.")).map(str::to_owned);
    match stop {
        Trigger::Enter(full) => on_track(full).is_none_or(|state| entered.contains(&state)),
        Trigger::Leave(full) => on_track(full).is_none_or(|state| stands(&state)),
        Trigger::Action(id) => process.action(id).is_none_or(|action| {
            action.track != track || action.from.iter().any(|from| stands(from))
        }),
        Trigger::Customer => true,
    }
}

/// The track a trigger is about, and where that track may stand just after it.
fn standing(process: &Process, trigger: &Trigger) -> Option<(String, BTreeSet<String>)> {
    match trigger {
        Trigger::Enter(full) => {
            let (track, state) = full.split_once('.')?;
            Some((track.to_owned(), BTreeSet::from([state.to_owned()])))
        }
        Trigger::Leave(full) => {
            let (track, state) = full.split_once('.')?;
            let next = moves(process).filter(|(own, from, _)| {
                *own == track && (from.is_empty() || from.iter().any(|from| from == state))
            });
            Some((track.to_owned(), next.map(|(_, _, to)| to.to_owned()).collect()))
        }
        Trigger::Action(id) => {
            let action = process.action(id)?;
            let to: BTreeSet<String> = ends(action).map(str::to_owned).collect();
            let stays = || action.from.iter().cloned().collect();
            Some((action.track.clone(), if to.is_empty() { stays() } else { to }))
        }
        Trigger::Customer => None,
    }
}
