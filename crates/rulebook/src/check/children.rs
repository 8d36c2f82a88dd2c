//! Actions that the end of a child case does: the child exists, is opened here, ends in that state,
//! and nothing can keep its end from being recorded.

use super::Checker;
use super::names::{ACTION, PROCESS, STATE};
use crate::model::{Action, Effect, Grade, OnChild, Process};

pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    for action in &process.actions {
        if let Some(end) = &action.on_child {
            let path = format!("{}/on_child", process.action_path(&action.id));
            child(checker, process, end, &path);
            unhindered(checker, action, &path);
        }
    }
}

/// The child's process is opened by this one and ends in the named states.
fn child(checker: &mut Checker<'_>, process: &Process, end: &OnChild, path: &str) {
    let processes = &checker.release.processes;
    checker.exists(PROCESS, &end.process, processes.keys().map(String::as_str), path);
    let Some(child) = processes.get(&end.process) else { return };
    for name in &end.state {
        let finals = child.states.iter().filter(|s| s.track == "main" && s.kind.is_final());
        let finals: Vec<&str> = finals.map(|s| s.id.as_str()).collect();
        checker.exists(STATE, name, finals, &format!("{path}/state"));
    }
    if opened(process).any(|opened| opened == end.process) {
        return;
    }
    checker.error(
        "child-end",
        path,
        format!("流程 {} 从不开出“{}”，等不到它结束", process.id, end.process),
        format!("the process {} never opens `{}`, so none ever ends", process.id, end.process),
    );
}

/// What the cases it opened are to do: it opens such cases, and theirs is the system's alone.
pub(super) fn told(
    checker: &mut Checker<'_>,
    process: &Process,
    tell: &str,
    act: &str,
    path: &str,
) {
    let processes = &checker.release.processes;
    let at = format!("{path}/tell");
    checker.exists(PROCESS, tell, processes.keys().map(String::as_str), &at);
    let Some(child) = processes.get(tell) else { return };
    let at = format!("{path}/act");
    checker.exists(ACTION, act, child.actions.iter().map(|action| action.id.as_str()), &at);
    if !opened(process).any(|opened| opened == tell) {
        checker.error(
            "child-told",
            path,
            format!("流程 {} 从不开出“{tell}”，没有单可以办理", process.id),
            format!("the process {} never opens `{tell}`: there is no case to do it", process.id),
        );
    }
    if child.action(act).is_some_and(|action| action.doers() != ["@system"]) {
        checker.error(
            "child-told",
            path,
            format!("“{act}”由系统随之办理：by 写 [\"@system\"]"),
            format!("`{act}` is done by the system alone: write by = [\"@system\"]"),
        );
    }
}

/// The processes a process opens.
fn opened(process: &Process) -> impl Iterator<Item = &str> {
    let acts = process.all_actions().flat_map(|action| &action.effects);
    acts.chain(process.deadlines.iter().flat_map(|d| &d.breach)).filter_map(|effect| match effect {
        Effect::Open { open, .. } => Some(open.as_str()),
        _ => None,
    })
}

/// An end that has happened is recorded, whatever a rule says: nobody is there to fill a form or to
/// give a reason.
fn unhindered(checker: &mut Checker<'_>, action: &Action, path: &str) {
    if action.doers() != ["@system"] {
        checker.error(
            "child-end",
            path,
            "子单结束引发的动作没有人来做：by 写 [\"@system\"]",
            "nobody does what the end of a child does: write by = [\"@system\"]",
        );
    }
    if let Some(form) = &action.form {
        checker.error(
            "child-end",
            path,
            format!("子单结束时没有人填表单“{form}”；请用 child.data 中的值"),
            format!(
                "nobody fills the form `{form}` when a child ends; use what `child.data` holds"
            ),
        );
    }
    if let Some(require) = action.requires.iter().find(|r| r.grade != Grade::Note) {
        checker.error(
            "child-end",
            path,
            format!("子单已经结束，不能因“{}”而不记；grade 写 note", require.id),
            format!("the child has ended: `{}` may note it, not stop it (grade note)", require.id),
        );
    }
}
