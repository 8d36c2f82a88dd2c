//! `GET /rulebook/drafts/{id}/names`: what the facts are called that messages and deadlines name.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::Working;
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::{List, Words};
use axum::extract::State;
use rulebook::model::FactNames;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// In whose words.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Asked {
    /// The process whose fields come first; without one the fields of every form.
    process: Option<String>,
}

/// A fact and its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactName {
    /// As rules and messages write it, `data.meeting_by`.
    path: String,
    /// As people say it.
    title: Words,
}

/// The names of what a message or a deadline of the draft can say.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/names", tag = "drafts", operation_id = "drafts_names",
    params(("id" = String, Path), Asked),
    responses((status = 200, body = List<FactName>), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn names(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer<Json<List<FactName>>> {
    let working = Working::load(&app, id).await?;
    let compiled = working.compiled(&app).await?;
    let release = compiled.release.as_ref().unwrap_or(&working.base);
    let process = asked.process.and_then(|id| release.processes.get(&id));
    let names = FactNames::new(release, process).all().into_iter();
    let all = names.map(|(path, title)| FactName { path, title: title.into() });
    Ok(Json(List::whole(all.collect())))
}
