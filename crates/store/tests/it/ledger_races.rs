//! Many hands at once on the same few accounts and serials: nothing is lost, nothing is invented.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::ledger::{Dice, No, close, key, limit, path, posting, settle_and_apply};
use crate::support::{NOW, on_both, postgres_url};
use std::collections::BTreeMap;
use store::accounts::AccountQuery;
use store::{Scope, StoreError};

/// Hands at once, and what each tries.
const HANDS: u64 = 8;
const TRIES: u64 = 25;

/// What one hand tries next: parts, serials and money between few accounts.
fn attempt(dice: &mut Dice) -> Vec<String> {
    let shelf = |n: u64| ["stock/HQ", "stock/S0101", "stock/S0202"][usize::try_from(n).unwrap()];
    let (from, to) = (dice.below(3), dice.below(3));
    let to = if from == to { (to + 1) % 3 } else { to };
    let (from, to) = (shelf(from), shelf(to));
    let serial = dice.below(6);
    match dice.below(6) {
        0 => vec![format!("supplier/F/TUBE -> {to}/TUBE {}:TUBE", 1 + dice.below(4))],
        1 | 2 => vec![format!("{from}/TUBE -> {to}/TUBE {}:TUBE", 1 + dice.below(4))],
        3 => vec![format!("supplier/F/BAT -> {to}/BAT BAT#B{serial}")],
        4 => vec![
            format!("{from}/BAT -> {to}/BAT BAT#B{serial}"),
            format!("maker/lent -> loan/A {}f", 1 + dice.below(40)),
        ],
        _ => vec![
            format!("loan/A -> maker/lent {}f", 1 + dice.below(60)),
            format!("{to}/TUBE -> {from}/TUBE 1:TUBE"),
        ],
    }
}

#[test]
fn many_hands_on_the_same_accounts_lose_and_invent_nothing() {
    on_both(|b| async move {
        b.post(vec![limit("loan/A", Some(100))]).await.unwrap();
        let mut hands = Vec::new();
        for hand in 0..HANDS {
            let b = b.clone();
            hands.push(tokio::spawn(async move {
                let mut dice = Dice(hand + 1);
                let mut posted = Vec::new();
                for _ in 0..TRIES {
                    let lines = attempt(&mut dice);
                    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                    match b.post(vec![posting(&lines)]).await {
                        Ok(case) => posted.push(case),
                        Err(No::Refused(_)) => {}
                        Err(No::Store(error)) => panic!("{error}"),
                    }
                    if dice.below(9) == 0 {
                        b.store.fold_ledger(50).await.unwrap();
                    }
                }
                posted
            }));
        }
        let mut posted = 0;
        for hand in hands {
            posted += hand.await.unwrap().len() as u64;
        }
        assert!(posted > HANDS * TRIES / 4, "only {posted} were posted");
        b.assert_all_clean(posted).await;
        let query = AccountQuery { limit: 200, ..Default::default() };
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for account in b.store.accounts(&query, &Scope::company()).await.unwrap().items {
            *sums.entry(account.commodity.to_string()).or_default() += account.balance;
            assert!(account.source || account.balance >= 0, "{account:?}");
            assert!(account.at_most.is_none_or(|most| account.balance <= most), "{account:?}");
        }
        assert!(sums.len() == 3 && sums.values().all(|sum| *sum == 0), "{sums:?}");
    });
}

#[test]
fn of_many_who_want_the_last_piece_one_gets_it() {
    on_both(|b| async move {
        let receipt = ["supplier/F/BAT -> stock/HQ/BAT BAT#B1", "supplier/F/T -> stock/HQ/T 1:T"];
        b.post(vec![posting(&receipt)]).await.unwrap();
        for line in ["stock/HQ/BAT -> sold/X/BAT BAT#B1", "stock/HQ/T -> sold/X/T 1:T"] {
            let mut hands = Vec::new();
            for _ in 0..12 {
                let b = b.clone();
                hands.push(tokio::spawn(async move { b.post(vec![posting(&[line])]).await }));
            }
            let mut got = 0;
            for hand in hands {
                match hand.await.unwrap() {
                    Ok(_) => got += 1,
                    Err(No::Refused(_)) => {}
                    Err(No::Store(error)) => panic!("{error}"),
                }
            }
            assert_eq!(got, 1, "{line}");
        }
        assert_eq!((b.balance("sold/X/BAT").await, b.balance("sold/X/T").await), (1, 1));
        b.assert_clean().await;
    });
}

#[test]
fn a_decision_on_an_old_book_is_sent_back() {
    on_both(|b| async move {
        b.post(vec![posting(&["supplier/F/T -> stock/HQ/T 5:T"])]).await.unwrap();
        // Both judged while five are there; both want four.
        let take = posting(&["stock/HQ/T -> sold/X/T 4:T"]);
        let (one, two) = (b.with(vec![take.clone()]).await, b.with(vec![take]).await);
        let cases = |change: &store::Change| change.case.decision.postings.clone();
        for change in [&one, &two] {
            let mut book = b.store.book(&cases(change)).await.unwrap();
            let first = base::TransactionId(1);
            engine::settle(&change.case.decision, &mut book, first).unwrap();
        }
        b.store.apply(&one, NOW).await.unwrap();
        assert_eq!(b.store.apply(&two, NOW).await, Err(StoreError::Moved));
        let page =
            b.store.cases(&store::cases::CaseQuery::default(), &Scope::company()).await.unwrap();
        assert_eq!(page.items.len(), 2, "the case of the refused command was opened");
        b.assert_clean().await;
    });
}

#[test]
fn an_account_is_not_closed_under_somebodys_posting() {
    on_both(|b| async move {
        for round in 0..10 {
            let purse = format!("maker/purse{round}");
            b.post(vec![posting(&[&format!("maker/x -> {purse} 5f")])]).await.unwrap();
            b.post(vec![posting(&[&format!("{purse} -> maker/x 5f")])]).await.unwrap();
            let line = format!("maker/x -> {purse} 7f");
            let (closing, paying) =
                (b.with(vec![close(&purse)]).await, b.with(vec![posting(&[&line])]).await);
            let (closed, paid) = tokio::join!(
                settle_and_apply(&b.store, &closing, NOW),
                settle_and_apply(&b.store, &paying, NOW)
            );
            assert!(closed.is_ok() != paid.is_ok(), "{closed:?} {paid:?}");
            assert_eq!(b.balance(&purse).await, if paid.is_ok() { 7 } else { 0 });
        }
        b.assert_clean().await;
    });
}

#[test]
fn a_serial_has_one_life_whoever_brings_it_in() {
    on_both(|b| async move {
        let mut hands = Vec::new();
        for shelf in ["HQ", "S0101", "S0202", "HQ", "S0101", "S0202"] {
            let b = b.clone();
            let line = format!("supplier/F/BAT -> stock/{shelf}/BAT BAT#B1");
            hands.push(tokio::spawn(async move { b.post(vec![posting(&[&line])]).await.is_ok() }));
        }
        let mut born = 0;
        for hand in hands {
            born += usize::from(hand.await.unwrap());
        }
        assert_eq!(born, 1);
        let custody = b.store.custody(&key("B1"), &Scope::company()).await.unwrap();
        assert_eq!(custody[0].moves.len(), 1);
        assert_eq!(custody[0].holder, Some(custody[0].moves[0].to.clone()));
        assert_eq!(b.balance("supplier/F/BAT").await, -1);
        assert!(b.store.account(&path("stock/none"), &Scope::company()).await.is_err());
        b.assert_clean().await;
    });
}

#[test]
fn a_serial_taken_back_while_the_books_are_verified_is_no_finding() {
    on_both(|b| async move {
        let came = b.post(vec![posting(&["supplier/F/BAT -> stock/HQ/BAT BAT#B1"])]).await.unwrap();
        // On PostgreSQL whatever somebody else began before holds the bounds of the walk back.
        let held = hold_watermark().await;
        let back = b.reversal(came).await;
        b.post(vec![back]).await.unwrap();
        b.assert_clean().await;
        drop(held);
    });
}

/// A transaction that has its number and does not end, until it is dropped.
async fn hold_watermark() -> Option<tokio_postgres::Client> {
    let (client, driver) =
        tokio_postgres::connect(&postgres_url()?, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(driver);
    client.batch_execute("BEGIN; SELECT pg_current_xact_id()").await.unwrap();
    Some(client)
}
