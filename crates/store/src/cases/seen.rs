//! Which of some cases a reader sees.

use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::{Result, Scope, Store};
use base::CaseId;
use std::collections::BTreeSet;

/// Cases asked for at a time.
const AT_ONCE: usize = 200;

impl Store {
    /// Those of these cases that lie in scope.
    pub async fn cases_seen(&self, cases: &[CaseId], scope: &Scope) -> Result<BTreeSet<CaseId>> {
        let own = scope.own.map_or(0, |person| person.0);
        let mut seen = BTreeSet::new();
        for some in cases.chunks(AT_ONCE) {
            let sql = format!(
                "SELECT id FROM cases WHERE org_path >= $1 AND org_path < $2 \
                 AND (CAST($3 AS BIGINT) = 0 OR assignee = $3 OR opener = $3 OR owner = $3) \
                 AND id IN {}",
                places(4, some.len())
            );
            let mut params = cells![&scope.low, &scope.high, own];
            params.extend(some.iter().map(|case| Cell::from(*case)));
            for mut row in self.exec().rows(sql, params).await? {
                seen.insert(CaseId(row.int()?));
            }
        }
        Ok(seen)
    }
}
