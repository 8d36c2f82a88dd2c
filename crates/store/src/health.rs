//! How a database stands, looked at without changing anything: for `doctor` and for the figures.

use crate::exec::Row;
use crate::exec::snapshot::Snapshot;
use crate::vault::Vault;
use crate::{Config, Result, Store, migrate};
use base::Instant;

/// What was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// The last migration it has.
    pub schema: i64,
    /// Migrations that the next start brings.
    pub missing: Vec<i64>,
    /// A migration of a newer program.
    pub newer: Option<i64>,
    /// Whether the master key is this database's.
    pub key_fits: bool,
    /// Since when the master key is used: its change, or the first entry of the journal.
    pub key_since: Option<Instant>,
    /// Whether a change of the key was begun and is not at its end.
    pub key_changing: bool,
    /// Whether the key before still lies beside it.
    pub key_old: bool,
    /// Journal entries that no seal covers yet.
    pub unsealed: i64,
    /// When the oldest of them was written.
    pub unsealed_since: Option<Instant>,
    /// When the journal was written last.
    pub last_entry: Option<Instant>,
    /// When the last backup was made.
    pub last_backup: Option<Instant>,
}

const VERSIONS: &str = "SELECT version FROM schema_version ORDER BY version";
const LAST_SEAL: &str =
    "SELECT through_txid, through_position FROM seals ORDER BY seq DESC LIMIT 1";
const LAST_ENTRY: &str =
    "SELECT recorded_at FROM journal ORDER BY txid DESC, position DESC LIMIT 1";
const LAST_BACKUP: &str = "SELECT value FROM settings WHERE key = 'last_backup'";
const KEY_SINCE: &str = "SELECT value FROM settings WHERE key = 'master_key_since'";
const FIRST_ENTRY: &str = "SELECT recorded_at FROM journal ORDER BY txid, position LIMIT 1";
const KEY: &str = "SELECT value FROM settings WHERE key = 'master_key'";

/// Entries behind the last seal, and since when they wait.
fn unsealed((txid, position): (i64, i64)) -> String {
    format!(
        "SELECT COUNT(*), MIN(recorded_at) FROM journal \
         WHERE (txid, position) > ({txid}, {position})"
    )
}

/// Looks at a database; nothing is made or brought up to date.
pub async fn health(config: &Config) -> Result<Health> {
    let snapshot = Snapshot::open(&config.database).await?;
    let versions = snapshot.rows(VERSIONS).await?;
    let found = versions.into_iter().map(|mut row| row.int()).collect::<Result<Vec<_>>>()?;
    let mut health = Health {
        schema: found.last().copied().unwrap_or_default(),
        missing: migrate::versions().filter(|version| !found.contains(version)).collect(),
        newer: found.iter().copied().find(|version| migrate::versions().all(|v| v != *version)),
        ..Health::default()
    };
    let key = first(snapshot.rows(KEY).await?, Row::text)?;
    health.key_fits = key.is_some_and(|key| Vault::under(&config.master_key, &key).is_some());
    health.key_changing = config.master_key.is_changing();
    health.key_old = config.master_key.has_old();
    let since = first(snapshot.rows(KEY_SINCE).await?, Row::text)?;
    let begun = first(snapshot.rows(FIRST_ENTRY).await?, Row::opt_instant)?.flatten();
    health.key_since = since.as_deref().and_then(instant).or(begun);
    let seal = first(snapshot.rows(LAST_SEAL).await?, |row| Ok((row.int()?, row.int()?)))?;
    let waiting = snapshot.rows(&unsealed(seal.unwrap_or((-1, -1)))).await?;
    let waiting = first(waiting, |row| Ok((row.int()?, row.opt_instant()?)))?;
    (health.unsealed, health.unsealed_since) = waiting.unwrap_or_default();
    health.last_entry = first(snapshot.rows(LAST_ENTRY).await?, Row::instant)?;
    health.last_backup =
        first(snapshot.rows(LAST_BACKUP).await?, Row::text)?.as_deref().and_then(instant);
    Ok(health)
}

fn first<T>(rows: Vec<Row>, read: impl FnOnce(&mut Row) -> Result<T>) -> Result<Option<T>> {
    rows.into_iter().next().map(|mut row| read(&mut row)).transpose()
}

fn instant(text: &str) -> Option<Instant> {
    text.parse().ok().map(Instant)
}

/// How far background work is behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lag {
    /// Transactions that wait for the writer, or for a connection.
    pub queue: u64,
    /// Journal entries that no seal covers yet.
    pub unsealed: i64,
    /// Pieces of work that are due in the outbox.
    pub outbox: i64,
    /// When the last backup was made.
    pub last_backup: Option<Instant>,
}

impl Store {
    /// How far background work is behind.
    pub async fn lag(&self, now: Instant) -> Result<Lag> {
        let exec = self.exec();
        let seal = exec.rows(LAST_SEAL, vec![]).await?;
        let seal = first(seal, |row| Ok((row.int()?, row.int()?)))?.unwrap_or((-1, -1));
        let due = "SELECT COUNT(*) FROM outbox WHERE due_at <= $1";
        let waiting = first(exec.rows(unsealed(seal), vec![]).await?, Row::int)?;
        let outbox = first(exec.rows(due, crate::exec::cell::cells![now]).await?, Row::int)?;
        let backup = first(exec.rows(LAST_BACKUP, vec![]).await?, Row::text)?;
        Ok(Lag {
            queue: exec.waiting(),
            unsealed: waiting.unwrap_or_default(),
            outbox: outbox.unwrap_or_default(),
            last_backup: backup.as_deref().and_then(instant),
        })
    }
}
