//! What is shown with a subject while a case stands somewhere: there is a subject to show it with,
//! somebody wrote it, and it is nobody's secret.

use super::Checker;
use super::names::FIELD;
use super::processes::forms_of;
use crate::model::process::MOST_HEEDED;
use crate::model::{Field, FieldKind, Process, State};

/// Kinds that read in a line, without a person or a paper behind them.
const PLAIN: &[FieldKind] = &[
    FieldKind::Text,
    FieldKind::LongText,
    FieldKind::Number,
    FieldKind::Money,
    FieldKind::Date,
    FieldKind::Instant,
    FieldKind::YesNo,
    FieldKind::Choice,
    FieldKind::MultiChoice,
];

pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    for state in process.states.iter().filter(|state| !state.heed.is_empty()) {
        let path = format!("process/{}/state/{}.{}/heed", process.id, state.track, state.id);
        standing(checker, process, state, &path);
        let fields: Vec<&Field> =
            forms_of(checker, process).flat_map(|form| &form.fields).collect();
        for name in &state.heed {
            checker.exists(FIELD, name, fields.iter().map(|field| field.id.as_str()), &path);
            let same = || fields.iter().filter(|field| field.id == *name);
            if same().any(|f| f.personal.is_some() || !PLAIN.contains(&f.kind)) {
                checker.error(
                    "heed-field",
                    &path,
                    format!("“{name}”不能随档案显示：只能是不涉个人信息的文字、数字、日期或选项"),
                    format!(
                        "`{name}` is not shown with a file: only text, numbers, dates and choices \
                         are, and nothing personal"
                    ),
                );
            }
        }
    }
}

/// There is a file to show it on, and an end to it.
fn standing(checker: &mut Checker<'_>, process: &Process, state: &State, path: &str) {
    if process.subject == "none" {
        checker.error(
            "heed-subject",
            path,
            format!("流程 {} 的 subject 是 none，没有档案可以显示 heed", process.id),
            format!("the process {} is about nobody (`none`): there is no file", process.id),
        );
    }
    if state.track != "main" || state.kind.is_final() {
        checker.error(
            "heed-subject",
            path,
            format!("“{}”不是主线上未完结的状态，heed 不会显示", state.id),
            format!("`{}` is no open state of the main track: nothing would be shown", state.id),
        );
    }
    if state.heed.len() > MOST_HEEDED {
        checker.error(
            "heed-field",
            path,
            format!("heed 最多 {MOST_HEEDED} 个字段，要一眼看完"),
            format!("`heed` names {MOST_HEEDED} fields at the most: it is read at a glance"),
        );
    }
}
