//! A case opened by the calendar: the same path as every other, once for each period and subject.

use super::TRIES;
use super::books::{moved, read_books, settle};
use super::change::Building;
use super::problem_of;
use super::snapshot::{About, snapshot};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::{CaseId, OrgId, PersonId};
use engine::Outcome;
use engine::schedule::{Asked, Occurrence};
use rulebook::Release;
use rulebook::model::Schedule;
use std::sync::Arc;
use store::StoreError;
use store::schedule::NewRun;

/// A run of a schedule of the release in force.
#[derive(Debug, Clone, Copy)]
pub struct Scheduled<'a> {
    /// The release.
    pub release: &'a Arc<Release>,
    /// The schedule.
    pub schedule: &'a Schedule,
    /// The run.
    pub run: &'a Occurrence,
}

/// Why no case was opened.
#[derive(Debug)]
pub enum NotOpened {
    /// It was opened before.
    Before,
    /// A rule refuses it: the same again until somebody puts it right.
    Refused(Problem),
    /// Something else: it is tried again by itself.
    Problem(Problem),
}

impl From<Problem> for NotOpened {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<StoreError> for NotOpened {
    fn from(error: StoreError) -> Self {
        Self::Problem(error.into())
    }
}

impl Scheduled<'_> {
    /// What the store keeps of it.
    pub fn kept(&self, subject: OrgId, actor: Option<PersonId>) -> NewRun {
        NewRun {
            schedule: self.schedule.id.clone(),
            period: self.run.period.clone(),
            subject,
            planned_at: self.run.at,
            actor,
        }
    }

    /// Opens the case for one organisation unit; `by` whoever asked for it by hand.
    pub async fn open(
        &self,
        app: &App,
        org: OrgId,
        by: Option<PersonId>,
    ) -> Result<CaseId, NotOpened> {
        for _ in 0..TRIES {
            match self.once(app, org, by).await {
                Err(NotOpened::Problem(problem)) if problem.code() == "books-moved" => {}
                other => return other,
            }
        }
        Err(moved().into())
    }

    async fn once(&self, app: &App, org: OrgId, by: Option<PersonId>) -> Result<CaseId, NotOpened> {
        let (release, schedule, run) = (self.release, self.schedule, self.run);
        let known = facts_of(app, org).ok_or_else(|| Problem::new("not-found"))?;
        let asked = Asked { release, schedule, run, zone: app.zone(), now: app.now() };
        let command = asked.command(org, &known, by);
        let about = About { case: None, org, unit: None, customer: None };
        let mut facts = snapshot(app, release, about, by, &command.form).await?;
        if let Some(process) = release.processes.get(&schedule.opens) {
            read_books(app, (release, process), &[&process.start], None, &mut facts).await?;
        }
        let decision = match engine::decide(release, None, &facts, &command, app.now()) {
            Outcome::Decided(decision) => *decision,
            Outcome::Refused(refusal) => {
                return Err(NotOpened::Refused(problem_of(release, &refusal)));
            }
            Outcome::Ignored => return Err(Problem::new("internal").into()),
        };
        settle(app, None, release, &decision).await.map_err(NotOpened::Refused)?;
        let building = Building { app, release, actor: by };
        let mut change = building.change(decision, None, None).await?;
        change.run = Some(self.kept(org, by));
        match app.store().apply(&change, app.now()).await {
            Ok(applied) => {
                app.told(applied.case, &[org]);
                Ok(applied.case)
            }
            Err(StoreError::Taken("schedule_run")) => Err(NotOpened::Before),
            Err(StoreError::Moved) => Err(moved().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// The organisation units it is for, in the order of the tree.
    pub fn subjects(&self, app: &App) -> Vec<OrgId> {
        use rulebook::model::schedule::Subjects;
        let orgs = app.orgs();
        if self.schedule.each == Subjects::Company {
            let top = orgs.all().into_iter().find(|org| org.parent.is_none());
            return top.map(|org| org.id).into_iter().collect();
        }
        let (release, schedule, run) = (self.release, self.schedule, self.run);
        let asked = Asked { release, schedule, run, zone: app.zone(), now: app.now() };
        let fits = |org: &&store::org::Org| {
            asked.is_for(&store::cases::org_facts(org, orgs.mode(org.id).0))
        };
        orgs.all().into_iter().filter(fits).map(|org| org.id).collect()
    }
}

fn facts_of(app: &App, org: OrgId) -> Option<serde_json::Map<String, serde_json::Value>> {
    let orgs = app.orgs();
    let found = orgs.get(org)?;
    Some(store::cases::org_facts(found, orgs.mode(org).0))
}

/// What a rule has against it; nothing when the case is there.
///
/// # Errors
/// What is neither the case's nor the rule's: it is tried again by itself.
pub fn refused(result: Result<CaseId, NotOpened>) -> Answer<Option<Problem>> {
    match result {
        Ok(_) | Err(NotOpened::Before) => Ok(None),
        Err(NotOpened::Refused(problem)) => Ok(Some(problem)),
        Err(NotOpened::Problem(problem)) => Err(problem),
    }
}
