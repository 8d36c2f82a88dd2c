//! People and organisation units as named on a page.

use base::PersonId;
use serde::Serialize;
use store::org::Org;
use utoipa::ToSchema;

/// An organisation unit (机构).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OrgRef {
    /// Id.
    pub id: String,
    /// Code as on papers.
    pub code: String,
    /// Name.
    pub name: String,
    /// `maker`, `department`, `agent`, `station`, `outlet`.
    pub kind: String,
}

impl From<&Org> for OrgRef {
    fn from(org: &Org) -> Self {
        Self {
            id: org.id.to_string(),
            code: org.code.clone(),
            name: org.name.clone(),
            kind: org.kind.clone(),
        }
    }
}

/// A member of staff (员工).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonRef {
    /// Id.
    pub id: String,
    /// Name; staff see each other's in clear.
    pub name: String,
}

impl PersonRef {
    /// A person by id and name.
    pub fn new(id: PersonId, name: &str) -> Self {
        Self { id: id.to_string(), name: name.to_owned() }
    }
}
