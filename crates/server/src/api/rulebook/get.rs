//! `GET /rulebook`: the release in force and how much of the standard it carries.

use super::clauses::status;
use crate::api::me::ReleaseRef;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use serde::Serialize;
use utoipa::ToSchema;

/// The release in force.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rulebook {
    release: ReleaseRef,
    /// In force from this day.
    effective: Option<String>,
    coverage: Coverage,
    processes: Vec<ProcessRef>,
}

/// How many clauses are carried.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = ClauseCoverage)]
pub struct Coverage {
    /// By an item that executes.
    enforced: u32,
    /// Left to people, with a reason.
    people: u32,
    /// By nothing yet.
    uncovered: u32,
}

/// A process by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessRef {
    id: String,
    title: crate::view::Words,
    area: String,
}

/// The release in force and how much of the standard it carries.
#[utoipa::path(
    get, path = "/rulebook", tag = "rulebook", operation_id = "rulebook_get",
    responses((status = 200, body = Rulebook)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn get(session: Allowed<perm::RulebookRead>) -> Answer<Json<Rulebook>> {
    let release = &session.release;
    let mut coverage = Coverage::default();
    for clause in &release.clauses {
        match status(release, clause) {
            "enforced" => coverage.enforced += 1,
            "people" => coverage.people += 1,
            _ => coverage.uncovered += 1,
        }
    }
    let processes = release.processes.values().map(|p| ProcessRef {
        id: p.id.clone(),
        title: (&p.title).into(),
        area: p.area.clone(),
    });
    Ok(Json(Rulebook {
        release: ReleaseRef::of(release),
        effective: release.effective.map(|day| day.to_string()),
        coverage,
        processes: processes.collect(),
    }))
}
