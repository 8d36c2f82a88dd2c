//! Acts on several cases at once (批量办理): only what is the same for all of them.

use super::Checker;
use crate::model::process::Mark;
use crate::model::{Action, FieldKind};

/// Kinds of fields that one answer can fill for several cases.
const COMMON: [FieldKind; 12] = [
    FieldKind::Text,
    FieldKind::LongText,
    FieldKind::Number,
    FieldKind::Date,
    FieldKind::Instant,
    FieldKind::YesNo,
    FieldKind::Choice,
    FieldKind::MultiChoice,
    FieldKind::Person,
    FieldKind::Org,
    FieldKind::Money,
    FieldKind::Computed,
];

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for process in release.processes.values() {
        let batched = |action: &&Action| action.batch;
        for action in std::iter::once(&process.start).chain(&process.actions).filter(batched) {
            let path = format!("process/{}/action/{}/batch", process.id, action.id);
            if let Some((zh, en)) = why_not(checker, action, action.id == process.start.id) {
                checker.error("batch-of-one", &path, zh, en);
            }
        }
    }
}

/// Why this act belongs to one case.
fn why_not(checker: &Checker<'_>, action: &Action, opens: bool) -> Option<(String, String)> {
    if opens {
        return Some(("开单不能批量办理".into(), "opening a case is no act on several".into()));
    }
    if action.mark == Mark::Danger || action.approvals.is_some() || !action.lifts.is_empty() {
        return Some((
            "终止、会签、放行都要逐单看过，不能批量办理".into(),
            "what ends, approves or lifts something is looked at case by case".into(),
        ));
    }
    let form = checker.release.forms.get(action.form.as_ref()?)?;
    let own = |kind: &FieldKind| !COMMON.contains(kind);
    let field = form.fields.iter().find(|field| own(&field.kind) || field.personal.is_some())?;
    Some((
        format!("字段“{}”只属于一张单子，不能一次填给多张", field.id),
        format!("the field `{}` belongs to one case and cannot be filled for several", field.id),
    ))
}
