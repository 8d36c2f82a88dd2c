//! A replay as background work: one a draft, one at a time in this process, told by its row in the
//! database, so that another node sees it and a restart is noticed.

use super::{MOST, Prices, Progress, Verdicts, over};
use crate::app::App;
use crate::problem::{Answer, Problem};
use base::{Day, Instant, PersonId};
use engine::Judge;
use engine::replay::{Change, Count, Report, Turn};
use engine::warranty::BulkJudge;
use rulebook::{Compiled, Release};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::replay::{NewReplay, NewReplayChange, ReplayRow, SILENCE};
use store::{Scope, StoreError};
use tokio::sync::Semaphore;

/// Changes kept for looking at, those with the most money first; the totals count all.
pub const LISTED: usize = 50_000;
/// How often a run says that it is alive while it judges.
const BEAT: Duration = Duration::from_millis(500);
/// Pages read between two signs of life.
const PAGES: usize = 5;
/// Changes written between two signs of life.
const WRITTEN: usize = 2_000;

/// What the past is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// With what was decided at the time, by whichever release (当时的判定).
    Decided,
    /// With what the release the draft was made of gives on the same facts (草稿所依据的版本).
    Base,
}

/// On what terms the past is gone through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Compared with what.
    pub against: Against,
    /// Verdicts from this day on.
    pub since: Option<Day>,
    /// Up to this day, included.
    pub until: Option<Day>,
}

/// A replay to be run.
pub struct Order {
    /// The draft.
    pub draft: i64,
    /// Its rules, by their text.
    pub text_hash: String,
    /// Its rules.
    pub rules: Arc<Compiled>,
    /// The release it was made of.
    pub base: Arc<Release>,
    /// On what terms.
    pub terms: Terms,
    /// How far it looks.
    pub scope: Scope,
    /// Who starts it.
    pub person: PersonId,
}

/// What a replay found, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// All of them.
    pub total: Count,
    /// By direction.
    pub turns: BTreeMap<Turn, Count>,
    /// By model.
    pub models: BTreeMap<String, Count>,
    /// By component.
    pub parts: BTreeMap<String, Count>,
    /// By code of the station.
    pub stations: BTreeMap<String, Count>,
    /// By month.
    pub months: BTreeMap<String, Count>,
    /// How many of the changes are kept for looking at.
    pub listed: usize,
    /// Whether there were more verdicts than one replay takes.
    pub cut: bool,
}

/// Replays of this process.
#[derive(Debug)]
pub struct Replays {
    runs: Mutex<BTreeSet<i64>>,
    /// Each takes all cores and its verdicts' memory.
    turns: Semaphore,
}

impl Default for Replays {
    fn default() -> Self {
        Self { runs: Mutex::default(), turns: Semaphore::new(1) }
    }
}

impl Replays {
    fn note(&self, run: i64, runs: bool) {
        let Ok(mut known) = self.runs.lock() else { return };
        if runs {
            known.insert(run);
        } else {
            known.remove(&run);
        }
    }

    fn runs(&self, run: i64) -> bool {
        self.runs.lock().is_ok_and(|known| known.contains(&run))
    }
}

/// The last replay of a draft. One whose server was stopped meanwhile says so.
pub async fn last(app: &App, draft: i64) -> Answer<Option<ReplayRow>> {
    let Some(row) = app.store().replay(draft).await? else { return Ok(None) };
    // Of other nodes only their signs of life are known; beside SQLite there are none.
    let elsewhere = app.config().database.is_some() && app.now().0 - row.beat_at.0 < SILENCE;
    if row.state != "running" || app.replays().runs(row.run) || elsewhere {
        return Ok(Some(row));
    }
    app.store().end_replay((draft, row.run), "interrupted", None, app.now()).await?;
    Ok(app.store().replay(draft).await?)
}

/// Begins a replay; it goes on in the background.
pub async fn start(app: &App, order: Order) -> Answer<()> {
    last(app, order.draft).await?;
    let terms = serde_json::to_value(&order.terms).map_err(|_| Problem::new("internal"))?;
    let new = NewReplay {
        draft: order.draft,
        text_hash: &order.text_hash,
        terms: &terms,
        scope: &order.scope,
        person: order.person,
    };
    let run = app.store().begin_replay(&new, app.now()).await.map_err(|error| match error {
        StoreError::Taken(_) => Problem::new("replay-running").detail(
            "这份草稿正在回放；等它结束，或先取消",
            "A replay of this draft is running; wait for it to end, or cancel it",
        ),
        other => other.into(),
    })?;
    app.replays().note(run, true);
    let app = app.clone();
    tokio::spawn(async move {
        let at = (order.draft, run);
        let ended = Run { app: &app, order: &order, at }.done().await;
        let (state, totals) = match &ended {
            Ok(Some(totals)) => ("done", serde_json::to_value(totals).ok()),
            Ok(None) if *app.stopping().borrow() => ("interrupted", None),
            Ok(None) => ("cancelled", None),
            Err(error) => {
                tracing::error!(%error, draft = order.draft, "a replay failed");
                ("failed", None)
            }
        };
        if let Err(error) = app.store().end_replay(at, state, totals.as_ref(), app.now()).await {
            tracing::warn!(%error, draft = order.draft, "the end of a replay is not on record");
        }
        app.replays().note(run, false);
    });
    Ok(())
}

/// Ends a replay that is running; one that is not stays as it is.
pub async fn cancel(app: &App, draft: i64) -> Answer<()> {
    if let Some(row) = last(app, draft).await?.filter(|row| row.state == "running") {
        app.store().end_replay((draft, row.run), "cancelled", None, app.now()).await?;
    }
    Ok(())
}

struct Run<'a> {
    app: &'a App,
    order: &'a Order,
    at: (i64, i64),
}

impl Run<'_> {
    /// The totals; `None` when somebody ended it.
    async fn done(&self) -> store::Result<Option<Totals>> {
        let app = self.app;
        let Ok(_turn) = app.replays().turns.acquire().await else { return Ok(None) };
        let zone = app.zone();
        let Terms { since, until, .. } = self.order.terms;
        let start = |day: Day| zone.minute_of(day, 0);
        let from = since.map_or(Instant(0), start);
        let to = until.and_then(|day| day.tomorrow().ok()).map_or(Instant::NEVER, start);
        let scope = &self.order.scope;
        let total = app.store().count_past_verdicts(scope, from, to).await? as usize;
        let mut prices = Prices::new(app.releases(), app.masters());
        let mut verdicts = Verdicts::default();
        let mut pages = 0_usize;
        loop {
            if pages.is_multiple_of(PAGES)
                && !self.beat("reading", verdicts.ids.len(), total).await?
            {
                return Ok(None);
            }
            pages += 1;
            let time = (scope, from, to);
            if !verdicts.read_on(app.store(), time, &mut prices, zone).await? {
                break;
            }
        }
        if !self.beat("judging", 0, verdicts.ids.len()).await? {
            return Ok(None);
        }
        let Some((mut totals, changes)) = self.judged(verdicts).await? else { return Ok(None) };
        totals.cut = total > MOST;
        for (nth, chunk) in changes.chunks(WRITTEN).enumerate() {
            if !self.beat("writing", nth * WRITTEN, changes.len()).await? {
                return Ok(None);
            }
            let first = i64::try_from(nth * WRITTEN).unwrap_or(i64::MAX);
            app.store().put_replay_changes(self.at, first, chunk).await?;
        }
        Ok(Some(totals))
    }

    /// A sign of life; whether to go on.
    async fn beat(&self, phase: &str, done: usize, total: usize) -> store::Result<bool> {
        let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let so_far = (whole(done), whole(total.max(done)));
        let on = self.app.store().beat_replay(self.at, phase, so_far, self.app.now()).await?;
        Ok(on && !*self.app.stopping().borrow())
    }

    /// Judges on all cores beside the requests of others.
    async fn judged(
        &self,
        verdicts: Verdicts,
    ) -> store::Result<Option<(Totals, Vec<NewReplayChange>)>> {
        let progress = Arc::new(Progress::default());
        let total = verdicts.ids.len();
        let (rules, base) = (Arc::clone(&self.order.rules), Arc::clone(&self.order.base));
        let (against, told) = (self.order.terms.against, Arc::clone(&progress));
        let work = move || {
            let rules = rules.release.as_ref()?;
            let mut verdicts = verdicts;
            if against == Against::Base {
                verdicts.past = verdicts.judged_by(&base);
            }
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            let report = over(rules, &verdicts.columns, &verdicts.past, threads, &told);
            (!told.is_cancelled()).then(|| kept(rules, &verdicts, report))
        };
        let mut judging = tokio::task::spawn_blocking(work);
        loop {
            tokio::select! {
                judged = &mut judging => {
                    return judged.map_err(|error| StoreError::Unavailable(error.to_string()));
                }
                () = tokio::time::sleep(BEAT) => {
                    let done = progress.done.load(Ordering::Relaxed);
                    if !self.beat("judging", done, total).await? {
                        progress.cancelled.store(true, Ordering::Relaxed);
                    }
                }
            }
        }
    }
}

/// The totals, and the changes with the most money first.
fn kept(rules: &Release, verdicts: &Verdicts, report: Report) -> (Totals, Vec<NewReplayChange>) {
    let Report { total, turns, models, parts, stations, months, mut changes } = report;
    let weight = |change: &Change| change.cost_fen.map_or(-1, i64::saturating_abs);
    changes.sort_by_key(|change| (std::cmp::Reverse(weight(change)), change.row));
    changes.truncate(LISTED);
    let calendars = BTreeMap::new();
    let judge = Judge::new(rules, &calendars);
    let bulk = BulkJudge::new(&judge, &verdicts.columns);
    let named = |change: &Change| {
        let was = verdicts.past.was(change.row);
        let subject = verdicts.columns.subject(change.row);
        NewReplayChange {
            verdict: verdicts.ids[change.row].verdict,
            turn: word(change.turn),
            part: verdicts.columns.component_of(subject).to_owned(),
            cost_fen: change.cost_fen,
            model: was.model,
            station: was.station,
            month: was.month,
            was: was.given,
            becomes: bulk.given(change.row).kept(),
        }
    };
    let listed: Vec<_> = changes.iter().map(named).collect();
    let totals =
        Totals { total, turns, models, parts, stations, months, listed: listed.len(), cut: false };
    (totals, listed)
}

/// The word a direction is stored and shown by.
pub fn word(turn: Turn) -> String {
    json!(turn).as_str().unwrap_or_default().to_owned()
}
