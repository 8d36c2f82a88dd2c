//! Parts and money in the database: what is posted is what is read, and nothing else passes.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::ledger::{close, key, limit, path, posting, settle_and_apply};
use crate::support::{Bench, NOW, on_both};
use base::TransactionId;
use store::accounts::{AccountQuery, StockQuery};
use store::{Scope, StoreError};

/// Five tubes and two batteries come in and go to the station; one battery goes into a vehicle.
async fn history(b: &Bench) -> base::CaseId {
    let receipt = posting(&[
        "supplier/F1/TUBE -> stock/HQ/TUBE 5:TUBE",
        "supplier/F1/BAT -> stock/HQ/BAT BAT#B1",
        "supplier/F1/BAT -> stock/HQ/BAT BAT#B2",
    ]);
    let sent = posting(&[
        "stock/HQ/TUBE -> transit/S0101/SF1/TUBE 3:TUBE",
        "stock/HQ/BAT -> transit/S0101/SF1/BAT BAT#B1",
    ]);
    b.post(vec![receipt, sent]).await.unwrap();
    let arrived = posting(&[
        "transit/S0101/SF1/TUBE -> stock/S0101/TUBE 3:TUBE",
        "transit/S0101/SF1/BAT -> stock/S0101/BAT BAT#B1",
    ]);
    b.post(vec![arrived]).await.unwrap();
    let issued = posting(&[
        "stock/S0101/BAT -> fitted/U1/BAT BAT#B1",
        "fitted/U1/BAT -> old/S0101/BAT BAT#F9",
        "maker/warranty -> station/S0101/payable 70000f",
    ]);
    b.post(vec![issued]).await.unwrap()
}

#[test]
fn what_is_posted_is_what_is_read() {
    on_both(|b| async move {
        let case = history(&b).await;
        let (all, mine) = (Scope::company(), Scope::subtree(&b.station));
        let theirs = Scope::subtree(&b.other);
        let query = AccountQuery { prefix: Some("stock/S0101".into()), ..Default::default() };
        let listed = b.store.accounts(&query, &mine).await.unwrap();
        let row = |path: &ledger::Path, balance| (path.to_string(), balance);
        let rows: Vec<_> = listed.items.iter().map(|a| row(&a.path, a.balance)).collect();
        let expected = [("stock/S0101/BAT".into(), 0), ("stock/S0101/TUBE".into(), 3)];
        assert_eq!(rows, expected);
        assert_eq!(listed.items[0].owner, Some(b.station.id));
        assert!(b.store.accounts(&query, &theirs).await.unwrap().items.is_empty());

        // A page of one row each, with the balance after it.
        let shelf = path("stock/HQ/BAT");
        let (mut seen, mut cursor) = (vec![], None);
        loop {
            let page = b.store.account_entries(&shelf, cursor.as_deref(), 1, &all).await.unwrap();
            seen.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let rows: Vec<_> = seen.iter().map(|e| (e.change, e.balance)).collect();
        assert_eq!(rows, [(-1, 1), (1, 2), (1, 1)]);
        assert_eq!(seen[0].counter[0].path, path("transit/S0101/SF1/BAT"));
        assert_eq!(seen[1].counter[0].path, path("supplier/F1/BAT"));
        assert_eq!(seen[0].process.as_deref(), Some("repair_order"));
        assert!(seen[0].case_number.is_some() && seen[0].actor == Some(b.adviser));
        let hidden = b.store.account_entries(&shelf, None, 9, &mine).await;
        assert_eq!(hidden, Err(StoreError::NotFound("account")));

        let posted = b.store.case_transactions(case, &mine).await.unwrap();
        assert_eq!(posted.len(), 1);
        assert_eq!(posted[0].transaction.entries().len(), 6);
        assert!(b.store.case_transactions(case, &theirs).await.unwrap().is_empty());
        b.assert_clean().await;
    });
}

#[test]
fn stock_and_custody_tell_where_everything_is() {
    on_both(|b| async move {
        history(&b).await;
        let sent = posting(&["stock/HQ/TUBE -> transit/S0101/SF2/TUBE 2:TUBE"]);
        let kept = posting(&["stock/S0101/TUBE -> reserved/S0101/TUBE 1:TUBE"]);
        b.post(vec![sent, kept]).await.unwrap();
        let mine = Scope::subtree(&b.station);
        let stock = b.store.stock(&StockQuery::default(), &mine).await.unwrap().items;
        let rows: Vec<_> = stock
            .iter()
            .map(|r| (r.part.as_str(), r.tracked, [r.on_hand, r.reserved, r.in_transit, r.old]))
            .collect();
        assert_eq!(rows, [("BAT", true, [0, 0, 0, 1]), ("TUBE", false, [2, 1, 2, 0])]);
        assert!(stock.iter().all(|row| row.warehouse == "S0101"));
        let first = StockQuery { limit: 1, ..Default::default() };
        let all = b.store.stock(&first, &Scope::company()).await.unwrap();
        assert_eq!((all.items[0].warehouse.as_str(), all.items[0].on_hand), ("HQ", 1));
        assert_eq!(all.next.as_deref(), Some("HQ/BAT"));

        let custody = b.store.custody(&key("B1"), &mine).await.unwrap();
        let steps: Vec<String> =
            custody[0].moves.iter().map(|m| format!("{} {}", m.from, m.to)).collect();
        assert_eq!(
            steps,
            [
                "supplier/F1/BAT stock/HQ/BAT",
                "stock/HQ/BAT transit/S0101/SF1/BAT",
                "transit/S0101/SF1/BAT stock/S0101/BAT",
                "stock/S0101/BAT fitted/U1/BAT",
            ]
        );
        assert_eq!(custody[0].holder, Some(path("fitted/U1/BAT")));
        assert!(b.store.custody(&key("B1"), &Scope::subtree(&b.other)).await.unwrap().is_empty());
        assert!(b.store.custody(&key("B2"), &mine).await.unwrap().is_empty());
    });
}

#[test]
fn a_refusal_names_what_would_pass_and_leaves_nothing_behind() {
    on_both(|b| async move {
        history(&b).await;
        b.post(vec![limit("loan/A1", Some(100))]).await.unwrap();
        for (postings, says) in [
            (
                vec![posting(&["stock/S0101/TUBE -> sold/X/TUBE 4:TUBE"])],
                "stock/S0101/TUBE holds 3 pcs, 4 pcs were asked for",
            ),
            (
                vec![posting(&["stock/HQ/BAT -> sold/X/BAT BAT#B1"])],
                "Serial B1 is held by fitted/U1/BAT; move it from there",
            ),
            (
                vec![posting(&["stock/HQ/BAT -> sold/X/BAT BAT#B7"])],
                "Nobody holds serial B7; receive it first",
            ),
            (
                vec![posting(&["supplier/F1/BAT -> stock/HQ/BAT BAT#B2"])],
                "Serial B2 is held by stock/HQ/BAT; move it from there",
            ),
            (
                vec![posting(&["maker/lent -> loan/A1 101f"])],
                "loan/A1 may take ¥1.00 more, ¥1.01 were asked for",
            ),
            (
                vec![close("station/S0101/payable")],
                "station/S0101/payable still holds ¥700.00; \
                settle it before it is closed",
            ),
            (
                vec![limit("station/S0101/payable", Some(-1))],
                "The limit of station/S0101/payable \
                cannot be below zero",
            ),
        ] {
            let change = b.with(postings).await;
            let refused = settle_and_apply(&b.store, &change, NOW).await.unwrap_err();
            assert_eq!(refused.sentence(), says);
            // Whoever applies without asking gets the same, without a sentence.
            assert_eq!(b.store.apply(&change, NOW).await, Err(StoreError::Moved), "{says}");
        }
        assert!(b.store.account(&path("sold/X/TUBE"), &Scope::company()).await.is_err());
        b.assert_clean().await;
    });
}

#[test]
fn a_quota_is_decided_used_lowered_and_paid_down() {
    on_both(|b| async move {
        let all = Scope::company();
        let lend = |fen: i64| posting(&[&format!("maker/lent -> loan/A1 {fen}f")]);
        // Decided and used at once, in its order.
        b.post(vec![limit("loan/A1", Some(1_000)), lend(900)]).await.unwrap();
        b.post(vec![lend(50), limit("loan/A1", Some(200))]).await.unwrap();
        let account = b.store.account(&path("loan/A1"), &all).await.unwrap();
        assert_eq!((account.balance, account.at_most), (950, Some(200)));
        assert!(b.post(vec![lend(1)]).await.is_err());
        b.post(vec![posting(&["loan/A1 -> maker/lent 950f"])]).await.unwrap();
        b.post(vec![limit("loan/A1", None), lend(5_000)]).await.unwrap();
        b.post(vec![posting(&["loan/A1 -> maker/lent 5000f"]), close("loan/A1")]).await.unwrap();
        let closed = b.store.account(&path("loan/A1"), &all).await.unwrap();
        assert_eq!((closed.balance, closed.closed_at), (0, Some(NOW)));
        let refused = b.post(vec![lend(1)]).await.unwrap_err().sentence();
        assert_eq!(refused, "The account loan/A1 is closed");
        b.assert_clean().await;
    });
}

#[test]
fn what_is_posted_is_reversed_once() {
    on_both(|b| async move {
        let all = Scope::company();
        let case = b.post(vec![posting(&["supplier/F/BAT -> stock/HQ/BAT BAT#B1"])]).await.unwrap();
        let undo = b.reversal(case).await;
        // Two hands at once: exactly one does it.
        let (one, two) = (b.with(vec![undo.clone()]).await, b.with(vec![undo.clone()]).await);
        let (one, two) = tokio::join!(
            settle_and_apply(&b.store, &one, NOW),
            settle_and_apply(&b.store, &two, NOW)
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
        let lost = one.as_ref().err().or(two.as_ref().err()).is_some();
        assert!(lost);
        let refused = b.post(vec![undo]).await.unwrap_err().sentence();
        assert!(refused.ends_with("was reversed before"), "{refused}");
        let reversed = b.store.case_transactions(case, &all).await.unwrap()[0].reversed_by;
        let undone: TransactionId = reversed.unwrap();
        let entries = b.store.account_entries(&path("stock/HQ/BAT"), None, 9, &all).await.unwrap();
        assert_eq!(entries.items[0].transaction, undone);
        assert_eq!((entries.items[0].balance, entries.items[1].reversed_by), (0, Some(undone)));
        // A mistyped number is forgotten, and the real one may come in later.
        assert_eq!(b.store.custody(&key("B1"), &all).await.unwrap()[0].holder, None);
        let twice = b.reversal(one.or(two).unwrap().case).await;
        assert!(b.post(vec![twice]).await.unwrap_err().sentence().contains("reversal itself"));
        b.post(vec![posting(&["supplier/F/BAT -> stock/S0101/BAT BAT#B1"])]).await.unwrap();
        b.assert_clean().await;
    });
}

#[test]
fn thirty_serials_stay_within_the_statements_of_a_command() {
    on_both(|b| async move {
        let line = |n: u32| format!("supplier/F/BAT -> stock/HQ/BAT BAT#B{n}");
        let lines: Vec<String> = (0..30).map(line).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let receipt = posting(&lines);
        let back: Vec<String> = lines
            .iter()
            .map(|l| l.replace("supplier/F", "stock/HQ").replace("-> stock/HQ", "-> sold/X"))
            .collect();
        let back: Vec<&str> = back.iter().map(String::as_str).collect();
        for postings in [vec![receipt], vec![posting(&back)]] {
            let change = b.with(postings).await;
            let before = b.store.statements();
            let applied = settle_and_apply(&b.store, &change, NOW).await.unwrap();
            assert!(applied.statements <= 15, "{} statements", applied.statements);
            // The book is read twice: once to judge, once to write.
            assert!(b.store.statements() - before <= 24, "{}", b.store.statements() - before);
        }
        assert_eq!(b.balance("sold/X/BAT").await, 30);
        b.assert_clean().await;
    });
}

#[test]
fn sources_are_folded_and_read_alike_before_and_after() {
    on_both(|b| async move {
        for _ in 0..3 {
            b.post(vec![posting(&["supplier/F/TUBE -> stock/HQ/TUBE 7:TUBE"])]).await.unwrap();
        }
        assert_eq!(b.balance("supplier/F/TUBE").await, -21);
        let mut folded = 0;
        for _ in 0..2_000 {
            folded += b.store.fold_ledger(4).await.unwrap();
            if folded == 6 {
                break;
            }
            // Transactions of other tests on the same server hold the watermark back.
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        assert_eq!(folded, 6);
        assert_eq!(b.store.fold_ledger(4).await, Ok(0));
        assert_eq!(b.balance("supplier/F/TUBE").await, -21);
        b.assert_clean().await;
        // A purse with a limit is guarded from then on, with what was not folded yet.
        b.post(vec![posting(&["loan/A -> maker/purse 5f"])]).await.unwrap_err();
        b.post(vec![posting(&["maker/other -> maker/purse 50f"])]).await.unwrap();
        b.post(vec![limit("maker/purse", Some(60))]).await.unwrap();
        assert_eq!(b.balance("maker/purse").await, 50);
        b.post(vec![posting(&["maker/other -> maker/purse 10f"])]).await.unwrap();
        let refused = b.post(vec![posting(&["maker/other -> maker/purse 1f"])]).await;
        assert!(refused.unwrap_err().sentence().contains("may take ¥0.00 more"));
        while b.store.fold_ledger(4).await.unwrap() > 0 {}
        assert_eq!(b.balance("maker/purse").await, 60);
        b.assert_clean().await;
    });
}
