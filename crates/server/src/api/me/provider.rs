//! `POST /me/provider`: to the identity provider, to confirm that it is me, or to link who I am
//! there.

use super::own_password;
use super::second::wrong_code;
use crate::api::session::{Away, Opening, away};
use crate::app::App;
use crate::auth::provider::{asked, confirmed};
use crate::auth::{Place, SignedIn, opens};
use crate::http::extract::Json;
use crate::http::language::Asked;
use crate::problem::Answer;
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderName;
use serde::Deserialize;
use store::flow::Purpose;
use utoipa::ToSchema;

/// What somebody signed in goes to the provider for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoSignedIn {
    /// Whether who I am there shall be linked from now on; otherwise it is confirmed that it is me.
    link: bool,
    /// Asked for before anything is linked.
    password: Option<String>,
    /// What the authenticator shows, of who has one.
    code: Option<String>,
}

/// Goes to the provider, which asks me anew. Whoever finds this machine signed in can neither
/// confirm nor link: the one is asked for there, the other asks for the password here.
#[utoipa::path(
    post, path = "/me/provider", tag = "session", operation_id = "me_provider",
    request_body = GoSignedIn,
    responses((status = 200, body = Away), (status = 403), (status = 404), (status = 422),
        (status = 429), (status = 503)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn go(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    place: Place,
    Extension(Asked(lang)): Extension<Asked>,
    Json(body): Json<GoSignedIn>,
) -> Answer<([(HeaderName, String); 1], Json<Away>)> {
    asked(&app)?;
    session.fully()?;
    let purpose = if body.link { Purpose::Link } else { Purpose::Confirm };
    if body.link {
        own_password(&app, &session, &place, body.password).await?;
        if !opens(&app, &session.person, body.code.as_deref()).await? {
            app.attempts().failed(&session.person.login, &place.0, app.now());
            return Err(wrong_code());
        }
    } else if !session.person.linked {
        // Says what to do instead.
        confirmed(&app, &session)?;
    }
    let opener = Some(session.token.as_str());
    away(&app, Opening { purpose, fresh: true, person: Some(session.id()), opener }, lang).await
}
