//! What many measures counted, summed over stations and dimensions: the page of figures asks this.

use super::Grain;
use super::read::pattern;
use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::{Result, Scope, Store, StoreError};
use base::{Day, OrgId};
use engine::count::Tally;
use std::collections::BTreeMap;

/// Rows of one answer at the most; who needs more narrows the period.
const MOST_ROWS: i64 = 60_000;

/// Which sums.
#[derive(Debug, Clone)]
pub struct TallyQuery<'a> {
    /// The measures.
    pub measures: &'a [String],
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// How time is divided.
    pub grain: Grain,
    /// Whether stations are kept apart.
    pub by_org: bool,
    /// Only rows with these values of dimensions.
    pub only: &'a BTreeMap<String, String>,
}

/// The sum of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRow {
    /// The measure.
    pub measure: String,
    /// The organisation unit, where they are kept apart.
    pub org: Option<OrgId>,
    /// `2026`, `2026-11`, `2026-11-20`, or empty.
    pub period: String,
    /// What was counted.
    pub tally: Tally,
}

impl Store {
    /// What these measures counted within the scope, by measure, station and time.
    pub async fn tallies(&self, query: &TallyQuery<'_>, scope: &Scope) -> Result<Vec<TallyRow>> {
        if query.measures.is_empty() {
            return Ok(vec![]);
        }
        let named = places(7, query.measures.len());
        let (org, apart) =
            if query.by_org { ("s.org", "s.org, ") } else { ("CAST(0 AS BIGINT)", "") };
        let part = "SUBSTR({}.day, 1, CAST($1 AS INTEGER)) AS period";
        let of = |row: &str, from: &str, also: &str| {
            let period = part.replace("{}", row);
            format!(
                "SELECT {row}.measure, {row}.org, {period}, {row}.bucket, {row}.times, \
                 {row}.amount FROM {from} WHERE {also} {row}.measure IN {named} \
                 AND {row}.day >= $2 AND {row}.day <= $3 AND {row}.dims LIKE $4 ESCAPE '!'"
            )
        };
        let folded = of("t", "measure_totals t", "");
        let rest = of(
            "d",
            "measure_deltas d, measures_folded f",
            "(d.txid, d.position) > (f.txid, f.position) AND",
        );
        let sql = format!(
            "SELECT s.measure, {org}, s.period, s.bucket, CAST(SUM(s.times) AS BIGINT), \
             CAST(SUM(s.amount) AS BIGINT) FROM ({folded} UNION ALL {rest}) s \
             JOIN orgs o ON o.id = s.org WHERE o.path >= $5 AND o.path < $6 \
             GROUP BY s.measure, {apart}s.period, s.bucket \
             ORDER BY s.measure, {apart}s.period, s.bucket LIMIT {}",
            MOST_ROWS + 1
        );
        let length = query.grain.length();
        let mut params: Vec<Cell> =
            cells![length, query.from, query.to, pattern(query.only), &scope.low, &scope.high];
        params.extend(query.measures.iter().map(Cell::from));
        let rows = self.exec().rows(sql, params).await?;
        if rows.len() > usize::try_from(MOST_ROWS).unwrap_or(usize::MAX) {
            let sentence = "more was counted than one answer holds; choose a shorter period";
            return Err(StoreError::Invalid(sentence.into()));
        }
        let mut sums: Vec<TallyRow> = Vec::new();
        for mut row in rows {
            let measure = row.text()?;
            let org = Some(OrgId(row.int()?)).filter(|_| query.by_org);
            let period = row.text()?;
            let bucket = u16::try_from(row.int()?).ok();
            let (times, amount) = (row.int()?, row.int()?);
            let same =
                |s: &&mut TallyRow| s.measure == measure && s.org == org && s.period == period;
            if let Some(known) = sums.last_mut().filter(same) {
                known.tally.add(bucket, times, amount);
                continue;
            }
            let mut tally = Tally::default();
            tally.add(bucket, times, amount);
            sums.push(TallyRow { measure, org, period, tally });
        }
        Ok(sums)
    }
}
