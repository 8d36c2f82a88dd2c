//! Actions that the end of a child case does: the child exists, is opened here, ends in that state,
//! and nothing can keep its end from being recorded.

use super::Checker;
use super::names::{PROCESS, STATE};
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
