//! Examples: a story names what its process has, or it proves something else than it says.

use super::Checker;
use super::names::{ACTION, DOCUMENT, Kind, MESSAGE, PROCESS, STATE};
use crate::model::{Example, Process, Step};

const DEADLINE: Kind = Kind { code: "unknown-deadline", stands: "", zh: "时限", en: "deadline" };
const MEASURE: Kind = Kind { code: "unknown-measure", stands: "", zh: "指标", en: "measure" };
const FIGURE: Kind = Kind { code: "unknown-figure", stands: "", zh: "统计数", en: "figure" };
const SCORECARD: Kind =
    Kind { code: "unknown-scorecard", stands: "", zh: "评分表", en: "scorecard" };
const PERSON: Kind = Kind { code: "unknown-person", stands: "", zh: "人", en: "person" };

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for example in &release.examples {
        let path = format!("example/{}", example.name.replace('/', "／"));
        let Some(id) = &example.process else {
            verdict(checker, example, &path);
            if let Some(card) = &example.scorecard {
                let known = release.scorecards.keys().map(String::as_str);
                checker.exists(SCORECARD, card, known, &format!("{path}/scorecard"));
            }
            continue;
        };
        let known = release.processes.keys().map(String::as_str);
        checker.exists(PROCESS, id, known, &format!("{path}/process"));
        let Some(process) = release.processes.get(id) else { continue };
        if checker.damaged.contains(&format!("process/{id}")) {
            continue;
        }
        for (index, step) in example.steps.iter().enumerate() {
            of_step(checker, example, process, step, &format!("{path}/step/{index}"));
        }
    }
}

/// A verdict says what it must be, and has no steps.
fn verdict(checker: &mut Checker<'_>, example: &Example, path: &str) {
    if example.then.is_empty() {
        checker.error(
            "missing-key",
            path,
            format!("示例“{}”没有说结论应是什么（then）", example.name),
            format!("the example `{}` does not say what must follow (`then`)", example.name),
        );
    }
    if !example.steps.is_empty() {
        checker.error(
            "missing-key",
            path,
            format!("示例“{}”有步骤却没有 process", example.name),
            format!("the example `{}` has steps but no `process`", example.name),
        );
    }
}

fn of_step(
    checker: &mut Checker<'_>,
    example: &Example,
    process: &Process,
    step: &Step,
    path: &str,
) {
    let release = checker.release;
    if let Some(act) = &step.act {
        let known = process.all_actions().map(|a| a.id.as_str());
        checker.exists(ACTION, act, known, &format!("{path}/do"));
    }
    if let Some(child) = &step.child {
        let at = format!("{path}/child");
        let known = release.processes.keys().map(String::as_str);
        checker.exists(PROCESS, &child.process, known, &at);
        if let Some(process) = release.processes.get(&child.process) {
            let finals = process.states.iter().filter(|s| s.track == "main" && s.kind.is_final());
            checker.exists(STATE, &child.state, finals.map(|s| s.id.as_str()), &at);
        }
    }
    if let Some(by) = &step.by {
        let people = example.people.keys().map(String::as_str).chain(["customer", "system"]);
        checker.exists(PERSON, by, people, &format!("{path}/by"));
    }
    let states: Vec<_> = process.states.iter().map(|s| format!("{}.{}", s.track, s.id)).collect();
    for state in &step.state {
        let full = if state.contains('.') { state.clone() } else { format!("main.{state}") };
        let known = states.iter().map(String::as_str);
        checker.exists(STATE, &full, known, &format!("{path}/state"));
    }
    let told = [
        ("warned", &step.warned),
        ("breached", &step.breached),
        ("escalated", &step.escalated),
        ("annulled", &step.annulled),
    ];
    let held = step.deadlines.keys().map(|id| ("deadlines", id));
    let all = told.into_iter().flat_map(|(key, ids)| ids.iter().map(move |id| (key, id)));
    for (key, id) in all.chain(held) {
        let known = process.deadlines.iter().map(|d| d.id.as_str());
        checker.exists(DEADLINE, id, known, &format!("{path}/{key}"));
    }
    for name in step.measures.keys() {
        let id = name.split('[').next().unwrap_or(name);
        let known = release.measures.keys().map(String::as_str);
        checker.exists(MEASURE, id, known, &format!("{path}/measures"));
    }
    for id in step.figures.keys() {
        let known = release.figures.iter().map(|figure| figure.id.as_str());
        checker.exists(FIGURE, id, known, &format!("{path}/figures"));
    }
    for id in &step.printed {
        let known = release.documents.keys().map(String::as_str);
        checker.exists(DOCUMENT, id, known, &format!("{path}/printed"));
    }
    for id in &step.notified {
        let known = release.messages.keys().map(String::as_str);
        checker.exists(MESSAGE, id, known, &format!("{path}/notified"));
    }
    for id in &step.opened {
        let known = release.processes.keys().map(String::as_str);
        checker.exists(PROCESS, id, known, &format!("{path}/opened"));
    }
}
