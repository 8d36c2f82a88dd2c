//! One case with its deadlines, as the engine reads it.

use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, OrgId};
use engine::CaseState;

/// A case and where its journal stands.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedCase {
    /// The state, deadlines included.
    pub state: CaseState,
    /// Path of the owning unit, for permission checks.
    pub org_path: String,
    /// Number of the parent, for the page.
    pub parent_number: Option<String>,
}

/// The least that names a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// Process.
    pub process: String,
    /// Full name of the main state.
    pub state: String,
    /// The owning unit.
    pub org: OrgId,
}

impl Store {
    /// A case in scope; another is [`StoreError::NotFound`]. Opening it grants its data.
    pub async fn case(&self, id: CaseId, scope: &Scope) -> Result<LoadedCase> {
        let _ = (id, scope);
        Err(StoreError::NotFound("case"))
    }

    /// The cases it opened.
    pub async fn children(&self, id: CaseId) -> Result<Vec<CaseHead>> {
        let _ = id;
        Ok(vec![])
    }
}
