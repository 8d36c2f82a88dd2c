//! Postings in one line each: `supplier/F/TUBE -> stock/S0101/TUBE 5:TUBE`, `… BAT#B1`, `… 700f`.

use super::{Bench, NOW};
use base::{CaseId, Instant, TransactionId};
use engine::{Decision, NewAccount, Planned, Posting, Refusal, settle};
use ledger::{Account, Amount, Commodity, Key, Limits, Move, MovementKind, Path};
use store::{Applied, Change, Scope, Store, StoreError};

/// Areas that may go below zero.
const SOURCES: [&str; 4] = ["supplier", "maker", "fitted", "difference"];

pub fn key(text: &str) -> Key {
    Key::try_new(text).unwrap()
}

pub fn path(text: &str) -> Path {
    Path::try_new(text).unwrap()
}

fn amount(text: &str) -> Amount {
    if let Some((part, serial)) = text.split_once('#') {
        return Amount::Serial { part: key(part), serial: key(serial) };
    }
    match text.split_once(':') {
        Some((count, part)) => Amount::Pieces { part: key(part), count: count.parse().unwrap() },
        None => Amount::Fen(text.strip_suffix('f').unwrap().parse().unwrap()),
    }
}

/// A move as written above.
pub fn moves(text: &str) -> Move {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [from, "->", to, what] = words.as_slice() else { panic!("`{text}`") };
    Move { from: path(from), to: path(to), what: amount(what) }
}

/// An account as a chart would open it: loans have a quota of nothing, sources have no limits; the
/// second word is the owner's code.
pub fn account(path: &Path, what: &Amount) -> NewAccount {
    let area = path.keys().next().unwrap();
    let commodity = match what {
        Amount::Fen(_) => Commodity::Fen,
        Amount::Pieces { part, .. } => Commodity::Pieces(part.clone()),
        Amount::Serial { part, .. } => Commodity::Serials(part.clone()),
    };
    let limits = match area {
        "loan" => Limits::quota(0),
        area if SOURCES.contains(&area) => Limits::SOURCE,
        _ => Limits::HOLDS,
    };
    let owner = path.keys().nth(1).map(ToOwned::to_owned);
    NewAccount { account: Account { path: path.clone(), commodity, limits }, owner }
}

fn posting_of(what: Planned) -> Posting {
    Posting { rule: "finish/post/test".into(), clauses: vec![], occurred_at: NOW, what }
}

/// One transaction of moves.
pub fn posting(lines: &[&str]) -> Posting {
    let moves: Vec<Move> = lines.iter().map(|line| moves(line)).collect();
    let ends = moves.iter().flat_map(|m| [(&m.from, &m.what), (&m.to, &m.what)]);
    let accounts = ends.map(|(path, what)| account(path, what)).collect();
    let kind = Some(MovementKind::Transfer);
    posting_of(Planned::Moves { posting: key("test"), kind, moves, accounts })
}

/// A quota in fen.
pub fn limit(of: &str, at_most: Option<i64>) -> Posting {
    let account = account(&path(of), &Amount::Fen(1));
    posting_of(Planned::Limit { account, at_most })
}

pub fn close(of: &str) -> Posting {
    posting_of(Planned::Close { path: path(of) })
}

/// A small generator of chance from a seed, so that a history can be played again.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        let stirred = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = stirred.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }
}

/// Why it was not posted.
#[derive(Debug)]
pub enum No {
    Refused(Box<Refusal>),
    Store(StoreError),
}

impl No {
    /// The sentence of a refusal by the book.
    pub fn sentence(self) -> String {
        match self {
            Self::Refused(refusal) => refusal.sentence.en,
            Self::Store(error) => panic!("{error}"),
        }
    }
}

/// Applies as the server does: the book is judged first, and whoever was slower decides again.
pub async fn settle_and_apply(store: &Store, change: &Change, now: Instant) -> Result<Applied, No> {
    let decision: &Decision = &change.case.decision;
    loop {
        let mut book = store.book(&decision.postings).await.map_err(No::Store)?;
        settle(decision, &mut book, TransactionId(i64::MAX - 1_000)).map_err(No::Refused)?;
        match store.apply(change, now).await {
            Err(StoreError::Moved) => {}
            done => return done.map_err(No::Store),
        }
    }
}

impl Bench {
    /// A change that opens a case with these postings.
    pub async fn with(&self, postings: Vec<Posting>) -> Change {
        let mut change = self.opening().await;
        change.case.decision.postings = postings;
        change
    }

    /// Opens a case that posts this.
    pub async fn post(&self, postings: Vec<Posting>) -> Result<CaseId, No> {
        let change = self.with(postings).await;
        settle_and_apply(&self.store, &change, NOW).await.map(|applied| applied.case)
    }

    /// The reversal of the only transaction of a case.
    pub async fn reversal(&self, case: CaseId) -> Posting {
        let posted = self.store.case_transactions(case, &Scope::company()).await.unwrap();
        let [only] = posted.as_slice() else { panic!("{posted:?}") };
        posting_of(Planned::Reversal { of: only.id, original: only.transaction.clone() })
    }

    pub async fn balance(&self, of: &str) -> i64 {
        self.store.account(&path(of), &Scope::company()).await.unwrap().balance
    }

    /// Nothing is wrong with the books, of so many transactions. On a PostgreSQL that other tests
    /// use too, their transactions hold the watermark back for a moment.
    pub async fn assert_all_clean(&self, transactions: u64) {
        for _ in 0..2_000 {
            let report = self.store.verify(None).await.unwrap();
            assert_eq!(report.problems, []);
            if report.transactions == transactions {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("the watermark never rose");
    }

    /// Nothing is wrong with the books.
    pub async fn assert_clean(&self) {
        assert_eq!(self.store.verify(None).await.unwrap().problems, []);
    }
}
