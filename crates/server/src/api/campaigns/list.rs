//! `GET /campaigns`: the campaigns of the company, with how far they have come at my stations.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::case::StateRef;
use crate::view::{List, Words};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::campaign::{CampaignQuery, CampaignRow};
use utoipa::{IntoParams, ToSchema};

/// Which campaigns.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Only open ones, or only those that ended.
    open: Option<bool>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// A campaign, and its vehicles in my scope.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Campaign)]
pub struct CampaignView {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) title: String,
    /// `recall` or `service`.
    pub(super) kind: String,
    /// Its kind in words.
    pub(super) kind_title: Words,
    pub(super) hazard: bool,
    pub(super) state: StateRef,
    pub(super) until: Option<String>,
    pub(super) opened_at: String,
    pub(super) closed_at: Option<String>,
    /// Vehicles of my stations.
    pub(super) listed: i64,
    /// Those that are done.
    pub(super) done: i64,
    /// Those still open.
    pub(super) left: i64,
    /// Done of all listed, in tenths of a percent; nothing where none is listed.
    pub(super) rate_permille: Option<i64>,
}

impl CampaignView {
    /// A campaign in the words of the release it runs under.
    pub fn of(app: &App, row: &CampaignRow) -> Self {
        let text = |field: &str| row.data.get(field).and_then(|v| v.as_str()).unwrap_or_default();
        let release = app.releases().pinned(&row.release).ok();
        let process = release.as_ref().and_then(|r| r.processes.get(store::campaign::PROCESS));
        let until = Some(text("campaign_until")).filter(|day| !day.is_empty());
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            title: text("campaign_title").to_owned(),
            kind: text("campaign_kind").to_owned(),
            kind_title: kind_title(text("campaign_kind")),
            hazard: row.data.get("campaign_hazard").and_then(serde_json::Value::as_bool)
                == Some(true),
            state: StateRef::of(process, &format!("main.{}", row.state)),
            until: until.map(str::to_owned),
            opened_at: row.opened_at.to_string(),
            closed_at: row.closed_at.map(|at| at.to_string()),
            listed: row.listed,
            done: row.done,
            left: row.left,
            rate_permille: (row.listed > 0).then(|| row.done * 1000 / row.listed),
        }
    }
}

fn kind_title(kind: &str) -> Words {
    let (zh, en) =
        if kind == "recall" { ("召回", "Recall") } else { ("服务活动", "Campaign") };
    Words { zh: zh.into(), en: en.into() }
}

/// Campaigns of the company, the newest first; drafts only where my scope holds them.
#[utoipa::path(
    get, path = "/campaigns", tag = "campaigns", operation_id = "campaigns_list", params(Filter),
    responses((status = 200, body = List<CampaignView>)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<CampaignView>>> {
    let query = CampaignQuery {
        open: filter.open,
        drafts: true,
        cursor: filter.cursor,
        limit: filter.limit.unwrap_or_default(),
    };
    let page = app.store().campaigns(&query, &session.scope).await?;
    let rows = page.items.iter().map(|row| CampaignView::of(&app, row));
    Ok(Json(List::page(rows.collect(), page.next)))
}
