//! `GET /stock/accounts`: the accounts behind one row of the stock list.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::account::{AccountView, Names, Quoted};
use axum::extract::State;
use serde::Deserialize;
use store::accounts::AccountQuery;
use utoipa::IntoParams;

/// Areas of the chart that belong to a warehouse.
const AREAS: [&str; 6] = ["stock", "reserved", "transit", "old", "scrap", "difference"];
/// Accounts shown of one area.
const MOST: u32 = 100;

/// Which row.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Key of the warehouse.
    warehouse: String,
    /// Code of the part.
    part: String,
}

/// Where the pieces of a warehouse and part stand: free, kept for which case, under way by which
/// waybill, old, scrapped, differing.
#[utoipa::path(
    get, path = "/stock/accounts", tag = "stock", operation_id = "stock_accounts", params(Filter),
    responses((status = 200, body = List<AccountView>)),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn accounts(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<AccountView>>> {
    let mut rows = Vec::new();
    for area in AREAS {
        let query = AccountQuery {
            prefix: Some(format!("{area}/{}", filter.warehouse.trim())),
            part: Some(filter.part.trim().to_owned()),
            in_use: true,
            limit: MOST,
            ..AccountQuery::default()
        };
        rows.extend(app.store().accounts(&query, &session.scope).await?.items);
    }
    let mut quoted = Quoted::default();
    for row in &rows {
        AccountView::quote(row, &mut quoted);
    }
    let names = Names::of(&app, &session, quoted).await?;
    Ok(Json(List::whole(rows.iter().map(|row| AccountView::of(&names, row)).collect())))
}
