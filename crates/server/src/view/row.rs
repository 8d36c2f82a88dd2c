//! A case as a row of a list.

use super::case::{ProcessRef, StateRef};
use super::unit::ModelRef;
use super::{PersonRef, Words};
use crate::app::App;
use serde::Serialize;
use store::cases::CaseRow;
use utoipa::ToSchema;

/// A row of the case list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CaseRow)]
pub struct CaseRowView {
    id: String,
    number: String,
    process: String,
    process_title: Words,
    state: StateRef,
    org: RowOrg,
    unit: Option<RowUnit>,
    customer_masked: Option<String>,
    assignee: Option<PersonRef>,
    opened_at: String,
    due_at: Option<String>,
    late: bool,
    closed_at: Option<String>,
}

/// The station.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowOrg {
    id: String,
    name: String,
}

impl RowOrg {
    /// The station that owns the case.
    pub fn of(row: &CaseRow) -> Self {
        Self { id: row.org.to_string(), name: row.org_name.clone() }
    }
}

/// The vehicle.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowUnit {
    id: String,
    frame_no: Option<String>,
    plate: Option<String>,
    model_title: Words,
}

impl CaseRowView {
    /// A row with the words of the release the case runs under.
    pub fn of(app: &App, row: &CaseRow) -> Self {
        let release = app.releases().pinned(&row.release).ok();
        let process = release.as_ref().and_then(|r| r.processes.get(&row.process));
        let model = release.as_ref().map(|r| ModelRef::of(r, row.model.as_deref(), None));
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            process: row.process.clone(),
            process_title: ProcessRef::of(release.as_deref(), &row.process).title,
            state: StateRef::of(process, &format!("main.{}", row.state)),
            org: RowOrg::of(row),
            unit: row.unit.zip(model).map(|(id, model_title)| RowUnit {
                id: id.to_string(),
                frame_no: row.frame_no.clone(),
                plate: row.plate.clone(),
                model_title: model_title.words(),
            }),
            customer_masked: row.customer_masked.clone(),
            assignee: row
                .assignee
                .map(|id| PersonRef::new(id, row.assignee_name.as_deref().unwrap_or(""))),
            opened_at: row.opened_at.to_string(),
            due_at: row.due_at.map(|at| at.to_string()),
            late: row.late,
            closed_at: row.closed_at.map(|at| at.to_string()),
        }
    }
}
