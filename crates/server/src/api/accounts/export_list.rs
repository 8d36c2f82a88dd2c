//! `GET /accounts.xlsx`: the list of accounts as a workbook.

use super::list::{Filter, page};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Query;
use crate::problem::Answer;
use crate::view::sheet;
use axum::extract::State;
use axum::response::Response;

const TITLES: [(&str, &str); 8] = [
    ("科目", "Account"),
    ("科目编码", "Path"),
    ("配件编码", "Part code"),
    ("结存(件)", "Pieces"),
    ("结存(元)", "Yuan"),
    ("限额", "Quota"),
    ("所属单位", "Belongs to"),
    ("状态", "State"),
];

/// The accounts shown, as a workbook.
#[utoipa::path(
    get, path = "/accounts.xlsx", tag = "accounts", operation_id = "accounts_book", params(Filter),
    responses((
        status = 200,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )),
    extensions(("x-permission" = json!("account_read"))),
)]
pub async fn export_list(
    State(app): State<App>,
    session: Allowed<perm::AccountRead>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let mut query = filter.query();
    query.limit = u32::MAX;
    let mut rows = Vec::new();
    loop {
        let shown = page(&app, &session, &query).await?;
        rows.extend(shown.items.iter().map(|account| account.cells(session.lang)));
        query.cursor = shown.next;
        if query.cursor.is_none() || rows.len() >= sheet::MOST_ROWS {
            break;
        }
    }
    sheet::answer("accounts.xlsx", &TITLES, &rows, session.lang)
}
