//! Commands of people without an account: an enquiry they open, and what they write after that.
//! The same path as every other, with the customer as actor.

use super::TRIES;
use super::books::{moved, read_books, settle};
use super::change::Building;
use super::problem_of;
use super::snapshot::{About, snapshot};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::{CaseId, CustomerId, OrgId};
use engine::{Actor, CaseState, Command, Decision, Facts, Opening, Outcome};
use rulebook::Release;
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use store::{Change, Scope, StoreError};

/// A case that somebody outside opens.
#[derive(Debug, Clone)]
pub struct FromOutside {
    /// The process.
    pub process: String,
    /// The unit that takes it.
    pub org: OrgId,
    /// Who they say they are.
    pub customer: CustomerId,
    /// The start form, personal texts sealed under their key.
    pub form: Map<String, Json>,
    /// The key under which the same request again finds this case.
    pub answer: Option<store::Answer>,
}

/// Opens a case for somebody outside.
pub async fn open_outside(app: &App, open: &FromOutside) -> Answer<CaseId> {
    let release = app.releases().current(app.today())?;
    let Some(process) = release.processes.get(&open.process) else {
        return Err(Problem::new("unknown-process"));
    };
    let opening = Opening {
        process: open.process.clone(),
        org: open.org,
        unit: None,
        customer: Some(open.customer),
        parent: None,
    };
    let command = Command { opening: Some(opening), ..said(app, "open", &open.form) };
    let about = About { case: None, org: open.org, unit: None, customer: Some(open.customer) };
    for _ in 0..TRIES {
        let mut facts = snapshot(app, &release, about, None, &command.form).await?;
        let start = [&process.start];
        read_books(app, (&release, process), &start, None, &mut facts).await?;
        let decision = decided(app, &release, None, &facts, &command).await?;
        let building = Building { app, release: &release, actor: None };
        let change = building.change(decision, None, open.answer.clone()).await?;
        match written(app, &change, open.org).await {
            Err(StoreError::Moved) => {}
            done => return Ok(done?),
        }
    }
    Err(moved())
}

/// An act of the person outside on their case; `answer` is the key by which the same act is found
/// again.
pub async fn act_outside(
    app: &App,
    id: CaseId,
    action: &str,
    form: &Map<String, Json>,
    answer: Option<store::Answer>,
) -> Answer<CaseId> {
    for _ in 0..TRIES {
        let loaded = app.store().case(id, &Scope::company()).await?;
        let (case, at) = (loaded.state, loaded.at);
        let release = app.releases().pinned(&case.release)?;
        let command = said(app, action, form);
        let mut facts = snapshot(app, &release, About::case(&case), None, form).await?;
        if let Some(process) = release.processes.get(&case.process) {
            let acts = process.action(action);
            read_books(app, (&release, process), acts.as_slice(), Some(&case), &mut facts).await?;
        }
        let decision = decided(app, &release, Some(&case), &facts, &command).await?;
        let building = Building { app, release: &release, actor: None };
        let change = building.change(decision, Some(at), answer.clone()).await?;
        match written(app, &change, case.org).await {
            Err(StoreError::Stale { .. } | StoreError::Moved) => {}
            done => return Ok(done?),
        }
    }
    Err(Problem::new("busy").retry_after(1))
}

fn said(app: &App, action: &str, form: &Map<String, Json>) -> Command {
    Command {
        action: Some(action.to_owned()),
        form: form.clone(),
        actor: Actor::customer(),
        ..Command::timer(app.now())
    }
}

async fn decided(
    app: &App,
    release: &Arc<Release>,
    case: Option<&CaseState>,
    facts: &Facts,
    command: &Command,
) -> Answer<Decision> {
    let decision = match engine::decide(release, case, facts, command, app.now()) {
        Outcome::Decided(decision) => *decision,
        Outcome::Refused(refusal) => return Err(problem_of(release, &refusal)),
        Outcome::Ignored => return Err(Problem::new("internal")),
    };
    settle(app, None, release, &decision).await?;
    Ok(decision)
}

async fn written(app: &App, change: &Change, before: OrgId) -> Result<CaseId, StoreError> {
    let applied = app.apply(change).await?;
    app.told(applied.case, &[before, change.case.decision.case.org]);
    app.spoke(change);
    Ok(applied.case)
}
