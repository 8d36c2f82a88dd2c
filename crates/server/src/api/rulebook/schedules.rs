//! `GET /schedules`, `GET /schedules/{id}/runs`, `POST /schedules/{id}/runs`: cases opened by the
//! calendar.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::{For, NotOpened, Scheduled};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::reconcile::schedules::failure;
use crate::view::{ClauseView, List, Words};
use axum::extract::State;
use base::Text;
use base::time::Span;
use engine::schedule::{Occurrence, Plan};
use rulebook::model::Schedule;
use rulebook::model::schedule::{Subjects, age_in_words};
use serde::{Deserialize, Serialize};
use store::schedule::{LastRun, Run};
use utoipa::ToSchema;

/// Runs shown.
const SHOWN: u32 = 200;
/// Most cases of one run by hand.
const MOST_AT_ONCE: usize = 100;
/// Most vehicles that are looked at for a run by hand.
const MOST_LOOKED_AT: u32 = 500;

/// A schedule (定期任务) with how it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleRow {
    id: String,
    title: Words,
    clauses: Vec<ClauseView>,
    /// The process it opens.
    process: String,
    process_title: Words,
    /// When it runs, in words.
    rule: Words,
    /// Whether it is for the company itself, or for each organisation unit it fits.
    company: bool,
    /// Whether it is for each vehicle that comes of an age.
    vehicles: bool,
    /// The next run.
    next: Option<NextRun>,
    /// Why the next run is not known: its calendar lacks a year.
    waits: Option<Words>,
    last: Option<LastRunView>,
    /// The latest period that has begun: what one would run by hand.
    period: Option<String>,
}

/// A run to come.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextRun {
    period: String,
    at: String,
}

/// How the latest period went.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastRunView {
    period: String,
    planned_at: String,
    ran_at: String,
    opened: i64,
    failed: i64,
    skipped: i64,
}

/// A run of a schedule for one subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleRun {
    period: String,
    org: String,
    org_name: String,
    /// The vehicle it was for: its id and frame number.
    unit: Option<String>,
    frame_no: Option<String>,
    /// The age that it came of.
    age: Option<Words>,
    planned_at: String,
    ran_at: String,
    /// `opened`, `failed` or `skipped`.
    status: String,
    case: Option<String>,
    number: Option<String>,
    /// What went wrong.
    sentence: Option<Words>,
    again_at: Option<String>,
    /// Who asked for it; nobody: the calendar.
    actor: Option<String>,
}

/// Which period is run by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// `2027-01`, `2027`, `2027-Q1`, `2027-W03`, `2027-01-05`.
    period: String,
}

/// What a run by hand did.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunDone {
    opened: usize,
    /// Opened before: each period is run once.
    before: usize,
    failed: usize,
    /// Left for another run, as one opens a hundred cases at most.
    left: usize,
}

/// All schedules of the release in force.
#[utoipa::path(
    get, path = "/schedules", tag = "rulebook", operation_id = "schedules_list",
    responses((status = 200, body = List<ScheduleRow>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
) -> Answer<Json<List<ScheduleRow>>> {
    let mut last = app.store().last_runs(&session.scope).await?;
    let release = &session.release;
    let rows = release.schedules.values().map(|schedule| {
        let last = last.remove(&schedule.id);
        row(&app, &session, schedule, last)
    });
    Ok(Json(List::whole(rows.collect())))
}

fn row(app: &App, session: &Session, schedule: &Schedule, last: Option<LastRun>) -> ScheduleRow {
    let release = &session.release;
    let plan = Plan::new(schedule, app.zone(), &release.calendars);
    let (next, waits) = match plan.next_after(app.now()) {
        Ok(next) => (next.map(|run| NextRun { period: run.period, at: run.at.to_string() }), None),
        Err(year) => (None, Some(Words::from(unknown(year.0)))),
    };
    let process = release.processes.get(&schedule.opens);
    let title = process.map_or_else(Text::default, |process| process.title.clone());
    ScheduleRow {
        id: schedule.id.clone(),
        title: (&schedule.title).into(),
        clauses: ClauseView::all(release, &schedule.clause, session.lang),
        process: schedule.opens.clone(),
        process_title: title.into(),
        rule: schedule.rule().into(),
        company: schedule.each == Subjects::Company,
        vehicles: schedule.each == Subjects::Unit,
        next,
        waits,
        last: last.map(|last| LastRunView {
            period: last.period,
            planned_at: last.planned_at.to_string(),
            ran_at: last.ran_at.to_string(),
            opened: last.opened,
            failed: last.failed,
            skipped: last.skipped,
        }),
        period: plan.period_of(app.today()),
    }
}

fn unknown(year: i16) -> Text {
    Text::new(
        format!("日历没有{year}年的放假安排，补上后再排"),
        format!("the calendar does not know the holidays of {year}; add them first"),
    )
}

/// The runs of a schedule for the units I see, the latest first.
#[utoipa::path(
    get, path = "/schedules/{id}/runs", tag = "rulebook", operation_id = "schedules_runs",
    params(("id" = String, Path)),
    responses((status = 200, body = List<ScheduleRun>), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn runs(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<String>,
) -> Answer<Json<List<ScheduleRun>>> {
    schedule(&session, &id)?;
    let runs = app.store().schedule_runs(&id, &session.scope, SHOWN).await?;
    let orgs = app.orgs();
    let shown = runs.into_iter().map(
        |Run { run, frame_no, ran_at, status, case, again_at, sentence, actor_name, .. }| {
            let (case, number) = case.unzip();
            let (unit, age) = run.unit.unzip();
            ScheduleRun {
                org_name: orgs.get(run.org).map(|org| org.name.clone()).unwrap_or_default(),
                org: run.org.to_string(),
                unit: unit.map(|unit| unit.to_string()),
                frame_no,
                age: age.and_then(|age| Span::parse(&age)).map(|age| age_in_words(age).into()),
                period: run.period,
                planned_at: run.planned_at.to_string(),
                ran_at: ran_at.to_string(),
                status,
                case: case.map(|case| case.to_string()),
                number,
                sentence: sentence.map(Words::from),
                again_at: again_at.map(|at| at.to_string()),
                actor: actor_name,
            }
        },
    );
    Ok(Json(List::whole(shown.collect())))
}

/// Runs a schedule now for a period that has begun: for the units I see, each once, whether it was
/// missed, refused before or not yet due. The cases say who asked for them.
#[utoipa::path(
    post, path = "/schedules/{id}/runs", tag = "rulebook", operation_id = "schedules_run",
    params(("id" = String, Path)), request_body = NewRun,
    responses((status = 200, body = RunDone), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("rulebook_publish"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::RulebookPublish>,
    Path(id): Path<String>,
    Json(body): Json<NewRun>,
) -> Answer<Json<RunDone>> {
    let schedule = schedule(&session, &id)?;
    let run = occurrence(&app, &session, schedule, &body.period)?;
    let scheduled = Scheduled { release: &session.release, schedule, run: &run };
    let orgs = app.orgs();
    let seen = |org: &base::OrgId| orgs.get(*org).is_some_and(|o| session.scope.holds(&o.path));
    let mut done = RunDone { opened: 0, before: 0, failed: 0, left: 0 };
    let by = Some(session.id());
    for subject in subjects(&app, &scheduled).await? {
        if !seen(&subject.org) {
            continue;
        }
        if done.opened + done.failed == MOST_AT_ONCE {
            done.left += 1;
            continue;
        }
        match scheduled.open(&app, subject, by).await {
            Ok(_) => done.opened += 1,
            Err(NotOpened::Before) => done.before += 1,
            Err(NotOpened::Refused(problem)) => {
                done.failed += 1;
                let kept = scheduled.kept(subject, by);
                app.store().run_failed(&kept, &failure(&problem, None), app.now()).await?;
            }
            Err(NotOpened::Problem(problem)) => return Err(problem),
        }
    }
    Ok(Json(done))
}

/// For whom a period is run by hand; of vehicles as many as are looked at in one go.
async fn subjects(app: &App, scheduled: &Scheduled<'_>) -> Result<Vec<For>, Problem> {
    let mut subjects: Vec<For> = scheduled.orgs(app).into_iter().map(For::org).collect();
    for (_, subject) in scheduled.vehicles(app, None, MOST_LOOKED_AT).await? {
        if scheduled.is_for(app, subject).await? {
            subjects.push(subject);
        }
    }
    Ok(subjects)
}

fn schedule<'a>(session: &'a Session, id: &str) -> Result<&'a Schedule, Problem> {
    session.release.schedules.get(id).ok_or_else(|| Problem::new("not-found"))
}

/// The run of a period that has begun.
fn occurrence(
    app: &App,
    session: &Session,
    schedule: &Schedule,
    period: &str,
) -> Result<Occurrence, Problem> {
    let plan = Plan::new(schedule, app.zone(), &session.release.calendars);
    let wrong = |text: Text| Problem::new("form-invalid").field("period", "invalid", text);
    let shown = plan.period_of(app.today()).unwrap_or_default();
    match plan.of_period(period) {
        Ok(Some(run)) if run.starts <= app.today() => Ok(run),
        Ok(Some(_)) => Err(wrong(Text::new(
            format!("“{period}”还没有开始，最近的一期是 {shown}"),
            format!("`{period}` has not begun; the latest period is {shown}"),
        ))),
        Ok(None) => Err(wrong(Text::new(
            format!("“{period}”不是这项任务的一期，例如 {shown}"),
            format!("`{period}` is no period of this schedule, such as {shown}"),
        ))),
        Err(year) => Err(wrong(unknown(year.0))),
    }
}
