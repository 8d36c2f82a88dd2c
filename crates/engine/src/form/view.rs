//! A form as it is drawn: for the browser, recomputed while somebody types.

use super::{Charges, FilledField, fill, rows};
use crate::case::CaseState;
use crate::command::Command;
use crate::decide::requires;
use crate::decision::{FieldError, Refusal};
use crate::facts::Facts;
use crate::scope::View;
use base::Instant;
use rulebook::Release;
use rulebook::expr::Expr;
use rulebook::model::{Action, Effect, Field, FieldKind};
use serde_json::Value as Json;

/// One field as it is drawn now.
#[derive(Debug, Clone)]
pub struct FieldView<'a> {
    /// The field with its texts, choices and clauses.
    pub field: &'a Field,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether it must be filled.
    pub required: bool,
    /// What it holds: submitted so far, else its first value; lines priced, computed computed.
    pub value: Json,
    /// What is wrong with what was submitted so far.
    pub errors: Vec<FieldError>,
}

/// The form of an action as far as it is filled; empty when the action has none or does not exist.
/// `command` carries the form so far; `case` is `None` for a case about to be opened.
pub fn form_view<'a>(
    release: &'a Release,
    case: Option<&CaseState>,
    facts: &Facts,
    command: &Command,
    now: Instant,
) -> Vec<FieldView<'a>> {
    let process = match (case, &command.opening) {
        (Some(case), _) => release.processes.get(&case.process),
        (None, Some(opening)) => release.processes.get(&opening.process),
        (None, None) => None,
    };
    let action = process.zip(command.action.as_ref()).and_then(|(p, id)| p.action(id));
    let form = action.and_then(|a| a.form.as_ref()).and_then(|id| release.forms.get(id));
    let (Some(process), Some(action), Some(form)) = (process, action, form) else {
        return Vec::new();
    };
    let mut view = View::new(release, process, facts, command, now);
    let opened = case.cloned().or_else(|| crate::decide::draft(release, command, now));
    let Some(case) = opened else { return Vec::new() };
    view.refresh(&case);
    let filled = fill(&mut view, form, &command.form, &case.data, &priced(action));
    let submitted = |f: &FilledField<'_>| command.form.contains_key(&f.field.id);
    filled
        .fields
        .into_iter()
        .map(|f| FieldView {
            errors: if submitted(&f) { f.errors } else { Vec::new() },
            field: f.field,
            visible: f.visible,
            required: f.required,
            value: shown(f.field, f.value),
        })
        .collect()
}

/// What the browser gets of a value: of a list only what this form shows and asks.
fn shown(field: &Field, mut value: Json) -> Json {
    if matches!(field.kind, FieldKind::PeopleRows | FieldKind::Rows) {
        rows::own(field, &mut value);
    }
    value
}

/// A lines field that an action prices.
#[derive(Debug, Clone)]
pub struct Pricing<'a> {
    /// The field.
    pub field: &'a str,
    /// Who pays a line, where the verdict has no say.
    pub payer: Option<&'a Expr>,
    /// The tables that add lines.
    pub charges: Vec<Charges<'a>>,
}

/// The lines fields an action prices.
pub fn priced(action: &Action) -> Vec<Pricing<'_>> {
    let mut fields = Vec::new();
    for effect in &action.effects {
        if let Effect::Price { price, payer } = effect {
            let charges = charges(action, price);
            fields.push(Pricing { field: price, payer: payer.as_ref(), charges });
        }
    }
    fields
}

/// The tables by which an action charges into a lines field.
fn charges<'a>(action: &'a Action, field: &str) -> Vec<Charges<'a>> {
    let mut tables = Vec::new();
    for effect in &action.effects {
        if let Effect::Charge { charge: table, into, map, when } = effect
            && into == field
        {
            tables.push(Charges { table, map, when: when.as_ref() });
        }
    }
    tables
}

/// Why this person or organisation unit may not stand in that field now; `None` when nothing speaks
/// against it. Runs the action's requirements that read the field, for the pickers; `candidate` is
/// an id whose facts `facts` holds.
pub fn candidate_refusal(
    release: &Release,
    case: &CaseState,
    facts: &Facts,
    command: &Command,
    field: &str,
    candidate: &str,
    now: Instant,
) -> Option<Refusal> {
    let process = release.processes.get(&case.process)?;
    let action = process.action(command.action.as_deref()?)?;
    let form = release.forms.get(action.form.as_ref()?)?;
    let mut command = command.clone();
    command.form.insert(field.to_owned(), Json::String(candidate.to_owned()));
    let mut view = View::new(release, process, facts, &command, now);
    view.refresh(case);
    fill(&mut view, form, &command.form, &case.data, &priced(action));
    let about = |require: &&rulebook::model::Require| {
        require.when.paths().iter().any(|path| {
            path.first().is_some_and(|root| root == "form")
                && path.get(1).is_some_and(|name| name == field)
        })
    };
    action
        .requires
        .iter()
        .filter(about)
        .find(|require| !require.when.eval(&view).is_true())
        .map(|require| requires::refusal(&view, case, action, require))
}
