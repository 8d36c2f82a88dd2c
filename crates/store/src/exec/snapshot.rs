//! One snapshot of the whole database, read row by row on a connection of its own, however long it
//! takes. Who writes meanwhile is not held up.

use super::{Row, postgres, sqlite};
use crate::dialect::Dialect;
use crate::{Database, Result};

/// Rows a PostgreSQL cursor brings at once.
const FETCH: u32 = 1_000;

/// A state of the database that does not move any more.
pub(crate) enum Snapshot {
    Sqlite(rusqlite::Connection),
    Postgres(Box<tokio_postgres::Client>),
}

impl Snapshot {
    /// Takes the snapshot; nothing is made or brought up to date.
    pub(crate) async fn open(database: &Database) -> Result<Self> {
        Ok(match database {
            Database::Sqlite(path) => Self::Sqlite(sqlite::snapshot(path)?),
            Database::Postgres(url) => {
                let client = postgres::client(url).await?;
                let begin = "SET statement_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ \
                             READ ONLY; SELECT 1";
                client.batch_execute(begin).await.map_err(|e| postgres::fault(&e))?;
                Self::Postgres(Box::new(client))
            }
        })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Every row of a query without parameters, one after the other.
    pub(crate) async fn each<E: From<crate::StoreError>>(
        &self,
        sql: &str,
        mut take: impl FnMut(Row) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        match self {
            Self::Sqlite(connection) => sqlite::each(connection, sql, &mut take),
            Self::Postgres(client) => {
                let fault = |e: tokio_postgres::Error| E::from(postgres::fault(&e));
                let declare = format!("DECLARE walk NO SCROLL CURSOR FOR {sql}");
                client.batch_execute(&declare).await.map_err(fault)?;
                let fetch = format!("FETCH {FETCH} FROM walk");
                let fetch = client.prepare(&fetch).await.map_err(fault)?;
                loop {
                    let rows = client.query(&fetch, &[]).await.map_err(fault)?;
                    if rows.is_empty() {
                        break;
                    }
                    for row in &rows {
                        take(postgres::cells(row).map_err(fault)?)?;
                    }
                }
                client.batch_execute("CLOSE walk").await.map_err(fault)
            }
        }
    }

    /// All rows of a short query.
    pub(crate) async fn rows(&self, sql: &str) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        self.each(sql, |row| {
            rows.push(row);
            Ok::<_, crate::StoreError>(())
        })
        .await?;
        Ok(rows)
    }
}
