//! Schedules whose time has come: a case for each period and subject, once, under the release in
//! force now. What an outage held up is made up for, each period by itself and at its own time.

use crate::app::App;
use crate::command::{For, Scheduled, refused};
use crate::problem::{Answer, Problem};
use base::{Instant, Text};
use engine::schedule::Plan;
use rulebook::Release;
use rulebook::model::Schedule;
use rulebook::model::schedule::{Missed, Subjects};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::schedule::{Failure, Mark, Run};

/// Cases of one round, so that a long outage does not starve the others.
const BATCH: usize = 100;
/// Vehicles of one round that are looked at, whether the schedule is for them or not.
const MOST_LOOKED_AT: u32 = 500;
/// Most periods of one schedule that are made up for; earlier ones are recorded as passed over.
const MOST_MISSED: usize = 62;
/// How often a run that a rule refuses is tried by itself; then somebody has to ask for it.
const MOST_TRIES: i64 = 20;
/// The wait before the second try, doubled each time, at most a day; in seconds.
const FIRST_WAIT: i64 = 300;
/// The longest wait, in seconds.
const LONGEST_WAIT: i64 = 86_400;

/// Opens what is due.
pub async fn run(app: &App) -> Answer<()> {
    let release = app.releases().current(app.today())?;
    let marks = marks(app, &release).await?;
    let mut left = BATCH;
    for schedule in release.schedules.values() {
        let Some(mark) = marks.get(&schedule.id) else { continue };
        due(app, &release, schedule, *mark, &mut left).await?;
        if left == 0 {
            app.nudge();
            return Ok(());
        }
    }
    repeat(app, &release, left).await
}

/// From when each schedule in force has not run yet. One that is new begins now, or with its
/// release; one that is gone is forgotten.
async fn marks(app: &App, release: &Release) -> Answer<BTreeMap<String, Mark>> {
    let mut marks = app.store().schedule_marks().await?;
    let today = app.today();
    let all = app.releases().all();
    let coming = all.iter().filter(|r| r.effective.is_some_and(|day| day > today));
    let begins = coming.flat_map(|coming| {
        let from = coming.effective.map_or(app.now(), |day| app.zone().minute_of(day, 0));
        coming.schedules.keys().map(move |id| (id, from))
    });
    let now = release.schedules.keys().map(|id| (id, app.now()));
    let known: BTreeMap<&String, Instant> = begins.chain(now).collect();
    for (id, from) in &known {
        if !marks.contains_key(*id) {
            app.store().mark_schedule(id, *from).await?;
            marks.insert((*id).clone(), Mark { through: *from, place: None });
        }
    }
    let gone: Vec<String> = marks.keys().filter(|id| !known.contains_key(id)).cloned().collect();
    for id in gone {
        app.store().forget_schedule(&id).await?;
        marks.remove(&id);
    }
    Ok(marks)
}

/// The runs of one schedule since then.
async fn due(
    app: &App,
    release: &Arc<Release>,
    schedule: &Schedule,
    mark: Mark,
    left: &mut usize,
) -> Answer<()> {
    let plan = Plan::new(schedule, app.zone(), &release.calendars);
    let found = plan.between(mark.through, app.now());
    let mut mark = mark;
    let made = match schedule.missed {
        Missed::Latest => 1,
        Missed::Each => MOST_MISSED,
    };
    let skipped = found.runs.len().saturating_sub(made);
    for (place, run) in found.runs.iter().enumerate() {
        let scheduled = Scheduled { release, schedule, run };
        let skips = place < skipped;
        if schedule.each == Subjects::Unit {
            if !vehicles(app, &scheduled, mark, skips, left).await? {
                return Ok(());
            }
        } else {
            let done = app.store().ran_for(&schedule.id, &run.period).await?;
            for org in scheduled.orgs(app).into_iter().filter(|org| !done.contains(org)) {
                if *left == 0 {
                    return Ok(());
                }
                *left -= 1;
                due_for(app, &scheduled, For::org(org), skips).await?;
            }
        }
        app.store().mark_schedule(&schedule.id, run.at).await?;
        mark = Mark { through: run.at, place: None };
    }
    Ok(())
}

async fn due_for(app: &App, scheduled: &Scheduled<'_>, subject: For, skips: bool) -> Answer<()> {
    if !skips {
        return one(app, scheduled, subject, 0).await;
    }
    let kept = scheduled.kept(subject, None);
    Ok(app.store().run_failed(&kept, &passed_over(), app.now()).await?)
}

/// The vehicles of one run, a bounded part of them in a round; whether that was all.
async fn vehicles(
    app: &App,
    scheduled: &Scheduled<'_>,
    mark: Mark,
    skips: bool,
    left: &mut usize,
) -> Answer<bool> {
    let found = scheduled.vehicles(app, mark.place, MOST_LOOKED_AT).await?;
    let all = found.len() < MOST_LOOKED_AT as usize;
    let mut reached = mark;
    for (place, subject) in found {
        if *left == 0 {
            app.store().mark_vehicle(&scheduled.schedule.id, reached).await?;
            return Ok(false);
        }
        if scheduled.is_for(app, subject).await? {
            *left -= 1;
            due_for(app, scheduled, subject, skips).await?;
        }
        reached.place = Some(place);
    }
    if !all {
        app.store().mark_vehicle(&scheduled.schedule.id, reached).await?;
        *left = 0;
    }
    Ok(all)
}

/// One subject; a refusal is written down and tried again later.
async fn one(app: &App, scheduled: &Scheduled<'_>, subject: For, tries: i64) -> Answer<()> {
    if let Some(problem) = refused(scheduled.open(app, subject, None).await)? {
        let wait = FIRST_WAIT.saturating_mul(1 << tries.clamp(0, 20)).min(LONGEST_WAIT);
        let again = (tries + 1 < MOST_TRIES).then(|| app.now().plus_seconds(wait));
        let failure = failure(&problem, again);
        app.store().run_failed(&scheduled.kept(subject, None), &failure, app.now()).await?;
    }
    Ok(())
}

/// Runs that a rule refused, under the release that holds now.
async fn repeat(app: &App, release: &Arc<Release>, left: usize) -> Answer<()> {
    let limit = u32::try_from(left).unwrap_or(u32::MAX);
    for Run { run: kept, tries, .. } in app.store().runs_to_repeat(limit, app.now()).await? {
        let schedule = release.schedules.get(&kept.schedule);
        let run = schedule.and_then(|schedule| {
            let plan = Plan::new(schedule, app.zone(), &release.calendars);
            Some((schedule, plan.of_period(&kept.period).ok().flatten()?))
        });
        let Some((schedule, run)) = run else {
            app.store().run_failed(&kept, &no_longer(), app.now()).await?;
            continue;
        };
        let scheduled = Scheduled { release, schedule, run: &run };
        match scheduled.again(app, &kept).await? {
            Some(subject) => one(app, &scheduled, subject, tries).await?,
            None => app.store().run_failed(&kept, &no_longer(), app.now()).await?,
        }
    }
    Ok(())
}

/// What is kept of a refusal.
pub fn failure(problem: &Problem, again_at: Option<Instant>) -> Failure {
    let sentence = problem.words();
    Failure { status: "failed", code: problem.code().to_owned(), sentence, again_at }
}

fn passed_over() -> Failure {
    let sentence = Text::new(
        "停机期间错过，只补开较近的几期",
        "missed during an outage; only later periods are made up for",
    );
    Failure { status: "skipped", code: "missed".to_owned(), sentence, again_at: None }
}

fn no_longer() -> Failure {
    let sentence = Text::new(
        "现行制度已没有这项定期任务或这一期",
        "the release in force has no such schedule or period any more",
    );
    Failure { status: "skipped", code: "not-found".to_owned(), sentence, again_at: None }
}
