//! Cases with what they hold, for a page that works through one kind of them.

use super::CaseRow;
use super::list::{COLUMNS, TABLES};
use crate::exec::cell::cells;
use crate::{Result, Scope, Store, StoreError};
use serde_json::{Map, Value as Json};

/// A case of the list with its data; personal answers are ciphertext.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptCase {
    /// As the list shows it.
    pub row: CaseRow,
    /// Its version, for `If-Match`.
    pub version: i64,
    /// What its forms wrote.
    pub data: Map<String, Json>,
}

/// Which of them.
#[derive(Debug, Clone, Copy)]
pub struct KeptQuery<'a> {
    /// The process.
    pub process: &'a str,
    /// Main state, without the track; open ones of any state when absent.
    pub state: Option<&'a str>,
    /// At most so many.
    pub limit: u32,
}

impl Store {
    /// Cases of one process in scope with their data, the oldest first.
    pub async fn kept_cases(&self, query: KeptQuery<'_>, scope: &Scope) -> Result<Vec<KeptCase>> {
        let of_state =
            if query.state.is_some() { "c.main_state = $5" } else { "c.closed_at IS NULL" };
        let sql = format!(
            "SELECT {COLUMNS}, c.version, c.data FROM {TABLES} \
             WHERE c.org_path >= $1 AND c.org_path < $2 AND c.process = $3 \
             AND (CAST($4 AS BIGINT) = 0 OR c.assignee = $4 OR c.opener = $4 OR c.owner = $4) \
             AND {of_state} ORDER BY c.id LIMIT {}",
            query.limit
        );
        let own = scope.own.map_or(0, |person| person.0);
        let mut params = cells![&scope.low, &scope.high, query.process, own];
        params.extend(query.state.map(crate::exec::Cell::from));
        let rows = self.exec().rows(sql, params).await?;
        let read = |mut row: crate::exec::Row| {
            let shown = self.read_case_columns(&mut row)?;
            let (version, data) = (row.int()?, row.text()?);
            let data = serde_json::from_str(&data)
                .map_err(|_| StoreError::Damaged(format!("data of {} is no record", shown.id)))?;
            Ok(KeptCase { row: shown, version, data })
        };
        rows.into_iter().map(read).collect()
    }
}
