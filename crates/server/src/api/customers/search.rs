//! `GET /customers?q=`.

use super::CustomerView;
use crate::api::units::search::checked;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

/// Most hits.
const PAGE: u32 = 20;

/// Who is looked for.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Search {
    /// Full name, pinyin, phone or last digits.
    q: String,
}

/// Customers by name, pinyin, phone or last digits; a full phone finds company-wide.
#[utoipa::path(
    get, path = "/customers", tag = "customers", operation_id = "customers_search",
    params(Search), responses((status = 200, body = List<CustomerView>)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn search(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Query(search): Query<Search>,
) -> Answer<Json<List<CustomerView>>> {
    let text = checked(&search.q)?;
    let found = app.store().find_customers(&text, &session.scope, PAGE).await?;
    Ok(Json(List::whole(found.iter().map(CustomerView::from).collect())))
}
