//! Fills an empty database with rows that were there before, in one transaction. What rows refer
//! to may come after them: references are asked at the end.

use super::{Cell, Row, Write, postgres, sqlite};
use crate::dialect::Dialect;
use crate::{Database, Result, StoreError};
use tokio_postgres::types::ToSql;

/// A database that is being filled; dropped before [`Load::finish`] nothing of it remains.
pub(crate) enum Load {
    Sqlite(rusqlite::Connection),
    Postgres(Box<Postgres>),
}

/// A filling PostgreSQL and the references that are laid aside meanwhile.
pub(crate) struct Postgres {
    client: tokio_postgres::Client,
    references: Vec<String>,
}

impl Load {
    pub(crate) async fn begin(database: &Database) -> Result<Self> {
        match database {
            Database::Sqlite(path) => {
                let connection = sqlite::connect(path)?;
                let begin = "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE";
                connection.execute_batch(begin).map_err(sqlite::fault)?;
                Ok(Self::Sqlite(connection))
            }
            Database::Postgres(url) => {
                let client = postgres::client(url).await?;
                let begin = "SET statement_timeout = 0; BEGIN";
                client.batch_execute(begin).await.map_err(|e| postgres::fault(&e))?;
                Ok(Self::Postgres(Box::new(Postgres { client, references: vec![] })))
            }
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Several statements.
    pub(crate) async fn script(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql).map_err(sqlite::fault),
            Self::Postgres(it) => {
                it.client.batch_execute(sql).await.map_err(|e| postgres::fault(&e))
            }
        }
    }

    /// One short query.
    pub(crate) async fn rows(&self, sql: &str) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(connection) => {
                let mut rows = Vec::new();
                sqlite::each(connection, sql, &mut |row| {
                    rows.push(row);
                    Ok::<_, StoreError>(())
                })?;
                Ok(rows)
            }
            Self::Postgres(it) => {
                let rows = it.client.query(sql, &[]).await.map_err(|e| postgres::fault(&e))?;
                rows.iter()
                    .map(|row| postgres::cells(row).map_err(|e| postgres::fault(&e)))
                    .collect()
            }
        }
    }

    /// Lays the references between tables aside, once the tables are made.
    pub(crate) async fn lay_references_aside(&mut self) -> Result<()> {
        let Self::Postgres(it) = self else { return Ok(()) };
        let sql = "SELECT c.conrelid::regclass::text, c.conname::text, \
                   pg_get_constraintdef(c.oid) FROM pg_constraint c \
                   JOIN pg_class t ON t.oid = c.conrelid WHERE c.contype = 'f' \
                   AND t.relnamespace = current_schema()::regnamespace ORDER BY 1, 2";
        let rows = it.client.query(sql, &[]).await.map_err(|e| postgres::fault(&e))?;
        for row in rows {
            let (table, name, text): (String, String, String) =
                (row.get(0), row.get(1), row.get(2));
            it.references.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {text}"));
            let drop = format!("ALTER TABLE {table} DROP CONSTRAINT {name}");
            it.client.batch_execute(&drop).await.map_err(|e| postgres::fault(&e))?;
        }
        Ok(())
    }

    /// Inserts rows; `head` ends in `VALUES`.
    pub(crate) async fn insert(&self, head: &str, rows: Vec<Vec<Cell>>) -> Result<()> {
        for write in Write::rows(head, rows, "") {
            match self {
                Self::Sqlite(connection) => sqlite::insert(connection, &write)?,
                Self::Postgres(it) => {
                    let params: Vec<&(dyn ToSql + Sync)> =
                        write.params.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect();
                    let done = it.client.execute(write.sql.as_ref(), &params).await;
                    done.map_err(|e| postgres::fault(&e))?;
                }
            }
        }
        Ok(())
    }

    /// Asks all references, carries numbering on, and commits.
    pub(crate) async fn finish(self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                let broken = connection
                    .query_row("PRAGMA foreign_key_check", [], |row| row.get::<_, String>(0));
                match broken {
                    Err(rusqlite::Error::QueryReturnedNoRows) => {}
                    Err(error) => return Err(sqlite::fault(error)),
                    Ok(table) => {
                        let sentence =
                            format!("a row of `{table}` refers to one that is not there");
                        return Err(StoreError::Damaged(sentence));
                    }
                }
                connection.execute_batch("COMMIT").map_err(sqlite::fault)?;
                connection.close().map_err(|(_, error)| sqlite::fault(error))
            }
            Self::Postgres(it) => it.finish().await,
        }
    }
}

impl Postgres {
    async fn finish(self) -> Result<()> {
        let fault = |e: tokio_postgres::Error| postgres::fault(&e);
        for reference in &self.references {
            self.client.batch_execute(reference).await.map_err(fault)?;
        }
        // Rows that came with their numbers do not move the sequences.
        let numbered = "SELECT table_name::text, column_name::text FROM \
                        information_schema.columns WHERE table_schema = current_schema() \
                        AND is_identity = 'YES'";
        for row in self.client.query(numbered, &[]).await.map_err(fault)? {
            let (table, column): (String, String) = (row.get(0), row.get(1));
            let sql = format!(
                "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), \
                 (SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}), false)"
            );
            self.client.batch_execute(&sql).await.map_err(fault)?;
        }
        self.client.batch_execute("COMMIT").await.map_err(fault)?;
        self.take_stock().await.map_err(fault)
    }

    /// Lets the planner know the sizes; table by table, as locks on all of them at once would tie
    /// up with whoever else works in this database.
    async fn take_stock(&self) -> postgres::PgResult<()> {
        let own = "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' \
                   AND relnamespace = current_schema()::regnamespace ORDER BY 1";
        for row in self.client.query(own, &[]).await? {
            let table: String = row.get(0);
            self.client.batch_execute(&format!("ANALYZE {table}")).await?;
        }
        Ok(())
    }
}
