//! `GET /counter`, `DELETE /counter`, `POST /counter/stay`: the counter this browser is.

use crate::app::App;
use crate::auth::SignedIn;
use crate::auth::counter::{ThisCounter, no_counter_cookie};
use crate::auth::{expired_cookie, pin};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::OrgRef;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, StatusCode};
use axum::response::AppendHeaders;
use serde::Serialize;
use store::person::Pin;
use utoipa::ToSchema;

/// What stands on the lock page (锁屏), and nothing else: the station, and who works there.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lock {
    id: String,
    name: String,
    org: OrgRef,
    people: Vec<Face>,
}

/// Somebody who may be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub struct Face {
    id: String,
    name: String,
    /// After too many wrong PINs only the password opens.
    blocked: bool,
}

/// The lock page: who may act here by PIN.
#[utoipa::path(
    get, path = "/counter", tag = "session", operation_id = "counter_get",
    responses((status = 200, body = Lock), (status = 401)),
    extensions(("x-permission" = json!("counter"))),
)]
pub async fn get(State(app): State<App>, ThisCounter(counter): ThisCounter) -> Answer<Json<Lock>> {
    let release = app.releases().current(app.today())?;
    let orgs = app.orgs();
    let org = orgs.get(counter.org).ok_or_else(|| Problem::new("counter-gone"))?;
    let people = app.store().people_with_pin(counter.org).await?;
    let people = people.iter().filter(|person| pin::may_use(&app, &release, person));
    Ok(Json(Lock {
        id: counter.id.to_string(),
        name: counter.name,
        org: org.into(),
        people: people
            .map(|person| Face {
                id: person.id.to_string(),
                name: person.name.reveal().to_owned(),
                blocked: person.pin == Pin::Blocked,
            })
            .collect(),
    }))
}

/// This browser is no counter any more (注销柜台).
#[utoipa::path(
    delete, path = "/counter", tag = "session", operation_id = "counter_leave",
    responses((status = 204), (status = 409)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn leave(
    State(app): State<App>,
    session: SignedIn,
) -> Answer<(StatusCode, AppendHeaders<[(HeaderName, String); 2]>)> {
    let Some(at) = &session.counter else {
        return Err(
            Problem::new("conflict").detail("本机不是柜台，无需注销", "This machine is no counter")
        );
    };
    let counter = app.store().counter(at.counter, &store::Scope::company()).await?;
    for person in app.store().end_counter(&counter, session.id(), session.now).await? {
        app.ended(person);
    }
    let cookies = [(SET_COOKIE, no_counter_cookie()), (SET_COOKIE, expired_cookie())];
    Ok((StatusCode::NO_CONTENT, AppendHeaders(cookies)))
}

/// I am still here: the counter locks that much later.
#[utoipa::path(
    post, path = "/counter/stay", tag = "session", operation_id = "counter_stay",
    responses((status = 204)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn stay(State(app): State<App>, session: SignedIn) -> Answer<StatusCode> {
    if let Some(at) = &session.counter {
        let until = session.now.plus_seconds(at.idle_seconds);
        app.store().stay(&session.token, until).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
