//! What somebody works on and answers for, where a process asks (在办单): the sheet of a shift.

use crate::app::App;
use crate::problem::Answer;
use base::{OrgId, PersonId, Text};
use engine::Held;
use rulebook::Release;
use rulebook::expr::Expr;
use rulebook::model::{Action, Process};

/// Whether opening a case of this process asks for the fact `held`.
pub fn is_asked(release: &Release, process: &Process) -> bool {
    names_any(release, process, &["held"])
}

/// Whether opening a case of this process names one of these facts.
pub fn names_any(release: &Release, process: &Process, roots: &[&str]) -> bool {
    names(release, &process.start, roots)
}

/// Whether an action, by its form, its rules or what it does, names one of these facts.
pub fn names(release: &Release, action: &Action, roots: &[&str]) -> bool {
    let form = action.form.as_ref().and_then(|id| release.forms.get(id));
    let fields = form.into_iter().flat_map(|form| &form.fields);
    let of_fields = fields.flat_map(|field| field.value.iter().chain(&field.visible));
    let of_rules = action.requires.iter().map(|rule| &rule.when);
    let of_effects = action.effects.iter().flat_map(rulebook::model::Effect::expressions);
    let names = |expr: &Expr| {
        let named =
            |path: &Vec<String>| path.first().is_some_and(|root| roots.contains(&root.as_str()));
        expr.paths().iter().any(named)
    };
    of_fields.chain(of_rules).chain(of_effects).any(names)
}

/// The open cases of a person at a unit, named by the release each runs under.
pub async fn of(app: &App, person: PersonId, org: OrgId) -> Answer<Vec<Held>> {
    let rows = app.store().held_cases(person, org).await?;
    let mut held = Vec::with_capacity(rows.len());
    for row in rows {
        let release = app.releases().pinned(&row.release)?;
        let process = release.processes.get(&row.process);
        let state = process.and_then(|process| process.state(&format!("main.{}", row.state)));
        let key = |key: &str| Text::new(key, key);
        held.push(Held {
            case: row.id,
            title: process.map_or_else(|| key(&row.process), |process| process.title.clone()),
            state: state.map_or_else(|| key(&row.state), |state| state.title.clone()),
            frame_no: row.frame_no,
            due_at: row.due_at,
            assigned: row.assignee == Some(person),
            number: row.number,
            process: row.process,
        });
    }
    Ok(held)
}
