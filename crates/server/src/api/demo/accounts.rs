//! `GET /demo/accounts`: who can sign in to a demonstration.

use crate::app::App;
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::Words;
use axum::extract::State;
use base::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The setting that holds the accounts, written by the demo generator.
pub const SETTING: &str = "demo_accounts";

/// An account as the generator wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Text,
    /// Organisation unit.
    pub org: String,
}

/// Accounts of the demonstration; empty elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accounts {
    accounts: Vec<Account>,
}

/// One account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    login: String,
    password: String,
    name: String,
    role: Words,
    org: String,
}

/// Who can sign in to a demonstration; empty where real work is done.
#[utoipa::path(
    get, path = "/demo/accounts", tag = "session", operation_id = "demo_accounts",
    responses((status = 200, body = Accounts)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn accounts(State(app): State<App>) -> Answer<Json<Accounts>> {
    let kept = if app.config().demo { app.store().setting(SETTING).await? } else { None };
    let kept: Vec<DemoAccount> =
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let accounts = kept.into_iter().map(|a| Account {
        login: a.login,
        password: a.password,
        name: a.name,
        role: a.role.into(),
        org: a.org,
    });
    Ok(Json(Accounts { accounts: accounts.collect() }))
}
