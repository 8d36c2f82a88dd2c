//! Postings: judged by the book, guarded and durable, beside plain inserts of the very same rows.

use super::desk::{Desk, Folder, NOW, at_once, said};
use super::served::Failed;
use super::{machine, stopwatch};
use base::{CaseId, TransactionId};
use engine::{NewAccount, Planned, Posting, settle};
use ledger::{Account, Amount, Commodity, Key, Limits, Move, MovementKind, Path};
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;

/// Commands measured, and how many are in flight: as many as one commit of SQLite groups.
const COMMANDS: usize = 12_000;
const HANDS: usize = 64;
/// Warehouses and parts that they share.
const WAREHOUSES: usize = 12;
const PARTS: usize = 40;
/// Vehicles that parts go into.
const VEHICLES: usize = 500;
/// A measured figure: name, value, how.
pub type Measured = (String, String, String);

/// On SQLite, and on PostgreSQL where the environment names one.
pub fn measure() -> Result<Vec<Measured>, Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failed::new(error.to_string()))?;
    let mut figures = on(&runtime, "SQLite", None)?;
    if let Some(url) = machine::postgres() {
        figures.extend(on(&runtime, "PostgreSQL", Some(&url))?);
    }
    Ok(figures)
}

fn on(
    runtime: &tokio::runtime::Runtime,
    database: &str,
    url: Option<&str>,
) -> Result<Vec<Measured>, Failed> {
    let folder = Folder::make()?;
    let desk = runtime.block_on(Desk::open(&folder.0, url)).map_err(said)?;
    let desk = Arc::new(desk);
    runtime.block_on(desk.fill()).map_err(said)?;
    let before = (machine::cpu_ms("self"), machine::cpu_of_postgres());
    let (cases, took) = stopwatch::timed(|| {
        runtime.block_on(at_once(COMMANDS, HANDS, {
            let desk = Arc::clone(&desk);
            move |n| {
                let desk = Arc::clone(&desk);
                async move { desk.issue(n).await }
            }
        }))
    });
    let cases = cases.map_err(said)?;
    let (ours, theirs) =
        (machine::cpu_ms("self") - before.0, machine::cpu_of_postgres() - before.1);
    let problems = runtime.block_on(desk.store.verify(None)).map_err(said)?.problems;
    if let Some(problem) = problems.first() {
        return Err(Failed::new(format!("the ledger does not verify: {}", problem.en)));
    }
    let plain = runtime.block_on(desk.store.yardstick(&cases)).map_err(said)?;
    let plain = Arc::new(plain);
    let plain_before = machine::cpu_ms("self");
    let (written, plain_took) = stopwatch::timed(|| {
        runtime.block_on(at_once(COMMANDS, HANDS, move |n| {
            let plain = Arc::clone(&plain);
            async move { plain.write(n).await }
        }))
    });
    written.map_err(said)?;
    let plain_cpu = machine::cpu_ms("self") - plain_before;
    runtime.block_on(desk.store.close());
    let how = format!(
        "{HANDS} at once, {COMMANDS} commands, each with case, journal, and a transaction of two \
         moves over four accounts; book read and judged, limits guarded, durable when answered"
    );
    let server = if url.is_some() {
        format!(", {:.2} ms in the database's processes", each(theirs))
    } else {
        String::new()
    };
    let plainly = format!(
        "the very same rows, without check, index or guard, as many at once; {:.2} ms CPU each",
        each(plain_cpu)
    );
    Ok(vec![
        (format!("postings per second, {database}"), rate(took), how),
        (
            format!("CPU of a posting, {database}"),
            format!("{:.2} ms", each(ours)),
            format!("both cores, client and database threads{server}"),
        ),
        (
            format!("plain inserts of the same rows per second, {database}"),
            rate(plain_took),
            plainly,
        ),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "a figure is shown with three digits")]
fn rate(took: Duration) -> String {
    format!("{:.0}", COMMANDS as f64 / took.as_secs_f64())
}

#[expect(clippy::cast_precision_loss, reason = "a figure is shown with three digits")]
fn each(milliseconds: f64) -> f64 {
    milliseconds / COMMANDS as f64
}

impl Desk {
    /// Enough on every shelf for all commands.
    async fn fill(&self) -> Result<(), StoreError> {
        for warehouse in 0..WAREHOUSES {
            let moves = (0..PARTS).map(|part| {
                let supplier = format!("supplier/{}F/P{part}", self.name);
                parts(&supplier, &self.shelf(warehouse, part), part, 1_000)
            });
            self.post(&format!("fill-{warehouse}"), "receipt", moves.collect()).await?;
        }
        Ok(())
    }

    /// What a repair posts: a part from a shelf into a vehicle, and what the maker owes for it.
    async fn issue(&self, n: usize) -> Result<CaseId, StoreError> {
        let (warehouse, part) = (n % WAREHOUSES, n / WAREHOUSES % PARTS);
        let vehicle = format!("fitted/{}U{}/P{part}", self.name, n % VEHICLES);
        let moves = vec![
            parts(&self.shelf(warehouse, part), &vehicle, part, 1),
            (
                format!("maker/{}W", self.name),
                format!("station/{}S{warehouse}/payable", self.name),
                Amount::Fen(7_000),
            ),
        ];
        self.post(&n.to_string(), "issue", moves).await
    }

    fn shelf(&self, warehouse: usize, part: usize) -> String {
        format!("stock/{}W{warehouse}/P{part}", self.name)
    }

    /// As the server does: the book is judged first, and whoever was slower decides again.
    async fn post(
        &self,
        number: &str,
        posting: &str,
        moves: Vec<(String, String, Amount)>,
    ) -> Result<CaseId, StoreError> {
        let change = self.change(number, vec![self.posting(posting, moves)], 1);
        loop {
            let decision = &change.case.decision;
            let mut book = self.store.book(&decision.postings).await?;
            if let Err(refusal) = settle(decision, &mut book, TransactionId(i64::MAX - 1_000)) {
                return Err(StoreError::Invalid(refusal.sentence.en));
            }
            match self.store.apply(&change, NOW).await {
                Err(StoreError::Moved) => {}
                done => return done.map(|applied| applied.case),
            }
        }
    }

    fn posting(&self, posting: &str, moves: Vec<(String, String, Amount)>) -> Posting {
        let mut accounts = Vec::new();
        let mut made = Vec::new();
        for (from, to, what) in moves {
            let (from, to) = (path(&from), path(&to));
            for path in [&from, &to] {
                let area = path.keys().next().unwrap_or_default();
                let source = matches!(area, "supplier" | "maker" | "fitted");
                let limits = if source { Limits::SOURCE } else { Limits::HOLDS };
                let commodity = match &what {
                    Amount::Pieces { part, .. } => Commodity::Pieces(part.clone()),
                    _ => Commodity::Fen,
                };
                let account = Account { path: path.clone(), commodity, limits };
                accounts.push(NewAccount { account, owner: Some(self.name.clone()) });
            }
            made.push(Move { from, to, what });
        }
        let what = Planned::Moves {
            posting: key(posting),
            kind: Some(MovementKind::Use),
            moves: made,
            accounts,
        };
        Posting { rule: format!("finish/post/{posting}"), clauses: vec![], occurred_at: NOW, what }
    }
}

fn parts(from: &str, to: &str, part: usize, count: i64) -> (String, String, Amount) {
    let part = key(&format!("P{part}"));
    (from.to_owned(), to.to_owned(), Amount::Pieces { part, count })
}

fn key(text: &str) -> Key {
    Key::try_new(text).expect("a word of this bench is a key")
}

fn path(text: &str) -> Path {
    Path::try_new(text).expect("the words of this bench make paths")
}
