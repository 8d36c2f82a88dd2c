//! `GET /scorecards/{id}/standings`: how all units in scope stand in a period.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::figures::cards;
use crate::http::extract::{Json, Path, Query};
use crate::problem::{Answer, Problem};
use crate::view::{List, OrgRef, Words};
use axum::extract::State;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Units of one answer at the most; who has more looks from further down the tree.
const MOST: usize = 200;

/// When.
#[derive(Debug, Deserialize, IntoParams)]
pub struct When {
    /// `2026`, `2026-Q4`, `2026-11`; the one that runs where absent.
    period: Option<String>,
}

/// How a unit stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScoreStanding {
    org: OrgRef,
    /// The points of all rated items.
    points: Option<f64>,
    /// Items that are not rated (未评).
    unrated: usize,
    /// Entries that nobody has made yet.
    missing: usize,
    /// The highest level whose conditions all hold.
    level: Option<Words>,
}

/// All units in my scope that a scorecard scores, the most points first.
#[utoipa::path(
    get, path = "/scorecards/{id}/standings", tag = "scorecards",
    operation_id = "scorecards_standings", params(("id" = String, Path), When),
    responses((status = 200, body = List<ScoreStanding>), (status = 404)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn standings(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
    Path(id): Path<String>,
    Query(when): Query<When>,
) -> Answer<Json<List<ScoreStanding>>> {
    let known = cards::card(&session.release, &id)?;
    let period = cards::period(known, when.period.as_deref(), app.today())?;
    let release = cards::judged_by(&app, &period)?;
    let card = cards::card(&release, &id)?;
    let orgs = cards::scored(&app, &session, card);
    if orgs.len() > MOST {
        return Err(Problem::new("bad-request").detail(
            format!("一次最多列出 {MOST} 个网点；请切换到下级机构再看"),
            format!("At most {MOST} units are listed at once; act at a unit further down"),
        ));
    }
    let mut rows = Vec::new();
    for org in &orgs {
        let standing = cards::standing(&app, &session.scope, &release, card, &period, org).await?;
        let holding = cards::holding(&standing.entered);
        let level = standing.score.level.as_ref();
        let level = level.and_then(|id| card.levels.iter().find(|level| level.id == *id));
        rows.push(ScoreStanding {
            org: org.into(),
            points: standing.score.points.and_then(|points| points.to_f64()),
            unrated: standing.score.unrated,
            missing: card.entries.iter().filter(|e| !holding.contains_key(&e.id)).count(),
            level: level.map(|level| (&level.title).into()),
        });
    }
    rows.sort_by(|a, b| b.points.unwrap_or(0.0).total_cmp(&a.points.unwrap_or(0.0)));
    Ok(Json(List::whole(rows)))
}
