//! A replay (回放) of a draft over the past verdicts of a database: read page by page, judged on
//! all cores, told with progress.

use base::{CaseId, Instant, Zone};
use engine::replay::{Past, Report, Was, lines_fen};
use engine::warranty::{BulkJudge, Columns};
use engine::{Judge, PriceBook};
use rulebook::Release;
use rulebook::model::BuyerClass;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use store::verdicts::PastVerdict;
use store::{Scope, Store};

/// Verdicts a thread takes at once.
const CHUNK: usize = 1 << 16;
/// Most verdicts of one replay; a third of a kilobyte each.
pub const MOST: usize = 10_000_000;

/// Past verdicts in memory.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// Their facts.
    pub columns: Columns,
    /// What they were.
    pub past: Past,
    /// Whose they were, row by row.
    pub cases: Vec<Judged>,
}

/// Whose verdict it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// When it was given.
    pub at: Instant,
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
    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Verdicts {
    /// Reads the standing verdicts in scope within a time, at most [`MOST`].
    pub async fn read(
        store: &Store,
        scope: &Scope,
        (from, to): (Instant, Instant),
        prices: &PriceBook,
        zone: &Zone,
        progress: &Progress,
    ) -> store::Result<Self> {
        let mut all = Self::default();
        let mut after = 0;
        while all.cases.len() < MOST && !progress.is_cancelled() {
            let page = store.past_verdicts(scope, from, to, after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            for verdict in page {
                all.push(verdict, prices, zone);
            }
            progress.done.store(all.cases.len(), Ordering::Relaxed);
        }
        Ok(all)
    }

    fn push(&mut self, verdict: PastVerdict, prices: &PriceBook, zone: &Zone) {
        let day = zone.day(verdict.judged_at);
        let ex_factory = |code: &str| {
            prices.price(code, BuyerClass::ExFactory, None, day).map(|price| price.amount)
        };
        let line = |line: &'_ store::verdicts::Charged| {
            (line.kind.clone(), line.item.clone(), line.quantity, line.amount_fen)
        };
        let lines: Vec<_> = verdict.lines.iter().map(line).collect();
        let lines = lines.iter().map(|(kind, item, quantity, amount_fen)| {
            (kind.as_str(), item.as_deref(), *quantity, *amount_fen)
        });
        self.columns.push(&verdict.facts);
        self.past.push(Was {
            given: verdict.given,
            model: verdict.model.unwrap_or_default(),
            station: verdict.org,
            month: day.strftime("%Y-%m").to_string(),
            lines_fen: lines_fen(lines, ex_factory),
        });
        self.cases.push(Judged {
            case: verdict.case,
            number: verdict.number,
            at: verdict.judged_at,
        });
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
