//! Deadlines: a start and a stop that can happen, a length, triggers and pauses that exist.

mod lengths;
mod triggers;

use super::Checker;
use super::names::{CALENDAR, MESSAGE};
use super::processes::{of_effect, told};
use crate::model::{Deadline, Effect, Process, State, StateKind};
use base::time::SpanUnit;

/// Kinds of states by the word `pauses` writes.
const KINDS: &[(&str, StateKind)] = &[
    ("idle", StateKind::Idle),
    ("working", StateKind::Working),
    ("waiting_customer", StateKind::WaitingCustomer),
    ("waiting_parts", StateKind::WaitingParts),
    ("waiting_supplier", StateKind::WaitingSupplier),
    ("done", StateKind::Done),
    ("cancelled", StateKind::Cancelled),
];

pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    for deadline in &process.deadlines {
        let path = format!("process/{}/deadline/{}", process.id, deadline.id);
        lengths::check(checker, deadline, &path);
        lengths::until(checker, process, deadline, &path);
        triggers::check(checker, process, deadline, &path);
        calendar(checker, deadline, &path);
        pauses(checker, process, deadline, &path);
        for (index, warning) in deadline.warn.iter().enumerate() {
            told(checker, process, &warning.to, &format!("{path}/warn/{index}/to"));
            if let Some(message) = &warning.notify {
                let known = checker.release.messages.keys().map(String::as_str);
                checker.exists(MESSAGE, message, known, &format!("{path}/warn/{index}/notify"));
            }
        }
        follows(checker, process, &deadline.breach, &format!("{path}/breach"));
        for (index, step) in deadline.escalate.iter().enumerate() {
            follows(checker, process, &step.effects, &format!("{path}/escalate/{index}/effects"));
        }
    }
    extensions(checker, process);
}

/// What a breach does: messages and cases.
fn follows(checker: &mut Checker<'_>, process: &Process, effects: &[Effect], path: &str) {
    for (index, effect) in effects.iter().enumerate() {
        let at = format!("{path}/{index}");
        if !matches!(effect, Effect::Notify { .. } | Effect::Open { .. }) {
            checker.error(
                "breach-effect",
                &at,
                "超时只能发消息（notify）或开单（open）",
                "a breach can notify or open a case, nothing else",
            );
        }
        of_effect(checker, process, effect, &at);
    }
}

/// Every pause names a state that is there, or a kind that some state is of.
fn pauses(checker: &mut Checker<'_>, process: &Process, deadline: &Deadline, path: &str) {
    for name in &deadline.pauses {
        let at = format!("{path}/pauses");
        let Some((_, kind)) = KINDS.iter().find(|(word, _)| word == name) else {
            triggers::state(checker, process, name, &at);
            continue;
        };
        let of_kind = |state: &State| state.kind == *kind;
        if !process.states.iter().any(of_kind) {
            checker.error(
                "deadline-pauses",
                &at,
                format!("流程里没有 {name} 类的状态，时限“{}”永远不会因此暂停", deadline.id),
                format!(
                    "no state of the process is of kind {name}, so the deadline `{}` never pauses \
                     by it",
                    deadline.id
                ),
            );
        }
    }
}

/// An extension is of a deadline that allows it.
fn extensions(checker: &mut Checker<'_>, process: &Process) {
    for action in process.all_actions() {
        for (index, effect) in action.effects.iter().enumerate() {
            let Effect::Extend { extend, .. } = effect else { continue };
            let rule = process.deadlines.iter().find(|rule| rule.id == *extend);
            if rule.is_some_and(|rule| rule.extension.is_none()) {
                checker.error(
                    "deadline-extension",
                    &format!("{}/effects/{index}", process.action_path(&action.id)),
                    format!("时限“{extend}”没有写可以延期几次（extension = {{ times = 1 }}）"),
                    format!(
                        "the deadline `{extend}` does not say how often it may be extended \
                         (extension = {{ times = 1 }})"
                    ),
                );
            }
        }
    }
    for deadline in process.deadlines.iter().filter(|rule| rule.extension.is_some()) {
        let named = |effect: &Effect| match effect {
            Effect::Extend { extend, .. } => *extend == deadline.id,
            _ => false,
        };
        if !process.all_actions().any(|action| action.effects.iter().any(named)) {
            checker.error(
                "deadline-extension",
                &format!("process/{}/deadline/{}", process.id, deadline.id),
                format!("没有动作为时限“{}”延期（extend），extension 不起作用", deadline.id),
                format!(
                    "no action extends the deadline `{}`, so its `extension` does nothing",
                    deadline.id
                ),
            );
        }
    }
}

/// Working days need a calendar that knows them, and a calendar must change something.
fn calendar(checker: &mut Checker<'_>, deadline: &Deadline, path: &str) {
    let spans = deadline.lengths().filter_map(|(_, length)| length.span);
    let spans: Vec<_> = spans.chain(deadline.before).chain(deadline.repeat).collect();
    let workdays = spans.iter().any(|span| span.unit == SpanUnit::Workday);
    if deadline.calendar == "always" {
        if workdays {
            checker.error(
                "workday-calendar",
                path,
                format!("时限“{}”按工作日计算，要写 calendar", deadline.id),
                format!("the deadline `{}` counts working days and needs a calendar", deadline.id),
            );
        }
        return;
    }
    let at = format!("{path}/calendar");
    let known = checker.release.calendars.keys().map(String::as_str);
    checker.exists(CALENDAR, &deadline.calendar, known, &at);
    let Some(calendar) = checker.release.calendars.get(&deadline.calendar) else { return };
    let hours = !calendar.hours.is_empty() && spans.iter().any(|span| span.seconds().is_some());
    let table = matches!(deadline.within, Some(crate::model::Length::Table(_)));
    if !workdays && !hours && !table {
        checker.error(
            "deadline-calendar",
            &at,
            format!(
                "时限“{}”不按工作日，日历“{}”也没有营业时间（hours），写了不起作用",
                deadline.id, deadline.calendar
            ),
            format!(
                "the deadline `{}` counts no working days and the calendar `{}` has no opening \
                 hours (`hours`), so it changes nothing",
                deadline.id, deadline.calendar
            ),
        );
    }
}
