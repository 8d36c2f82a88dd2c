//! What the database alone can do: the very rows that commands wrote, inserted once more without a
//! check, an index or a guard, into tables of their own. For `sanbao bench` on a throwaway folder.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places, script_on};
use crate::{Result, Store};
use base::CaseId;

/// What a command that opens a case or posts writes; `$1` is its case.
const TABLES: [(&str, &str); 7] = [
    ("cases", "id = $1"),
    ("offers", "case_id = $1"),
    ("answers", "case_id = $1"),
    ("measure_deltas", "case_id = $1"),
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
    /// The newest cases of a process of which nothing but their opening was written.
    pub async fn just_opened(&self, process: &str, most: u32) -> Result<Vec<CaseId>> {
        let sql =
            "SELECT id FROM cases WHERE process = $1 AND version = 1 ORDER BY id DESC LIMIT $2";
        let rows = self.exec().rows(sql, cells![process, most]).await?;
        rows.into_iter().map(|mut row| row.int().map(CaseId)).collect()
    }

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

/// A schema of its own on a `PostgreSQL` server, so that a bench starts from nothing.
pub struct Room {
    server: String,
    name: String,
}

impl Room {
    /// Makes it; names are words of the bench, not of anybody's.
    pub async fn make(server: &str, name: &str) -> Result<Self> {
        script_on(server, &format!("CREATE SCHEMA {name}")).await?;
        Ok(Self { server: server.to_owned(), name: name.to_owned() })
    }

    /// The address of the database that sees nothing but the schema.
    pub fn url(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.server, self.name)
    }

    /// Takes it away with all that is in it.
    pub async fn clear(self) -> Result<()> {
        script_on(&self.server, &format!("DROP SCHEMA {} CASCADE", self.name)).await
    }
}
