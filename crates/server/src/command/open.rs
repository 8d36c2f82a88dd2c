//! Opening a case.

use super::books::{moved, read_books, settle};
use super::change::Building;
use super::key::Earlier;
use super::seal::{asked, separate};
use super::snapshot::{About, actor_at, snapshot};
use super::{Key, Submission, TRIES, attached, blanks, held, problem_of, strangers, till};
use crate::app::App;
use crate::auth::Session;
use crate::enquiries;
use crate::http::metrics::Count;
use crate::problem::{Answer, Problem};
use base::{CaseId, CustomerId, UnitId};
use engine::{Command, Decision, Facts, Opening, Outcome};
use rulebook::Release;
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use store::StoreError;

/// What is to be opened.
#[derive(Debug, Clone)]
pub struct Open {
    /// The process.
    pub process: String,
    /// The vehicle.
    pub unit: Option<UnitId>,
    /// The customer; the vehicle's owner when nobody is named.
    pub customer: Option<CustomerId>,
    /// The enquiry it grows out of: it is told how this case ends.
    pub from: Option<CaseId>,
    /// The start form.
    pub submission: Submission,
}

/// Everything needed to decide an opening.
pub(super) struct Prepared {
    /// The release in force.
    pub release: Arc<Release>,
    /// The command, without its form.
    pub command: Command,
    /// The snapshot.
    pub facts: Facts,
}

impl Prepared {
    /// Decides with this form.
    pub fn decide(&self, app: &App, form: Map<String, Json>) -> Answer<Decision> {
        let mut command = self.command.clone();
        command.form = form;
        match engine::decide(&self.release, None, &self.facts, &command, app.now()) {
            Outcome::Decided(decision) => Ok(*decision),
            Outcome::Refused(refusal) => Err(problem_of(&self.release, &refusal)),
            Outcome::Ignored => Err(Problem::new("internal")),
        }
    }
}

/// The command and the snapshot of an opening.
pub(super) async fn prepare(app: &App, session: &Session, open: &Open) -> Answer<Prepared> {
    let release = Arc::clone(&session.release);
    if !release.processes.contains_key(&open.process) {
        return Err(Problem::new("unknown-process").detail(
            format!("制度中没有流程“{}”", open.process),
            format!("The rulebook has no process `{}`", open.process),
        ));
    }
    attached::submitted(app, session, &open.submission).await?;
    let mut customer = match open.customer {
        Some(named) => Some(app.store().kept_customer(named).await?),
        None => None,
    };
    if let Some(unit) = open.unit {
        let unit = app.store().unit_head(unit).await?;
        // Whose data was erased is nobody to open a case for: who comes is asked anew.
        let owner = unit.owner.filter(|owner| !owner.erased);
        customer = customer.or(owner.map(|owner| owner.id));
    }
    let (occurred_at, late) = open.submission.occurred(app.now())?;
    let org = session.org.id;
    let parent = grown_from(app, session, open.from).await?;
    let opening = Opening { process: open.process.clone(), org, unit: open.unit, customer, parent };
    let command = Command {
        action: Some("open".into()),
        opening: Some(opening),
        form: Map::new(),
        reason: open.submission.reason(),
        actor: actor_at(app, &session.person, org),
        occurred_at,
        late,
        child: None,
        handing: None,
    };
    let about = About { case: None, org, unit: open.unit, customer };
    let mut facts =
        snapshot(app, &release, about, Some(session.id()), &open.submission.form).await?;
    let process = release.processes.get(&open.process);
    let start = process.map(|process| &process.start);
    let said = &open.submission.form;
    strangers::mark(app, session, (&release, start), said, None, &mut facts).await?;
    if process.is_some_and(held::is_asked) {
        facts.held = held::of(app, session.id(), org).await?;
    }
    if open.process == store::campaign::PROCESS {
        facts.campaign = Some(app.store().campaign_facts(None).await?);
    }
    if let Some(process) = process {
        let (by, unit) = (Some(session.id()), facts.org.get("code"));
        facts.till = till::asked(app, (&release, process), by, unit).await?;
        read_books(app, (&release, process), start.as_slice(), None, &mut facts).await?;
    }
    Ok(Prepared { release, command, facts })
}

/// The enquiry a case grows out of, in my scope; cases of other processes open their children
/// themselves.
async fn grown_from(app: &App, session: &Session, from: Option<CaseId>) -> Answer<Option<CaseId>> {
    let Some(from) = from else { return Ok(None) };
    let case = app.store().case(from, &session.scope).await?.state;
    if case.process != enquiries::PROCESS {
        return Err(Problem::new("bad-request")
            .detail("只能从在线咨询开单", "A case is opened from an online enquiry only"));
    }
    Ok(Some(from))
}

/// Opens a case; the same key again gives the case it opened. Decided again when somebody posted
/// to the same accounts meanwhile.
pub async fn open(
    app: &App,
    session: &Session,
    key: &Key,
    open: &Open,
    body: &Json,
) -> Answer<CaseId> {
    match key.earlier(app, session, body).await? {
        Some(Earlier::Case(case)) => return Ok(case),
        Some(Earlier::Refused(problem)) => return Err(problem),
        None => {}
    }
    for _ in 0..TRIES {
        match once(app, session, key, open, body).await {
            Err(problem) if problem.code() == "books-moved" => {
                app.metrics().count(Count::Conflict);
            }
            Ok(case) => {
                session.acted(app).await?;
                return Ok(case);
            }
            refused => return refused,
        }
    }
    Err(moved())
}

async fn once(app: &App, session: &Session, key: &Key, open: &Open, body: &Json) -> Answer<CaseId> {
    let prepared = prepare(app, session, open).await?;
    let process = &prepared.release.processes[&open.process];
    let here = (None, [session.org.id; 2]);
    let blank = blanks::named(app, Some(process), &open.submission, here).await?;
    let fields = asked(&prepared.release, process, "open");
    let sealing = separate(app, session, &fields, &open.submission.form).await?;
    // Decided once without the personal texts, so that a refusal registers no customer.
    let judged = match prepared.decide(app, sealing.form.clone()) {
        Ok(decision) => {
            settle(app, Some(session), &prepared.release, &decision).await.map(|()| decision)
        }
        Err(problem) => Err(problem),
    };
    let mut decision = match judged {
        Ok(decision) => decision,
        Err(problem) => {
            app.metrics().count(Count::Refusal);
            key.keep_refusal(app, session, body, &problem).await?;
            return Err(problem);
        }
    };
    if sealing.is_needed() {
        let known = decision.case.customer;
        let customer = sealing.customer(app, session, known).await?;
        decision = prepared.decide(app, sealing.seal(app, customer, None).await?)?;
        decision.case.customer = customer;
    }
    let building = Building { app, release: &prepared.release, actor: Some(session.id()) };
    let org = decision.case.org;
    let mut change = building.change(decision, None, key.answer(session, body, 201)).await?;
    change.counter = session.counter_act();
    change.blank = blank;
    let applied = match app.apply(&change).await {
        Err(StoreError::Taken("idempotency_key")) => return key.same(app, session, body).await,
        Err(StoreError::Moved) => return Err(moved()),
        other => other?,
    };
    app.metrics().command(&open.process, "open", applied.statements);
    app.told(applied.case, &[org]);
    app.spoke(&change);
    Ok(applied.case)
}
