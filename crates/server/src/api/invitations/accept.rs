//! `POST /invitations/accept`: sets the password and signs in.

use super::look::{found, gone};
use crate::api::me::Me;
use crate::api::session::begun;
use crate::app::App;
use crate::auth::counter::Here;
use crate::auth::{password, provider};
use crate::http::extract::Json;
use crate::http::language::Asked;
use crate::problem::{Answer, Problem};
use crate::setup::administrators;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderName;
use base::{OrgId, PersonId, Text};
use serde::Deserialize;
use store::StoreError;
use store::org::Org;
use store::person::{NewPerson, RoleAt, Standing};
use store::session::Provided;
use utoipa::ToSchema;

/// Longest name.
const LONGEST: usize = 60;
/// Code of the root of the tree.
const ROOT: &str = "HQ";

/// A link used.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    token: String,
    password: String,
    /// Of the first administrator only.
    first: Option<First>,
}

/// What the first administrator says of themselves and the company.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct First {
    /// Name of the company; needed while there is none.
    company: Option<String>,
    login: String,
    name: String,
}

/// Sets the password and signs in. All other sessions of the person end.
#[utoipa::path(
    post, path = "/invitations/accept", tag = "session", operation_id = "invitations_accept",
    request_body = Acceptance,
    responses((status = 200, body = Me), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn accept(
    State(app): State<App>,
    here: Here,
    Extension(Asked(asked)): Extension<Asked>,
    Json(body): Json<Acceptance>,
) -> Answer<([(HeaderName, String); 1], Json<Me>)> {
    let invitation = found(&app, &body.token).await?;
    let now = app.now();
    let id = match (invitation.person, body.first) {
        (Some(person), None) if provider::is_only_way(&app, &person) => {
            return Err(provider::only(&app));
        }
        (Some(person), None) => {
            let known = [person.login.as_str(), person.name.reveal()];
            let hash = hashed(&app, body.password, &known).await?;
            match app.store().accept_invitation(&body.token, person.id, &hash, now).await {
                Err(StoreError::NotFound(_)) => return Err(gone()),
                done => done?,
            }
            person.id
        }
        (None, Some(first)) => begin(&app, &body.token, body.password, first).await?,
        (Some(_), Some(_)) | (None, None) => {
            return Err(wrong(
                "first",
                "只有第一位管理员填写 first",
                "Only the first administrator sends `first`, and must",
            ));
        }
    };
    let person = app.store().person(id).await?;
    begun(&app, person, here, Provided::default(), asked).await
}

/// The hash of a password that may be taken.
pub async fn hashed(app: &App, password: String, known: &[&str]) -> Answer<String> {
    if let Some(why) = password::refused(&password, known) {
        let problem = Problem::new("form-invalid").sentence(why.clone());
        return Err(problem.field("password", "weak", why));
    }
    let permit = app.checks().acquire().await.map_err(|_| Problem::new("internal"))?;
    let cost = app.config().password_cost;
    let hash = tokio::task::spawn_blocking(move || password::hash(&password, cost)).await;
    drop(permit);
    hash.ok().flatten().ok_or_else(|| Problem::new("internal"))
}

/// Makes the company, if there is none, and its first administrator.
async fn begin(app: &App, token: &str, password: String, first: First) -> Answer<PersonId> {
    let login = crate::api::people::checked_login(&first.login)?;
    let name = first.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong("name", "写您的姓名", "Give your name"));
    }
    let known = [login.as_str(), name.as_str(), first.company.as_deref().unwrap_or_default()];
    let hash = hashed(app, password, &known).await?;
    let release = app.releases().current(app.today())?;
    let root = root(app, first.company.as_deref()).await?;
    let roles = administrators(&release).into_iter();
    let roles = roles.map(|role| RoleAt { role: role.to_owned(), org: root }).collect();
    let standing = Standing { name, org: root, roles, ..Standing::default() };
    let new = NewPerson { login, password_hash: Some(hash), standing, ..NewPerson::default() };
    match app.store().accept_first(token, new, app.now()).await {
        Err(StoreError::NotFound("invitation")) => Err(gone()),
        done => Ok(done?),
    }
}

/// The unit at the top.
async fn root(app: &App, company: Option<&str>) -> Answer<OrgId> {
    if let Some(root) = app.orgs().all().into_iter().find(|org| org.parent.is_none()) {
        return Ok(root.id);
    }
    let name = company.map(str::trim).unwrap_or_default().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong("company", "写公司名称，60 字以内", "Name the company"));
    }
    let org = Org { code: ROOT.into(), name, kind: "maker".into(), ..Org::default() };
    app.store().put_setting("company_name", &org.name).await?;
    let org = app.store().add_org(org, None, app.now()).await?;
    app.refresh_orgs().await?;
    Ok(org.id)
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").detail(zh, en).field(field, "first", Text::new(zh, en))
}
