//! `GET /campaigns/{id}`: a campaign, by outlet and by model.

use super::list::CampaignView;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::Words;
use crate::view::unit::ModelRef;
use axum::extract::State;
use base::CaseId;
use rulebook::Release;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use store::campaign::{CountRow, FRAME};
use utoipa::ToSchema;

/// A campaign with what it is about and how far each outlet and model has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignPage {
    #[serde(flatten)]
    campaign: CampaignView,
    why: String,
    action: String,
    ranges: Vec<RangeView>,
    /// Its lines at their fixed prices.
    #[schema(value_type = Vec<Object>)]
    lines: Vec<Value>,
    /// Whether every range was walked once: until then vehicles are still being listed.
    listed_all: bool,
    /// Whether my scope holds the campaign's own case.
    in_scope: bool,
    /// My outlets, the one with most left first.
    by_org: Vec<RateView>,
    /// Models, the one with most left first.
    by_model: Vec<RateView>,
}

/// A range of numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct RangeView {
    /// What the numbers are of.
    what: Words,
    low: String,
    high: String,
}

/// How far an outlet or a model has come.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RateView {
    /// The outlet or the model.
    id: String,
    title: Words,
    listed: i64,
    done: i64,
    left: i64,
    /// Done of all listed, in tenths of a percent.
    rate_permille: i64,
}

/// A campaign: what it is about, and how far it has come by outlet and model.
#[utoipa::path(
    get, path = "/campaigns/{id}", tag = "campaigns", operation_id = "campaigns_get",
    params(("id" = String, Path)),
    responses((status = 200, body = CampaignPage), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<CaseId>,
) -> Answer<Json<CampaignPage>> {
    let row = app.store().campaign(id, &session.scope).await?;
    let release = app.releases().pinned(&row.release)?;
    let ranges = app.store().campaign_ranges(id).await?;
    let counts = app.store().campaign_counts(id, &session.scope).await?;
    let text = |field: &str| row.data.get(field).and_then(Value::as_str).unwrap_or_default();
    let model = |key: &str| ModelRef::of(&release, Some(key), None).words();
    let org = |row: &CountRow| (row.org.to_string(), Words::key(&row.org_name));
    let by_model = |row: &CountRow| {
        let key = row.model.clone().unwrap_or_default();
        (key.clone(), model(&key))
    };
    Ok(Json(CampaignPage {
        campaign: CampaignView::of(&app, &row),
        why: text("campaign_why").to_owned(),
        action: text("campaign_action").to_owned(),
        ranges: ranges.into_iter().map(|range| shown(&release, range)).collect(),
        lines: row
            .data
            .get("campaign_lines")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default(),
        listed_all: app.store().campaign_is_listed(id).await?,
        in_scope: session.scope.holds(&row.org_path),
        by_org: rates(&counts, org),
        by_model: rates(&counts, by_model),
    }))
}

fn shown(release: &Release, (what, low, high): (String, String, String)) -> RangeView {
    let known = release.catalog.component(&what).map(|component| Words::from(&component.title));
    let frame = || Words { zh: "车架号".into(), en: "Frame numbers".into() };
    let what = if what == FRAME { frame() } else { known.unwrap_or_else(|| Words::key(&what)) };
    RangeView { what, low, high }
}

/// Counts added up by what `of` names, the one with most left first.
fn rates(counts: &[CountRow], of: impl Fn(&CountRow) -> (String, Words)) -> Vec<RateView> {
    let mut sums: BTreeMap<String, RateView> = BTreeMap::new();
    for row in counts {
        let (id, title) = of(row);
        let sum = sums.entry(id.clone()).or_insert(RateView {
            id,
            title,
            listed: 0,
            done: 0,
            left: 0,
            rate_permille: 0,
        });
        sum.listed += row.count;
        match row.state.as_str() {
            store::campaign::DONE => sum.done += row.count,
            "told" | "held" => sum.left += row.count,
            _ => {}
        }
    }
    let mut list: Vec<RateView> = sums.into_values().collect();
    for sum in &mut list {
        sum.rate_permille = sum.done * 1000 / sum.listed.max(1);
    }
    list.sort_by_key(|sum| -sum.left);
    list
}
