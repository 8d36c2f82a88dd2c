//! `PostgreSQL`: a small pool, statements prepared once per connection, transactions pipelined.

use super::reach::Reach;
use super::{Cell, Done, Read, Rollback, Row, Write, taken};
use crate::{Result, StoreError};
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use tokio_postgres::{Client, Statement};

/// Connections at the most; more callers wait.
const CONNECTIONS: usize = 16;
/// Statements kept prepared per connection; beyond, the connection starts afresh.
const PREPARED: usize = 512;
/// No statement of ours runs longer; an abandoned transaction ends.
const LIMITS: &str = "SET statement_timeout = '60s'; SET lock_timeout = '10s'; \
     SET idle_in_transaction_session_timeout = '20s'";

/// Times a transaction is tried when the server breaks a tie.
const TRIES: u32 = 3;
/// Marks the error of a broken tie.
const TIE: &str = "tie broken";

struct Connection {
    client: Client,
    prepared: HashMap<String, Statement>,
}

pub(super) struct Postgres {
    reach: Reach,
    idle: Mutex<Vec<Connection>>,
    permits: Semaphore,
    waiting: AtomicU64,
}

/// A connection beside the pool, for work that takes long.
pub(super) async fn client(url: &str) -> Result<Client> {
    Box::pin(Reach::parse(url)?.connect()).await
}

/// Runs statements on a server beside any store of ours.
pub(crate) async fn script_on(url: &str, sql: &str) -> Result<()> {
    client(url).await?.batch_execute(sql).await.map_err(|e| fault(&e))
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self> {
        let pool = Self {
            reach: Reach::parse(url)?,
            idle: Mutex::new(vec![]),
            permits: Semaphore::new(CONNECTIONS),
            waiting: AtomicU64::new(0),
        };
        let (connection, permit) = pool.take().await?;
        pool.put_back(connection, permit);
        Ok(pool)
    }

    pub(super) fn close(&self) {
        self.permits.close();
        if let Ok(mut idle) = self.idle.lock() {
            idle.clear();
        }
    }

    pub(super) fn waiting(&self) -> u64 {
        self.waiting.load(Ordering::Relaxed)
    }

    async fn take(&self) -> Result<(Connection, SemaphorePermit<'_>)> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let permit = self.permits.acquire().await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let permit = permit.map_err(|_| StoreError::Unavailable("the store is closed".into()))?;
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        if let Some(connection) = idle
            && !connection.client.is_closed()
        {
            return Ok((connection, permit));
        }
        // Rare and large: a handshake must not swell every future that may wait for a connection.
        let client = Box::pin(self.reach.connect()).await?;
        client.batch_execute(LIMITS).await.map_err(|e| fault(&e))?;
        Ok((Connection { client, prepared: HashMap::new() }, permit))
    }

    /// Only a connection whose transaction has ended comes back; a dropped one is closed, and
    /// `PostgreSQL` rolls back what it had begun.
    fn put_back(&self, connection: Connection, permit: SemaphorePermit<'_>) {
        if !connection.client.is_closed()
            && connection.prepared.len() < PREPARED
            && let Ok(mut idle) = self.idle.lock()
        {
            idle.push(connection);
        }
        drop(permit);
    }

    pub(super) async fn write(
        &self,
        writes: Vec<Write>,
    ) -> std::result::Result<Vec<Done>, Rollback> {
        let (mut connection, permit) = self.take().await?;
        let mut tries = 1;
        let result = loop {
            let result = connection.write(&writes).await;
            if result.is_err() {
                connection.client.batch_execute("ROLLBACK").await.map_err(|e| fault(&e))?;
            }
            match &result {
                // The server broke a tie between two transactions; nothing was written.
                Err(Rollback::Error(StoreError::Unavailable(text)))
                    if tries < TRIES && text.contains(TIE) =>
                {
                    tries += 1;
                }
                _ => break result,
            }
        };
        self.put_back(connection, permit);
        result
    }

    pub(super) async fn read(&self, reads: Vec<Read>) -> Result<Vec<Vec<Row>>> {
        let (mut connection, permit) = self.take().await?;
        let result = connection.read(&reads).await;
        if result.is_err() {
            connection.client.batch_execute("ROLLBACK").await.map_err(|e| fault(&e))?;
        }
        self.put_back(connection, permit);
        result
    }

    pub(super) async fn script(&self, sql: String) -> Result<()> {
        let (connection, permit) = self.take().await?;
        let script = format!("BEGIN;\n{sql}\nCOMMIT;");
        let result = connection.client.batch_execute(&script).await.map_err(|e| fault(&e));
        if result.is_err() {
            connection.client.batch_execute("ROLLBACK").await.map_err(|e| fault(&e))?;
        }
        self.put_back(connection, permit);
        result
    }
}

impl Connection {
    async fn prepare<'a>(&mut self, list: impl Iterator<Item = &'a str>) -> Result<Vec<Statement>> {
        let mut statements = Vec::new();
        for sql in list {
            if !self.prepared.contains_key(sql) {
                let statement = self.client.prepare(sql).await.map_err(|e| fault(&e))?;
                self.prepared.insert(sql.to_owned(), statement);
            }
            statements.push(self.prepared[sql].clone());
        }
        Ok(statements)
    }

    async fn write(&mut self, writes: &[Write]) -> std::result::Result<Vec<Done>, Rollback> {
        let statements = self.prepare(writes.iter().map(|w| w.sql.as_ref())).await?;
        let client = &self.client;
        let begin = async { client.batch_execute("BEGIN").await.map(|()| Done::default()) };
        let mut steps: Vec<Step<'_, Done>> = vec![Box::pin(begin)];
        for (write, statement) in writes.iter().zip(&statements) {
            steps.push(Box::pin(async move {
                let params: Vec<&(dyn ToSql + Sync)> =
                    write.params.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect();
                if write.returns() {
                    let rows = client.query(statement, &params).await?;
                    let returned = rows.iter().map(cells).collect::<PgResult<Vec<Row>>>()?;
                    Ok(Done { rows: returned.len() as u64, returned })
                } else {
                    let rows = client.execute(statement, &params).await?;
                    Ok(Done { rows, returned: vec![] })
                }
            }));
        }
        let mut done = Vec::new();
        for (place, result) in pipeline(steps).await.into_iter().enumerate() {
            let step = result.map_err(|e| Rollback::Error(fault(&e)))?;
            if let Some(place) = place.checked_sub(1) {
                writes[place].check(place, step.rows)?;
                done.push(step);
            }
        }
        client.batch_execute("COMMIT").await.map_err(|e| Rollback::Error(fault(&e)))?;
        Ok(done)
    }

    async fn read(&mut self, reads: &[Read]) -> Result<Vec<Vec<Row>>> {
        let statements = self.prepare(reads.iter().map(|r| r.sql.as_ref())).await?;
        let client = &self.client;
        let several = reads.len() > 1;
        let mut steps: Vec<Step<'_, Vec<Row>>> = Vec::new();
        if several {
            steps.push(Box::pin(async {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                client.batch_execute(begin).await.map(|()| vec![])
            }));
        }
        for (read, statement) in reads.iter().zip(&statements) {
            steps.push(Box::pin(async move {
                let params: Vec<&(dyn ToSql + Sync)> =
                    read.params.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect();
                client.query(statement, &params).await?.iter().map(cells).collect()
            }));
        }
        if several {
            steps.push(Box::pin(async { client.batch_execute("COMMIT").await.map(|()| vec![]) }));
        }
        let mut rows = Vec::new();
        for result in pipeline(steps).await {
            rows.push(result.map_err(|e| fault(&e))?);
        }
        if several {
            rows.remove(0);
            rows.pop();
        }
        Ok(rows)
    }
}

pub(super) type PgResult<T> = std::result::Result<T, tokio_postgres::Error>;
type Step<'a, T> = Pin<Box<dyn Future<Output = PgResult<T>> + Send + 'a>>;

/// Sends all steps at once, in order, and waits for all: one round trip.
async fn pipeline<T>(mut steps: Vec<Step<'_, T>>) -> Vec<PgResult<T>> {
    let mut results: Vec<Option<PgResult<T>>> = steps.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut waiting = false;
        for (step, result) in steps.iter_mut().zip(&mut results) {
            if result.is_none() {
                match step.as_mut().poll(context) {
                    Poll::Ready(value) => *result = Some(value),
                    Poll::Pending => waiting = true,
                }
            }
        }
        if waiting { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    results.into_iter().flatten().collect()
}

pub(super) fn cells(row: &tokio_postgres::Row) -> PgResult<Row> {
    (0..row.len()).map(|i| row.try_get::<_, Cell>(i)).collect::<PgResult<Vec<_>>>().map(Row::new)
}

type Fault = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Cell {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Fault> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Int(value) => value.to_sql(&Type::INT8, out),
            Self::Text(text) => text.to_sql(&Type::TEXT, out),
            Self::Bytes(bytes) => bytes.to_sql(&Type::BYTEA, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::TEXT | Type::BYTEA)
    }

    tokio_postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Cell {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> std::result::Result<Self, Fault> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(kind, raw).map(|v| Self::Int(i64::from(v))),
            Type::TEXT => String::from_sql(kind, raw).map(Self::Text),
            Type::BYTEA => Vec::from_sql(kind, raw).map(Self::Bytes),
            _ => Err(format!("no cell for a column of type {kind}").into()),
        }
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Fault> {
        Ok(Self::Null)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind, Type::INT8 | Type::INT4 | Type::TEXT | Type::BYTEA)
    }
}

pub(super) fn fault(error: &tokio_postgres::Error) -> StoreError {
    let Some(db) = error.as_db_error() else {
        // A value that does not fit its column is ours to mend; everything else is the connection.
        let source = std::error::Error::source(error);
        let misfit = source.is_some_and(|source| !source.is::<std::io::Error>());
        let text = source.map_or_else(|| error.to_string(), |why| format!("{error}: {why}"));
        return if misfit && !error.is_closed() {
            StoreError::Database(text)
        } else {
            StoreError::Unavailable(text)
        };
    };
    let text = db.message().to_owned();
    match db.code() {
        code if *code == SqlState::UNIQUE_VIOLATION => taken(db.constraint().unwrap_or_default()),
        code if *code == SqlState::DISK_FULL
            || *code == SqlState::OUT_OF_MEMORY
            || *code == SqlState::READ_ONLY_SQL_TRANSACTION =>
        {
            StoreError::Full(text)
        }
        code if code.code().starts_with("08")
            || code.code().starts_with("57P")
            || *code == SqlState::TOO_MANY_CONNECTIONS
            || *code == SqlState::LOCK_NOT_AVAILABLE =>
        {
            StoreError::Unavailable(text)
        }
        code if *code == SqlState::T_R_DEADLOCK_DETECTED
            || *code == SqlState::T_R_SERIALIZATION_FAILURE =>
        {
            StoreError::Unavailable(format!("{TIE}: {text}"))
        }
        code => StoreError::Database(format!("{} ({})", text, code.code())),
    }
}
