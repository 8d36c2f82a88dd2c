//! `GET /hotline/callers?q=`: who it is that calls.

use super::CallerCase;
use crate::api::customers::CustomerView;
use crate::api::units::search::checked;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::unit::UnitHitView;
use axum::extract::State;
use rulebook::model::Permission;
use serde::{Deserialize, Serialize};
use store::Scope;
use store::customer::Customer;
use utoipa::{IntoParams, ToSchema};

/// Most people shown for one number: a family, or a company with one telephone.
const MOST_PEOPLE: usize = 8;
/// Most vehicles shown of one of them.
const MOST_VEHICLES: usize = 20;
/// How many cases of one of them are looked through.
const MOST_CASES: u32 = 40;
/// How many earlier calls are shown.
const LAST_CALLS: usize = 5;

/// Who calls.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Calling {
    /// The number as the telephone shows it; or a name, pinyin, last digits.
    q: String,
}

/// Somebody who may be calling, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Caller {
    #[serde(flatten)]
    customer: CustomerView,
    /// Their vehicles.
    vehicles: Vec<UnitHitView>,
    /// Their open cases in my scope, the newest first.
    open: Vec<CallerCase>,
    /// Their last calls in my scope, the newest first.
    calls: Vec<CallerCase>,
}

/// Who has this number (来电弹屏): with vehicles, open cases and what was promised, last calls.
/// Whoever has a vehicle comes first. A full number finds company-wide, masked; cases are those of
/// my scope.
#[utoipa::path(
    get, path = "/hotline/callers", tag = "hotline", operation_id = "hotline_callers",
    params(Calling), responses((status = 200, body = List<Caller>)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn callers(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Query(calling): Query<Calling>,
) -> Answer<Json<List<Caller>>> {
    let text = checked(&calling.q)?;
    let most = u32::try_from(MOST_PEOPLE).unwrap_or(u32::MAX);
    let found = app.store().find_customers(&text, &session.scope, most).await?;
    let mut callers = Vec::new();
    for customer in found.iter().filter(|customer| !customer.erased) {
        callers.push(caller(&app, &session, customer).await?);
    }
    callers.sort_by_key(|caller| (caller.vehicles.is_empty(), caller.open.is_empty()));
    Ok(Json(List::whole(callers)))
}

async fn caller(app: &App, session: &Session, customer: &Customer) -> Answer<Caller> {
    let store = app.store();
    let mut vehicles = Vec::new();
    let owned = store.what_keeps(customer.id, app.today()).await?.vehicles;
    for (unit, _) in owned.into_iter().take(MOST_VEHICLES) {
        let unit = store.unit(unit, &Scope::company()).await?;
        vehicles.push(UnitHitView::of(&session.release, unit.id, &unit.fields, None));
    }
    let cases = if session.permissions.contains(&Permission::CaseRead) {
        store.cases_of_customer(customer.id, &session.scope, MOST_CASES).await?
    } else {
        Vec::new()
    };
    let takes_calls =
        |process: &str| session.release.scripts.values().any(|script| script.process == process);
    let (calls, others): (Vec<_>, Vec<_>) =
        cases.iter().partition(|kept| takes_calls(&kept.row.process));
    let open = others.iter().filter(|kept| kept.row.closed_at.is_none());
    Ok(Caller {
        customer: customer.into(),
        vehicles,
        open: open.map(|kept| CallerCase::of(app, kept)).collect(),
        calls: calls.iter().take(LAST_CALLS).map(|kept| CallerCase::of(app, kept)).collect(),
    })
}
