//! `GET /door`: the ways in, before anybody is known.

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

/// The ways in beside login and password.
#[derive(Debug, Serialize, ToSchema)]
pub struct Door {
    /// Accounts of the demonstration; empty where real work is done.
    accounts: Vec<Account>,
    /// What people call the company's identity provider, where there is one.
    provider: Option<Words>,
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

/// The ways in beside login and password: the identity provider, and at a demonstration who can.
#[utoipa::path(
    get, path = "/door", tag = "session", operation_id = "door_get",
    responses((status = 200, body = Door)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn get(State(app): State<App>) -> Answer<Json<Door>> {
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
    let provider = app.oidc().map(|oidc| (&oidc.settings().label).into());
    Ok(Json(Door { accounts: accounts.collect(), provider }))
}
