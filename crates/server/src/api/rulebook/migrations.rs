//! `GET /rulebook/migrations`: under which releases open cases run; `POST`: a named migration of
//! some of them to another release.

use crate::api::me::ReleaseRef;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::migrate::{self, Fate};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::case::ProcessRef;
use crate::view::{List, Words};
use axum::extract::State;
use base::{CaseId, OrgId};
use engine::decide::Migration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::cases::CaseQuery;
use utoipa::ToSchema;

/// Cases of one call; the next call goes on from `next`.
const MOST: u32 = 100;

/// Which open cases move where, under which name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MigrationOrder {
    /// What the migration is called; every case that moves names it in its journal.
    name: String,
    /// Why.
    reason: String,
    /// Hash of the release they go to; it is in force.
    to: String,
    /// Only cases under this release.
    from: Option<String>,
    /// Only cases of this process.
    process: Option<String>,
    /// Only cases of this station.
    #[schema(value_type = Option<String>)]
    station: Option<OrgId>,
    /// Only these cases, at most 100; the others are not looked at.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    cases: Vec<CaseId>,
    /// States that go by another name, both in full: `{"main.received": "main.accepted"}`.
    #[serde(default)]
    states: BTreeMap<String, String>,
    /// Say what would become of each, and move none.
    #[serde(default)]
    dry_run: bool,
    /// Where the last call ended.
    cursor: Option<String>,
}

/// What became of the cases of one call.
#[derive(Debug, Serialize, ToSchema)]
pub struct MigrationReport {
    moved: usize,
    already: usize,
    stayed: usize,
    cases: Vec<MigratedCase>,
    /// Where the next call goes on; null when all were looked at.
    next: Option<String>,
}

/// What became of a case, or would.
#[derive(Debug, Serialize, ToSchema)]
pub struct MigratedCase {
    id: String,
    number: String,
    /// `moves`, `already`, `stays`.
    fate: &'static str,
    /// What changes for it, or why it stays.
    sentences: Vec<Words>,
}

/// Open cases of a process under a release.
#[derive(Debug, Serialize, ToSchema)]
pub struct PinnedCases {
    release: ReleaseRef,
    /// First day it was in force.
    effective: Option<String>,
    /// Whether new cases run under it today.
    in_force: bool,
    process: String,
    process_title: Words,
    /// How many of them are open.
    open: i64,
}

/// Under which releases the open cases run, process by process; those under the latest release
/// first.
#[utoipa::path(
    get, path = "/rulebook/migrations", tag = "rulebook", operation_id = "migrations_pinned",
    responses((status = 200, body = List<PinnedCases>)),
    extensions(("x-permission" = json!("rulebook_publish"))),
)]
pub async fn pinned(
    State(app): State<App>,
    session: Allowed<perm::RulebookPublish>,
) -> Answer<Json<List<PinnedCases>>> {
    let mut rows = Vec::new();
    for (hash, process, open) in app.store().open_by_release(&session.scope).await? {
        let release = app.releases().pinned(&hash)?;
        rows.push(PinnedCases {
            release: ReleaseRef::of(&release),
            effective: release.effective.map(|day| day.to_string()),
            in_force: hash == session.release.hash,
            process_title: ProcessRef::of(Some(&release), &process).title,
            process,
            open,
        });
    }
    rows.sort_by(|a, b| (&b.effective, &a.process).cmp(&(&a.effective, &b.process)));
    Ok(Json(List::whole(rows)))
}

/// Moves open cases to another release, each by a command of its own with a journal entry, or says
/// in a dry run what would become of each. A case without an image of its state stays, with the
/// reason; asked again, one that moved is left alone.
#[utoipa::path(
    post, path = "/rulebook/migrations", tag = "rulebook", operation_id = "migrations_create",
    request_body = MigrationOrder,
    responses((status = 200, body = MigrationReport), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("rulebook_publish"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::RulebookPublish>,
    Json(order): Json<MigrationOrder>,
) -> Answer<Json<MigrationReport>> {
    let known = app.releases().until(app.today());
    let to = known.into_iter().find(|release| release.hash == order.to).ok_or_else(|| {
        Problem::new("not-found").detail(
            "没有这个已生效的版本；案件只能迁到已生效的版本",
            "There is no such release in force; cases go to one that is in force only",
        )
    })?;
    let migration = Migration {
        name: crate::api::drafts::said("name", &order.name)?,
        reason: crate::api::drafts::said("reason", &order.reason)?,
        person: session.id(),
        states: order.states.clone(),
    };
    let (cases, next) = chosen(&app, &session, &order).await?;
    let mut report = MigrationReport { moved: 0, already: 0, stayed: 0, cases: Vec::new(), next };
    for (id, number) in cases {
        let fate = migrate::one(&app, id, &session.scope, &to, &migration, order.dry_run).await?;
        let (fate, sentences) = match fate {
            Fate::Moves(told) => {
                report.moved += 1;
                ("moves", told)
            }
            Fate::Already => {
                report.already += 1;
                ("already", vec![])
            }
            Fate::Stays(why) => {
                report.stayed += 1;
                ("stays", why)
            }
        };
        let sentences = sentences.into_iter().map(Words::from).collect();
        report.cases.push(MigratedCase { id: id.to_string(), number, fate, sentences });
    }
    Ok(Json(report))
}

type Chosen = (Vec<(CaseId, String)>, Option<String>);

/// The cases of one call, with their numbers, and where the next goes on.
async fn chosen(
    app: &App,
    session: &Allowed<perm::RulebookPublish>,
    order: &MigrationOrder,
) -> Answer<Chosen> {
    if !order.cases.is_empty() {
        let mut named = Vec::new();
        for id in order.cases.iter().take(MOST as usize) {
            let case = app.store().case(*id, &session.scope).await?.state;
            if order.from.as_ref().is_none_or(|from| *from == case.release) {
                named.push((*id, case.number.unwrap_or_default()));
            }
        }
        return Ok((named, None));
    }
    let query = CaseQuery {
        process: order.process.clone(),
        station: order.station,
        open: Some(true),
        cursor: order.cursor.clone(),
        limit: MOST,
        ..CaseQuery::default()
    };
    let page = app.store().cases(&query, &session.scope).await?;
    let from = |release: &String| order.from.as_ref().is_none_or(|from| from == release);
    let rows = page.items.into_iter().filter(|row| from(&row.release));
    Ok((rows.map(|row| (row.id, row.number)).collect(), page.next))
}
