//! `GET /customers`: who is looked for, and the register as a list.

use super::CustomerView;
use crate::api::units::search::{checked, part_of};
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::heed::{HeedView, heeded};
use crate::view::heeded::tag_title;
use crate::view::{List, Words};
use axum::extract::State;
use base::{CustomerId, OrgId};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use store::customer::Customer;
use store::register::CustomerQuery;
use utoipa::{IntoParams, ToSchema};

/// Hits unless more are asked for.
const PAGE: u32 = 20;
/// Most hits.
const MOST: u32 = 100;

/// Who is looked for, or which part of the register is shown.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Search {
    /// Full name, pinyin, phone or last digits; without it the register itself page by page.
    q: Option<String>,
    /// Key of a tag on the file.
    tag: Option<String>,
    /// The unit that took them down, or one above it.
    #[param(value_type = Option<String>)]
    org: Option<OrgId>,
    /// Where the page of the register begins.
    cursor: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

/// A customer in a list, masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerRow {
    #[serde(flatten)]
    customer: CustomerView,
    /// The station that took them down.
    org: Option<String>,
    /// Tags on the file, in words.
    tags: Vec<Words>,
    /// What is heeded with them.
    heeded: Vec<HeedView>,
}

impl CustomerRow {
    /// Rows of a list, with what is heeded with each of them.
    async fn rows(app: &App, session: &Session, found: &[Customer]) -> Answer<Vec<Self>> {
        let ids: Vec<CustomerId> = found.iter().map(|customer| customer.id).collect();
        let heeded = heeded(app, session, &[], &ids).await?;
        let row = |customer: &Customer| {
            let heeded = heeded.with(None, Some(customer.id));
            Self { heeded, ..Self::of(app, &session.release, customer) }
        };
        Ok(found.iter().map(row).collect())
    }

    fn of(app: &App, release: &Release, customer: &Customer) -> Self {
        let orgs = app.orgs();
        Self {
            heeded: vec![],
            customer: customer.into(),
            org: customer.org.and_then(|org| orgs.get(org)).map(|org| org.name.clone()),
            tags: customer.tags.iter().map(|tag| tag_title(release, tag).into()).collect(),
        }
    }
}

/// Customers by name, pinyin, phone or last digits, or the register of my stations; a full phone
/// finds company-wide.
#[utoipa::path(
    get, path = "/customers", tag = "customers", operation_id = "customers_search",
    params(Search), responses((status = 200, body = List<CustomerRow>)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn search(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Query(search): Query<Search>,
) -> Answer<Json<List<CustomerRow>>> {
    let tag = search.tag.filter(|tag| !tag.is_empty());
    let scope = part_of(&app, &session.scope, search.org);
    let Some(q) = search.q.filter(|q| !q.trim().is_empty()) else {
        let limit = search.limit.unwrap_or_default();
        let query = CustomerQuery { tag, cursor: search.cursor, limit };
        let page = app.store().customer_register(&query, &scope).await?;
        let rows = CustomerRow::rows(&app, &session, &page.items).await?;
        return Ok(Json(List::page(rows, page.next)));
    };
    let text = checked(&q)?;
    let limit = search.limit.unwrap_or(PAGE).clamp(1, MOST);
    let mut found = app.store().find_customers(&text, &session.scope, limit).await?;
    found.retain(|customer| {
        let path = customer.org.and_then(|org| app.orgs().get(org).map(|org| org.path.clone()));
        tag.as_ref().is_none_or(|tag| customer.tags.contains(tag))
            && (search.org.is_none() || path.is_some_and(|path| scope.holds(&path)))
    });
    Ok(Json(List::whole(CustomerRow::rows(&app, &session, &found).await?)))
}
