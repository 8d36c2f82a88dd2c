//! Deadlines: a start, a stop, one length, triggers that exist.

use super::Checker;
use super::names::{ACTION, CALENDAR, MESSAGE, STATE};
use super::processes::{of_effect, told};
use crate::model::{Deadline, Effect, Process, Trigger};
use base::time::{Span, SpanUnit};

const KINDS: &[&str] = &[
    "idle",
    "working",
    "waiting_customer",
    "waiting_parts",
    "waiting_supplier",
    "done",
    "cancelled",
];

pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    for deadline in &process.deadlines {
        let path = format!("process/{}/deadline/{}", process.id, deadline.id);
        length(checker, deadline, &path);
        triggers(checker, process, deadline, &path);
        calendar(checker, deadline, &path);
        for name in &deadline.pauses {
            if !KINDS.contains(&name.as_str()) {
                state(checker, process, name, &format!("{path}/pauses"));
            }
        }
        for (index, warning) in deadline.warn.iter().enumerate() {
            told(checker, process, &warning.to, &format!("{path}/warn/{index}/to"));
            if let Some(message) = &warning.notify {
                let known = checker.release.messages.keys().map(String::as_str);
                checker.exists(MESSAGE, message, known, &format!("{path}/warn/{index}/notify"));
            }
            let seconds = |span: Option<Span>| span.and_then(Span::seconds);
            let lengths = (seconds(deadline.span()), seconds(warning.before.span));
            if let (Some(whole), Some(before)) = lengths
                && before >= whole
            {
                checker.error(
                    "warning-too-early",
                    &format!("{path}/warn"),
                    format!(
                        "提前 {} 提醒，而时限只有 {}",
                        shown(warning.before.span),
                        shown(deadline.span())
                    ),
                    format!(
                        "the warning comes {} before, but the time is only {}",
                        shown(warning.before.span),
                        shown(deadline.span())
                    ),
                );
            }
        }
        for (index, effect) in deadline.breach.iter().enumerate() {
            let at = format!("{path}/breach/{index}");
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
}

fn shown(span: Option<Span>) -> String {
    span.map_or_else(String::new, |span| span.to_string())
}

/// Exactly one of `within` and `until`.
fn length(checker: &mut Checker<'_>, deadline: &Deadline, path: &str) {
    if deadline.within.is_some() == deadline.until.is_some() {
        checker.error(
            "deadline-length",
            path,
            format!("时限“{}”要写 within（多长）或 until（到何时），只能写一个", deadline.id),
            format!("the deadline `{}` has either `within` or `until`, one of them", deadline.id),
        );
    }
    if deadline.before.is_some() && deadline.until.is_none() {
        checker.error(
            "deadline-length",
            &format!("{path}/before"),
            "before 只能与 until 一起用",
            "`before` goes with `until` only",
        );
    }
    for (key, span) in [("within", deadline.span()), ("repeat", deadline.repeat)] {
        if span.is_some_and(|span| span.count <= 0) {
            checker.error(
                "deadline-length",
                &format!("{path}/{key}"),
                format!("{key} 要大于 0"),
                format!("`{key}` is more than 0"),
            );
        }
    }
}

fn triggers(checker: &mut Checker<'_>, process: &Process, deadline: &Deadline, path: &str) {
    let lists =
        [("starts", &deadline.starts), ("stops", &deadline.stops), ("drops", &deadline.drops)];
    for (key, list) in lists {
        let at = format!("{path}/{key}");
        if list.is_empty() && key != "drops" {
            let (zh, en) =
                if key == "starts" { ("开始", "started") } else { ("停止", "stopped") };
            checker.error(
                "deadline-trigger",
                &at,
                format!("时限“{}”永远不会{zh}：{key} 是空的", deadline.id),
                format!("the deadline `{}` is never {en}: `{key}` is empty", deadline.id),
            );
        }
        for trigger in list {
            match trigger {
                Trigger::Enter(name) | Trigger::Leave(name) => state(checker, process, name, &at),
                Trigger::Action(name) => {
                    let known = process.all_actions().map(|a| a.id.as_str());
                    let known: Vec<_> = known.chain(["open"]).collect();
                    let item = process.action_path(name);
                    if !checker.places.has(&item) {
                        checker.exists(ACTION, name, known, &at);
                    }
                }
            }
        }
    }
}

fn state(checker: &mut Checker<'_>, process: &Process, full: &str, path: &str) {
    if checker.places.has(&format!("process/{}/state/{full}", process.id)) {
        return;
    }
    let known: Vec<_> = process.states.iter().map(|s| format!("{}.{}", s.track, s.id)).collect();
    checker.exists(STATE, full, known.iter().map(String::as_str), path);
}

/// Working days need a calendar that knows them.
fn calendar(checker: &mut Checker<'_>, deadline: &Deadline, path: &str) {
    let spans = [deadline.span(), deadline.before, deadline.repeat];
    let counts_workdays = spans.into_iter().flatten().any(|s| s.unit == SpanUnit::Workday);
    if deadline.calendar == "always" {
        if counts_workdays {
            checker.error(
                "workday-calendar",
                path,
                format!("时限“{}”按工作日计算，要写 calendar", deadline.id),
                format!("the deadline `{}` counts working days and needs a calendar", deadline.id),
            );
        }
        return;
    }
    let known = checker.release.calendars.keys().map(String::as_str);
    checker.exists(CALENDAR, &deadline.calendar, known, &format!("{path}/calendar"));
}
