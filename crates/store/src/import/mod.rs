//! Imports: rows staged with a verdict each, written all or none.

mod apply;
mod headings;
mod people;
mod staging;
mod taken;
mod undo;

pub use apply::{CHUNK, ImportedUnit};
pub use headings::HeadingRow;
pub use taken::{Holder, Numbered};

use crate::cases::Page;
use crate::exec::cell::{cells, parse, print};
use crate::exec::{Cell, Read, Row, Write, places};
use crate::journal::{Aggregate, Chain};
use crate::keys::COMPANY_KEY;
use crate::search::normalise;
use crate::vault::DataKey;
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId};
use serde_json::{Map, Value as Json, json};

/// How an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Rows can be looked at; nothing is written.
    Staged,
    /// Being written; readers do not see it yet.
    Applying,
    /// Written.
    Applied,
    /// Thrown away.
    Discarded,
}

/// An import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    /// Number.
    pub id: i64,
    /// What it brings: `sold_vehicles`.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// How it stands.
    pub state: ImportState,
    /// Accepted, rejected, skipped rows.
    pub counts: (i64, i64, i64),
    /// Sheet, header row, notes.
    pub about: Map<String, Json>,
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// What it is at, when it is at work.
    pub progress: Option<Progress>,
}

/// How far a large import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// `reading`, `writing`, `stopping`.
    pub phase: String,
    /// Rows done.
    pub done: i64,
    /// Of so many.
    pub total: i64,
    /// When it was last heard of.
    pub beat_at: Instant,
}

/// A staged row.
#[derive(Debug, Clone, PartialEq)]
pub struct StagedRow {
    /// Row of the sheet, from 1.
    pub row: i64,
    /// `accept`, `reject`, `skip`.
    pub verdict: String,
    /// `vehicle`, `subtotal`, `blank`…
    pub kind: String,
    /// Why.
    pub why: String,
    /// Values by field; stored encrypted.
    pub values: Map<String, Json>,
}

const COLUMNS: &str = "id, kind, file_name, state, accepted, rejected, skipped, about, person, at, \
    phase, done, total, beat_at";
/// How long rejected rows stay for the report of errors.
const ROWS_SECONDS: i64 = 30 * 86_400;
/// What a staged row is bound to.
const ROW: &str = "import row";

fn read_import(mut row: Row) -> Result<ImportRow> {
    Ok(ImportRow {
        id: row.int()?,
        kind: row.text()?,
        file_name: row.text()?,
        state: match row.text()?.as_str() {
            "staged" => ImportState::Staged,
            "applying" => ImportState::Applying,
            "applied" => ImportState::Applied,
            _ => ImportState::Discarded,
        },
        counts: (row.int()?, row.int()?, row.int()?),
        about: row.json()?,
        person: PersonId(row.int()?),
        at: row.instant()?,
        progress: match (row.opt_text()?, row.int()?, row.int()?, row.instant()?) {
            (Some(phase), done, total, beat_at) => Some(Progress { phase, done, total, beat_at }),
            _ => None,
        },
    })
}

/// What inserts staged rows, each closed by the company's key.
fn staged_rows(id: i64, key: &DataKey, rows: Vec<StagedRow>) -> Result<Vec<Write>> {
    let mut staged = Vec::with_capacity(rows.len());
    for row in rows {
        let clear = print(&(&row.why, &row.values))?;
        let sealed = key.seal(clear.as_bytes(), ROW)?;
        staged.push(cells![id, row.row, row.verdict, row.kind, sealed]);
    }
    let head = "INSERT INTO import_rows (import_id, row_no, verdict, kind, body) VALUES";
    Ok(Write::rows(head, staged, ""))
}

impl Store {
    /// Stages an import with its rows, all or none.
    pub async fn stage_import(
        &self,
        kind: &str,
        file_name: &str,
        about: Map<String, Json>,
        rows: Vec<StagedRow>,
        person: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let id = self.new_id(now);
        let key = self.key(COMPANY_KEY).await?;
        let count = |verdict: &str| {
            i64::try_from(rows.iter().filter(|row| row.verdict == verdict).count()).unwrap_or(0)
        };
        let mut chain = Chain::begin(Aggregate::Import, id);
        let body = json!({ "kind": kind, "rows": rows.len() });
        chain.push(self.plain_entry("staged", Some(person), &body, now), now);
        let mut writes = vec![Write::one(
            "INSERT INTO imports (id, kind, file_name, state, accepted, rejected, skipped, about, \
             person, at, journal_seq, journal_head) \
             VALUES ($1, $2, $3, 'staged', $4, $5, $6, $7, $8, $9, $10, $11)",
            cells![
                id,
                kind,
                file_name,
                count("accept"),
                count("reject"),
                count("skip"),
                print(&about)?,
                person,
                now,
                chain.seq,
                chain.hash,
            ],
        )];
        writes.append(&mut chain.inserts());
        writes.extend(staged_rows(id, &key, rows)?);
        self.exec().write(writes).await?;
        self.import(id).await
    }

    /// One import.
    pub async fn import(&self, id: i64) -> Result<ImportRow> {
        let sql = format!("SELECT {COLUMNS} FROM imports WHERE id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        read_import(row.ok_or(StoreError::NotFound("import"))?)
    }

    /// The token it was brought in through.
    pub async fn import_through(&self, id: i64) -> Result<Option<base::TokenId>> {
        let sql = "SELECT body FROM journal \
                   WHERE aggregate = 'import' AND aggregate_id = $1 AND seq = 1";
        let body = self.exec().row(sql, cells![id]).await?.map(|mut row| row.text()).transpose()?;
        Ok(body.and_then(|body| crate::via::said(&body)).map(|via| via.token))
    }

    /// The latest imports.
    pub async fn imports(&self, limit: u32) -> Result<Vec<ImportRow>> {
        let sql = format!("SELECT {COLUMNS} FROM imports ORDER BY id DESC LIMIT $1");
        let rows = self.exec().rows(sql, cells![limit.clamp(1, 100)]).await?;
        rows.into_iter().map(read_import).collect()
    }

    /// Its rows, by row number; at most 1,000 a page.
    pub async fn import_rows(
        &self,
        id: i64,
        verdict: Option<&str>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<StagedRow>> {
        let limit = limit.clamp(1, 1000);
        let after = crate::cases::cursor::<u32>(cursor)?.map_or(0, i64::from);
        let sql = "SELECT row_no, verdict, kind, body FROM import_rows WHERE import_id = $1 \
                   AND row_no > $2 AND ($3 = '' OR verdict = $3) ORDER BY row_no LIMIT $4";
        let params = cells![id, after, verdict.unwrap_or_default(), limit + 1];
        let key = self.key(COMPANY_KEY).await?;
        let read = |mut row: Row| {
            let (row_no, verdict, kind) = (row.int()?, row.text()?, row.text()?);
            let (why, values) = parse(&key.open_text(&row.bytes()?, ROW)?)?;
            Ok(StagedRow { row: row_no, verdict, kind, why, values })
        };
        let rows = self.exec().rows(sql, params).await?;
        let mut items = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|row| row.row.to_string());
        Ok(Page { items, next })
    }

    /// Throws a staged import away; its rows hold names and numbers nobody needs any more.
    pub async fn discard_import(&self, id: i64) -> Result<ImportRow> {
        let done = self
            .exec()
            .write(vec![
                Write::one(
                    "UPDATE imports SET state = 'discarded', phase = NULL WHERE id = $1 \
                     AND state = 'staged'",
                    cells![id],
                ),
                Write::any("DELETE FROM import_rows WHERE import_id = $1", cells![id]),
            ])
            .await;
        if matches!(done, Err(crate::exec::Rollback::Guard(_))) {
            self.import(id).await?;
            return Err(StoreError::Invalid("only a staged import can be discarded".into()));
        }
        done?;
        self.import(id).await
    }

    /// Lets rows of imports go that were written or thrown away 30 days ago: those that were
    /// rejected hold names and numbers, and whoever wanted them corrected has done it. How many.
    pub async fn drop_import_rows(&self, now: Instant) -> Result<u64> {
        let sql = "DELETE FROM import_rows WHERE import_id IN (SELECT id FROM imports \
                   WHERE at < $1 AND state IN ('applied', 'discarded'))";
        let before = now.plus_seconds(-ROWS_SECONDS);
        let done = self.exec().write(vec![Write::any(sql, cells![before])]).await?;
        Ok(done.first().map_or(0, |done| done.rows))
    }

    /// Frame numbers of `list` already registered, normalised.
    pub async fn known_frames(&self, list: &[String]) -> Result<Vec<String>> {
        let mut known = Vec::new();
        for chunk in list.chunks(1_000) {
            let sql = format!(
                "SELECT frame_key FROM units WHERE frame_key IN {}",
                places(1, chunk.len())
            );
            let keys = chunk.iter().map(|text| Cell::from(normalise(text))).collect();
            for mut row in self.exec().rows(sql, keys).await? {
                known.push(row.text()?);
            }
        }
        Ok(known)
    }

    /// The import's chain, state and chunks written.
    pub(crate) async fn import_chain(&self, id: i64) -> Result<(Chain, String, i64)> {
        let sql = "SELECT journal_seq, journal_head, state, written FROM imports WHERE id = $1";
        let mut rows = self.exec().read(vec![Read::new(sql, cells![id])]).await?;
        let row = rows.pop().and_then(|mut rows| rows.pop());
        let mut row = row.ok_or(StoreError::NotFound("import"))?;
        let (seq, hash) = (row.int()?, crate::journal::stored_hash(row.bytes()?)?);
        Ok((Chain::at(Aggregate::Import, id, seq, hash), row.text()?, row.int()?))
    }
}

/// Number forms of a frame as the store compares them: for checks within a workbook.
pub fn normal_number(text: &str) -> String {
    normalise(text)
}
