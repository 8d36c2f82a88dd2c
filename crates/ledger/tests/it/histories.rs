//! Thousands of random histories, from a fixed seed, against the naive oracle.

use crate::oracle::{Oracle, Posted, turned};
use crate::script::{header, key, path};
use base::TransactionId;
use ledger::{
    Account, Amount, Book, Code, Commodity, LARGEST, Limits, Move, Outcome, Path, Refused,
    Transaction,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use std::collections::BTreeMap;

const HISTORIES: u32 = 2_000;

/// Accounts of the small world; the last of each kind is not open at first.
const WORLD: [(&str, &str, Limits); 12] = [
    ("f0", "fen", Limits::SOURCE),
    ("f1", "fen", Limits::HOLDS),
    ("f2", "fen", Limits::quota(7)),
    ("f3", "fen", Limits::HOLDS),
    ("p0", "pieces:TUBE", Limits::SOURCE),
    ("p1", "pieces:TUBE", Limits::HOLDS),
    ("p2", "pieces:TUBE", Limits::quota(3)),
    ("p3", "pieces:RIM", Limits::HOLDS),
    ("s0", "serials:BAT", Limits::SOURCE),
    ("s1", "serials:BAT", Limits::HOLDS),
    ("s2", "serials:BAT", Limits::SOURCE),
    ("s3", "serials:BAT", Limits::quota(1)),
];

fn account(place: usize) -> Account {
    let (name, commodity, limits) = WORLD[place];
    Account { path: path(name), commodity: commodity.parse().expect("a commodity"), limits }
}

#[derive(Debug, Clone)]
enum Event {
    Open(usize),
    Limit(usize, Option<i64>),
    Close(usize),
    /// Moves under a new id, or sometimes under one that may be taken.
    Post(Vec<Move>, Option<i64>),
    /// The opposite of that id, whether or not it exists, sometimes with one move missing.
    Reverse(i64, bool),
    /// The same command once more.
    Again(i64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let count = prop_oneof![
        20 => 1..=6_i64,
        1 => Just(0),
        1 => Just(-1),
        1 => Just(LARGEST - 3),
        1 => Just(LARGEST + 1),
    ];
    let one = (0..3_usize, 0..4_usize, 0..4_usize, count, 0..4_usize, 0..40_u8).prop_map(
        |(kind, from, to, count, serial, chance)| {
            let at = |place: usize| path(WORLD[kind * 4 + place].0);
            let to = if chance == 0 { path("nowhere") } else { at(to) };
            let what = match if chance == 1 { 0 } else { kind } {
                0 => Amount::Fen(count),
                1 => Amount::Pieces { part: key("TUBE"), count },
                _ => Amount::Serial { part: key("BAT"), serial: key(&format!("B{serial}")) },
            };
            Move { from: at(from), to, what }
        },
    );
    prop_oneof![
        8 => prop::collection::vec(one.clone(), 1..2),
        4 => prop::collection::vec(one, 0..5),
    ]
}

fn event(with_limits: bool) -> impl Strategy<Value = Event> {
    let posts = (moves(), prop::option::weighted(0.05, 1..40_i64));
    let rare = u32::from(with_limits);
    prop_oneof![
        20 => posts.prop_map(|(moves, id)| Event::Post(moves, id)),
        6 => (1..40_i64, prop::bool::weighted(0.1)).prop_map(|(of, bad)| Event::Reverse(of, bad)),
        1 => (1..40_i64).prop_map(Event::Again),
        2 => (0..WORLD.len()).prop_map(Event::Open),
        rare => (0..WORLD.len(), prop::option::of(-1..9_i64)).prop_map(|(a, b)| Event::Limit(a, b)),
        rare => (0..WORLD.len()).prop_map(Event::Close),
    ]
}

#[derive(Default)]
struct Run {
    book: Book,
    oracle: Oracle,
    next: i64,
    seen: BTreeMap<&'static str, u32>,
}

type Got = Result<Outcome, Code>;

impl Run {
    fn start() -> Self {
        let mut run = Self { next: 1, ..Self::default() };
        for place in (0..WORLD.len()).filter(|place| place % 4 != 3) {
            run.step(&Event::Open(place));
        }
        run
    }

    fn step(&mut self, event: &Event) {
        let before = self.state();
        let (got, expect) = match event {
            Event::Open(place) => self.open(account(*place)),
            Event::Limit(place, most) => self.limit(&path(WORLD[*place].0), *most),
            Event::Close(place) => self.close(&path(WORLD[*place].0)),
            Event::Post(moves, id) => {
                let id = id.unwrap_or(self.next);
                self.post(TransactionId(id), None, moves.clone())
            }
            Event::Again(id) => match self.oracle.posted(TransactionId(*id)) {
                Some(Posted { id, reverses, moves }) => self.post(*id, *reverses, moves.clone()),
                None => return,
            },
            Event::Reverse(of, bad) => {
                let of = TransactionId(*of);
                let mut moves = match self.oracle.posted(of) {
                    Some(original) => turned(&original.moves),
                    None => vec![],
                };
                if *bad || moves.is_empty() {
                    moves.push(Move { from: path("f0"), to: path("f1"), what: Amount::Fen(1) });
                }
                self.post(TransactionId(self.next), Some(of), moves)
            }
        };
        assert_eq!(got, expect, "{event:?}");
        let name = got.map_or_else(Code::as_str, |outcome| match outcome {
            Outcome::Executed => "executed",
            Outcome::Ignored => "ignored",
        });
        *self.seen.entry(name).or_default() += 1;
        if got == Ok(Outcome::Executed) {
            self.compare();
        } else {
            assert_eq!(self.state(), before, "{event:?} was refused and changed something");
        }
    }

    fn post(
        &mut self,
        id: TransactionId,
        reverses: Option<TransactionId>,
        moves: Vec<Move>,
    ) -> (Got, Got) {
        let expect = match self.oracle.judge(id, reverses, &moves) {
            None => Ok(Outcome::Ignored),
            Some(codes) => codes.first().map_or(Ok(Outcome::Executed), |code| Err(*code)),
        };
        let got = transaction(reverses, &moves).and_then(|transaction| {
            let of_a_part = self.part(id, &transaction).post(id, transaction.clone());
            let got = self.book.post(id, transaction);
            assert_eq!(of_a_part, got, "a book of what is touched answers like the whole");
            got
        });
        if expect == Ok(Outcome::Executed) {
            self.oracle.posted.push(Posted { id, reverses, moves });
            self.next = self.next.max(id.0 + 1);
        }
        (got.map_err(|refused| refused.code), expect)
    }

    /// What the store would read before it posts.
    fn part(&self, id: TransactionId, transaction: &Transaction) -> Book {
        let rows = transaction.entries();
        let accounts = rows.iter().filter_map(|row| self.book.account(&row.account).cloned());
        let serials = rows.iter().filter_map(|row| {
            let Commodity::Serials(part) = &row.commodity else { return None };
            let serial = row.serial.clone()?;
            Some((part.clone(), serial.clone(), self.book.custody(part, &serial)?.clone()))
        });
        let of = transaction.reverses();
        let ids = [Some(id), of, of.and_then(|of| self.book.reversed_by(of))];
        let posted = ids.into_iter().flatten();
        let posted = posted.filter_map(|id| Some((id, self.book.transaction(id)?.clone())));
        Book::load(accounts, serials.collect(), posted)
    }

    fn open(&mut self, account: Account) -> (Got, Got) {
        let expect = match self.oracle.account(&account.path) {
            Some((_, true)) => Err(Code::AccountClosed),
            Some(_) => Ok(Outcome::Ignored),
            None => {
                self.oracle.accounts.push((account.clone(), false));
                Ok(Outcome::Executed)
            }
        };
        (self.book.open(account).map_err(|refused| refused.code), expect)
    }

    fn limit(&mut self, at: &Path, most: Option<i64>) -> (Got, Got) {
        let known = self.oracle.accounts.iter_mut().find(|(account, _)| account.path == *at);
        let expect = match known {
            None => Err(Code::AccountUnknown),
            Some((_, true)) => Err(Code::AccountClosed),
            Some(_) if most.is_some_and(|most| most < 0) => Err(Code::LimitNegative),
            Some((account, _)) if account.limits.at_most == most => Ok(Outcome::Ignored),
            Some((account, _)) => {
                account.limits.at_most = most;
                Ok(Outcome::Executed)
            }
        };
        (self.book.limit(at, most).map_err(|refused| refused.code), expect)
    }

    fn close(&mut self, at: &Path) -> (Got, Got) {
        let serials = (0..4).map(|n| self.oracle.holder(&key("BAT"), &key(&format!("B{n}"))));
        let empty = self.oracle.balance(at) == 0 && !serials.flatten().any(|held| held == *at);
        let known = self.oracle.accounts.iter_mut().find(|(account, _)| account.path == *at);
        let expect = match known {
            None => Err(Code::AccountUnknown),
            Some((_, true)) => Ok(Outcome::Ignored),
            Some(_) if !empty => Err(Code::NotEmpty),
            Some((_, closed)) => {
                *closed = true;
                Ok(Outcome::Executed)
            }
        };
        (self.book.close(at).map_err(|refused| refused.code), expect)
    }

    /// Everything the book keeps, as text.
    fn state(&self) -> String {
        let accounts: Vec<_> = self.book.accounts().collect();
        format!("{accounts:?} {:?} {}", self.book.serials(), self.book.posted().count())
    }

    fn compare(&self) {
        let mut sums: BTreeMap<&Commodity, i64> = BTreeMap::new();
        for state in self.book.accounts() {
            let path = &state.account.path;
            assert_eq!(i128::from(state.balance), self.oracle.balance(path), "{path}");
            *sums.entry(&state.account.commodity).or_default() += state.balance;
        }
        for (commodity, sum) in sums {
            assert_eq!(sum, 0, "{commodity} appeared or vanished");
        }
        for n in 0..4 {
            let (part, serial) = (key("BAT"), key(&format!("B{n}")));
            let kept = self.book.custody(&part, &serial).map(|custody| custody.holder.clone());
            assert_eq!(kept, self.oracle.holder(&part, &serial), "{serial}");
        }
    }
}

fn transaction(reverses: Option<TransactionId>, moves: &[Move]) -> Result<Transaction, Refused> {
    let made = Transaction::from_moves(header(), moves)?;
    // What is made of moves reads back from its rows.
    Transaction::try_from_entries(header(), reverses, made.entries().to_vec())
}

/// At least so many cases; `PROPTEST_CASES` asks for more.
fn config(at_least: u32) -> Config {
    let cases = Config::default().cases.max(at_least);
    Config { cases, rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..Config::default() }
}

/// Every code a posting can meet is met, so that the histories are no idle talk.
#[test]
fn the_book_agrees_with_the_oracle() {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let totals = std::sync::Mutex::new(&mut seen);
    let events = prop::collection::vec(event(true), 1..50);
    let mut runner = proptest::test_runner::TestRunner::new(config(HISTORIES));
    let result = runner.run(&events, |events| {
        let mut run = Run::start();
        for event in &events {
            run.step(event);
        }
        prop_assert_eq!(run.book.verify(), []);
        let mut totals = totals.lock().expect("no history panicked before");
        for (name, count) in run.seen {
            *totals.entry(name).or_default() += count;
        }
        Ok(())
    });
    result.expect("a history in which they differ");
    let expected = Code::ALL.iter().map(|code| code.as_str()).filter(|name| {
        let elsewhere = [
            // Words, templates and rows have tests of their own.
            "key-malformed",
            "path-malformed",
            "variable-missing",
            "rule-missing",
            "value-missing",
            "pieces-not-whole",
            "serials-count",
            "too-many-moves",
            "serial-shape",
            "entry-twice",
            "unbalanced",
            "account-differs",
        ];
        !elsewhere.contains(name)
    });
    let unmet: Vec<_> = expected.filter(|name| !seen.contains_key(name)).collect();
    assert_eq!(unmet, Vec::<&str>::new(), "of {seen:?}");
}

proptest! {
    #![proptest_config(config(1_000))]

    /// Whatever is posted and reversed at once leaves nothing behind, and both stay on record.
    #[test]
    fn posted_and_reversed_is_nothing(
        events in prop::collection::vec(event(false), 1..30),
        last in moves(),
    ) {
        let mut run = Run::start();
        for event in &events {
            run.step(event);
        }
        let snapshot = |book: &Book| {
            (book.accounts().cloned().collect::<Vec<_>>(), book.serials().clone())
        };
        let before = snapshot(&run.book);
        let count = run.book.posted().count();
        let (id, back) = (TransactionId(1_000), TransactionId(1_001));
        if let Ok(made) = Transaction::from_moves(header(), &last)
            && run.book.post(id, made.clone()).is_ok()
        {
            let reversal = made.reversal(id, header());
            prop_assert_eq!(run.book.post(back, reversal), Ok(Outcome::Executed));
            prop_assert_eq!(snapshot(&run.book), before);
            prop_assert_eq!(run.book.posted().count(), count + 2);
            prop_assert_eq!(run.book.reversed_by(id), Some(back));
            prop_assert_eq!(run.book.verify(), []);
        }
    }
}
