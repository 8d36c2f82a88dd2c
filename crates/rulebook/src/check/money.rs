//! Money that rules compute is declared: a key that no form of the process asks for as money is
//! nothing but a number, shown and printed in fen.

use super::Checker;
use super::processes::forms_of;
use crate::expr::Type;
use crate::model::scope::Scope;
use crate::model::{Effect, Process};

/// Every effect that computes money writes it to a field of the process.
pub(super) fn check(checker: &mut Checker<'_>, process: &Process, scope: &Scope) {
    for action in process.all_actions() {
        let path = process.action_path(&action.id);
        for (index, effect) in action.effects.iter().enumerate() {
            let Effect::Set { set, .. } = effect else { continue };
            if scope.data().get(set) == Some(&Type::Money) {
                declared(checker, process, set, &format!("{path}/effects/{index}/set"));
            }
        }
    }
    let bare = scope.without_form();
    for deadline in &process.deadlines {
        let path = format!("process/{}/deadline/{}", process.id, deadline.id);
        for (index, effect) in deadline.effects().enumerate() {
            if let Effect::Set { set, value, .. } = effect
                && value.check(&bare) == Ok(Type::Money)
            {
                declared(checker, process, set, &format!("{path}/breach/{index}"));
            }
        }
    }
}

fn declared(checker: &mut Checker<'_>, process: &Process, set: &str, path: &str) {
    let known = forms_of(checker, process).flat_map(|form| &form.fields).any(|f| f.id == set);
    if known {
        return;
    }
    checker.error(
        "undeclared-money",
        path,
        format!("“{set}”是金额，流程 {} 的表单里却没有这个字段，会按分显示", process.id),
        format!(
            "`{set}` is money, and no form of the process {} has such a field: it would be shown \
             in fen",
            process.id
        ),
    );
}
