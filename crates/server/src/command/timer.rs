//! Commands nobody types: time that passed, a child case that ended.

use super::TRIES;
use super::books::{read_books, settle};
use super::change::Building;
use super::snapshot::{About, snapshot};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::CaseId;
use engine::{ChildEnd, Command, Handing, Outcome, ShiftHanding};
use serde_json::Map;
use store::{Scope, StoreError};

/// Lets time pass in a case: warnings and breaches that are due. Whether anything was.
pub async fn advance(app: &App, case: CaseId) -> Answer<bool> {
    system(app, case, Command::timer(app.now())).await
}

/// Does an action that is the system's alone, because of what happened in another case. One that
/// the case is no longer open to is passed over: what it was about is over.
pub async fn system_action(app: &App, case: CaseId, action: &str) -> Answer<bool> {
    let command = Command { action: Some(action.to_owned()), ..Command::timer(app.now()) };
    system(app, case, command).await
}

/// Gives a case to who came at the end of a shift. Whether it was still with who left.
pub async fn hand_over(app: &App, case: CaseId, shift: ShiftHanding) -> Answer<bool> {
    let command = Command { handing: Some(Handing::Shift(shift)), ..Command::timer(app.now()) };
    system(app, case, command).await
}

/// Tells a parent that a child ended: written down there once, and answered as its process says.
/// A child that was taken up again meanwhile ends anew, and is told of then.
pub async fn child_ended(app: &App, parent: CaseId, child: CaseId, round: u32) -> Answer<bool> {
    let ended = app.store().case(child, &Scope::company()).await?.state;
    let main = ended.tracks.get("main");
    let Some(main) = main.filter(|main| main.entry == round) else { return Ok(false) };
    let end = ChildEnd {
        case: child,
        number: ended.number.unwrap_or_default(),
        process: ended.process,
        state: main.state.clone(),
        round,
        unit: ended.unit,
        data: ended.data,
    };
    system(app, parent, Command::child_ended(end, app.now())).await
}

async fn system(app: &App, id: CaseId, command: Command) -> Answer<bool> {
    for _ in 0..TRIES {
        let loaded = app.store().case(id, &Scope::company()).await?;
        let (case, at) = (loaded.state, loaded.at);
        let release = app.releases().pinned(&case.release)?;
        // A vehicle that a child brings is looked up before the case names it.
        let mut about = About::case(&case);
        about.unit = about.unit.or(command.child.as_ref().and_then(|end| end.unit));
        let mut facts = snapshot(app, &release, about, None, &Map::new()).await?;
        let process = release.processes.get(&case.process);
        let actions = process.map_or(&[][..], |process| &process.actions);
        let asked = |id: &str| command.action.as_deref() == Some(id);
        let heard = actions.iter().filter(|act| act.on_child.is_some() || asked(&act.id));
        let heard: Vec<_> = heard.collect();
        if let Some(process) = process {
            read_books(app, (&release, process), &heard, Some(&case), &mut facts).await?;
        }
        let decision = match engine::decide(&release, Some(&case), &facts, &command, app.now()) {
            Outcome::Decided(decision) => *decision,
            Outcome::Ignored => return Ok(false),
            Outcome::Refused(refusal) => {
                tracing::warn!(case = %id, code = refusal.code, "a system command was refused");
                return Ok(false);
            }
        };
        if let Err(problem) = settle(app, None, &release, &decision).await {
            tracing::warn!(case = %id, code = problem.code(), "the books refuse a system command");
            return Ok(false);
        }
        let building = Building { app, release: &release, actor: None };
        let orgs = [case.org, decision.case.org];
        let change = building.change(decision, Some(at), None).await?;
        match app.apply(&change).await {
            Ok(_) => {
                app.told(id, &orgs);
                app.spoke(&change);
                return Ok(true);
            }
            Err(StoreError::Stale { .. } | StoreError::Moved) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::new("busy"))
}
