//! What checks late entries (补录): one process at most, which takes every late entry down.

use super::Checker;
use crate::model::process::LATE_FIELDS;
use crate::model::{Grade, Process};

pub(super) fn check(checker: &mut Checker<'_>) {
    let processes: Vec<&Process> =
        checker.release.processes.values().filter(|process| process.checks_late).collect();
    if let [first, second, ..] = processes[..] {
        checker.error(
            "late-check",
            &format!("process/{}", second.id),
            format!("补录已由“{}”核对；只能有一个流程写 checks_late", first.id),
            format!("`{}` checks late entries already: one process has checks_late", first.id),
        );
    }
    for process in processes {
        takes_all(checker, process);
    }
}

/// A late entry that the check refuses could not be made.
fn takes_all(checker: &mut Checker<'_>, process: &Process) {
    let path = format!("process/{}/start", process.id);
    let start = &process.start;
    if !start.doers().iter().any(|who| who == "@system") {
        checker.error(
            "late-check",
            &path,
            "补录由系统开单核对：by 里要有 @system",
            "the system opens the check of a late entry: `by` names @system",
        );
    }
    if let Some(require) = start.requires.iter().find(|r| r.grade != Grade::Note) {
        checker.error(
            "late-check",
            &path,
            format!("补录不可拒收，“{}”的 grade 写 note", require.id),
            format!("no late entry is refused: `{}` may only note (grade note)", require.id),
        );
    }
    let form = start.form.as_ref().and_then(|id| checker.release.forms.get(id));
    let fields = form.map_or(&[][..], |form| &form.fields);
    let kind_of = |id: &str| fields.iter().find(|field| field.id == id).map(|field| field.kind);
    let wrong: Vec<&str> = LATE_FIELDS
        .iter()
        .filter(|(id, kind)| kind_of(id) != Some(*kind))
        .map(|(id, _)| *id)
        .collect();
    if let Some(id) = wrong.first() {
        checker.error(
            "late-check",
            &path,
            format!("表单缺少“{id}”，或类型不对"),
            format!("the form has no field `{id}` of the right kind"),
        );
    }
}
