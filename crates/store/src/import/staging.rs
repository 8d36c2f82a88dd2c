//! A large import while it is read: staged batch by batch, so that a page sees how far it is.

use super::{ImportRow, StagedRow};
use crate::exec::cell::{cells, print};
use crate::exec::{Rollback, Write};
use crate::journal::{Aggregate, Chain};
use crate::keys::COMPANY_KEY;
use crate::{Result, Store};
use base::{Instant, PersonId};
use serde_json::{Map, Value as Json, json};

/// Of an import that is being read, and only of it.
const READING: &str = "id = $1 AND state = 'staged' AND phase = 'reading'";
/// Rows let go in one transaction.
const SWEPT: i64 = 5_000;

impl Store {
    /// Begins an import whose rows come in batches.
    pub async fn begin_staging(
        &self,
        kind: &str,
        file_name: &str,
        person: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let id = self.new_id(now);
        let mut chain = Chain::begin(Aggregate::Import, id);
        let body = json!({ "kind": kind });
        chain.push(self.plain_entry("uploaded", Some(person), &body, now), now);
        let mut writes = vec![Write::one(
            "INSERT INTO imports (id, kind, file_name, state, accepted, rejected, skipped, about, \
             person, at, phase, beat_at, journal_seq, journal_head) \
             VALUES ($1, $2, $3, 'staged', 0, 0, 0, '{}', $4, $5, 'reading', $5, $6, $7)",
            cells![id, kind, file_name, person, now, chain.seq, chain.hash],
        )];
        writes.append(&mut chain.inserts());
        self.exec().write(writes).await?;
        self.import(id).await
    }

    /// Stages rows of an import that is being read, of which it has read so many of so many;
    /// whether it shall go on.
    pub async fn stage_batch(
        &self,
        id: i64,
        about: &Map<String, Json>,
        rows: Vec<StagedRow>,
        (done, total): (i64, i64),
        now: Instant,
    ) -> Result<bool> {
        let key = self.key(COMPANY_KEY).await?;
        let count = |verdict: &str| {
            i64::try_from(rows.iter().filter(|row| row.verdict == verdict).count()).unwrap_or(0)
        };
        let sql = format!(
            "UPDATE imports SET accepted = accepted + $2, rejected = rejected + $3, \
             skipped = skipped + $4, about = $5, done = $6, total = $7, beat_at = $8 \
             WHERE {READING}"
        );
        let counts = (count("accept"), count("reject"), count("skip"));
        let params = cells![id, counts.0, counts.1, counts.2, print(about)?, done, total, now];
        let mut writes = vec![Write::one(sql, params)];
        writes.extend(super::staged_rows(id, &key, rows)?);
        still(self.exec().write(writes).await)
    }

    /// The last row is staged; whether it was still wanted.
    pub async fn end_staging(
        &self,
        id: i64,
        rows: i64,
        by: PersonId,
        now: Instant,
    ) -> Result<bool> {
        let (mut chain, _, _) = self.import_chain(id).await?;
        chain.push(self.plain_entry("staged", Some(by), &json!({ "rows": rows }), now), now);
        let sql = format!("UPDATE imports SET phase = NULL, beat_at = $2 WHERE {READING}");
        let mut writes = vec![Write::one(sql, cells![id, now])];
        writes.extend(chain.writes());
        still(self.exec().write(writes).await)
    }

    /// A workbook that cannot be read to its end is thrown away, and says why.
    pub async fn fail_staging(&self, id: i64, about: &Map<String, Json>) -> Result<()> {
        let sql = format!(
            "UPDATE imports SET state = 'discarded', phase = NULL, about = $2, accepted = 0, \
             rejected = 0, skipped = 0 WHERE {READING}"
        );
        if still(self.exec().write(vec![Write::one(sql, cells![id, print(about)?])]).await)? {
            self.sweep_import(id, None).await?;
        }
        Ok(())
    }

    /// Notes on an import, beside what is known of it, why it did not go through.
    pub async fn note_import(&self, id: i64, more: &Map<String, Json>) -> Result<()> {
        let mut about = self.import(id).await?.about;
        about.extend(more.clone());
        let sql = "UPDATE imports SET about = $2 WHERE id = $1";
        self.exec().write(vec![Write::one(sql, cells![id, print(&about)?])]).await?;
        Ok(())
    }

    /// Lets rows of an import go, some thousand at a time: all, or those of a verdict.
    pub async fn sweep_import(&self, id: i64, verdict: Option<&str>) -> Result<()> {
        let verdict = verdict.unwrap_or_default();
        let bound = "SELECT row_no FROM import_rows WHERE import_id = $1 \
                     AND ($2 = '' OR verdict = $2) ORDER BY row_no LIMIT 1 OFFSET $3";
        let sweep = "DELETE FROM import_rows WHERE import_id = $1 AND ($2 = '' OR verdict = $2) \
                     AND row_no <= $3";
        loop {
            let last = self.exec().row(bound, cells![id, verdict, SWEPT]).await?;
            let (last, more) = match last {
                Some(mut row) => (row.int()?, true),
                None => (i64::MAX, false),
            };
            self.exec().write(vec![Write::any(sweep, cells![id, verdict, last])]).await?;
            if !more {
                return Ok(());
            }
        }
    }

    /// Imports at work that were not heard of since then: their server was stopped.
    pub async fn silent_imports(&self, since: Instant) -> Result<Vec<ImportRow>> {
        let sql = format!(
            "SELECT {} FROM imports WHERE phase IS NOT NULL AND beat_at < $1 \
             ORDER BY beat_at LIMIT 10",
            super::COLUMNS
        );
        let rows = self.exec().rows(sql, cells![since]).await?;
        rows.into_iter().map(super::read_import).collect()
    }
}

/// Whether a guarded write met what it expected.
pub(super) fn still<T>(done: std::result::Result<T, Rollback>) -> Result<bool> {
    match done {
        Ok(_) => Ok(true),
        Err(Rollback::Guard(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
