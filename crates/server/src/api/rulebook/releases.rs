//! `GET /rulebook/releases` and `/rulebook/changes`: what was published, and what each changed.

use crate::api::me::ReleaseRef;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::{Answer, Problem};
use crate::view::{List, Words};
use axum::extract::State;
use rulebook::Release;
use rulebook::diff::{Change, Difference, diff};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A published release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseRow {
    release: ReleaseRef,
    /// In force from this day.
    effective: Option<String>,
    /// Whether new cases run under it today.
    in_force: bool,
}

/// Everything published, the latest first.
#[utoipa::path(
    get, path = "/rulebook/releases", tag = "rulebook", operation_id = "rulebook_releases",
    responses((status = 200, body = List<ReleaseRow>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn releases(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
) -> Json<List<ReleaseRow>> {
    let all = app.releases().all();
    let rows = all.iter().rev().map(|release| ReleaseRow {
        release: ReleaseRef::of(release),
        effective: release.effective.map(|day| day.to_string()),
        in_force: release.hash == session.release.hash,
    });
    Json(List::whole(rows.collect()))
}

/// Which two releases.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Between {
    /// Hash of the earlier one; absent: the one before `to`.
    from: Option<String>,
    /// Hash of the later one; absent: the one in force.
    to: Option<String>,
}

/// What one release changed against another.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeRow {
    /// `clause`, `parameter`, `table-row`, `action`, `require`, `deadline`, …
    kind: &'static str,
    path: String,
    title: Words,
    clauses: Vec<String>,
    /// `added`, `removed`, `changed`, `moved`.
    change: &'static str,
    sentences: Vec<Words>,
}

impl From<&Difference> for ChangeRow {
    fn from(difference: &Difference) -> Self {
        let change = match difference.change {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed(_) => "changed",
            Change::Moved { .. } => "moved",
        };
        Self {
            kind: difference.kind,
            path: difference.path.clone(),
            title: (&difference.title).into(),
            clauses: difference.clause.clone(),
            change,
            sentences: difference.sentences.iter().map(Words::from).collect(),
        }
    }
}

/// What differs between two releases, item by item; nothing when there is no earlier one.
#[utoipa::path(
    get, path = "/rulebook/changes", tag = "rulebook", operation_id = "rulebook_changes",
    params(Between), responses((status = 200, body = List<ChangeRow>), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn changes(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Query(between): Query<Between>,
) -> Answer<Json<List<ChangeRow>>> {
    let all = app.releases().all();
    let to = match &between.to {
        Some(hash) => named(&all, hash)?,
        None => Arc::clone(&session.release),
    };
    let from = match &between.from {
        Some(hash) => Some(named(&all, hash)?),
        None => before(&all, &to),
    };
    let differences = from.map_or_else(Vec::new, |from| diff(&from, &to));
    Ok(Json(List::whole(differences.iter().map(ChangeRow::from).collect())))
}

fn named(all: &[Arc<Release>], hash: &str) -> Result<Arc<Release>, Problem> {
    let found = all.iter().find(|release| release.hash == hash);
    found.cloned().ok_or_else(|| Problem::new("not-found"))
}

/// The release that held before another took effect.
fn before(all: &[Arc<Release>], release: &Release) -> Option<Arc<Release>> {
    let at = all.iter().position(|known| known.hash == release.hash)?;
    all.get(at.checked_sub(1)?).cloned()
}
