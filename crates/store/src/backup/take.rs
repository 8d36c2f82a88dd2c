//! Taking a backup while the product serves.

use super::archive::{Archive, Packing};
use super::{FILES, FORMAT, LEFT_OUT, Manifest, Refused, TABLES, row};
use crate::dialect::Dialect;
use crate::exec::Cell;
use crate::exec::cell::cells;
use crate::exec::snapshot::Snapshot;
use crate::exec::{Exec, Row, Write};
use crate::vault::Vault;
use crate::{Config, Result, StoreError, file, migrate};
use base::{FileId, Instant};
use data_encoding::HEXLOWER;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Bytes of a file copied at once.
const CHUNK: usize = 1 << 20;

/// Writes everything as it stands at one moment into `target`, which must not be there yet.
/// Nothing in the database is made or brought up to date, and no writer waits.
pub async fn backup(
    config: &Config,
    target: &Path,
    now: Instant,
) -> std::result::Result<Manifest, Refused> {
    let snapshot = Snapshot::open(&config.database).await?;
    let schema = schema(&snapshot).await?;
    check_key(&snapshot, config).await?;
    let mut archive = Archive::create(target)?;
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now,
        database: word(snapshot.dialect()).to_owned(),
        schema,
        key: Vault::new(&config.master_key).fingerprint(),
        head: head(&snapshot).await?,
        tables: BTreeMap::new(),
        files: 0,
        bytes: 0,
        lost: vec![],
        hashes: String::new(),
    };
    let gone = files(&snapshot, &config.files, &mut archive, &mut manifest).await?;
    for table in tables(&snapshot).await? {
        let rows = write_table(&snapshot, &table, &gone, &mut archive).await?;
        manifest.tables.insert(table, rows);
    }
    let manifest = archive.finish(manifest, &config.master_key)?;
    note(config, now).await;
    Ok(manifest)
}

/// The word of a database in a manifest.
pub(super) fn word(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "sqlite",
        Dialect::Postgres => "postgres",
    }
}

/// The migrations the database has; a database of a newer program is left to that.
async fn schema(snapshot: &Snapshot) -> Result<Vec<i64>> {
    let rows = snapshot.rows("SELECT version FROM schema_version ORDER BY version").await?;
    let found = rows.into_iter().map(|mut row| row.int()).collect::<Result<Vec<_>>>()?;
    migrate::refuse_newer(&found)?;
    Ok(found)
}

/// With another key at hand the archive could be signed by nobody who can read it.
async fn check_key(snapshot: &Snapshot, config: &Config) -> Result<()> {
    if config.master_key.is_changing() {
        return Err(StoreError::Invalid(
            "the master key is being changed: run `sanbao key rotate` to its end, then back up"
                .into(),
        ));
    }
    let rows = snapshot.rows("SELECT value FROM settings WHERE key = 'master_key'").await?;
    let stored = rows.into_iter().next().map(|mut row| row.text()).transpose()?;
    if stored.as_deref() == Some(&Vault::new(&config.master_key).fingerprint()) {
        return Ok(());
    }
    Err(migrate::other_key())
}

async fn head(snapshot: &Snapshot) -> Result<Option<String>> {
    let rows = snapshot.rows("SELECT hash FROM seals ORDER BY seq DESC LIMIT 1").await?;
    rows.into_iter().next().map(|mut row| Ok(HEXLOWER.encode(&row.bytes()?))).transpose()
}

/// Tables of the schema by name.
async fn tables(snapshot: &Snapshot) -> Result<Vec<String>> {
    let sql = match snapshot.dialect() {
        Dialect::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' \
             AND name NOT LIKE 'sqlite_%' ORDER BY name"
        }
        Dialect::Postgres => {
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
        }
    };
    let names: Vec<String> = texts(snapshot.rows(sql).await?)?;
    // What measuring leaves behind in a throwaway folder is no part of the schema.
    let taken = |name: &String| !LEFT_OUT.contains(&name.as_str()) && !name.starts_with("plain_");
    Ok(names.into_iter().filter(taken).collect())
}

async fn columns(snapshot: &Snapshot, table: &str) -> Result<Vec<String>> {
    let sql = match snapshot.dialect() {
        Dialect::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid"),
        Dialect::Postgres => format!(
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' \
             ORDER BY ordinal_position"
        ),
    };
    texts(snapshot.rows(&sql).await?)
}

fn texts(rows: Vec<Row>) -> Result<Vec<String>> {
    rows.into_iter().map(|mut row| row.text()).collect()
}

/// A line of the names of columns, then a line a row; how many rows.
async fn write_table(
    snapshot: &Snapshot,
    table: &str,
    gone: &BTreeSet<i64>,
    archive: &mut Archive,
) -> std::result::Result<u64, Refused> {
    let columns = columns(snapshot, table).await?;
    archive.begin(&format!("{TABLES}{table}.jsonl"), Packing::Packed)?;
    archive.write(&row::print(columns.iter().map(Cell::from).collect()))?;
    let id = columns.iter().position(|column| column == "id").filter(|_| table == "files");
    let mut rows = 0;
    let sql = format!("SELECT {} FROM {table}", columns.join(", "));
    snapshot
        .each(&sql, |row| {
            let cells = row.into_cells();
            let dropped = id.is_some_and(
                |id| matches!(cells.get(id), Some(Cell::Int(id)) if gone.contains(id)),
            );
            if !dropped {
                rows += 1;
                archive.write(&row::print(cells))?;
            }
            Ok::<_, Refused>(())
        })
        .await?;
    Ok(rows)
}

/// Copies the bytes of all files. The rows of the answer are left out: uploads that nothing refers
/// to and that were dropped since the snapshot.
async fn files(
    snapshot: &Snapshot,
    folder: &Path,
    archive: &mut Archive,
    manifest: &mut Manifest,
) -> std::result::Result<BTreeSet<i64>, Refused> {
    let sql = "SELECT f.id, CASE WHEN EXISTS (SELECT 1 FROM file_uses x WHERE x.file = f.id) \
               THEN 1 ELSE 0 END FROM files f WHERE LENGTH(f.wrapped) > 0 ORDER BY f.id";
    let mut gone = BTreeSet::new();
    let mut chunk = vec![0; CHUNK];
    snapshot
        .each(sql, |mut row| {
            let (id, used) = (row.int()?, row.flag()?);
            let path = file::place(folder, FileId(id));
            let mut file = match std::fs::File::open(&path) {
                Ok(file) => file,
                Err(e) if e.kind() == std::io::ErrorKind::NotFound && used => {
                    manifest.lost.push(FileId(id).to_string());
                    return Ok(());
                }
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                    gone.insert(id);
                    return Ok(());
                }
                Err(e) => return Err(Refused::of_path(&path, &e)),
            };
            archive.begin(&format!("{FILES}{}", FileId(id)), Packing::Plain)?;
            loop {
                use std::io::Read as _;
                let read = file.read(&mut chunk).map_err(|e| Refused::of_path(&path, &e))?;
                if read == 0 {
                    break;
                }
                archive.write(&chunk[..read])?;
                manifest.bytes += read as u64;
            }
            manifest.files += 1;
            Ok(())
        })
        .await?;
    Ok(gone)
}

/// Notes when the last backup was made, for `doctor` and the figures; one that could not be noted
/// is a backup all the same.
async fn note(config: &Config, now: Instant) {
    let noted = async {
        let exec = Exec::open(&config.database).await?;
        let sql = "INSERT INTO settings (key, value) VALUES ('last_backup', $1) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let written = exec.write(vec![Write::any(sql, cells![now.0.to_string()])]).await;
        exec.close().await;
        written.map(|_| ()).map_err(StoreError::from)
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the moment of the backup could not be noted");
    }
}
