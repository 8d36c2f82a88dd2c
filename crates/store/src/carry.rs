//! Carries transaction numbers on where a PostgreSQL holds rows of another one.
//!
//! Journal, ledger and counts are read in the order of transaction numbers. A cluster that rows
//! were restored into begins its own numbers at the bottom again, and what it writes would come
//! before what is sealed. So numbers are written with an offset that puts them behind.

use crate::Result;
use crate::dialect::Dialect;
use crate::exec::Exec;
use std::fmt::Write as _;

/// Raises the offset when rows lie beyond the numbers of this cluster; in a cluster that wrote all
/// its rows itself that is never so.
pub(crate) async fn carry_on(exec: &Exec, migrated: bool) -> Result<()> {
    if exec.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    let numbered = "SELECT table_name::text FROM information_schema.columns \
                    WHERE table_schema = current_schema() AND column_name = 'txid' \
                    AND column_default IS NOT NULL ORDER BY 1";
    let tables = exec.rows(numbered, vec![]).await?;
    let tables: Vec<String> =
        tables.into_iter().map(|mut row| row.text()).collect::<Result<_>>()?;
    let last: Vec<String> =
        tables.iter().map(|table| format!("(SELECT MAX(txid) FROM {table})")).collect();
    let sql = format!(
        "SELECT COALESCE(GREATEST({}), 0), pg_snapshot_xmax(pg_current_snapshot())::text::bigint, \
         COALESCE((SELECT value::bigint FROM settings WHERE key = 'txid_offset'), 0)",
        last.join(", ")
    );
    let Some(mut row) = exec.row(sql, vec![]).await? else { return Ok(()) };
    let (last, next, offset) = (row.int()?, row.int()?, row.int()?);
    let raised = if last < next + offset { offset } else { last + 1 - next };
    if raised == offset && (offset == 0 || !migrated) {
        return Ok(());
    }
    let mut script = format!(
        "INSERT INTO settings (key, value) VALUES ('txid_offset', '{raised}') \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value;\n"
    );
    for table in tables {
        // Writing to a text never fails.
        let _ = writeln!(
            script,
            "ALTER TABLE {table} ALTER COLUMN txid \
             SET DEFAULT (pg_current_xact_id()::text::bigint + {raised});"
        );
    }
    exec.script(script).await
}
