//! `POST /counter/unlock`: somebody steps up and types their PIN.

use crate::api::me::Me;
use crate::api::session::begun_at;
use crate::app::App;
use crate::auth::counter::{ThisCounter, at};
use crate::auth::{password, pin};
use crate::http::extract::Json;
use crate::http::language::Asked;
use crate::http::metrics::Count;
use crate::problem::{Answer, Problem};
use axum::Extension;
use axum::extract::State;
use axum::http::HeaderName;
use base::PersonId;
use serde::Deserialize;
use store::counter::Counter;
use store::person::{Person, Pin};
use store::session::Provided;
use utoipa::ToSchema;

/// Longest PIN looked at.
const LONGEST: usize = 12;

/// Who, and their PIN.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ByPin {
    /// One of those on the lock page.
    #[schema(value_type = String)]
    person: PersonId,
    pin: String,
}

/// Opens the counter for one person, until the act is done or nobody does anything. Whoever was
/// there before is gone.
#[utoipa::path(
    post, path = "/counter/unlock", tag = "session", operation_id = "counter_unlock",
    request_body = ByPin,
    responses((status = 200, body = Me), (status = 401)),
    extensions(("x-permission" = json!("counter"))),
)]
pub async fn unlock(
    State(app): State<App>,
    ThisCounter(counter): ThisCounter,
    Extension(Asked(asked)): Extension<Asked>,
    Json(body): Json<ByPin>,
) -> Answer<([(HeaderName, String); 1], Json<Me>)> {
    if !app.store().try_at_counter(counter.id, app.now()).await? {
        app.metrics().count(Count::SignInRefused);
        return Err(Problem::new("pin-blocked").detail(
            "这台柜台连续输错太多，十五分钟内只能用密码登录",
            "Too many wrong PINs at this counter: for a quarter of an hour it takes passwords only",
        ));
    }
    let Some(person) = shown(&app, &counter, body).await? else {
        app.metrics().count(Count::SignInRefused);
        return Err(Problem::new("wrong-pin"));
    };
    app.store().pin_right(person.id).await?;
    app.store().counter_right(counter.id).await?;
    let org = counter.org;
    begun_at(&app, person, org, Some(at(counter, true)), Provided::default(), asked).await
}

/// The person, when it is their PIN and they work here. Of whom nobody could choose, no more is
/// said than of a wrong PIN.
async fn shown(app: &App, counter: &Counter, body: ByPin) -> Answer<Option<Person>> {
    let release = app.releases().current(app.today())?;
    let here = app.store().people_with_pin(counter.org).await?;
    let found = here.into_iter().find(|person| person.id == body.person);
    let Some(person) = found.filter(|person| pin::may_use(app, &release, person)) else {
        return Ok(None);
    };
    let Some(hash) = app.store().try_pin(person.id).await? else {
        return Err(Problem::new("pin-blocked"));
    };
    let permit = app.checks().acquire().await.map_err(|_| Problem::new("internal"))?;
    let typed = body.pin;
    let matches = move || typed.len() <= LONGEST && password::matches(&typed, &hash);
    let right = tokio::task::spawn_blocking(matches).await.unwrap_or(false);
    drop(permit);
    if right {
        return Ok(Some(person));
    }
    if app.store().person(person.id).await?.pin == Pin::Blocked {
        app.store().pin_blocked(person.id, &counter.name, app.now()).await?;
        return Err(Problem::new("pin-blocked"));
    }
    Ok(None)
}
