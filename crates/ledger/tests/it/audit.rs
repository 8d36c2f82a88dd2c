//! What `verify` finds when somebody changed rows behind the ledger's back.

use crate::script::{header, key, path, run};
use base::TransactionId;
use ledger::{Audit, Drift, Entry, Key, Path, Transaction};

const STORY: &str = "
    open maker fen source                 = ok
    open a fen holds                      = ok
    open s serials:BAT source             = ok
    open shelf serials:BAT holds          = ok
    open van serials:BAT holds            = ok
    post 1 maker -> a 5 fen               = ok
    post 2 s -> shelf #B1 BAT             = ok
    post 3 shelf -> van #B1 BAT           = ok
    reverse 4 1                           = ok
";

/// Walks the story's transactions through `change` and compares with what was kept.
fn audit(
    change: impl Fn(TransactionId, &Transaction) -> Option<Transaction>,
    balance_of_a: i64,
    holder: Option<&str>,
) -> Vec<Drift> {
    let book = run(STORY);
    let rows: Vec<_> =
        book.posted().filter_map(|(id, posted)| Some((id, change(id, posted)?))).collect();
    let mut audit = Audit::default();
    for (id, transaction) in &rows {
        let original = transaction.reverses().and_then(|of| rows.iter().find(|row| row.0 == of));
        audit.take(*id, transaction, original.map(|row| &row.1));
    }
    let a = path("a");
    let balances = book.accounts().map(|state| {
        let kept = if state.account.path == a { balance_of_a } else { state.balance };
        (&state.account.path, kept)
    });
    let (part, serial) = (key("BAT"), key("B1"));
    let holder: Option<Path> = holder.map(path);
    let holders: Vec<(&Key, &Key, &Path)> =
        holder.iter().map(|holder| (&part, &serial, holder)).collect();
    audit.compare(balances.collect::<Vec<_>>(), holders)
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of every change")]
fn as_it_is(_: TransactionId, posted: &Transaction) -> Option<Transaction> {
    Some(posted.clone())
}

#[test]
fn nothing_to_find() {
    assert_eq!(audit(as_it_is, 0, Some("van")), []);
}

#[test]
fn a_balance_that_was_changed() {
    let drift = Drift::Balance { account: path("a"), kept: 7, recomputed: 0 };
    assert_eq!(audit(as_it_is, 7, Some("van")), [drift]);
}

#[test]
fn a_holder_that_was_changed_or_lost() {
    let drift = |kept: Option<&str>| Drift::Holder {
        part: key("BAT"),
        serial: key("B1"),
        kept: kept.map(path),
        recomputed: Some(path("van")),
    };
    assert_eq!(audit(as_it_is, 0, Some("shelf")), [drift(Some("shelf"))]);
    assert_eq!(audit(as_it_is, 0, None), [drift(None)]);
}

#[test]
fn a_transaction_that_was_taken_out() {
    let without = |gone: i64| {
        move |id: TransactionId, posted: &Transaction| (id.0 != gone).then(|| posted.clone())
    };
    let found = audit(without(1), 0, Some("van"));
    assert_eq!(found[0], Drift::Reversal { id: TransactionId(4) });
    assert_eq!(found.len(), 3, "and both balances: {found:?}");
    // The first receipt is missing: the serial now seems to come from the shelf itself.
    let found = audit(without(2), 0, Some("van"));
    assert!(found.contains(&Drift::Balance { account: path("shelf"), kept: 0, recomputed: -1 }));
}

#[test]
fn rows_that_were_changed() {
    let double = |id: TransactionId, posted: &Transaction| {
        let twice = |e: &Entry| Entry { change: e.change * 2, ..e.clone() };
        let rows = posted.entries().iter().map(twice).collect();
        let changed = || Transaction::try_from_entries(header(), posted.reverses(), rows);
        Some(if id.0 == 4 { changed().expect("it balances") } else { posted.clone() })
    };
    assert_eq!(audit(double, 0, Some("van"))[0], Drift::Reversal { id: TransactionId(4) });
    let from_elsewhere = |id: TransactionId, posted: &Transaction| {
        let moved = |e: &Entry| {
            let account = if e.change < 0 { path("s") } else { e.account.clone() };
            Entry { account, ..e.clone() }
        };
        let rows = posted.entries().iter().map(moved).collect();
        let changed = || Transaction::try_from_entries(header(), None, rows);
        Some(if id.0 == 3 { changed().expect("it balances") } else { posted.clone() })
    };
    let drift = Drift::Custody { id: TransactionId(3), serial: key("B1") };
    assert_eq!(audit(from_elsewhere, 0, Some("van"))[0], drift);
}
