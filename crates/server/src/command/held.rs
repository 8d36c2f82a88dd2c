//! What somebody works on and answers for, where a process asks (在办单): the sheet of a shift.

use crate::app::App;
use crate::problem::Answer;
use base::{OrgId, PersonId, Text};
use engine::Held;
use rulebook::model::Process;

/// Whether opening a case of this process asks for the fact `held`.
pub fn is_asked(process: &Process) -> bool {
    process.start.reads_any(&["held"])
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
