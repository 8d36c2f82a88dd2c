//! `POST /rulebook/drafts/{id}/examples`: the examples of the packs, run against the draft.

use super::publish::clean;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::Working;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::Words;
use axum::extract::State;
use rulebook::Release;
use serde::Serialize;
use utoipa::ToSchema;

/// How the examples went.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftExamples {
    passed: usize,
    failed: Vec<FailedExample>,
}

/// An example that fails.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FailedExample {
    pub name: String,
    /// File and line.
    pub at: String,
    /// What was expected and what came.
    pub sentence: Words,
}

/// Runs every example of the packs against the draft.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/examples", tag = "drafts",
    operation_id = "drafts_examples", params(("id" = String, Path)),
    responses((status = 200, body = DraftExamples), (status = 422)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn examples(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
) -> Answer<Json<DraftExamples>> {
    let working = Working::load(&app, id).await?;
    let compiled = working.compiled(&app).await?;
    clean(&working, &compiled)?;
    let release = compiled.release.clone().ok_or_else(|| Problem::new("internal"))?;
    let all = release.examples.len();
    let failed = failing(release).await?;
    Ok(Json(DraftExamples { passed: all.saturating_sub(failed.len()), failed }))
}

/// The examples of a release that fail.
pub async fn failing(release: Release) -> Answer<Vec<FailedExample>> {
    let run = move || engine::example::run(&release).results;
    let results = tokio::task::spawn_blocking(run).await.map_err(|_| Problem::new("internal"))?;
    let failed = results.into_iter().filter_map(|result| {
        let sentence = (&result.failure?).into();
        Some(FailedExample { name: result.name, at: result.at, sentence })
    });
    Ok(failed.collect())
}
