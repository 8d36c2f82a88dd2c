//! `GET /accounts/entries`: the page of one account, every line explained.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::problem::{Answer, Problem};
use crate::view::account::{AccountPage, AccountView, EntryView, Names, Quoted};
use axum::extract::State;
use ledger::{Commodity, Path};
use rulebook::model::Permission;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which account, and from where.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Its path: `stock/CB/BAT-48-20`.
    path: String,
    cursor: Option<String>,
    limit: Option<u32>,
}

impl Filter {
    /// The account that is asked for.
    pub fn path(&self) -> Answer<Path> {
        Path::try_new(self.path.trim())
            .map_err(|refused| Problem::new("bad-request").sentence(refused.sentence()))
    }
}

/// An account with what was posted to it, the newest first. Accounts of money ask for the right to
/// see all accounts as well.
#[utoipa::path(
    get, path = "/accounts/entries", tag = "accounts", operation_id = "accounts_entries",
    params(Filter),
    responses((status = 200, body = AccountPage), (status = 404)),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn entries(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<AccountPage>> {
    let path = filter.path()?;
    let limit = filter.limit.unwrap_or(0);
    Ok(Json(page(&app, &session, &path, filter.cursor.as_deref(), limit).await?))
}

/// One page of an account.
pub async fn page(
    app: &App,
    session: &Session,
    path: &Path,
    cursor: Option<&str>,
    limit: u32,
) -> Answer<AccountPage> {
    let account = app.store().account(path, &session.scope).await?;
    if account.commodity == Commodity::Fen && !session.may(Permission::AccountRead) {
        return Err(Problem::new("forbidden")
            .with("permission", serde_json::json!("account_read"))
            .detail(
                "这是金额科目，您的岗位只能看配件科目；请联系站长或财务",
                "This account holds money; your role sees accounts of parts only. Ask the station \
                 manager or finance",
            ));
    }
    let page = app.store().account_entries(path, cursor, limit, &session.scope).await?;
    let mut quoted = Quoted::default();
    AccountView::quote(&account, &mut quoted);
    for row in &page.items {
        EntryView::quote(row, &mut quoted);
    }
    let names = Names::of(app, session, quoted).await?;
    Ok(AccountPage {
        account: AccountView::of(&names, &account),
        items: page.items.iter().map(|row| EntryView::of(&names, row)).collect(),
        next: page.next,
    })
}
