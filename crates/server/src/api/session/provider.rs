//! `POST /session/provider`, `PUT /session/provider`: there and back, to sign in through the
//! company's identity provider (ADR 0032).

use super::arrived::{Arrival, arrived, coded};
use crate::api::me::Me;
use crate::app::App;
use crate::auth::counter::Here;
use crate::auth::provider::{Begun, Perhaps, asked, cookie, expired_cookie, said};
use crate::auth::{Place, new_token};
use crate::http::extract::Json;
use crate::http::language::Asked;
use crate::oidc::Way;
use crate::problem::{Answer, Problem};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::AppendHeaders;
use base::{Lang, PersonId};
use serde::{Deserialize, Serialize};
use store::flow::{NewFlow, Purpose, Stage};
use utoipa::ToSchema;

/// Longest value taken from the address of who came back.
const LONGEST: usize = 4_096;

/// What somebody goes to the provider for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoSignIn {
    /// The token of a link: the account it is for is taken over without a password.
    invitation: Option<String>,
}

/// Where the browser goes now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Away {
    /// An address of the provider.
    location: String,
}

/// What somebody brings back from the provider.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// What our address carried there.
    state: String,
    /// The provider's code.
    code: Option<String>,
    /// Why there is none.
    error: Option<String>,
    /// Who the provider says it is.
    iss: Option<String>,
    /// What the authenticator shows, when that was asked for after the provider's word.
    second: Option<String>,
}

/// A way to begin, and who begins it.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// What for.
    pub purpose: Purpose,
    /// Whether the provider asks them anew.
    pub fresh: bool,
    /// For whom, where that is known.
    pub person: Option<PersonId>,
    /// The token of the session or invitation that begins it.
    pub opener: Option<&'a str>,
}

/// Begins to sign in through the provider; what the browser must keep comes as a cookie.
#[utoipa::path(
    post, path = "/session/provider", tag = "session", operation_id = "session_provider",
    request_body = GoSignIn,
    responses((status = 200, body = Away), (status = 404), (status = 503)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn begin(
    State(app): State<App>,
    Here(counter): Here,
    Extension(Asked(lang)): Extension<Asked>,
    Json(body): Json<GoSignIn>,
) -> Answer<([(HeaderName, String); 1], Json<Away>)> {
    asked(&app)?;
    // At a shared counter the provider remembers who came before.
    let mut opening =
        Opening { purpose: Purpose::SignIn, fresh: counter.is_some(), person: None, opener: None };
    if let Some(token) = &body.invitation {
        let invited = crate::api::invitations::found(&app, token).await?;
        let person = invited.person.ok_or_else(|| {
            Problem::new("form-invalid").detail(
                "第一位管理员要设密码：登录平台连不上时还要靠它",
                "The first administrator sets a password: it is needed when the provider is away",
            )
        })?;
        let (purpose, person) = (Purpose::Invited, Some(person.id));
        opening = Opening { purpose, person, opener: Some(token), ..opening };
    }
    away(&app, opening, lang).await
}

/// Notes a way and says where it leads.
pub async fn away(
    app: &App,
    opening: Opening<'_>,
    lang: Option<Lang>,
) -> Answer<([(HeaderName, String); 1], Json<Away>)> {
    let now = app.now();
    let way = Way { state: new_token()?, browser: new_token()? };
    let oidc = asked(app)?;
    let location = oidc.away(&way, opening.fresh, lang.unwrap_or_default(), now).await;
    let location = location.map_err(|trouble| said(&trouble))?;
    let Opening { purpose, fresh, person, opener } = opening;
    let new = NewFlow { state: &way.state, browser: &way.browser, purpose, fresh, person, opener };
    app.store().begin_flow(new, now).await?;
    let cookie = cookie(&way.browser, app.config().secure);
    Ok(([(header::SET_COOKIE, cookie)], Json(Away { location })))
}

/// Ends a way: signs in, confirms or links, as it was begun for. Only the browser that began it
/// can.
#[utoipa::path(
    put, path = "/session/provider", tag = "session", operation_id = "session_provider_back",
    request_body = Return,
    responses((status = 200, body = Me), (status = 401), (status = 403), (status = 404),
        (status = 409), (status = 429), (status = 503)),
    extensions(("x-permission" = json!("way"))),
)]
pub async fn back(
    State(app): State<App>,
    Begun(browser): Begun,
    here: Here,
    place: Place,
    Perhaps(session): Perhaps,
    Extension(Asked(lang)): Extension<Asked>,
    Json(body): Json<Return>,
) -> Answer<(AppendHeaders<Vec<(HeaderName, String)>>, Json<Me>)> {
    let again = || Problem::new("provider-start-again");
    let given = [Some(&body.state), body.code.as_ref(), body.iss.as_ref()];
    if given.into_iter().flatten().any(|value| value.len() > LONGEST) {
        return Err(again());
    }
    asked(&app)?;
    let flow = app.store().flow(&body.state, &browser, app.now()).await?.ok_or_else(again)?;
    let arrival = Arrival { app: &app, state: &body.state, browser: &browser, flow, here, lang };
    let (cookie, me) = match (arrival.flow.stage, &body.second) {
        (Stage::Proven, Some(second)) => coded(arrival, &place, second).await?,
        (Stage::Proven, None) => return Err(Problem::new("code-needed")),
        (Stage::Back, _) => return Err(again()),
        (Stage::Away, _) => {
            let code = checked(&arrival, &body).await?;
            arrived(arrival, session, code).await?
        }
    };
    let mut headers = vec![(header::SET_COOKIE, expired_cookie())];
    headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    Ok((AppendHeaders(headers), Json(me)))
}

/// The provider's code, taken once; otherwise why there is none.
async fn checked<'a>(arrival: &Arrival<'_>, body: &'a Return) -> Answer<&'a str> {
    let (app, store) = (arrival.app, arrival.app.store());
    if !store.flow_back(arrival.state).await? {
        return Err(Problem::new("provider-start-again"));
    }
    let ours = asked(app)?.is_from(body.iss.as_deref(), app.now()).await;
    if !ours.map_err(|trouble| said(&trouble))? {
        return Err(Problem::new("provider-untrusted"));
    }
    if let Some(error) = body.error.as_deref() {
        let error: String = error.chars().filter(char::is_ascii_graphic).take(60).collect();
        tracing::info!(error, "the identity provider sent somebody back");
        return Err(match error.as_str() {
            "temporarily_unavailable" | "server_error" => Problem::new("provider-away"),
            "access_denied" => Problem::new("provider-refused").detail(
                "您在登录平台没有同意，或没有权限使用本系统",
                "You did not agree at the provider, or may not use this system",
            ),
            _ => Problem::new("provider-refused"),
        });
    }
    body.code.as_deref().ok_or_else(|| Problem::new("provider-start-again"))
}
