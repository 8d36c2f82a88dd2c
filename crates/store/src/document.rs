//! Printed documents (单据): versions of rendered HTML, frozen on signature.

use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, DocumentId, FileId, Instant};

/// A rendered document of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Its key in the rulebook.
    pub document: String,
    /// Self-contained HTML; stored encrypted.
    pub html: String,
    /// Whether it is frozen from now on: a signature came.
    pub frozen: bool,
    /// The signature's image.
    pub signature: Option<FileId>,
}

/// How a document stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentStatus {
    /// May still be made anew.
    Draft,
    /// Signed: this version never changes.
    Frozen,
    /// Replaced by a later version.
    Void,
}

/// A document of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Id.
    pub id: DocumentId,
    /// The case.
    pub case: CaseId,
    /// Its key in the rulebook.
    pub document: String,
    /// From 1; each freezing or making anew adds one.
    pub version: i64,
    /// How it stands.
    pub status: DocumentStatus,
    /// SHA-256 of the HTML, hexadecimal.
    pub content_hash: String,
    /// Times printed.
    pub printed: i64,
    /// When it was made.
    pub made_at: Instant,
}

impl Store {
    /// The documents of a case.
    pub async fn documents(&self, case: CaseId) -> Result<Vec<DocumentRow>> {
        let _ = case;
        Ok(vec![])
    }

    /// A document with its HTML, when its case is in scope.
    pub async fn document(&self, id: DocumentId, scope: &Scope) -> Result<(DocumentRow, String)> {
        let _ = (id, scope);
        Err(StoreError::NotFound("document"))
    }

    /// Counts a print.
    pub async fn count_print(&self, id: DocumentId, now: Instant) -> Result<i64> {
        let _ = (id, now);
        Err(StoreError::NotFound("document"))
    }
}
