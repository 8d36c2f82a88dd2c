//! `GET /rulebook/processes/{id}`: a process as written, for its diagram.

use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::Words;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A process with the names of its forms and roles.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessPage {
    /// The process as the rulebook writes it.
    #[schema(value_type = Object)]
    process: Value,
    forms: BTreeMap<String, Words>,
    roles: BTreeMap<String, Words>,
    documents: BTreeMap<String, Words>,
}

/// A process as written, for its diagram.
#[utoipa::path(
    get, path = "/rulebook/processes/{id}", tag = "rulebook", operation_id = "rulebook_process",
    params(("id" = String, Path)),
    responses((status = 200, body = ProcessPage), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn process(
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<String>,
) -> Answer<Json<ProcessPage>> {
    let release = &session.release;
    let process = release.processes.get(&id).ok_or_else(|| Problem::new("not-found"))?;
    let words = |(id, title): (&String, &base::Text)| (id.clone(), Words::from(title));
    Ok(Json(ProcessPage {
        process: serde_json::to_value(process).map_err(|_| Problem::new("internal"))?,
        forms: release.forms.iter().map(|(id, f)| words((id, &f.title))).collect(),
        roles: release.roles.iter().map(|(id, r)| words((id, &r.title))).collect(),
        documents: release.documents.iter().map(|(id, d)| words((id, &d.title))).collect(),
    }))
}
