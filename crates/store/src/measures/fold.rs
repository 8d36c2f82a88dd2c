//! Folding: deltas are summed into totals, now and then.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::{Result, Store};
use std::collections::BTreeMap;

/// Deltas of one fold at the most.
const MOST: u32 = 20_000;

/// A row of the totals: measure, day, org, dimensions, class.
type Key = (String, String, i64, String, i64);

impl Store {
    /// Folds at most `batch` deltas into the totals; how many there were. Call again while it
    /// answers `batch`. It looks only at what is safely committed, below the oldest running
    /// transaction, so that nothing can appear behind it later.
    pub async fn fold_measures(&self, batch: u32) -> Result<u32> {
        let batch = batch.clamp(1, MOST);
        let mark = "SELECT txid, position FROM measures_folded";
        let (from, below) = self.exec().folded(mark).await?;
        let sql = "SELECT txid, position, measure, day, org, dims, bucket, times, amount \
                   FROM measure_deltas WHERE (txid, position) > ($1, $2) AND txid < $3 \
                   ORDER BY txid, position LIMIT $4";
        let rows = self.exec().rows(sql, cells![from.0, from.1, below, batch]).await?;
        let (mut through, mut seen) = (from, 0);
        let mut sums: BTreeMap<Key, (i64, i64)> = BTreeMap::new();
        for mut row in rows {
            through = (row.int()?, row.int()?);
            let key = (row.text()?, row.text()?, row.int()?, row.text()?, row.int()?);
            let sum = sums.entry(key).or_default();
            *sum = (sum.0 + row.int()?, sum.1 + row.int()?);
            seen += 1;
        }
        if seen == 0 {
            return Ok(0);
        }
        match self.exec().write(fold(from, through, sums)).await {
            // Another node folded at the same moment.
            Err(Rollback::Guard(_)) => Ok(0),
            result => result.map(|_| seen).map_err(Into::into),
        }
    }

    /// Makes all totals anew from the deltas, when `verify` found them wrong. Reads stay right
    /// meanwhile: they add what is not folded.
    pub async fn refold_measures(&self) -> Result<u64> {
        self.exec()
            .write(vec![
                Write::one("UPDATE measures_folded SET txid = -1, position = -1", vec![]),
                Write::any("DELETE FROM measure_totals", vec![]),
            ])
            .await?;
        let mut folded = 0;
        loop {
            let seen = self.fold_measures(MOST).await?;
            folded += u64::from(seen);
            if seen < MOST {
                return Ok(folded);
            }
        }
    }
}

/// The mark goes first: it lets one node fold at a time.
fn fold(from: (i64, i64), through: (i64, i64), sums: BTreeMap<Key, (i64, i64)>) -> Vec<Write> {
    let mut writes = vec![Write::one(
        "UPDATE measures_folded SET txid = $1, position = $2 WHERE txid = $3 AND position = $4",
        cells![through.0, through.1, from.0, from.1],
    )];
    let rows = sums.into_iter().filter(|(_, sum)| *sum != (0, 0)).map(|(key, (times, amount))| {
        let (measure, day, org, dims, bucket) = key;
        cells![measure, day, org, dims, bucket, times, amount]
    });
    writes.extend(Write::rows(
        "INSERT INTO measure_totals (measure, day, org, dims, bucket, times, amount) VALUES",
        rows.collect(),
        "ON CONFLICT (measure, day, org, dims, bucket) DO UPDATE SET \
         times = measure_totals.times + excluded.times, \
         amount = measure_totals.amount + excluded.amount",
    ));
    writes
}
