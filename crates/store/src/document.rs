//! Printed documents (单据): versions of rendered HTML, frozen on signature.

use crate::apply::DOCUMENT;
use crate::exec::Row;
use crate::exec::cell::cells;
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

/// A draft is void once a later version stands; nothing needs to be written for that.
const COLUMNS: &str = "d.id, d.case_id, d.document, d.version, CASE WHEN d.status = 'draft' AND \
    EXISTS (SELECT 1 FROM documents n WHERE n.case_id = d.case_id AND n.document = d.document \
    AND n.version > d.version) THEN 'void' ELSE d.status END, d.content_hash, d.printed, d.made_at";

fn read_document(row: &mut Row) -> Result<DocumentRow> {
    Ok(DocumentRow {
        id: DocumentId(row.int()?),
        case: CaseId(row.int()?),
        document: row.text()?,
        version: row.int()?,
        status: match row.text()?.as_str() {
            "frozen" => DocumentStatus::Frozen,
            "void" => DocumentStatus::Void,
            _ => DocumentStatus::Draft,
        },
        content_hash: data_encoding::HEXLOWER.encode(&row.bytes()?),
        printed: row.int()?,
        made_at: row.instant()?,
    })
}

impl Store {
    /// The documents of a case, latest version first within each kind.
    pub async fn documents(&self, case: CaseId) -> Result<Vec<DocumentRow>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM documents d WHERE d.case_id = $1 \
             ORDER BY d.document, d.version DESC LIMIT 500"
        );
        let rows = self.exec().rows(sql, cells![case]).await?;
        rows.into_iter().map(|mut row| read_document(&mut row)).collect()
    }

    /// A document with its HTML, when its case is in scope.
    pub async fn document(&self, id: DocumentId, scope: &Scope) -> Result<(DocumentRow, String)> {
        let sql = format!(
            "SELECT {COLUMNS}, k.id, k.wrapped, d.html FROM documents d \
             JOIN cases c ON c.id = d.case_id JOIN data_keys k ON k.id = d.key_id \
             WHERE d.id = $1 AND c.org_path >= $2 AND c.org_path < $3 \
             AND (CAST($4 AS BIGINT) = 0 OR $4 IN (c.assignee, c.opener, c.owner))"
        );
        let own = scope.own.map_or(0, |person| person.0);
        let row = self.exec().row(sql, cells![id, &scope.low, &scope.high, own]).await?;
        let mut row = row.ok_or(StoreError::NotFound("document"))?;
        let document = read_document(&mut row)?;
        let erased = || StoreError::Sealed("its customer's data was erased on request".into());
        let key = self.read_key(&mut row)?.ok_or_else(erased)?;
        let html = key.open_text(&row.bytes()?, DOCUMENT)?;
        Ok((document, html))
    }

    /// A document of a case made anew outside a decision (after a draft's data changed).
    pub async fn redraft(
        &self,
        case: CaseId,
        document: crate::document::NewDocument,
        now: Instant,
    ) -> Result<()> {
        let loaded = self.case(case, &Scope::company()).await?;
        let writes = self.document_rows(&[document], case, loaded.state.customer, now).await?;
        self.exec().write(writes).await?;
        Ok(())
    }
}
