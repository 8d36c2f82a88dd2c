//! The outbox: work that follows a decision outside its transaction, done at least once.

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
    /// What it needs. For `child_ended`: `{"parent","child","process","state"}`.
    pub body: Json,
    /// How often it was tried before.
    pub tries: i64,
}

impl Store {
    /// Claims at most `limit` pieces of work for a minute.
    pub async fn claim_outbox(&self, limit: u32, now: Instant) -> Result<Vec<OutboxRow>> {
        let _ = (limit, now);
        Ok(vec![])
    }

    /// Work is done.
    pub async fn outbox_done(&self, id: i64) -> Result<()> {
        let _ = id;
        Ok(())
    }

    /// Work failed: why, and when to try again.
    pub async fn outbox_failed(&self, id: i64, error: &str, again_at: Instant) -> Result<()> {
        let _ = (id, error, again_at);
        Ok(())
    }

    /// Claims at most `limit` cases in which a deadline warns or is due, for a minute. The timer
    /// is then an empty command on each.
    pub async fn due_cases(&self, limit: u32, now: Instant) -> Result<Vec<CaseId>> {
        let _ = (limit, now);
        Ok(vec![])
    }

    /// When the next deadline fires.
    pub async fn next_due(&self) -> Result<Option<Instant>> {
        Ok(None)
    }
}
