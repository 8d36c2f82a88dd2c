//! `GET /verify`: walks the journal and compares.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What to compare with.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Expect {
    /// A seal head noted earlier, hexadecimal.
    expect: Option<String>,
}

/// What was walked and what does not fit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// Whether everything fits.
    ok: bool,
    entries: u64,
    chains: u64,
    seals: u64,
    unsealed: u64,
    cases: u64,
    files: u64,
    /// Head of the last seal; keep it elsewhere.
    head: Option<String>,
    problems: Vec<String>,
}

/// Walks chains, seals, case states and files.
#[utoipa::path(
    get, path = "/verify", tag = "system", operation_id = "verify", params(Expect),
    responses((status = 200, body = Report)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn verify(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Query(expect): Query<Expect>,
) -> Answer<Json<Report>> {
    let found = app.store().verify(expect.expect.as_deref()).await?;
    Ok(Json(Report {
        ok: found.problems.is_empty(),
        entries: found.entries,
        chains: found.chains,
        seals: found.seals,
        unsealed: found.unsealed,
        cases: found.cases,
        files: found.files,
        head: found.head,
        problems: found.problems.iter().map(|p| p.get(session.lang).to_owned()).collect(),
    }))
}
