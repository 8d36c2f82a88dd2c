//! Personal answers travel as they are, ciphertext under the person's key: only from a personal
//! field into one of the same class. Computed with, they would be nothing but a placeholder.

use super::Checker;
use super::processes::forms_of;
use crate::expr::Expr;
use crate::model::{Action, Effect, Form, Personal, Process};

pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    for action in process.all_actions() {
        let path = process.action_path(&action.id);
        for (index, effect) in action.effects.iter().enumerate() {
            let at = format!("{path}/effects/{index}");
            of_effect(checker, process, action, effect, &at);
        }
    }
    for deadline in &process.deadlines {
        for (index, effect) in deadline.breach.iter().enumerate() {
            let at = format!("process/{}/deadline/{}/breach/{index}", process.id, deadline.id);
            of_effect(checker, process, &process.start, effect, &at);
        }
    }
}

fn of_effect(
    checker: &mut Checker<'_>,
    process: &Process,
    action: &Action,
    effect: &Effect,
    path: &str,
) {
    let release = checker.release;
    match effect {
        Effect::Open { open, map, .. } => {
            let child = release.processes.get(open);
            let form = child.and_then(|c| release.forms.get(c.start.form.as_ref()?));
            for (field, expr) in map {
                let target = (field.as_str(), form.and_then(|form| class(form, field)));
                mapping(checker, process, action, target, expr, &format!("{path}/map/{field}"));
            }
        }
        Effect::Register { map, .. }
        | Effect::Post { map, .. }
        | Effect::Limit { map, .. }
        | Effect::CloseAccount { map, .. } => {
            for (field, expr) in map {
                let at = format!("{path}/map/{field}");
                mapping(checker, process, action, (field, None), expr, &at);
            }
        }
        Effect::Set { set, value, .. } => {
            let own = forms_of(checker, process).find_map(|form| class(form, set));
            mapping(checker, process, action, (set, own), value, &format!("{path}/value"));
        }
        _ => {}
    }
}

/// What may be written into a target of that class.
fn mapping(
    checker: &mut Checker<'_>,
    process: &Process,
    action: &Action,
    (target, wanted): (&str, Option<Personal>),
    expr: &Expr,
    path: &str,
) {
    for origin in expr.origins() {
        let found = origin.and_then(|names| of_path(checker, process, action, &names));
        if found == wanted {
            continue;
        }
        let (zh, en) = match (wanted, found) {
            (Some(_), None) => (
                format!("“{target}”存个人信息，只能照搬另一个个人信息字段，不能计算或写死"),
                format!("`{target}` holds personal data: it takes another personal field as it is"),
            ),
            (None, _) => (
                format!("个人信息不能写进“{target}”：它不是个人信息字段，不会加密"),
                format!(
                    "`{target}` is no personal field, so nothing personal may be written to it"
                ),
            ),
            (Some(_), Some(_)) => (
                format!("“{target}”与来源字段的个人信息类别不同"),
                format!("`{target}` and the field it comes from hold different personal data"),
            ),
        };
        checker.error("personal-mapping", path, zh, en);
        return;
    }
}

/// The class of what a path names, when it is a personal field.
fn of_path(
    checker: &Checker<'_>,
    process: &Process,
    action: &Action,
    names: &[String],
) -> Option<Personal> {
    let release = checker.release;
    let of = |process: &Process, field: &str| {
        forms_of(checker, process).find_map(|form| class(form, field))
    };
    match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["form" | "data", field] => of(process, field),
        ["child", "data", field] => {
            of(release.processes.get(&action.on_child.as_ref()?.process)?, field)
        }
        _ => None,
    }
}

fn class(form: &Form, field: &str) -> Option<Personal> {
    form.fields.iter().find(|f| f.id == field)?.personal
}
