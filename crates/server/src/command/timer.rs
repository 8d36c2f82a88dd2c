//! Commands nobody types: time that passed, a child case that ended.

use super::TRIES;
use super::change::Building;
use super::snapshot::{About, snapshot};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::CaseId;
use engine::{Command, Outcome};
use serde_json::Map;
use store::{Scope, StoreError};

/// Lets time pass in a case: warnings and breaches that are due. Whether anything was.
pub async fn advance(app: &App, case: CaseId) -> Answer<bool> {
    system(app, case, Command::timer(app.now())).await
}

/// Tells a parent that a child ended: the action `<process>_ended`, where its process has one. The
/// token makes sure that it is taken once.
pub async fn child_ended(
    app: &App,
    parent: CaseId,
    child: CaseId,
    process: &str,
    state: &str,
) -> Answer<bool> {
    let mut command = Command::timer(app.now());
    command.action = Some(format!("{process}_ended"));
    command.token = Some(format!("{child}:1"));
    command.form.insert("child_state".into(), state.into());
    let loaded = app.store().case(parent, &Scope::company()).await?;
    let release = app.releases().pinned(&loaded.state.release)?;
    let listens = release
        .processes
        .get(&loaded.state.process)
        .is_some_and(|p| p.action(&format!("{process}_ended")).is_some());
    if !listens {
        return Ok(false);
    }
    system(app, parent, command).await
}

async fn system(app: &App, id: CaseId, command: Command) -> Answer<bool> {
    for _ in 0..TRIES {
        let loaded = app.store().case(id, &Scope::company()).await?;
        let (case, at) = (loaded.state, loaded.at);
        let release = app.releases().pinned(&case.release)?;
        let facts = snapshot(app, &release, About::case(&case), None, &Map::new()).await?;
        let decision = match engine::decide(&release, Some(&case), &facts, &command, app.now()) {
            Outcome::Decided(decision) => *decision,
            Outcome::Ignored => return Ok(false),
            Outcome::Refused(refusal) => {
                tracing::warn!(case = %id, code = refusal.code, "a system command was refused");
                return Ok(false);
            }
        };
        let building = Building { app, release: &release, actor: None };
        let change = building.change(decision, Some(at), None).await?;
        match app.store().apply(&change, app.now()).await {
            Ok(_) => {
                app.told(id);
                return Ok(true);
            }
            Err(StoreError::Stale { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::new("busy"))
}
