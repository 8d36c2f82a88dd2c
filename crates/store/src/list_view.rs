//! How people have set up their lists (列表设置).

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::{Result, Store, StoreError};
use base::PersonId;
use serde_json::Value as Json;

/// Lists that one person sets up; there are far fewer pages with a list.
const MOST_LISTS: i64 = 100;

impl Store {
    /// The lists that somebody has set up: name of the list and what was set.
    pub async fn list_views(&self, person: PersonId) -> Result<Vec<(String, Json)>> {
        let sql = "SELECT list, body FROM list_views WHERE person = $1 ORDER BY list LIMIT $2";
        let rows = self.exec().rows(sql, cells![person, MOST_LISTS]).await?;
        rows.into_iter().map(|mut row| Ok((row.text()?, row.json()?))).collect()
    }

    /// Sets up one list. `Taken("list_views")` when that would be one list too many.
    pub async fn set_list_view(&self, person: PersonId, list: &str, body: &Json) -> Result<()> {
        let write = Write::one(
            "INSERT INTO list_views (person, list, body) \
             SELECT CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS TEXT) \
             WHERE (SELECT COUNT(*) FROM list_views WHERE person = $1 AND list <> $2) < $4 \
             ON CONFLICT (person, list) DO UPDATE SET body = excluded.body",
            cells![person, list, body.to_string(), MOST_LISTS],
        );
        match self.exec().write(vec![write]).await {
            Ok(_) => Ok(()),
            Err(Rollback::Guard(_)) => Err(StoreError::Taken("list_views")),
            Err(other) => Err(other.into()),
        }
    }

    /// Forgets what was set for a list.
    pub async fn forget_list_view(&self, person: PersonId, list: &str) -> Result<()> {
        let sql = "DELETE FROM list_views WHERE person = $1 AND list = $2";
        self.exec().write(vec![Write::any(sql, cells![person, list])]).await?;
        Ok(())
    }
}
