//! The journal of a case as its timeline.

use crate::{Result, Store};
use base::{CaseId, Instant, JournalId};
use engine::Entry;

/// A journal entry as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Its id.
    pub id: JournalId,
    /// Place in the case's chain, from 1.
    pub seq: i64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What the engine said; personal fields of the form are sealed.
    pub entry: Entry,
    /// Name of the actor.
    pub actor_name: Option<String>,
}

impl Store {
    /// The entries of a case, oldest first.
    pub async fn timeline(&self, case: CaseId) -> Result<Vec<TimelineEntry>> {
        let _ = case;
        Ok(vec![])
    }
}
