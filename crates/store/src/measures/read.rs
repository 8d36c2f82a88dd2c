//! Reading what was counted, in scope, and the cases behind a number.

use crate::exec::Row;
use crate::exec::cell::cells;
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Day, Instant, OrgId};
use engine::count::{Tally, read_key};
use std::collections::BTreeMap;

/// Rows of totals read for one answer at the most; who needs more narrows the period.
const MOST_ROWS: i64 = 60_000;
/// Cases of one page at the most.
const MOST_CASES: u32 = 200;

/// Which counts.
#[derive(Debug, Clone)]
pub struct CountsQuery {
    /// The measure.
    pub measure: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// Only rows with these values of dimensions.
    pub only: BTreeMap<String, String>,
}

/// How time is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// Not at all.
    #[default]
    Whole,
    /// By year, `2026`.
    Year,
    /// By month, `2026-11`.
    Month,
    /// By day, `2026-11-20`.
    Day,
}

impl Grain {
    /// How much of a day is read.
    pub(super) const fn length(self) -> i64 {
        match self {
            Self::Whole => 0,
            Self::Year => 4,
            Self::Month => 7,
            Self::Day => 10,
        }
    }
}

/// What was counted, by station, dimensions and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The organisation unit.
    pub org: OrgId,
    /// `2026`, `2026-11`, `2026-11-20`, or empty.
    pub period: String,
    /// The dimensions.
    pub by: BTreeMap<String, String>,
    /// What was counted.
    pub tally: Tally,
}

/// A case behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCase {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its process.
    pub process: String,
    /// The release it runs under.
    pub release: String,
    /// Full name of the main state.
    pub state: String,
    /// The unit it was counted for.
    pub org: OrgId,
    /// The day it was counted on.
    pub day: Day,
    /// When it last happened.
    pub occurred_at: Instant,
    /// Dimensions.
    pub by: BTreeMap<String, String>,
    /// Events.
    pub times: i64,
    /// How much.
    pub amount: i64,
}

const TOTALS: &str = "SELECT t.org, SUBSTR(t.day, 1, CAST($5 AS INTEGER)) AS period, t.dims, \
    t.bucket, t.times, t.amount FROM measure_totals t \
    WHERE t.measure = $1 AND t.day >= $2 AND t.day <= $3 AND t.dims LIKE $4 ESCAPE '!'";

const UNFOLDED: &str = "SELECT d.org, SUBSTR(d.day, 1, CAST($5 AS INTEGER)) AS period, d.dims, \
    d.bucket, d.times, d.amount FROM measure_deltas d, measures_folded f \
    WHERE (d.txid, d.position) > (f.txid, f.position) \
    AND d.measure = $1 AND d.day >= $2 AND d.day <= $3 AND d.dims LIKE $4 ESCAPE '!'";

impl Store {
    /// What was counted within the scope, one row for each station, period and set of dimensions.
    pub async fn counts(
        &self,
        query: &CountsQuery,
        grain: Grain,
        scope: &Scope,
    ) -> Result<Vec<Counts>> {
        let sql = format!(
            "SELECT s.org, s.period, s.dims, s.bucket, CAST(SUM(s.times) AS BIGINT), \
             CAST(SUM(s.amount) AS BIGINT) FROM ({TOTALS} UNION ALL {UNFOLDED}) s \
             JOIN orgs o ON o.id = s.org WHERE o.path >= $6 AND o.path < $7 \
             GROUP BY s.org, s.period, s.dims, s.bucket \
             ORDER BY s.period, s.org, s.dims, s.bucket LIMIT $8"
        );
        let params = cells![
            &query.measure,
            query.from,
            query.to,
            pattern(&query.only),
            grain.length(),
            &scope.low,
            &scope.high,
            MOST_ROWS + 1,
        ];
        let rows = self.exec().rows(sql, params).await?;
        if rows.len() > usize::try_from(MOST_ROWS).unwrap_or(usize::MAX) {
            let sentence = "more was counted than one answer holds; choose a shorter period";
            return Err(StoreError::Invalid(sentence.into()));
        }
        let mut counts: Vec<Counts> = Vec::new();
        for mut row in rows {
            let org = OrgId(row.int()?);
            let (period, by) = (row.text()?, read_key(&row.text()?));
            let bucket = u16::try_from(row.int()?).ok();
            let (times, amount) = (row.int()?, row.int()?);
            let same = |c: &&mut Counts| c.org == org && c.period == period && c.by == by;
            if let Some(known) = counts.last_mut().filter(same) {
                known.tally.add(bucket, times, amount);
                continue;
            }
            let mut tally = Tally::default();
            tally.add(bucket, times, amount);
            counts.push(Counts { org, period, by, tally });
        }
        Ok(counts)
    }

    /// The cases behind the number of a place, the latest first: what each added and did not take
    /// back. A case that has moved out of the reader's scope since is not shown.
    pub async fn counted_cases(
        &self,
        query: &CountsQuery,
        place: &Scope,
        scope: &Scope,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<CountedCase>> {
        let sql = "SELECT c.id, c.number, c.process, c.release, c.main_state, d.org, d.day, \
                   MAX(d.occurred_at), d.dims, CAST(SUM(d.times) AS BIGINT), \
                   CAST(SUM(d.amount) AS BIGINT) FROM measure_deltas d \
                   JOIN cases c ON c.id = d.case_id JOIN orgs o ON o.id = d.org \
                   WHERE d.measure = $1 AND d.day >= $2 AND d.day <= $3 \
                   AND d.dims LIKE $4 ESCAPE '!' AND o.path >= $5 AND o.path < $6 \
                   AND c.org_path >= $7 AND c.org_path < $8 \
                   GROUP BY c.id, c.number, c.process, c.release, c.main_state, d.org, d.day, \
                   d.dims HAVING SUM(d.times) <> 0 OR SUM(d.amount) <> 0 \
                   ORDER BY MAX(d.occurred_at) DESC, c.id DESC LIMIT $9 OFFSET $10";
        let params = cells![
            &query.measure,
            query.from,
            query.to,
            pattern(&query.only),
            &place.low,
            &place.high,
            &scope.low,
            &scope.high,
            limit.clamp(1, MOST_CASES),
            skip,
        ];
        self.exec().rows(sql, params).await?.into_iter().map(read_case).collect()
    }

    /// What the cases add up to that [`Store::counted_cases`] shows: times and amount. The number
    /// itself may be higher by cases that have moved out of the scope since.
    pub async fn counted_shown(
        &self,
        query: &CountsQuery,
        place: &Scope,
        scope: &Scope,
    ) -> Result<(i64, i64)> {
        let sql = "SELECT CAST(COALESCE(SUM(d.times), 0) AS BIGINT), \
                   CAST(COALESCE(SUM(d.amount), 0) AS BIGINT) FROM measure_deltas d \
                   JOIN cases c ON c.id = d.case_id JOIN orgs o ON o.id = d.org \
                   WHERE d.measure = $1 AND d.day >= $2 AND d.day <= $3 \
                   AND d.dims LIKE $4 ESCAPE '!' AND o.path >= $5 AND o.path < $6 \
                   AND c.org_path >= $7 AND c.org_path < $8";
        let params = cells![
            &query.measure,
            query.from,
            query.to,
            pattern(&query.only),
            &place.low,
            &place.high,
            &scope.low,
            &scope.high,
        ];
        let mut rows = self.exec().rows(sql, params).await?;
        let Some(mut row) = rows.pop() else { return Ok((0, 0)) };
        Ok((row.int()?, row.int()?))
    }
}

fn read_case(mut row: Row) -> Result<CountedCase> {
    Ok(CountedCase {
        case: CaseId(row.int()?),
        number: row.text()?,
        process: row.text()?,
        release: row.text()?,
        state: format!("main.{}", row.text()?),
        org: OrgId(row.int()?),
        day: row.opt_day()?.ok_or_else(|| StoreError::Damaged("a delta has a day".into()))?,
        occurred_at: row.instant()?,
        by: read_key(&row.text()?),
        times: row.int()?,
        amount: row.int()?,
    })
}

/// The rows whose dimensions hold these values; keys stand in the order of their names.
pub(super) fn pattern(only: &BTreeMap<String, String>) -> String {
    let mut pattern = "%".to_owned();
    for (name, value) in only {
        for c in format!("{name}={value};").chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_signs_as_they_stand() {
        let check = |pairs: &[(&str, &str)], expect: &str| {
            let pairs = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
            assert_eq!(pattern(&pairs.collect()), expect);
        };
        check(&[], "%");
        check(&[("component", "li_battery")], "%component=li!_battery;%");
        check(&[("b", "5%!"), ("a", "x")], "%a=x;%b=5!%!!;%");
    }
}
