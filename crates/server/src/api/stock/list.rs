//! `GET /stock`: what is where.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::account::{Names, Quoted, StockRowView};
use crate::view::find::Needle;
use axum::extract::State;
use serde::Deserialize;
use store::accounts::StockQuery;
use utoipa::IntoParams;

/// Rows of a page unless fewer are asked for.
const PAGE: u32 = 100;
/// Pages read for one answer, when a search leaves most rows out.
const READ: usize = 20;

/// Which rows.
#[derive(Debug, Clone, Deserialize, IntoParams)]
pub struct Filter {
    /// One warehouse.
    warehouse: Option<String>,
    /// One part code.
    part: Option<String>,
    /// Code, name, pinyin or initials of a part; code or name of a warehouse.
    q: Option<String>,
    /// Only what has come down to its reorder point.
    below_reorder: Option<bool>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    limit: Option<u32>,
}

/// Stock in my scope by warehouse and part. A search reads on until a page is filled, within
/// bounds: a short page with a `next` is not the last.
#[utoipa::path(
    get, path = "/stock", tag = "stock", operation_id = "stock_list", params(Filter),
    responses((status = 200, body = List<StockRowView>)),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<StockRowView>>> {
    Ok(Json(page(&app, &session, &filter).await?))
}

/// One page of the stock list.
pub async fn page(app: &App, session: &Session, filter: &Filter) -> Answer<List<StockRowView>> {
    let some = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let limit = filter.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let below = filter.below_reorder == Some(true);
    let mut query = StockQuery {
        warehouse: some(&filter.warehouse),
        part: some(&filter.part),
        // What has run out is what has to be ordered first.
        empty: below,
        cursor: some(&filter.cursor),
        limit,
    };
    let names = Names::of(app, session, Quoted::default()).await?;
    let needle = some(&filter.q).unwrap_or_default();
    let needle = Needle::new(&needle, &session.release);
    let mut rows = Vec::new();
    for _ in 0..READ {
        let page = app.store().stock(&query, &session.scope).await?;
        let shown = page.items.iter().map(|row| StockRowView::of(&names, row));
        rows.extend(
            shown.filter(|row| row.holds(&names, &needle) && (!below || row.below_reorder)),
        );
        query.cursor = page.next;
        if query.cursor.is_none() || rows.len() >= limit as usize {
            break;
        }
    }
    Ok(List::page(rows, query.cursor))
}
