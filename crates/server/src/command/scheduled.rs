//! A case opened by the calendar: the same path as every other, once for each period and subject,
//! be it an organisation unit or a vehicle.

use super::TRIES;
use super::books::{moved, read_books, settle};
use super::change::Building;
use super::snapshot::{About, snapshot};
use super::{problem_of, till};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::time::Span;
use base::{CaseId, Day, OrgId, PersonId, UnitId};
use engine::schedule::{Asked, Occurrence, Subject, Vehicle};
use engine::{Facts, Outcome};
use rulebook::Release;
use rulebook::model::Schedule;
use rulebook::model::schedule::Subjects;
use std::sync::Arc;
use store::StoreError;
use store::schedule::{NewRun, Sold};

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

/// For whom it opens a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct For {
    /// The organisation unit that owns the case.
    pub org: OrgId,
    /// The vehicle with the age it came of; `None`: the unit itself.
    pub vehicle: Option<(Sold, Span)>,
}

impl For {
    /// The organisation unit itself.
    pub const fn org(org: OrgId) -> Self {
        Self { org, vehicle: None }
    }
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
    pub fn kept(&self, subject: For, actor: Option<PersonId>) -> NewRun {
        NewRun {
            schedule: self.schedule.id.clone(),
            period: self.run.period.clone(),
            org: subject.org,
            unit: subject.vehicle.map(|(sold, age)| (sold.unit, age.to_string())),
            planned_at: self.run.at,
            actor,
        }
    }

    /// Opens the case for one subject; `by` whoever asked for it by hand.
    pub async fn open(
        &self,
        app: &App,
        subject: For,
        by: Option<PersonId>,
    ) -> Result<CaseId, NotOpened> {
        for _ in 0..TRIES {
            match self.once(app, subject, by).await {
                Err(NotOpened::Problem(problem)) if problem.code() == "books-moved" => {}
                other => return other,
            }
        }
        Err(moved().into())
    }

    /// What is known of a subject before anything is asked of it.
    async fn known(&self, app: &App, subject: For) -> Result<Facts, Problem> {
        let about = About {
            case: None,
            org: subject.org,
            unit: subject.vehicle.map(|(sold, _)| sold.unit),
            customer: subject.vehicle.and_then(|(sold, _)| sold.owner),
        };
        snapshot(app, self.release, about, None, &serde_json::Map::new()).await
    }

    fn asked<'s>(&'s self, app: &'s App) -> Asked<'s> {
        let Self { release, schedule, run } = *self;
        Asked { release, schedule, run, zone: app.zone(), now: app.now() }
    }

    async fn once(
        &self,
        app: &App,
        subject: For,
        by: Option<PersonId>,
    ) -> Result<CaseId, NotOpened> {
        let (release, schedule, org) = (self.release, self.schedule, subject.org);
        let known = self.known(app, subject).await?;
        let command = self.asked(app).command(seen(subject, &known), by);
        let opening = command.opening.as_ref();
        let (unit, customer) =
            (opening.and_then(|opening| opening.unit), opening.and_then(|o| o.customer));
        let about = About { case: None, org, unit, customer };
        let mut facts = snapshot(app, release, about, by, &command.form).await?;
        if let Some(process) = release.processes.get(&schedule.opens) {
            let unit = facts.org.get("code");
            facts.till = till::asked(app, (release, process), by, unit).await?;
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
        change.run = Some(self.kept(subject, by));
        match app.apply(&change).await {
            Ok(applied) => {
                app.told(applied.case, &[org]);
                app.spoke(&change);
                Ok(applied.case)
            }
            Err(StoreError::Taken("schedule_run")) => Err(NotOpened::Before),
            Err(StoreError::Moved) => Err(moved().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// The organisation units it is for, in the order of the tree; none where it is for vehicles.
    pub fn orgs(&self, app: &App) -> Vec<OrgId> {
        let orgs = app.orgs();
        match self.schedule.each {
            Subjects::Unit => Vec::new(),
            Subjects::Company => top(app).into_iter().collect(),
            Subjects::Org => {
                let asked = self.asked(app);
                let fits = |org: &&store::org::Org| {
                    let facts = store::cases::org_facts(org, orgs.mode(org.id).0, None);
                    asked.is_for(Subject::org(org.id, &facts))
                };
                orgs.all().into_iter().filter(fits).map(|org| org.id).collect()
            }
        }
    }

    /// The next vehicles that come of an age in this run, behind that place, with the place of
    /// each: in the order of their day of sale.
    pub async fn vehicles(
        &self,
        app: &App,
        behind: Option<(Day, UnitId)>,
        limit: u32,
    ) -> Result<Vec<((Day, UnitId), For)>, Problem> {
        let mut found = Vec::new();
        for (day, age) in self.schedule.sold_for(self.run.day) {
            let from = match behind {
                Some((last, _)) if day < last => continue,
                Some((last, unit)) if day == last => unit,
                _ => UnitId(0),
            };
            let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
            if left == 0 {
                break;
            }
            let (id, age_shown) = (&self.schedule.id, age.to_string());
            let sold = app.store().sold_on(id, &age_shown, day, from, left).await?;
            found.extend(sold.into_iter().filter_map(|sold| {
                let org = sold.org.or_else(|| top(app))?;
                Some(((day, sold.unit), For { org, vehicle: Some((sold, age)) }))
            }));
        }
        Ok(found)
    }

    /// Whether it is for that vehicle: asked of what is known of it and of its owner.
    pub async fn is_for(&self, app: &App, subject: For) -> Result<bool, Problem> {
        let known = self.known(app, subject).await?;
        Ok(self.asked(app).is_for(seen(subject, &known)))
    }

    /// The subject of a run that is tried again.
    pub async fn again(&self, app: &App, kept: &NewRun) -> Result<Option<For>, Problem> {
        let Some((unit, age)) = &kept.unit else { return Ok(Some(For::org(kept.org))) };
        let sold = app.store().sold(*unit).await?;
        let age = Span::parse(age);
        Ok(sold.zip(age).map(|vehicle| For { org: kept.org, vehicle: Some(vehicle) }))
    }
}

fn seen(subject: For, known: &Facts) -> Subject<'_> {
    let vehicle = subject.vehicle.map(|(sold, age)| Vehicle {
        id: sold.unit,
        owner: sold.owner,
        age,
        unit: known.unit.as_ref(),
        customer: known.customer.as_ref(),
    });
    Subject { vehicle, ..Subject::org(subject.org, &known.org) }
}

/// The unit at the top: the company.
fn top(app: &App) -> Option<OrgId> {
    let orgs = app.orgs();
    orgs.all().into_iter().find(|org| org.parent.is_none()).map(|org| org.id)
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
