//! `SQLite`: one writer thread that groups waiting transactions into one commit. Reads run where
//! they are asked for, on a connection of a small pool: most take some microseconds, and handing
//! them to a thread and back took longer than the reading itself.

use super::{Cell, Done, Read, Rollback, Row, Write, taken};
use crate::{Result, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql};
use std::path::Path;
use tokio::sync::oneshot;

/// Transactions grouped into one commit; while one group syncs, the next gathers.
const GROUP: usize = 64;
/// Transactions that may wait; more callers wait to enter.
const QUEUE: usize = 1024;
/// Connections that read, and so reads at a time; further ones wait without holding a thread.
const READERS: usize = 4;
/// Statements kept prepared per connection.
const PREPARED: usize = 256;

type Answer<T> = oneshot::Sender<T>;

enum Job {
    Write(Vec<Write>, Answer<std::result::Result<Vec<Done>, Rollback>>),
    Script(String, Answer<Result<()>>),
    Stop(Answer<()>),
}

pub(super) struct Sqlite {
    writer: flume::Sender<Job>,
    readers: Pool,
}

/// Connections that nobody is reading on.
struct Pool {
    back: flume::Sender<Connection>,
    free: flume::Receiver<Connection>,
}

/// A connection taken out of the pool; it goes back whatever becomes of its reader.
struct Lent<'a>(Option<Connection>, &'a Pool);

impl Pool {
    async fn take(&self) -> Result<Lent<'_>> {
        let connection = self.free.recv_async().await.map_err(|_| stopped())?;
        Ok(Lent(Some(connection), self))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.0.take() {
            // There is room for every connection there is.
            let _ = self.1.back.try_send(connection);
        }
    }
}

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let connection = connect(path)?;
        let (writer, jobs) = flume::bounded(QUEUE);
        spawn("store-writer", move || write_loop(connection, &jobs))?;
        let (back, free) = flume::bounded(READERS);
        for _ in 0..READERS {
            let connection = connect(path)?;
            connection.pragma_update(None, "query_only", true).map_err(fault)?;
            back.try_send(connection).map_err(|_| stopped())?;
        }
        Ok(Self { writer, readers: Pool { back, free } })
    }

    pub(super) fn waiting(&self) -> u64 {
        self.writer.len() as u64
    }

    pub(super) async fn write(
        &self,
        writes: Vec<Write>,
    ) -> std::result::Result<Vec<Done>, Rollback> {
        let (answer, done) = oneshot::channel();
        self.writer.send_async(Job::Write(writes, answer)).await.map_err(|_| stopped())?;
        done.await.map_err(|_| stopped())?
    }

    pub(super) async fn read(&self, reads: Vec<Read>) -> Result<Vec<Vec<Row>>> {
        let lent = self.readers.take().await?;
        lent.0.as_ref().map_or_else(|| Err(stopped()), |connection| read(connection, &reads))
    }

    pub(super) async fn script(&self, sql: String) -> Result<()> {
        let (answer, done) = oneshot::channel();
        self.writer.send_async(Job::Script(sql, answer)).await.map_err(|_| stopped())?;
        done.await.map_err(|_| stopped())?
    }

    pub(super) async fn close(&self) {
        let (answer, done) = oneshot::channel();
        if self.writer.send_async(Job::Stop(answer)).await.is_ok() {
            // An error here means that the writer is gone already.
            let _ = done.await;
        }
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the store is closed".into())
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(work)
        .map(|_| ())
        .map_err(|e| StoreError::Unavailable(format!("no thread for the database: {e}")))
}

/// A connection whose reads all see the moment of this call. What is not there is not made.
pub(super) fn snapshot(path: &Path) -> Result<Connection> {
    // Readers of a database with a log write to its index, so that read-only would not do.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    connection.busy_timeout(std::time::Duration::from_secs(5)).map_err(fault)?;
    let begin = "PRAGMA query_only = ON; BEGIN; SELECT COUNT(*) FROM sqlite_schema";
    connection.execute_batch(begin).map_err(fault)?;
    Ok(connection)
}

pub(super) fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).map_err(fault)?;
    connection.busy_timeout(std::time::Duration::from_secs(5)).map_err(fault)?;
    for (pragma, value) in [
        ("journal_mode", "WAL"),
        // A commit is on the disk before it is acknowledged: power loss takes nothing.
        ("synchronous", "FULL"),
        ("foreign_keys", "ON"),
        // Erased personal data is overwritten, not only unlinked.
        ("secure_delete", "ON"),
        ("temp_store", "MEMORY"),
    ] {
        connection.pragma_update_and_check(None, pragma, value, |_| Ok(())).or_else(|e| {
            // Some pragmas answer with a row, some with none.
            if e == rusqlite::Error::QueryReturnedNoRows { Ok(()) } else { Err(fault(e)) }
        })?;
    }
    // Else every statement that is bound to other values than last time is planned anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

fn write_loop(mut connection: Connection, jobs: &flume::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let mut group = Vec::with_capacity(GROUP);
        let mut next = Some(first);
        let mut stop = None;
        while let Some(job) = next.take() {
            match job {
                Job::Write(writes, answer) => group.push((writes, answer)),
                Job::Script(sql, answer) => {
                    let _ = answer.send(run_script(&mut connection, &sql));
                }
                Job::Stop(answer) => {
                    stop = Some(answer);
                    break;
                }
            }
            if group.len() < GROUP {
                next = jobs.try_recv().ok();
            }
        }
        if !group.is_empty() {
            commit_group(&connection, group);
        }
        if let Some(answer) = stop {
            let _ = connection.close();
            let _ = answer.send(());
            return;
        }
    }
}

type Waiting = (Vec<Write>, Answer<std::result::Result<Vec<Done>, Rollback>>);

/// One commit for all; each transaction in a savepoint of its own, so that one that fails takes
/// nobody along. Answers go out only after the commit.
fn commit_group(connection: &Connection, group: Vec<Waiting>) {
    let mut results = Vec::with_capacity(group.len());
    let begun = connection.execute_batch("BEGIN IMMEDIATE").map_err(fault);
    let mut broken = begun.err();
    for (writes, answer) in group {
        let result = match &broken {
            Some(error) => Err(Rollback::Error(error.clone())),
            None => run_savepoint(connection, &writes),
        };
        // A full disk rolls the whole transaction back, not only the savepoint.
        if broken.is_none() && connection.is_autocommit() {
            broken = Some(match &result {
                Err(Rollback::Error(error)) => error.clone(),
                _ => StoreError::Database("the transaction ended by itself".into()),
            });
        }
        results.push((result, answer));
    }
    if broken.is_none() {
        broken = connection.execute_batch("COMMIT").map_err(fault).err();
    }
    if broken.is_some() && !connection.is_autocommit() {
        // When even this fails the connection is unusable, and every later BEGIN says so.
        let _ = connection.execute_batch("ROLLBACK");
    }
    for (result, answer) in results {
        let _ = answer.send(match &broken {
            Some(error) => Err(Rollback::Error(error.clone())),
            None => result,
        });
    }
}

fn run_savepoint(
    connection: &Connection,
    writes: &[Write],
) -> std::result::Result<Vec<Done>, Rollback> {
    let step = |sql: &str| {
        connection
            .prepare_cached(sql)
            .and_then(|mut s| s.execute([]))
            .map_err(|e| Rollback::Error(fault(e)))
    };
    step("SAVEPOINT command")?;
    let result: std::result::Result<Vec<Done>, Rollback> =
        writes.iter().enumerate().map(|(place, write)| run(connection, place, write)).collect();
    if result.is_err() && !connection.is_autocommit() {
        step("ROLLBACK TO command")?;
    }
    if !connection.is_autocommit() {
        step("RELEASE command")?;
    }
    result
}

fn run(
    connection: &Connection,
    place: usize,
    write: &Write,
) -> std::result::Result<Done, Rollback> {
    let failed = |e| Rollback::Error(fault(e));
    let mut statement = connection.prepare_cached(&write.sql).map_err(failed)?;
    bind(&mut statement, &write.params).map_err(failed)?;
    let done = if write.returns() {
        let returned = collect(&mut statement).map_err(failed)?;
        Done { rows: returned.len() as u64, returned }
    } else {
        Done { rows: statement.raw_execute().map_err(failed)? as u64, returned: vec![] }
    };
    write.check(place, done.rows)?;
    Ok(done)
}

fn read(connection: &Connection, reads: &[Read]) -> Result<Vec<Vec<Row>>> {
    let one = |read: &Read| {
        let mut statement = connection.prepare_cached(&read.sql).map_err(fault)?;
        bind(&mut statement, &read.params).map_err(fault)?;
        collect(&mut statement).map_err(fault)
    };
    if let [read] = reads {
        return Ok(vec![one(read)?]);
    }
    let snapshot = connection.unchecked_transaction().map_err(fault)?;
    let rows = reads.iter().map(one).collect::<Result<Vec<_>>>()?;
    snapshot.finish().map_err(fault)?;
    Ok(rows)
}

/// Binds `$n` to the n-th value. Because `SQLite` takes `$n` for a name and counts places by first
/// appearance, while `PostgreSQL` takes it for the number.
fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Cell]) -> rusqlite::Result<()> {
    for place in 1..=statement.parameter_count() {
        let name = statement.parameter_name(place).and_then(|name| name.strip_prefix('$'));
        let number = name.and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(place);
        let value = number.checked_sub(1).and_then(|index| values.get(index));
        let missing = rusqlite::Error::InvalidParameterCount(values.len(), number);
        statement.raw_bind_parameter(place, value.ok_or(missing)?)?;
    }
    Ok(())
}

fn collect(statement: &mut rusqlite::Statement<'_>) -> rusqlite::Result<Vec<Row>> {
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    let mut list = Vec::new();
    while let Some(row) = rows.next()? {
        list.push(cells(row, width)?);
    }
    Ok(list)
}

fn cells(row: &rusqlite::Row<'_>, width: usize) -> rusqlite::Result<Row> {
    let mut cells = Vec::with_capacity(width);
    for column in 0..width {
        cells.push(match row.get_ref(column)? {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(value) => Cell::Int(value),
            ValueRef::Real(value) => Cell::Text(value.to_string()),
            ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        });
    }
    Ok(Row::new(cells))
}

/// Every row of a query, one after the other.
pub(super) fn each<E: From<StoreError>>(
    connection: &Connection,
    sql: &str,
    take: &mut impl FnMut(Row) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut statement = connection.prepare(sql).map_err(fault)?;
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(fault)? {
        take(cells(row, width).map_err(fault)?)?;
    }
    Ok(())
}

/// One statement of many rows.
pub(super) fn insert(connection: &Connection, write: &Write) -> Result<()> {
    let mut statement = connection.prepare_cached(&write.sql).map_err(fault)?;
    bind(&mut statement, &write.params).map_err(fault)?;
    statement.raw_execute().map(|_| ()).map_err(fault)
}

fn run_script(connection: &mut Connection, sql: &str) -> Result<()> {
    let transaction = connection.transaction().map_err(fault)?;
    transaction.execute_batch(sql).map_err(fault)?;
    transaction.commit().map_err(fault)
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of `map_err`")]
pub(super) fn fault(error: rusqlite::Error) -> StoreError {
    let text = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if text.contains("UNIQUE") => taken(&text),
        Some(ErrorCode::DiskFull | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
            StoreError::Full(text)
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen) => {
            StoreError::Unavailable(text)
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged(text),
        _ => StoreError::Database(text),
    }
}
