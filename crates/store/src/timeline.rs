//! The journal of a case as its timeline.

use crate::counter::CounterAct;
use crate::exec::Row;
use crate::exec::cell::cells;
use crate::via::Via;
use crate::{Result, Store};
use base::{CaseId, Instant, JournalId};
use engine::Entry;
use serde::Deserialize;

/// A journal entry as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Its id.
    pub id: JournalId,
    /// Place in the case's chain, from 1.
    pub seq: i64,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What the engine said; personal fields of the form are sealed. A note is the event `noted`
    /// with the sealed field `note`.
    pub entry: Entry,
    /// Name of the actor.
    pub actor_name: Option<String>,
    /// At which shared counter they did it.
    pub counter: Option<CounterAct>,
    /// The token they acted through.
    pub via: Option<Via>,
}

/// What of the body the timeline shows.
#[derive(Deserialize)]
struct Read {
    #[serde(flatten)]
    entry: Entry,
    counter: Option<CounterAct>,
    via: Option<Via>,
}

impl Store {
    /// The entries of a case, oldest first; at most the latest 1,000.
    pub async fn timeline(&self, case: CaseId) -> Result<Vec<TimelineEntry>> {
        let sql = "SELECT j.id, j.seq, j.recorded_at, j.body, k.id, k.wrapped, p.name \
                   FROM journal j LEFT JOIN people p ON p.id = j.actor \
                   LEFT JOIN data_keys k ON k.id = p.key_id \
                   WHERE j.aggregate = 'case' AND j.aggregate_id = $1 \
                   ORDER BY j.seq DESC LIMIT 1000";
        let read = |mut row: Row| {
            let (id, seq) = (JournalId(row.int()?), row.int()?);
            let recorded_at = row.instant()?;
            let Read { entry, counter, via } = row.json()?;
            Ok(TimelineEntry {
                id,
                seq,
                recorded_at,
                entry,
                counter,
                via,
                actor_name: self.read_name(&mut row)?,
            })
        };
        let rows = self.exec().rows(sql, cells![case]).await?;
        rows.into_iter().rev().map(read).collect()
    }
}
