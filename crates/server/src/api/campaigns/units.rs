//! `GET /campaigns/{id}/units`: the vehicles of a campaign at my stations.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::case::CaseRef;
use crate::view::row::CaseRowView;
use crate::view::{List, Words};
use axum::extract::State;
use base::{CaseId, OrgId};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use store::campaign::{CampaignUnit, UNIT_PROCESS, UnitsQuery};
use utoipa::{IntoParams, ToSchema};

/// Which vehicles.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Where they stand: `told`, `held` (not sold), `done`, `not_affected`, `lapsed`.
    state: Option<String>,
    /// Outlet.
    #[param(value_type = Option<String>)]
    org: Option<OrgId>,
    /// Key of a model.
    model: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// A vehicle of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct CampaignUnitView {
    /// Its case in the campaign.
    #[serde(flatten)]
    case: CaseRowView,
    /// How the latest notice to its owner stands: `waiting`, `asking`, `sent`, `dead` (it reached
    /// nobody), `over`; null where no customer is known.
    notice: Option<String>,
    /// Why the owner was not reached, where somebody tried.
    unreached: Option<Words>,
    /// The order by which it was done.
    job: Option<CaseRef>,
}

/// The vehicles of a campaign at my stations.
#[utoipa::path(
    get, path = "/campaigns/{id}/units", tag = "campaigns", operation_id = "campaigns_units",
    params(("id" = String, Path), Filter),
    responses((status = 200, body = List<CampaignUnitView>), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn units(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Path(id): Path<CaseId>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<CampaignUnitView>>> {
    let some = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    app.store().campaign(id, &session.scope).await?;
    let query = UnitsQuery {
        state: some(filter.state),
        org: filter.org,
        model: some(filter.model),
        cursor: some(filter.cursor),
        limit: filter.limit.unwrap_or_default(),
    };
    let page = app.store().campaign_units(id, &query, &session.scope).await?;
    let view = |row: &CampaignUnit| CampaignUnitView {
        case: CaseRowView::of(&app, &row.case),
        notice: row.notice.clone(),
        unreached: unreached(&session.release, row),
        job: row.job.as_ref().map(|(id, number)| CaseRef::new(*id, number.clone())),
    };
    Ok(Json(List::page(page.items.iter().map(view).collect(), page.next)))
}

/// The words of the choice that says why the owner was not reached.
fn unreached(release: &Release, row: &CampaignUnit) -> Option<Words> {
    let why = row.data.get("unreached_why")?.as_str()?;
    let process = release.processes.get(UNIT_PROCESS)?;
    let forms = process.all_actions().filter_map(|action| action.form.as_ref());
    let mut fields = forms.filter_map(|id| release.forms.get(id)).flat_map(|form| &form.fields);
    let field = fields.find(|field| field.id == "unreached_why");
    let known = field.and_then(|field| field.choices.iter().find(|choice| choice.id == why));
    Some(known.map_or_else(|| Words::key(why), |choice| (&choice.title).into()))
}
