//! Random histories: the database answers as the book in memory, step by step, and ends as it.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::ledger::{Dice, close, limit, posting};
use crate::support::{Bench, NOW, on_both};
use base::{CaseId, TransactionId};
use engine::{Planned, Posting, settle};
use ledger::{Book, Drift};
use std::collections::BTreeMap;
use store::accounts::AccountQuery;
use store::{Scope, StoreError};

/// Steps of a history, and histories per database.
const STEPS: u32 = 250;
const SEEDS: u64 = 2;

const PLACES: [&str; 5] = ["supplier/F", "stock/HQ", "stock/S0101", "fitted/U1", "old/S0101"];
const PURSES: [&str; 5] = ["maker/lent", "maker/got", "loan/A", "loan/B", "station/S0101"];

/// Two of a list; now and then twice the same, which is refused.
fn two<'a>(dice: &mut Dice, list: &[&'a str]) -> (&'a str, &'a str) {
    let from = dice.of(list);
    let others: Vec<&str> = list.iter().copied().filter(|other| *other != from).collect();
    (from, if dice.below(30) == 0 { from } else { dice.of(&others) })
}

fn line(dice: &mut Dice) -> String {
    let (from, to) = two(dice, &PLACES);
    match dice.below(3) {
        0 => format!("{from}/TUBE -> {to}/TUBE {}:TUBE", dice.below(6)),
        1 => format!("{from}/BAT -> {to}/BAT BAT#B{}", dice.below(9)),
        _ => {
            let (from, to) = two(dice, &PURSES);
            format!("{from} -> {to} {}f", dice.below(70))
        }
    }
}

/// The next thing somebody wants, sensible or not.
fn step(dice: &mut Dice, made: &BTreeMap<TransactionId, ledger::Transaction>) -> Posting {
    match dice.below(12) {
        0 => limit(dice.of(&PURSES), Some(i64::try_from(dice.below(150)).unwrap())),
        1 if dice.below(8) == 0 => close(dice.of(&PURSES)),
        1 => limit(dice.of(&PURSES), None),
        2 | 3 if !made.is_empty() => {
            let place = usize::try_from(dice.below(made.len() as u64)).unwrap();
            let (of, original) = made.iter().nth(place).unwrap();
            let what = Planned::Reversal { of: *of, original: original.clone() };
            Posting { rule: "r".into(), clauses: vec![], occurred_at: NOW, what }
        }
        _ => {
            let lines: Vec<String> = (0..=dice.below(4) / 2).map(|_| line(dice)).collect();
            posting(&lines.iter().map(String::as_str).collect::<Vec<_>>())
        }
    }
}

#[test]
fn the_database_answers_as_the_book_in_memory() {
    for seed in 1..=SEEDS {
        on_both(|b| async move { play(&b, seed).await });
    }
}

async fn play(b: &Bench, seed: u64) {
    let mut dice = Dice(seed);
    let mut whole = Book::new();
    let mut made = BTreeMap::new();
    let mut posted = 0;
    for number in 0..STEPS {
        let postings: Vec<Posting> =
            (0..=dice.below(5) / 4).map(|_| step(&mut dice, &made)).collect();
        let change = b.with(postings.clone()).await;
        let decision = &change.case.decision;
        let mut read = b.store.book(&postings).await.unwrap();
        let first = TransactionId(i64::MAX - 10_000 + i64::from(number) * 2);
        let mut after = whole.clone();
        let expected = settle(decision, &mut after, first);
        let answered = settle(decision, &mut read, first);
        assert_eq!(answered, expected, "seed {seed}, step {number}: {postings:?}");
        let applied = b.store.apply(&change, NOW).await;
        if expected.is_err() {
            let known = matches!(applied, Err(StoreError::Moved | StoreError::Invalid(_)));
            assert!(known, "seed {seed}, step {number}: {applied:?}");
            continue;
        }
        let case = applied.unwrap_or_else(|e| panic!("seed {seed}, step {number}: {e}")).case;
        posted += replay(b, &mut whole, case, &postings, &mut made).await;
        if dice.below(20) == 0 {
            b.store.fold_ledger(1_000).await.unwrap();
        }
    }
    assert!(posted > STEPS / 8, "seed {seed}: only {posted} were posted");
    assert_eq!(whole.verify(), Vec::<Drift>::new());
    compare(b, &whole, seed).await;
    b.assert_clean().await;
}

/// Takes into the whole book what the store wrote, by its own ids.
async fn replay(
    b: &Bench,
    whole: &mut Book,
    case: CaseId,
    postings: &[Posting],
    made: &mut BTreeMap<TransactionId, ledger::Transaction>,
) -> u32 {
    let rows = b.store.case_transactions(case, &Scope::company()).await.unwrap();
    let mut rows = rows.into_iter();
    let mut posted = 0;
    for posting in postings {
        match &posting.what {
            Planned::Moves { accounts, .. } => {
                for new in accounts {
                    whole.open(new.account.clone()).unwrap();
                }
            }
            Planned::Limit { account, at_most } => {
                whole.open(account.account.clone()).unwrap();
                whole.limit(&account.account.path, *at_most).unwrap();
            }
            Planned::Close { path } => {
                whole.close(path).unwrap();
            }
            Planned::Reversal { .. } => {}
        }
        if let Some(expected) = posting.transaction(ledger::Source::Case(case)).unwrap() {
            let row = rows.next().unwrap();
            assert_eq!(row.transaction, expected);
            whole.post(row.id, row.transaction.clone()).unwrap();
            made.insert(row.id, row.transaction);
            posted += 1;
        }
    }
    posted
}

/// Every account and every serial.
async fn compare(b: &Bench, whole: &Book, seed: u64) {
    let all = Scope::company();
    let query = AccountQuery { limit: 200, ..Default::default() };
    let rows = b.store.accounts(&query, &all).await.unwrap().items;
    let found: Vec<_> = rows
        .iter()
        .map(|a| (a.path.clone(), a.balance, a.at_most, a.closed_at.is_some()))
        .collect();
    let expected: Vec<_> = whole
        .accounts()
        .map(|s| (s.account.path.clone(), s.balance, s.account.limits.at_most, s.closed))
        .collect();
    assert_eq!(found, expected, "seed {seed}");
    for (part, serial, custody) in whole.serials().iter() {
        let lives = b.store.custody(serial, &all).await.unwrap();
        let life = lives.iter().find(|life| life.part == *part).unwrap();
        assert_eq!(life.holder.as_ref(), Some(&custody.holder), "seed {seed}: {serial}");
    }
}
