//! Statements as values, and the one place that runs them, per database.

pub(crate) mod cell;
pub(crate) mod load;
mod postgres;
mod reach;
pub(crate) mod snapshot;
mod sqlite;

use crate::dialect::Dialect;
use crate::{Database, Result, StoreError};
pub(crate) use cell::{Cell, Row};
pub(crate) use postgres::script_on;
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows a write must touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expect {
    /// Any number, none too.
    Any,
    /// Exactly so many.
    Rows(u64),
}

/// Parameters of one statement of many rows. Both databases take thirty times as many, but `SQLite`
/// searches its list of names for each: time grows with the square.
const PARAMETERS: usize = 1_000;

/// One writing statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Write {
    pub(crate) sql: Cow<'static, str>,
    pub(crate) params: Vec<Cell>,
    pub(crate) expect: Expect,
}

/// One reading statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Read {
    pub(crate) sql: Cow<'static, str>,
    pub(crate) params: Vec<Cell>,
}

/// What a write did.
#[derive(Debug, Default)]
pub(crate) struct Done {
    /// Rows touched.
    pub(crate) rows: u64,
    /// Rows of its `RETURNING`.
    pub(crate) returned: Vec<Row>,
}

/// Why a transaction was rolled back.
#[derive(Debug)]
pub(crate) enum Rollback {
    /// The statement of that place touched another number of rows than it must.
    Guard(usize),
    /// The database refused.
    Error(StoreError),
}

impl From<StoreError> for Rollback {
    fn from(error: StoreError) -> Self {
        Self::Error(error)
    }
}

impl From<Rollback> for StoreError {
    fn from(rollback: Rollback) -> Self {
        match rollback {
            Rollback::Guard(place) => {
                Self::Database(format!("statement {place} met other rows than expected"))
            }
            Rollback::Error(error) => error,
        }
    }
}

impl Write {
    /// A statement that may touch any number of rows.
    pub(crate) fn any(sql: impl Into<Cow<'static, str>>, params: Vec<Cell>) -> Self {
        Self { sql: sql.into(), params, expect: Expect::Any }
    }

    /// A statement that must touch exactly one row.
    pub(crate) fn one(sql: impl Into<Cow<'static, str>>, params: Vec<Cell>) -> Self {
        Self { sql: sql.into(), params, expect: Expect::Rows(1) }
    }

    /// Inserts rows of equal width by as few statements as the parameter limit allows.
    /// `head` ends in `VALUES`; `tail` may hold `ON CONFLICT …`.
    pub(crate) fn rows(head: &str, rows: Vec<Vec<Cell>>, tail: &str) -> Vec<Self> {
        let Some(width) = rows.first().map(Vec::len) else { return vec![] };
        let most = (PARAMETERS / width.max(1)).max(1);
        let mut writes = Vec::new();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Cell>> = rows.by_ref().take(most).collect();
            let tuples: Vec<String> =
                (0..chunk.len()).map(|row| places(row * width + 1, width)).collect();
            let sql = format!("{head} {} {tail}", tuples.join(", "));
            let params = chunk.into_iter().flatten().collect();
            writes.push(Self { sql: sql.into(), params, expect: Expect::Any });
        }
        writes
    }

    /// One statement over rows of equal width, `{head} (VALUES …) AS d {tail}`, which must touch
    /// each of them once. Both databases call the columns `d.column1`, `d.column2`, …; `ints` says
    /// which hold integers, because `PostgreSQL` takes a bare parameter there for text.
    pub(crate) fn each(head: &str, ints: &[bool], rows: Vec<Vec<Cell>>, tail: &str) -> Vec<Self> {
        let width = ints.len();
        let most = (PARAMETERS / width.max(1)).max(1);
        let first: Vec<String> = (1..)
            .zip(ints)
            .map(|(n, int)| if *int { format!("CAST(${n} AS BIGINT)") } else { format!("${n}") })
            .collect();
        let mut writes = Vec::new();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Cell>> = rows.by_ref().take(most).collect();
            let mut sql = format!("{head} (VALUES ({})", first.join(", "));
            for row in 1..chunk.len() {
                sql.push_str(", ");
                sql.push_str(&places(row * width + 1, width));
            }
            sql.push_str(") AS d ");
            sql.push_str(tail);
            let expect = Expect::Rows(chunk.len() as u64);
            let params = chunk.into_iter().flatten().collect();
            writes.push(Self { sql: sql.into(), params, expect });
        }
        writes
    }

    /// A statement that may touch any number of rows instead.
    #[must_use]
    pub(crate) fn or_none(mut self) -> Self {
        self.expect = Expect::Any;
        self
    }

    fn returns(&self) -> bool {
        self.sql.starts_with("SELECT") || self.sql.contains("RETURNING")
    }

    fn check(&self, place: usize, rows: u64) -> std::result::Result<(), Rollback> {
        match self.expect {
            Expect::Rows(n) if n != rows => Err(Rollback::Guard(place)),
            _ => Ok(()),
        }
    }
}

impl Read {
    /// A reading statement.
    pub(crate) fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Cell>) -> Self {
        Self { sql: sql.into(), params }
    }
}

/// What PostgreSQL cannot keep is refused on both databases, before any statement runs.
fn storable<'a>(mut params: impl Iterator<Item = &'a Cell>) -> Result<()> {
    let nul = params.any(|cell| matches!(cell, Cell::Text(text) if text.contains('\0')));
    if nul { Err(StoreError::Nul) } else { Ok(()) }
}

/// The list `($a, $b, …)` of parameters `from` on, for `IN`.
pub(crate) fn places(from: usize, count: usize) -> String {
    let list: Vec<String> = (from..from + count.max(1)).map(|n| format!("${n}")).collect();
    format!("({})", list.join(", "))
}

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(Box<postgres::Postgres>),
}

/// Runs statements.
pub(crate) struct Exec {
    engine: Engine,
    statements: AtomicU64,
}

impl Exec {
    pub(crate) async fn open(database: &Database) -> Result<Self> {
        let engine = match database {
            Database::Sqlite(path) => Engine::Sqlite(sqlite::Sqlite::open(path)?),
            Database::Postgres(url) => {
                Engine::Postgres(Box::new(postgres::Postgres::open(url).await?))
            }
        };
        Ok(Self { engine, statements: AtomicU64::new(0) })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Statements run so far, reads and writes.
    pub(crate) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Transactions that wait for the writer, or callers for a connection.
    pub(crate) fn waiting(&self) -> u64 {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.waiting(),
            Engine::Postgres(postgres) => postgres.waiting(),
        }
    }

    /// All writes in one transaction, or none of them.
    pub(crate) async fn write(
        &self,
        writes: Vec<Write>,
    ) -> std::result::Result<Vec<Done>, Rollback> {
        self.statements.fetch_add(writes.len() as u64, Ordering::Relaxed);
        storable(writes.iter().flat_map(|write| &write.params)).map_err(Rollback::Error)?;
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.write(writes).await,
            Engine::Postgres(postgres) => postgres.write(writes).await,
        }
    }

    /// All reads on one snapshot.
    pub(crate) async fn read(&self, reads: Vec<Read>) -> Result<Vec<Vec<Row>>> {
        self.statements.fetch_add(reads.len() as u64, Ordering::Relaxed);
        storable(reads.iter().flat_map(|read| &read.params))?;
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(reads).await,
            Engine::Postgres(postgres) => postgres.read(reads).await,
        }
    }

    /// One read.
    pub(crate) async fn rows(
        &self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Cell>,
    ) -> Result<Vec<Row>> {
        Ok(self.read(vec![Read::new(sql, params)]).await?.pop().unwrap_or_default())
    }

    /// The first row of one read.
    pub(crate) async fn row(
        &self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Cell>,
    ) -> Result<Option<Row>> {
        Ok(self.rows(sql, params).await?.into_iter().next())
    }

    /// How far a fold has come, and the transaction below which all is safely committed, at one
    /// moment. `mark` reads the place from the table that keeps it.
    pub(crate) async fn folded(&self, mark: &'static str) -> Result<((i64, i64), i64)> {
        let watermark = self.dialect().oldest_running();
        let rows = self.read(vec![Read::new(mark, vec![]), Read::new(watermark, vec![])]).await?;
        let mut first = rows.into_iter().map(|rows| rows.into_iter().next());
        let lost = || StoreError::Damaged("the mark of folding is missing".into());
        let mut place = first.next().flatten().ok_or_else(lost)?;
        let below = first.next().flatten().map_or(Ok(0), |mut row| row.int())?;
        Ok(((place.int()?, place.int()?), below))
    }

    /// A script of several statements in one transaction (migrations).
    pub(crate) async fn script(&self, sql: String) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.script(sql).await,
            Engine::Postgres(postgres) => postgres.script(sql).await,
        }
    }

    pub(crate) async fn close(&self) {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.close().await,
            Engine::Postgres(postgres) => postgres.close(),
        }
    }
}

/// The word callers know for a broken UNIQUE: by index name, or by `SQLite`'s `table.column` list.
fn taken(what: &str) -> StoreError {
    let words = [
        ("units_frame_key", "frame_no"),
        ("units.frame_key", "frame_no"),
        ("people_login", "login"),
        ("people.login", "login"),
        ("cases_number", "case_number"),
        ("cases.number", "case_number"),
        ("orgs_code", "org_code"),
        ("orgs_path", "org_code"),
        ("orgs.path", "org_code"),
        ("orgs.code", "org_code"),
        ("orgs_path", "org_code"),
        ("orgs.path", "org_code"),
        ("orgs_nameplate", "nameplate"),
        ("orgs.nameplate", "nameplate"),
        ("answers", "idempotency_key"),
        ("ledger_transactions_reverses", "reversal"),
        ("ledger_transactions.reverses", "reversal"),
    ];
    let word = words.iter().find(|(index, _)| what.contains(index)).map_or("row", |(_, w)| w);
    StoreError::Taken(word)
}
