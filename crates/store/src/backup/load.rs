//! The rows of an archive into an empty database.

use super::check::Checked;
use super::{Refused, TABLES, row, take};
use crate::dialect::Dialect;
use crate::exec::load::Load;
use crate::{Database, migrate};
use data_encoding::HEXLOWER;
use std::io::{BufRead, BufReader};

/// Rows inserted at once.
const BATCH: usize = 500;

/// Makes the schema the rows were written under and fills it; committed by `finish` only.
pub(super) async fn load(
    archive: &mut Checked,
    database: &Database,
    expect: Option<&str>,
) -> Result<Load, Refused> {
    let mut load = Load::begin(database).await?;
    refuse_place(archive, &load).await?;
    load.script(migrate::VERSIONS).await?;
    for script in migrate::scripts(&archive.manifest.schema, load.dialect()) {
        load.script(&script).await?;
    }
    load.lay_references_aside().await?;
    let tables: Vec<(String, u64)> = archive.manifest.tables.clone().into_iter().collect();
    for (table, rows) in tables {
        if read_table(archive, &load, &table).await? != rows {
            return Err(archive.damaged(&format!("{TABLES}{table}.jsonl")));
        }
    }
    // How far its own numbers lie behind those of the rows, each cluster finds out itself.
    load.script("DELETE FROM settings WHERE key = 'txid_offset'").await?;
    if let Some(expect) = expect {
        refuse_other_head(&load, expect).await?;
    }
    Ok(load)
}

async fn refuse_place(archive: &Checked, load: &Load) -> Result<(), Refused> {
    if load.dialect() == Dialect::Sqlite {
        // Its one writer counts no transactions, and what is sealed lies in their order.
        if archive.manifest.database == take::word(Dialect::Postgres) {
            return Err(Refused::new(
                "这份备份来自 PostgreSQL：请用 --database postgres://… 恢复",
                "this backup is of a PostgreSQL: restore it with --database postgres://…",
            ));
        }
        return Ok(());
    }
    let tables = "SELECT COUNT(*) FROM information_schema.tables \
                  WHERE table_schema = current_schema()";
    let found = load.rows(tables).await?.into_iter().next().map(|mut row| row.int()).transpose()?;
    if found == Some(0) {
        return Ok(());
    }
    Err(Refused::new(
        "这个数据库里已经有表：备份只恢复到空的数据库，请新建一个",
        "this database holds tables already: a backup is restored into an empty one only, make one",
    ))
}

/// Fills one table; how many rows it took.
async fn read_table(archive: &mut Checked, load: &Load, table: &str) -> Result<u64, Refused> {
    let member = format!("{TABLES}{table}.jsonl");
    let damaged = archive.damaged(&member);
    let plain = |name: &str| {
        name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let file = archive.zip.by_name(&member).map_err(|_| damaged.clone())?;
    let mut lines = BufReader::new(file).lines();
    let mut next = || lines.next().transpose().map_err(|_| damaged.clone());
    let head = next()?.ok_or_else(|| damaged.clone())?;
    let columns: Vec<String> = serde_json::from_str(&head).map_err(|_| damaged.clone())?;
    if !plain(table) || columns.is_empty() || !columns.iter().all(|column| plain(column)) {
        return Err(damaged);
    }
    // What a migration itself put there came along in the archive.
    let count = load.rows(&format!("SELECT COUNT(*) FROM {table}")).await?;
    if count.into_iter().next().map_or(Ok(0), |mut row| row.int())? > 0 {
        load.script(&format!("DELETE FROM {table}")).await?;
    }
    let head = format!("INSERT INTO {table} ({}) VALUES", columns.join(", "));
    let (mut batch, mut rows) = (Vec::with_capacity(BATCH), 0);
    while let Some(line) = next()? {
        let cells = row::parse(&line)?;
        if cells.len() != columns.len() {
            return Err(damaged);
        }
        batch.push(cells);
        rows += 1;
        if batch.len() == BATCH {
            load.insert(&head, std::mem::take(&mut batch)).await?;
        }
    }
    load.insert(&head, batch).await?;
    Ok(rows)
}

async fn refuse_other_head(load: &Load, expect: &str) -> Result<(), Refused> {
    let expect = expect.trim().to_ascii_lowercase();
    for mut seal in load.rows("SELECT hash FROM seals ORDER BY seq DESC").await? {
        if HEXLOWER.encode(&seal.bytes()?) == expect {
            return Ok(());
        }
    }
    Err(Refused::new(
        format!("所给的封存头 {expect} 不在这份备份里：它比备份更新，或备份不是这套系统的"),
        format!(
            "the expected head {expect} is not in this backup: it is younger than the backup, or \
             the backup is of another installation"
        ),
    ))
}
