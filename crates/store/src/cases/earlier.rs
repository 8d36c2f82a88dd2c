//! Other cases of a process at a unit: what came before this one.

use crate::exec::Row;
use crate::exec::cell::cells;
use crate::{Result, Store};
use base::{CaseId, Instant, OrgId};
use engine::TrackState;
use std::collections::BTreeMap;

/// Cases that are told of at the most.
const MOST: usize = 50;

/// A case that came before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// The state of its main line.
    pub state: String,
    /// Since when it is in that state.
    pub since: Instant,
    /// Whether it is open.
    pub open: bool,
}

impl Store {
    /// The other cases of a process at a unit, the newest first. The unit is told by its own
    /// column, so that the few cases of a process are read and not the many of a unit.
    pub async fn earlier(
        &self,
        process: &str,
        org: OrgId,
        but: Option<CaseId>,
    ) -> Result<Vec<Earlier>> {
        let sql = format!(
            "SELECT id, number, tracks, opened_at, closed_at FROM cases \
             WHERE process = $1 AND org = $2 AND id <> $3 ORDER BY id DESC LIMIT {MOST}"
        );
        let read = |mut row: Row| {
            let (id, number) = (CaseId(row.int()?), row.text()?);
            let tracks: BTreeMap<String, TrackState> =
                serde_json::from_str(&row.text()?).unwrap_or_default();
            let opened_at = row.instant()?;
            let main = tracks.get("main");
            Ok(Earlier {
                id,
                number,
                state: main.map(|main| main.state.clone()).unwrap_or_default(),
                since: main.map_or(opened_at, |main| main.since),
                open: row.opt_instant()?.is_none(),
            })
        };
        let but = but.map_or(0, |case| case.0);
        let rows = self.exec().rows(sql, cells![process, org, but]).await?;
        rows.into_iter().map(read).collect()
    }
}
