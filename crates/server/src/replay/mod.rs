//! A replay (回放) of a draft over the past verdicts of a database: read page by page, judged on
//! all cores, told with progress.

pub mod job;
mod prices;

pub use prices::Prices;

use base::{CaseId, Instant, Zone};
use engine::Judge;
use engine::replay::{Past, Report, Was, lines_fen};
use engine::warranty::{BulkJudge, Columns};
use rulebook::Release;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use store::verdicts::PastVerdict;
use store::{Scope, Store};

/// Verdicts a thread takes at once.
const CHUNK: usize = 1 << 16;
/// Most verdicts of one replay.
pub const MOST: usize = 10_000_000;

/// Past verdicts in memory: a fifth of a kilobyte each.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// Their facts.
    pub columns: Columns,
    /// What they were.
    pub past: Past,
    /// Which they are, row by row.
    pub ids: Vec<Judged>,
}

/// Which verdict it was, and of which case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// The verdict.
    pub verdict: i64,
    /// The case.
    pub case: CaseId,
}

/// How far a replay is, and whether somebody ends it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Verdicts read or judged so far.
    pub done: AtomicUsize,
    /// Set by whoever wants no more of it.
    pub cancelled: AtomicBool,
}

impl Progress {
    /// Whether somebody wants no more of it.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Verdicts {
    /// Reads the next page of the standing verdicts in scope within a time; whether there may be
    /// more. There are none behind [`MOST`].
    pub async fn read_on(
        &mut self,
        store: &Store,
        (scope, from, to): (&Scope, Instant, Instant),
        prices: &mut Prices<'_>,
        zone: &Zone,
    ) -> store::Result<bool> {
        let after = self.ids.last().map_or(0, |last| last.verdict);
        let page = store.past_verdicts(scope, from, to, after).await?;
        let more = !page.is_empty();
        for verdict in page {
            self.push(verdict, prices, zone);
        }
        Ok(more && self.ids.len() < MOST)
    }

    fn push(&mut self, verdict: PastVerdict, prices: &mut Prices<'_>, zone: &Zone) {
        let day = zone.day(verdict.judged_at);
        let book = prices.of(&verdict.release, day);
        let ex_factory = |code: &str| prices::ex_factory(&book, code, day);
        let lines = verdict
            .lines
            .iter()
            .map(|line| (line.kind.as_str(), line.item.as_deref(), line.quantity, line.amount_fen));
        let lines_fen = lines_fen(lines, ex_factory);
        self.columns.push(&verdict.facts);
        self.past.push(Was {
            given: verdict.given,
            model: verdict.model.unwrap_or_default(),
            station: verdict.org,
            month: day.strftime("%Y-%m").to_string(),
            lines_fen,
        });
        self.ids.push(Judged { verdict: verdict.id, case: verdict.case });
    }

    /// The same verdicts as other rules give them, so that only what a draft edits shows.
    #[must_use]
    pub fn judged_by(&self, rules: &Release) -> Past {
        let calendars = BTreeMap::new();
        let judge = Judge::new(rules, &calendars);
        let bulk = BulkJudge::new(&judge, &self.columns);
        let mut past = Past::default();
        for row in 0..self.past.len() {
            let was = self.past.was(row);
            past.push(Was { given: bulk.given(row).kept(), ..was });
        }
        past
    }
}

/// Replays a draft on so many threads. What was cancelled is a report of what was done.
pub fn over(
    draft: &Release,
    columns: &Columns,
    past: &Past,
    threads: usize,
    progress: &Progress,
) -> Report {
    let calendars = BTreeMap::new();
    let judge = Judge::new(draft, &calendars);
    let bulk = BulkJudge::new(&judge, columns);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            let from = chunk * CHUNK;
            if from >= past.len() || progress.is_cancelled() {
                return done;
            }
            let rows = from..(from + CHUNK).min(past.len());
            let count = rows.len();
            done.push((chunk, engine::replay::replay(&bulk, columns, past, rows)));
            progress.done.fetch_add(count, Ordering::Relaxed);
        }
    };
    let mut parts: Vec<(usize, Report)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Vec<_>>| {
            worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        workers.into_iter().flat_map(join).collect()
    });
    parts.sort_unstable_by_key(|(chunk, _)| *chunk);
    parts.into_iter().fold(Report::default(), |all, (_, part)| all.with(part))
}
