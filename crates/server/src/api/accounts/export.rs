//! `GET /accounts/entries.xlsx`: the page of one account as a workbook.

use super::entries::{Filter, page};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Query;
use crate::problem::Answer;
use crate::view::sheet;
use axum::extract::State;
use axum::response::Response;

const TITLES: [(&str, &str); 9] = [
    ("时间", "When"),
    ("事项", "What"),
    ("增减", "Change"),
    ("结存", "Balance after"),
    ("编号", "Serial"),
    ("来源/去向", "From or to"),
    ("单号", "Paper"),
    ("流程", "Process"),
    ("经办", "By"),
];

/// An account with every posting, as a workbook.
#[utoipa::path(
    get, path = "/accounts/entries.xlsx", tag = "accounts", operation_id = "accounts_export",
    params(Filter),
    responses(
        (
            status = 200,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        (status = 404),
    ),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn export(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let path = filter.path()?;
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let shown = page(&app, &session, &path, cursor.as_deref(), u32::MAX).await?;
        rows.extend(
            shown.items.iter().map(|row| row.cells(&shown.account, app.zone(), session.lang)),
        );
        cursor = shown.next;
        if cursor.is_none() || rows.len() >= sheet::MOST_ROWS {
            break;
        }
    }
    sheet::answer("account.xlsx", &TITLES, &rows, session.lang)
}
