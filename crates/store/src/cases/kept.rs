//! Cases with what they hold, for a page that works through one kind of them.

use super::CaseRow;
use super::list::{COLUMNS, TABLES};
use crate::exec::cell::cells;
use crate::exec::{Cell, Row};
use crate::{Result, Scope, Store, StoreError};
use base::CustomerId;
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
        params.extend(query.state.map(Cell::from));
        self.kept(sql, params).await
    }

    /// Open cases of one process in scope with their data: what is due first comes first.
    pub async fn pressing_cases(
        &self,
        process: &str,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<KeptCase>> {
        let sql = format!(
            "SELECT {COLUMNS}, c.version, c.data FROM {TABLES} \
             WHERE c.org_path >= $1 AND c.org_path < $2 AND c.process = $3 \
             AND (CAST($4 AS BIGINT) = 0 OR c.assignee = $4 OR c.opener = $4 OR c.owner = $4) \
             AND c.closed_at IS NULL \
             ORDER BY COALESCE(c.due_at, 9223372036854775807), c.id LIMIT {limit}"
        );
        let own = scope.own.map_or(0, |person| person.0);
        self.kept(sql, cells![&scope.low, &scope.high, process, own]).await
    }

    /// Cases of one customer in scope with their data, the newest first.
    pub async fn cases_of_customer(
        &self,
        customer: CustomerId,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<KeptCase>> {
        let sql = format!(
            "SELECT {COLUMNS}, c.version, c.data FROM {TABLES} \
             WHERE c.customer = $3 AND c.org_path >= $1 AND c.org_path < $2 \
             AND (CAST($4 AS BIGINT) = 0 OR c.assignee = $4 OR c.opener = $4 OR c.owner = $4) \
             ORDER BY c.id DESC LIMIT {limit}"
        );
        let own = scope.own.map_or(0, |person| person.0);
        self.kept(sql, cells![&scope.low, &scope.high, customer, own]).await
    }

    /// Cases by a statement over the columns of a row, version and data.
    pub(crate) async fn kept(&self, sql: String, params: Vec<Cell>) -> Result<Vec<KeptCase>> {
        let read = |mut row: Row| {
            let shown = self.read_case_columns(&mut row)?;
            let (version, data) = (row.int()?, row.text()?);
            let data = serde_json::from_str(&data)
                .map_err(|_| StoreError::Damaged(format!("data of {} is no record", shown.id)))?;
            Ok(KeptCase { row: shown, version, data })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }
}
