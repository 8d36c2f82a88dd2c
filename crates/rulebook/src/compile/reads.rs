//! Which facts each action reads, by their roots: asked with every command, so found once.

use crate::Release;
use crate::expr::Expr;
use crate::model::{Action, Effect, Form};
use std::collections::{BTreeMap, BTreeSet};

/// Notes at every action the roots of what its form, its rules and its effects read.
pub fn fill(release: &mut Release) {
    for process in release.processes.values_mut() {
        for action in std::iter::once(&mut process.start).chain(&mut process.actions) {
            action.reads = roots(&release.forms, action);
        }
    }
}

fn roots(forms: &BTreeMap<String, Form>, action: &Action) -> Vec<String> {
    let form = action.form.as_ref().and_then(|id| forms.get(id));
    let fields = form.into_iter().flat_map(|form| &form.fields);
    let of_fields = fields.flat_map(|field| field.value.iter().chain(&field.visible));
    let of_rules = action.requires.iter().map(|rule| &rule.when);
    let of_effects = action.effects.iter().flat_map(Effect::expressions);
    let all = of_fields.chain(of_rules).chain(of_effects).flat_map(Expr::paths);
    let roots: BTreeSet<String> = all.filter_map(|path| path.into_iter().next()).collect();
    roots.into_iter().collect()
}
