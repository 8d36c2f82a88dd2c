//! `PUT /me/org`: act at another station.

use super::get::{Me, me_of, stations};
use crate::app::App;
use crate::auth::{Session, SignedIn};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::OrgId;
use serde::Deserialize;
use utoipa::ToSchema;

/// The station.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Its id.
    #[schema(value_type = String)]
    org: OrgId,
}

/// Acts at another station from now on.
#[utoipa::path(
    put, path = "/me/org", tag = "session", operation_id = "me_org_put",
    request_body = Switch,
    responses((status = 200, body = Me), (status = 403)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn put(
    State(app): State<App>,
    SignedIn(session): SignedIn,
    Json(body): Json<Switch>,
) -> Answer<Json<Me>> {
    session.fully()?;
    if !stations(&app, &session).iter().any(|org| org.id == body.org) {
        return Err(
            Problem::new("forbidden").detail("您在该机构没有岗位", "You hold no role at that unit")
        );
    }
    app.store().switch_org(&session.token, body.org).await?;
    let mut moved = Session::at(&app, session.person, body.org, session.lang)?;
    moved.token = session.token;
    moved.counter = session.counter;
    me_of(&app, &moved).await.map(Json)
}
