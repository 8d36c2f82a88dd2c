//! Documents of a decision: sealed under the customer's key, a version each.

use crate::document::NewDocument;
use crate::exec::Write;
use crate::exec::cell::cells;
use crate::keys::{COMPANY_KEY, sealed_json};
use crate::vault::DataKey;
use crate::{Result, Store, StoreError};
use base::{CaseId, CustomerId, Instant};
use rulebook::model::form::Personal as Class;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

/// What a sealed document is bound to.
pub(crate) const DOCUMENT: &str = "document";

impl Store {
    /// A version each. A draft with a later version behind it is void (see `document`), a frozen
    /// version stays for ever.
    pub(crate) async fn document_rows(
        &self,
        documents: &[NewDocument],
        case: CaseId,
        customer: Option<CustomerId>,
        now: Instant,
    ) -> Result<Vec<Write>> {
        if documents.is_empty() {
            return Ok(vec![]);
        }
        let (key_id, key) = self.case_key(customer).await?;
        let mut writes = Vec::new();
        for document in documents {
            writes.push(Write::one(
                "INSERT INTO documents (id, case_id, document, version, status, key_id, html, \
                 content_hash, signature, made_at) SELECT $1, $2, $3, \
                 (SELECT COALESCE(MAX(version), 0) + 1 FROM documents \
                 WHERE case_id = $2 AND document = $3), $4, $5, $6, $7, $8, $9",
                cells![
                    self.new_id(now),
                    case,
                    &document.document,
                    if document.frozen { "frozen" } else { "draft" },
                    key_id,
                    key.seal(document.html.as_bytes(), DOCUMENT)?,
                    Sha256::digest(document.html.as_bytes()).to_vec(),
                    document.signature,
                    now,
                ],
            ));
        }
        Ok(writes)
    }

    /// The key under which a case's papers and notes are sealed: its customer's, else ours.
    pub(crate) async fn case_key(&self, customer: Option<CustomerId>) -> Result<(i64, DataKey)> {
        let Some(customer) = customer else {
            return Ok((COMPANY_KEY, self.key(COMPANY_KEY).await?));
        };
        let sql = "SELECT k.id, k.id, k.wrapped FROM customers c \
                   JOIN data_keys k ON k.id = c.key_id WHERE c.id = $1";
        let row = self.exec().row(sql, cells![customer]).await?;
        let mut row = row.ok_or(StoreError::NotFound("customer"))?;
        let id = row.int()?;
        match self.read_key(&mut row)? {
            Some(key) => Ok((id, key)),
            // Erased in the meantime; what is still written about the case is ours.
            None => Ok((COMPANY_KEY, self.key(COMPANY_KEY).await?)),
        }
    }

    /// A note, sealed: people write names into notes.
    pub(super) async fn seal_for_case(
        &self,
        customer: Option<CustomerId>,
        text: &str,
    ) -> Result<Json> {
        let (id, key) = self.case_key(customer).await?;
        sealed_json(id, &key, Class::Other, text)
    }
}
