//! The outbox: work that follows a decision outside its transaction, done at least once.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store};
use base::{CaseId, Instant};
use serde_json::Value as Json;

/// Work to be done after the commit.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOutbox {
    /// `child_ended`, `sms`…
    pub kind: String,
    /// What it needs.
    pub body: Json,
}

/// Claimed work. Do it, then [`Store::outbox_done`]; unfinished work comes back after its lease.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    /// Number; with it the work is done once.
    pub id: i64,
    /// Kind.
    pub kind: String,
    /// The case it came from.
    pub case: CaseId,
    /// What it needs. For `child_ended`: `{"parent","child","process","state","round"}`.
    pub body: Json,
    /// How often it was tried before.
    pub tries: i64,
}

/// How long claimed work is left alone; longer than any statement may run.
const LEASE_SECONDS: i64 = 60;

impl Store {
    /// Claims at most `limit` pieces of work for a minute.
    pub async fn claim_outbox(&self, limit: u32, now: Instant) -> Result<Vec<OutboxRow>> {
        let sql = format!(
            "UPDATE outbox SET claimed_until = $3, tries = tries + 1 WHERE id IN \
             (SELECT id FROM outbox WHERE due_at <= $1 AND claimed_until <= $1 \
             ORDER BY due_at, id LIMIT $2{}) RETURNING id, kind, case_id, body, tries",
            self.exec().dialect().skip_locked()
        );
        let params = cells![now, limit.clamp(1, 500), now.plus_seconds(LEASE_SECONDS)];
        let read = |mut row: Row| {
            Ok(OutboxRow {
                id: row.int()?,
                kind: row.text()?,
                case: CaseId(row.int()?),
                body: row.json()?,
                tries: row.int()? - 1,
            })
        };
        let mut work: Vec<OutboxRow> =
            self.claim(sql, params).await?.into_iter().map(read).collect::<Result<_>>()?;
        work.sort_by_key(|row| row.id);
        Ok(work)
    }

    async fn claim(&self, sql: String, params: Vec<crate::exec::Cell>) -> Result<Vec<Row>> {
        let mut done = self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(done.pop().map(|done| done.returned).unwrap_or_default())
    }

    /// Work is done.
    pub async fn outbox_done(&self, id: i64) -> Result<()> {
        let sql = "DELETE FROM outbox WHERE id = $1";
        self.exec().write(vec![Write::any(sql, cells![id])]).await?;
        Ok(())
    }

    /// Work failed: why, and when to try again.
    pub async fn outbox_failed(&self, id: i64, error: &str, again_at: Instant) -> Result<()> {
        let sql = "UPDATE outbox SET error = $2, due_at = $3, claimed_until = 0 WHERE id = $1";
        let error: String = error.chars().take(500).collect();
        self.exec().write(vec![Write::any(sql, cells![id, error, again_at])]).await?;
        Ok(())
    }

    /// Claims at most `limit` cases in which a deadline warns or is due, for a minute. The timer
    /// is then an empty command on each.
    pub async fn due_cases(&self, limit: u32, now: Instant) -> Result<Vec<CaseId>> {
        let sql = format!(
            "UPDATE deadlines SET claimed_until = $3 WHERE id IN \
             (SELECT id FROM deadlines WHERE fire_at <= $1 AND claimed_until <= $1 \
             ORDER BY fire_at LIMIT $2{}) RETURNING case_id",
            self.exec().dialect().skip_locked()
        );
        let params = cells![now, limit.clamp(1, 500), now.plus_seconds(LEASE_SECONDS)];
        let rows = self.claim(sql, params).await?;
        let mut cases =
            rows.into_iter().map(|mut row| row.int().map(CaseId)).collect::<Result<Vec<_>>>()?;
        cases.sort();
        cases.dedup();
        Ok(cases)
    }

    /// When the next deadline fires.
    pub async fn next_due(&self) -> Result<Option<Instant>> {
        let sql = "SELECT MIN(fire_at) FROM deadlines WHERE fire_at IS NOT NULL";
        self.exec().row(sql, vec![]).await?.map_or(Ok(None), |mut row| row.opt_instant())
    }
}
