//! `POST /invitations/look`: what a link leads to.

use crate::app::App;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::person::Invitation;
use utoipa::ToSchema;

/// A link's token; it travels in the body, where no log keeps it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Token {
    token: String,
}

/// What a link leads to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationView {
    /// Who sets a password; none: the first administrator, who says more.
    login: Option<String>,
    name: Option<String>,
    /// Whether the company still has to be named.
    company: bool,
    expires_at: String,
}

/// What a link leads to.
#[utoipa::path(
    post, path = "/invitations/look", tag = "session", operation_id = "invitations_look",
    request_body = Token,
    responses((status = 200, body = InvitationView), (status = 404)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn look(State(app): State<App>, Json(body): Json<Token>) -> Answer<Json<InvitationView>> {
    let found = found(&app, &body.token).await?;
    let person = found.person.as_ref();
    Ok(Json(InvitationView {
        login: person.map(|person| person.login.clone()),
        name: person.map(|person| person.name.reveal().to_owned()),
        company: person.is_none() && app.orgs().all().is_empty(),
        expires_at: found.expires_at.to_string(),
    }))
}

/// The invitation of a token.
pub async fn found(app: &App, token: &str) -> Answer<Invitation> {
    let found = app.store().invitation(token, app.now()).await?;
    let found = found.filter(|found| found.person.as_ref().is_none_or(|person| person.active));
    found.ok_or_else(gone)
}

/// The link leads nowhere any more.
pub fn gone() -> Problem {
    Problem::new("not-found").detail(
        "这个链接已用过、已过期或已被新的链接取代；请管理员重新发一个",
        "This link was used, has expired or was replaced; ask an administrator for a new one",
    )
}
