//! `GET /quality/outlets`: how far service outlets reach, region by region.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use axum::extract::State;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The setting that says which kinds of units serve customers, separated by blanks.
const KINDS: &str = "outlet_kinds";

/// How far outlets reach (网点覆盖).
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Outlets {
    /// Those without an outlet first, then those with the most vehicles.
    rows: Vec<RegionView>,
    /// Regions with users.
    regions: usize,
    /// Those of them that have an outlet.
    covered: usize,
}

/// A region.
#[derive(Debug, Default, Clone, Serialize, ToSchema)]
pub struct RegionView {
    /// The province; none where units do not say theirs.
    region: Option<String>,
    /// Its service outlets.
    outlets: usize,
    /// Vehicles sold there.
    vehicles: i64,
    /// People who own them.
    users: i64,
    /// Whether there are users and no outlet.
    missing: bool,
}

/// Outlets, vehicles and users of each region in my scope, and the regions without an outlet.
#[utoipa::path(
    get, path = "/quality/outlets", tag = "quality", operation_id = "quality_outlets",
    responses((status = 200, body = Outlets)),
    extensions(("x-permission" = json!("figure_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::FigureRead>,
) -> Answer<Json<Outlets>> {
    let setting = session.release.parameters.get(KINDS).and_then(|known| known.value.as_ref());
    let kinds = setting.and_then(|value| value.as_str()).unwrap_or("station").to_owned();
    let sold = app.store().sold_by_outlet(&session.scope).await?;
    let orgs = app.orgs();
    let mut regions: BTreeMap<Option<String>, RegionView> = BTreeMap::new();
    for org in orgs.all() {
        let serves = org.registered && kinds.split_whitespace().any(|kind| kind == org.kind);
        if !serves || !session.scope.holds(&org.path) {
            continue;
        }
        regions.entry(org.province.clone()).or_default().outlets += 1;
    }
    for (org, vehicles, users) in sold {
        let province = orgs.get(org).and_then(|org| org.province.clone());
        let region = regions.entry(province).or_default();
        region.vehicles += vehicles;
        region.users += users;
    }
    let mut rows: Vec<RegionView> = regions
        .into_iter()
        .map(|(region, row)| RegionView {
            missing: row.users > 0 && row.outlets == 0,
            region,
            ..row
        })
        .collect();
    rows.sort_by_key(|row| (!row.missing, -row.vehicles));
    let used = rows.iter().filter(|row| row.users > 0);
    let regions = used.clone().count();
    let covered = used.filter(|row| row.outlets > 0).count();
    Ok(Json(Outlets { rows, regions, covered }))
}
