//! What somebody with the database's password cannot do to the books unseen.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::ledger::{limit, posting};
use crate::support::{Bench, NOW, on_both};
use serde_json::Map;

/// A battery comes in and goes to the station, with money beside it; one receipt is reversed.
async fn history(b: &Bench) {
    b.post(vec![posting(&[
        "supplier/F/BAT -> stock/HQ/BAT BAT#B1",
        "supplier/F/BAT -> stock/HQ/BAT BAT#B2",
        "supplier/F/TUBE -> stock/HQ/TUBE 5:TUBE",
    ])])
    .await
    .unwrap();
    b.post(vec![posting(&["stock/HQ/BAT -> stock/S0101/BAT BAT#B1", "maker/x -> float/S 90f"])])
        .await
        .unwrap();
    b.post(vec![limit("loan/A", Some(10))]).await.unwrap();
    b.post(vec![limit("loan/A", Some(20))]).await.unwrap();
    let case = b.post(vec![posting(&["supplier/F/TUBE -> stock/HQ/TUBE 2:TUBE"])]).await.unwrap();
    let undo = b.reversal(case).await;
    b.post(vec![undo]).await.unwrap();
    b.store.stage_import("parts", "x.xlsx", Map::new(), vec![], b.adviser, NOW).await.unwrap();
    // Transactions of other tests on the same server hold the watermark back for a moment.
    b.assert_all_clean(4).await;
}

#[test]
fn posted_rows_cannot_be_changed_or_deleted() {
    on_both(|b| async move {
        history(&b).await;
        for sql in [
            "UPDATE ledger_transactions SET rule = 'x'",
            "DELETE FROM ledger_transactions",
            "UPDATE ledger_entries SET change = change + 1",
            "DELETE FROM ledger_entries WHERE serial = 'B1'",
        ] {
            let refused = b.raw(sql).await.unwrap_err();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
        b.assert_clean().await;
    });
}

/// Of the transaction that moves serial B1 out of headquarters.
const OUT: &str = "(SELECT transaction_id FROM ledger_entries WHERE serial = 'B1' AND change = -1 \
    AND account = (SELECT id FROM ledger_accounts WHERE path = 'stock/HQ/BAT'))";

/// The table whose trigger goes first, what is done, and what `verify` says of it.
type Deed = (Option<&'static str>, String, &'static str);

fn account(path: &str) -> String {
    format!("(SELECT id FROM ledger_accounts WHERE path = '{path}')")
}

/// To what is kept beside the postings.
fn to_what_is_kept() -> Vec<Deed> {
    let hq = account("stock/HQ/BAT");
    vec![
        (
            None,
            "UPDATE ledger_accounts SET balance = 6 WHERE path = 'stock/HQ/TUBE'".to_owned(),
            "account stock/HQ/TUBE: 6 is kept, what was posted makes 5",
        ),
        (
            None,
            "UPDATE ledger_accounts SET balance = balance + 1 WHERE path = 'supplier/F/TUBE'"
                .into(),
            "account supplier/F/TUBE: -4 is kept, what was posted makes -5",
        ),
        (
            None,
            "UPDATE ledger_accounts SET path = 'float/T' WHERE path = 'float/S'".into(),
            "it was changed, the journal says otherwise",
        ),
        (
            None,
            format!("UPDATE ledger_serials SET account = {hq} WHERE serial = 'B1'"),
            "serial BAT B1: kept at stock/HQ/BAT, its moves lead to stock/S0101/BAT",
        ),
        (
            None,
            "DELETE FROM ledger_serials WHERE serial = 'B2'".into(),
            "serial BAT B2: kept at -, its moves lead to stock/HQ/BAT",
        ),
        (
            None,
            "UPDATE ledger_accounts SET at_most = 500 WHERE path = 'loan/A'".into(),
            "account loan/A: its limits were changed beside the journal",
        ),
        (
            None,
            "UPDATE ledger_accounts SET negative = 1 WHERE path = 'stock/HQ/TUBE'".into(),
            "account stock/HQ/TUBE: its limits were changed beside the journal",
        ),
    ]
}

/// To what was posted.
fn to_what_was_posted() -> Vec<Deed> {
    let float = account("float/S");
    vec![
        (
            Some("ledger_entries"),
            format!("UPDATE ledger_entries SET change = 95 WHERE account = {float}"),
            "fen does not sum to zero (unbalanced)",
        ),
        (
            Some("ledger_entries"),
            // Both sides, and the balance kept: the sums fit, the journal does not.
            format!(
                "UPDATE ledger_entries SET change = change * 2 WHERE ABS(change) = 90; \
                 UPDATE ledger_accounts SET balance = 180 WHERE id = {float}"
            ),
            "it was changed, the journal says otherwise",
        ),
        (
            Some("ledger_entries"),
            format!("DELETE FROM ledger_entries WHERE transaction_id = {OUT} AND serial = 'B1'"),
            "it was posted with 4 rows, 2 are there",
        ),
        (
            Some("ledger_entries"),
            format!("DELETE FROM ledger_entries WHERE transaction_id = {OUT}"),
            "the journal knows it, the ledger does not",
        ),
        (
            Some("ledger_transactions"),
            "UPDATE ledger_transactions SET recorded_at = recorded_at + 1 \
             WHERE reverses IS NOT NULL"
                .into(),
            "it was changed, the journal says otherwise",
        ),
        (
            None,
            "INSERT INTO ledger_transactions (id, posting, rule, case_id, entries, occurred_at, \
             recorded_at) SELECT 7, 'gift', 'x', MIN(id), 2, 1, 1 FROM cases; \
             INSERT INTO ledger_entries (transaction_id, account, change) SELECT 7, id, \
             CASE WHEN path = 'maker/x' THEN -5 ELSE 5 END FROM ledger_accounts \
             WHERE path IN ('maker/x', 'float/S'); \
             UPDATE ledger_accounts SET balance = balance + 5 WHERE path = 'float/S'"
                .into(),
            "it was posted beside the journal",
        ),
        (
            None,
            "INSERT INTO ledger_transactions (id, posting, rule, import_id, entries, occurred_at, \
             recorded_at) SELECT 8, 'gift', 'x', id, 2, 1, 1 FROM imports; \
             INSERT INTO ledger_entries (transaction_id, account, change) SELECT 8, id, \
             CASE WHEN path = 'maker/x' THEN -5 ELSE 5 END FROM ledger_accounts \
             WHERE path IN ('maker/x', 'float/S'); \
             UPDATE ledger_accounts SET balance = balance + 5 WHERE path = 'float/S'"
                .into(),
            "it was posted beside the journal",
        ),
    ]
}

#[test]
fn what_was_tampered_with_is_named() {
    for (table, sql, says) in to_what_is_kept().into_iter().chain(to_what_was_posted()) {
        let sql = sql.as_str();
        on_both(|b| async move {
            history(&b).await;
            if let Some(table) = table {
                b.without_triggers(table).await;
            }
            b.raw(sql).await.unwrap();
            let mut problems = vec![];
            for _ in 0..400 {
                problems = b.store.verify(None).await.unwrap().problems;
                if problems.iter().any(|p| p.en.contains(says) && !p.zh.contains(says)) {
                    return;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            panic!("{sql}: {problems:?}");
        });
    }
}

#[test]
fn a_child_posts_in_the_same_transaction_as_its_parent() {
    on_both(|b| async move {
        let parent = posting(&["supplier/F/TUBE -> stock/HQ/TUBE 5:TUBE"]);
        let mut change = b.with(vec![parent]).await;
        let child = posting(&["stock/HQ/TUBE -> stock/S0101/TUBE 2:TUBE"]);
        change.children.push(b.with(vec![child]).await.case);
        let applied = b.store.apply(&change, NOW).await.unwrap();
        for (case, rows) in [(applied.case, 1), (applied.children[0], 1)] {
            let posted = b.store.case_transactions(case, &store::Scope::company()).await.unwrap();
            assert_eq!(posted.len(), rows);
        }
        assert_eq!((b.balance("stock/HQ/TUBE").await, b.balance("stock/S0101/TUBE").await), (3, 2));
        b.assert_all_clean(2).await;
    });
}
