//! `GET /cases`: cases in my scope.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::row::CaseRowView;
use axum::extract::State;
use base::{CustomerId, OrgId, PersonId, UnitId};
use serde::Deserialize;
use store::cases::CaseQuery;
use utoipa::IntoParams;

/// Largest page.
const MAX_PAGE: u32 = 100;

/// Which cases.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    process: Option<String>,
    /// Main state, without the track.
    state: Option<String>,
    area: Option<String>,
    #[param(value_type = Option<String>)]
    station: Option<OrgId>,
    #[param(value_type = Option<String>)]
    unit: Option<UnitId>,
    #[param(value_type = Option<String>)]
    customer: Option<CustomerId>,
    #[param(value_type = Option<String>)]
    assignee: Option<PersonId>,
    /// Number, frame, plate, phone, last digits or name.
    q: Option<String>,
    /// Only open ones, or only closed ones.
    open: Option<bool>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// Cases in my scope, the newest first.
#[utoipa::path(
    get, path = "/cases", tag = "cases", operation_id = "cases_list", params(Filter),
    responses((status = 200, body = List<CaseRowView>)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<CaseRowView>>> {
    let some = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
    let query = CaseQuery {
        process: some(filter.process),
        state: some(filter.state),
        area: some(filter.area),
        station: filter.station,
        unit: filter.unit,
        customer: filter.customer,
        assignee: filter.assignee,
        open: filter.open,
        text: some(filter.q),
        cursor: some(filter.cursor),
        limit: filter.limit.unwrap_or(0).min(MAX_PAGE),
    };
    let page = app.store().cases(&query, &session.scope).await?;
    let rows = page.items.iter().map(|row| CaseRowView::of(&app, row));
    Ok(Json(List::page(rows.collect(), page.next)))
}
