//! Taking back what an import has written and nobody has seen, some rows at a time.

use crate::exec::cell::cells;
use crate::exec::{Cell, Write, places};
use crate::{Result, Store};
use base::{Instant, PersonId};
use serde_json::json;

/// Vehicles or customers taken back in one transaction.
const TAKEN_BACK: i64 = 500;

/// What goes with vehicles, they themselves last.
const OF_UNITS: [&str; 3] = [
    "DELETE FROM search_tokens WHERE subject = 'unit' AND id IN {these}",
    "DELETE FROM unit_components WHERE unit IN {these}",
    "DELETE FROM units WHERE id IN {these}",
];
/// What goes with customers, they themselves last.
const OF_CUSTOMERS: [&str; 3] = [
    "DELETE FROM search_tokens WHERE subject = 'customer' AND id IN {these}",
    "UPDATE data_keys SET wrapped = NULL, destroyed_at = 0 WHERE wrapped IS NOT NULL AND id IN \
     (SELECT key_id FROM customers WHERE id IN {these})",
    "DELETE FROM customers WHERE id IN {these}",
];

impl Store {
    /// Asks an import that is being written to stop: what it wrote is taken back by whoever writes
    /// it. Whether there was anything to stop.
    pub async fn stop_import(&self, id: i64) -> Result<bool> {
        let sql = "UPDATE imports SET phase = 'stopping' WHERE id = $1 AND state = 'applying'";
        super::staging::still(self.exec().write(vec![Write::one(sql, cells![id])]).await)
    }

    /// Takes back what was written and not seen yet; the import is staged again. Called again
    /// after a crash, it goes on. Prices never change once written: those of a list that was
    /// stopped are never seen, and it is thrown away.
    pub async fn undo_import(&self, id: i64, actor: PersonId, now: Instant) -> Result<()> {
        self.stop_import(id).await?;
        let prices = self.import(id).await?.kind == "prices";
        let after = if prices { "discarded" } else { "staged" };
        self.take_back(id, "units", &OF_UNITS).await?;
        self.take_back(id, "customers", &OF_CUSTOMERS).await?;
        let (mut chain, _, _) = self.import_chain(id).await?;
        chain.push(self.plain_entry("undone", Some(actor), &json!({}), now), now);
        let mut writes = vec![Write::one(
            "UPDATE imports SET state = $2, phase = NULL, written = 0, done = 0 \
             WHERE id = $1 AND state = 'applying'",
            cells![id, after],
        )];
        writes.extend(chain.writes());
        self.exec().write(writes).await?;
        if prices {
            self.sweep_import(id, None).await?;
        }
        Ok(())
    }

    /// Takes back the rows of a table with what hangs on them; `{these}` of a statement is the
    /// list of their ids.
    async fn take_back(&self, id: i64, table: &str, statements: &[&str]) -> Result<()> {
        loop {
            let sql = format!("SELECT id FROM {table} WHERE import_id = $1 ORDER BY id LIMIT $2");
            let rows = self.exec().rows(sql, cells![id, TAKEN_BACK]).await?;
            let ids: Vec<Cell> =
                rows.into_iter().map(|mut row| row.int().map(Cell::from)).collect::<Result<_>>()?;
            if ids.is_empty() {
                return Ok(());
            }
            let these = places(1, ids.len());
            let write = |sql: &&str| Write::any(sql.replace("{these}", &these), ids.clone());
            self.exec().write(statements.iter().map(write).collect()).await?;
        }
    }
}
