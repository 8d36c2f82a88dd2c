//! `GET /customers/{id}`.

use super::CustomerView;
use super::dealings::visiting;
use super::wechat::{WechatView, stand};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::heed::{HeedView, heeded};
use crate::view::row::CaseRowView;
use crate::view::unit::UnitHitView;
use axum::extract::State;
use base::CustomerId;
use serde::Serialize;
use store::Scope;
use store::cases::CaseQuery;
use store::customer::Visits;
use utoipa::ToSchema;

/// Most cases of the page.
const MOST_CASES: u32 = 100;

/// A customer's page, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerPage {
    #[serde(flatten)]
    customer: CustomerView,
    /// Where they want letters, masked.
    email_masked: Option<String>,
    /// Whether they are told in `WeChat`.
    wechat: WechatView,
    /// How often they came, in my scope.
    visits: VisitsView,
    /// Vehicles they own.
    vehicles: Vec<UnitHitView>,
    /// What is heeded with them: answers of open cases that the rulebook names.
    heeded: Vec<HeedView>,
    /// Their cases in my scope, the latest first.
    cases: Vec<CaseRowView>,
}

/// How often somebody came (到店).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Visits)]
pub struct VisitsView {
    count: i64,
    first_at: Option<String>,
    last_at: Option<String>,
}

impl From<Visits> for VisitsView {
    fn from(visits: Visits) -> Self {
        let text = |at: Option<base::Instant>| at.map(|at| at.to_string());
        Self { count: visits.count, first_at: text(visits.first), last_at: text(visits.last) }
    }
}

/// A customer of mine, masked: sold to or served by the units in my scope; with their vehicles and
/// their cases in my scope. The number of a file that was merged gives the file it is part of.
#[utoipa::path(
    get, path = "/customers/{id}", tag = "customers", operation_id = "customers_get",
    params(("id" = String, Path)),
    responses((status = 200, body = CustomerPage), (status = 404)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<CustomerPage>> {
    let store = app.store();
    let customer = store.customer_seen(id, &session.scope).await?;
    let id = customer.id;
    let mut vehicles = Vec::new();
    for (unit, _) in store.what_keeps(id, app.today()).await?.vehicles {
        let unit = store.unit(unit, &Scope::company()).await?;
        vehicles.push(UnitHitView::of(&session.release, unit.id, &unit.fields, None));
    }
    let query = CaseQuery { customer: Some(id), limit: MOST_CASES, ..CaseQuery::default() };
    let cases = store.cases(&query, &session.scope).await?.items;
    let visits = store.visits(id, &visiting(&session.release), &session.scope).await?;
    Ok(Json(CustomerPage {
        customer: (&customer).into(),
        email_masked: store.customer_email(id).await?.as_deref().map(store::email::masked),
        wechat: stand(&app, id).await?,
        visits: visits.into(),
        vehicles,
        heeded: heeded(&app, &session, &[], &[id]).await?.with(None, Some(id)),
        cases: cases.iter().map(|row| CaseRowView::of(&app, row)).collect(),
    }))
}
