//! `GET /accounts`: accounts in my scope.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::account::{AccountView, Names, Quoted};
use axum::extract::State;
use serde::Deserialize;
use store::accounts::AccountQuery;
use utoipa::IntoParams;

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Words the path begins with: `station/CB` finds `station/CB/takings`.
    prefix: Option<String>,
    /// Code of a part it counts.
    part: Option<String>,
    /// Only accounts that hold something.
    in_use: Option<bool>,
    cursor: Option<String>,
    limit: Option<u32>,
}

impl Filter {
    /// As asked of the store.
    pub(super) fn query(self) -> AccountQuery {
        let some = |text: Option<String>| text.filter(|t| !t.trim().is_empty());
        AccountQuery {
            prefix: some(self.prefix),
            part: some(self.part),
            in_use: self.in_use.unwrap_or(false),
            cursor: some(self.cursor),
            limit: self.limit.unwrap_or(0),
        }
    }
}

/// Accounts in my scope with what they hold, by path.
#[utoipa::path(
    get, path = "/accounts", tag = "accounts", operation_id = "accounts_list", params(Filter),
    responses((status = 200, body = List<AccountView>)),
    extensions(("x-permission" = json!("account_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::AccountRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<AccountView>>> {
    Ok(Json(page(&app, &session, &filter.query()).await?))
}

/// One page of the list.
pub async fn page(app: &App, session: &Session, query: &AccountQuery) -> Answer<List<AccountView>> {
    let page = app.store().accounts(query, &session.scope).await?;
    let mut quoted = Quoted::default();
    for row in &page.items {
        AccountView::quote(row, &mut quoted);
    }
    let names = Names::of(app, session, quoted).await?;
    let rows = page.items.iter().map(|row| AccountView::of(&names, row)).collect();
    Ok(List::page(rows, page.next))
}
