//! Folding: what was posted to hot accounts is summed into their balances, now and then.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::{Result, Store};
use std::collections::BTreeMap;

/// Entries of one fold at the most.
const MOST: u32 = 50_000;

impl Store {
    /// Folds at most `batch` entries into the balances of the accounts that postings do not
    /// update; how many were looked at. Call again while it answers `batch`. It looks only at what
    /// is safely committed, below the oldest running transaction, so that nothing can appear
    /// behind it later.
    pub async fn fold_ledger(&self, batch: u32) -> Result<u32> {
        let batch = batch.clamp(1, MOST);
        let mark = "SELECT txid, position FROM ledger_folded";
        let (from, below) = self.exec().folded(mark).await?;
        let sql = "SELECT e.txid, e.position, e.account, e.change, a.hot FROM ledger_entries e \
                   JOIN ledger_accounts a ON a.id = e.account \
                   WHERE (e.txid, e.position) > ($1, $2) AND e.txid < $3 \
                   ORDER BY e.txid, e.position LIMIT $4";
        let rows = self.exec().rows(sql, cells![from.0, from.1, below, batch]).await?;
        let (mut through, mut seen) = (from, 0);
        let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
        for mut row in rows {
            through = (row.int()?, row.int()?);
            let (account, change) = (row.int()?, row.int()?);
            if row.flag()? {
                *changes.entry(account).or_default() += change;
            }
            seen += 1;
        }
        if seen == 0 {
            return Ok(0);
        }
        match self.exec().write(fold(from, through, changes)).await {
            // Another node folded at the same moment.
            Err(Rollback::Guard(_)) => Ok(0),
            result => result.map(|_| seen).map_err(Into::into),
        }
    }
}

/// The mark goes first: it lets one node fold at a time. An account that was given a limit
/// meanwhile is hot no longer and has taken its entries in by itself.
fn fold(from: (i64, i64), through: (i64, i64), changes: BTreeMap<i64, i64>) -> Vec<Write> {
    let mut writes = vec![Write::one(
        "UPDATE ledger_folded SET txid = $1, position = $2 WHERE txid = $3 AND position = $4",
        cells![through.0, through.1, from.0, from.1],
    )];
    let rows = changes.into_iter().filter(|(_, change)| *change != 0);
    let updates = Write::each(
        "UPDATE ledger_accounts SET balance = balance + d.column2 FROM",
        &[true, true],
        rows.map(|(account, change)| cells![account, change]).collect(),
        "WHERE ledger_accounts.id = d.column1 AND hot = 1",
    );
    writes.extend(updates.into_iter().map(Write::or_none));
    writes
}
