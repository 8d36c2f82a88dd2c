//! What the database alone can do: the very rows that commands wrote, inserted once more without a
//! check, an index or a guard, into tables of their own. For `sanbao bench` on a throwaway folder.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places};
use crate::{Result, Store};
use base::CaseId;

/// What a command with a posting writes; `$1` is its case.
const TABLES: [(&str, &str); 4] = [
    ("cases", "id = $1"),
    ("journal", "aggregate = 'case' AND aggregate_id = $1"),
    ("ledger_transactions", "case_id = $1"),
    ("ledger_entries", "transaction_id IN (SELECT id FROM ledger_transactions WHERE case_id = $1)"),
];

/// Commands ready to be written again, plainly.
pub struct Yardstick {
    store: Store,
    commands: Vec<Vec<Write>>,
}

impl Store {
    /// Reads what the commands that opened these cases wrote, and makes tables to write it to.
    pub async fn yardstick(&self, cases: &[CaseId]) -> Result<Yardstick> {
        for (table, _) in TABLES {
            let drop = format!("DROP TABLE IF EXISTS plain_{table};");
            let make = format!("CREATE TABLE plain_{table} AS SELECT * FROM {table} WHERE 1 = 0;");
            self.exec().script(drop + &make).await?;
        }
        let mut commands = Vec::with_capacity(cases.len());
        for case in cases {
            let mut writes = Vec::new();
            for (table, filter) in TABLES {
                let sql = format!("SELECT * FROM {table} WHERE {filter}");
                writes.extend(insert(table, self.exec().rows(sql, cells![*case]).await?));
            }
            commands.push(writes);
        }
        Ok(Yardstick { store: self.clone(), commands })
    }
}

fn insert(table: &str, rows: Vec<Row>) -> Option<Write> {
    let rows: Vec<Vec<Cell>> = rows.into_iter().map(Row::into_cells).collect();
    let width = rows.first()?.len();
    let tuples: Vec<String> = (0..rows.len()).map(|n| places(n * width + 1, width)).collect();
    let sql = format!("INSERT INTO plain_{table} VALUES {}", tuples.join(", "));
    Some(Write::any(sql, rows.into_iter().flatten().collect()))
}

impl Yardstick {
    /// Writes one command's rows in a transaction of its own, durable when this answers.
    pub async fn write(&self, place: usize) -> Result<()> {
        let Some(writes) = self.commands.get(place) else { return Ok(()) };
        self.store.exec().write(writes.clone()).await?;
        Ok(())
    }
}
