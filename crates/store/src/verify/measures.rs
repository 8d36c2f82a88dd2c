//! The totals of measures against the journal: what entries say was counted is what lies beside
//! them, and what lies there makes the totals.

use super::chains::Chains;
use super::{Problems, VerifyReport};
use crate::exec::Read;
use crate::exec::cell::cells;
use crate::measures::bucket;
use crate::{Result, Store};
use base::OrgId;
use engine::Delta;
use std::collections::HashMap;

/// Differences named at the most.
const MOST: i64 = 100;

/// A row of the totals.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct TotalKey {
    measure: String,
    day: String,
    org: i64,
    dims: String,
    bucket: i64,
}

impl TotalKey {
    pub(super) fn of(delta: &Delta) -> Self {
        Self {
            measure: delta.measure.clone(),
            day: delta.day.to_string(),
            org: delta.org.0,
            dims: delta.key(),
            bucket: bucket(delta),
        }
    }

    /// As people find it: measure, day, station, dimensions.
    fn shown(&self) -> String {
        let Self { measure, day, dims, .. } = self;
        format!("{measure} {day} {} {dims}", OrgId(self.org))
    }
}

/// What is safely committed when the walk begins. What is counted meanwhile is left to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    below: i64,
    journal: i64,
    deltas: i64,
}

impl Bounds {
    /// Holds nothing: what the walk has left behind is not counted again.
    pub(super) const NONE: Self = Self { below: 0, journal: -1, deltas: -1 };

    /// Whether the journal's entry at that place lies within.
    pub(super) const fn holds(self, (txid, position): (i64, i64)) -> bool {
        txid < self.below && position <= self.journal
    }
}

impl Store {
    /// To be taken before the journal is walked, of journal and deltas at one moment.
    pub(super) async fn counted_bounds(&self) -> Result<Bounds> {
        let watermark = self.exec().dialect().oldest_running();
        let sql = format!(
            "SELECT ({watermark}), (SELECT COALESCE(MAX(position), 0) FROM journal), \
             (SELECT COALESCE(MAX(position), 0) FROM measure_deltas)"
        );
        let Some(mut row) = self.exec().row(sql, vec![]).await? else { return Ok(Bounds::NONE) };
        Ok(Bounds { below: row.int()?, journal: row.int()?, deltas: row.int()? })
    }

    /// Journal against deltas, deltas against totals.
    pub(super) async fn check_measures(
        &self,
        bounds: Bounds,
        chains: &mut Chains,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let sql = "SELECT measure, day, org, dims, bucket, CAST(SUM(times) AS BIGINT), \
                   CAST(SUM(amount) AS BIGINT) FROM measure_deltas \
                   WHERE txid < $1 AND position <= $2 GROUP BY measure, day, org, dims, bucket";
        let read = Read::new(sql, cells![bounds.below, bounds.deltas]);
        let rows = self.exec().read(vec![read]).await?.pop().unwrap_or_default();
        let mut journal = std::mem::take(&mut chains.counted);
        for mut row in rows {
            let key = read_key(&mut row)?;
            let beside = (row.int()?, row.int()?);
            let counted = journal.remove(&key).unwrap_or_default();
            report.totals += 1;
            if counted != beside {
                differs(&key, counted, beside, problems);
            }
        }
        let mut missing: Vec<_> = journal.into_iter().filter(|(_, sum)| *sum != (0, 0)).collect();
        missing.sort_by_key(|(key, _)| key.shown());
        for (key, counted) in missing {
            differs(&key, counted, (0, 0), problems);
        }
        self.compare_totals(problems).await
    }

    /// Totals with what is not folded yet, less all deltas: nothing may be left. One statement, so
    /// that all three are of one moment.
    async fn compare_totals(&self, problems: &mut Problems) -> Result<()> {
        let sql = "SELECT s.measure, s.day, s.org, s.dims, s.bucket, \
                   CAST(SUM(s.times) AS BIGINT), CAST(SUM(s.amount) AS BIGINT) FROM ( \
                   SELECT measure, day, org, dims, bucket, times, amount FROM measure_totals \
                   UNION ALL SELECT d.measure, d.day, d.org, d.dims, d.bucket, -d.times, \
                   -d.amount FROM measure_deltas d, measures_folded f \
                   WHERE (d.txid, d.position) <= (f.txid, f.position)) s \
                   GROUP BY s.measure, s.day, s.org, s.dims, s.bucket \
                   HAVING SUM(s.times) <> 0 OR SUM(s.amount) <> 0 \
                   ORDER BY s.measure, s.day, s.org LIMIT $1";
        for mut row in self.exec().rows(sql, cells![MOST]).await? {
            let key = read_key(&mut row)?;
            let (times, amount) = (row.int()?, row.int()?);
            let shown = key.shown();
            problems.add(
                format!("指标合计 {shown}：比明细多 {times} 次、{amount}；可用 sanbao verify --refold 重新汇总"),
                format!("total {shown}: {times} events and {amount} more than its rows; \
                     `sanbao verify --refold` sums it anew"),
            );
        }
        Ok(())
    }
}

fn differs(key: &TotalKey, counted: (i64, i64), beside: (i64, i64), problems: &mut Problems) {
    let shown = key.shown();
    problems.add(
        format!(
            "指标 {shown}：办理记录计 {} 次、{}，明细却是 {} 次、{}",
            counted.0, counted.1, beside.0, beside.1
        ),
        format!(
            "measure {shown}: the journal counted {} events and {}, the rows beside it say {} \
             and {}",
            counted.0, counted.1, beside.0, beside.1
        ),
    );
}

fn read_key(row: &mut crate::exec::Row) -> Result<TotalKey> {
    Ok(TotalKey {
        measure: row.text()?,
        day: row.text()?,
        org: row.int()?,
        dims: row.text()?,
        bucket: row.int()?,
    })
}

/// Sums by row of the totals.
pub(super) type Sums = HashMap<TotalKey, (i64, i64)>;
