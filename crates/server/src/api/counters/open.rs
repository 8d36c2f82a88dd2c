//! `POST /counters`, `DELETE /counters/{id}`: a machine becomes a counter of a station, or is none
//! any more.

use crate::app::App;
use crate::auth::counter::{COUNTER_LIFETIME, Here, counter_cookie, no_counter_cookie};
use crate::auth::{Allowed, Giver, expired_cookie, new_token, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderName, StatusCode};
use axum::response::AppendHeaders;
use base::{CounterId, OrgId, Text};
use serde::{Deserialize, Serialize};
use store::counter::Counter;
use utoipa::ToSchema;

/// Longest name.
const LONGEST: usize = 40;
/// How long nobody may do anything before it locks, in seconds.
const IDLE: std::ops::RangeInclusive<i64> = 30..=1800;

/// A machine that becomes a counter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCounter {
    /// What people call it.
    name: String,
    /// Its station; the acting one when absent.
    #[schema(value_type = Option<String>)]
    org: Option<OrgId>,
    /// How long nobody may do anything before it locks, 30 to 1800 seconds.
    idle_seconds: i64,
    /// Whether it locks after each act too.
    per_act: bool,
}

/// A counter just opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedCounter {
    id: String,
}

type Cookies = AppendHeaders<[(HeaderName, String); 2]>;

/// Makes this browser a counter of a station; my session on it ends, so that it begins locked.
#[utoipa::path(
    post, path = "/counters", tag = "people", operation_id = "counters_create",
    request_body = NewCounter,
    responses((status = 201, body = OpenedCounter), (status = 403), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Here(before): Here,
    Json(body): Json<NewCounter>,
) -> Answer<(StatusCode, Cookies, Json<OpenedCounter>)> {
    let orgs = app.orgs();
    let org = orgs.get(body.org.unwrap_or(session.org.id));
    let org = org.filter(|org| Giver::of(&app, &session).within(org));
    let Some(org) = org else {
        return Err(wrong("org", "选一个您管辖范围内的机构", "Choose a unit within your reach"));
    };
    let name = body.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong(
            "name",
            "给柜台起个名，40 字以内，例如：前台一号机",
            "Name the counter in at most 40 characters, for example: front desk 1",
        ));
    }
    if !IDLE.contains(&body.idle_seconds) {
        return Err(wrong(
            "idle_seconds",
            "无人操作多久锁屏：30 至 1800 秒",
            "It locks after 30 to 1800 seconds in which nobody does anything",
        ));
    }
    if let Some(before) = before {
        end_one(&app, &before, &session).await?;
    }
    let token = new_token()?;
    let new = Counter {
        id: CounterId(0),
        org: org.id,
        name,
        idle_seconds: body.idle_seconds,
        per_act: body.per_act,
        opened_by: session.id(),
        opened_at: session.now,
        expires_at: session.now.plus_seconds(COUNTER_LIFETIME),
        used_at: None,
    };
    let counter = app.store().open_counter(&token, new).await?;
    app.store().end_session(&session.token).await?;
    app.ended(session.id());
    let cookies =
        [(SET_COOKIE, counter_cookie(&token, app.config().secure)), (SET_COOKIE, expired_cookie())];
    let opened = OpenedCounter { id: counter.id.to_string() };
    Ok((StatusCode::CREATED, AppendHeaders(cookies), Json(opened)))
}

/// Ends a counter of a station I manage, wherever it stands.
#[utoipa::path(
    delete, path = "/counters/{id}", tag = "people", operation_id = "counters_end",
    params(("id" = String, Path)),
    responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn end(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Here(here): Here,
    Path(id): Path<CounterId>,
) -> Answer<(StatusCode, AppendHeaders<Vec<(HeaderName, String)>>)> {
    let counter = app.store().counter(id, &session.scope).await?;
    end_one(&app, &counter, &session).await?;
    let this = here.filter(|here| here.id == id);
    let cookies = this.map(|_| (SET_COOKIE, no_counter_cookie()));
    Ok((StatusCode::NO_CONTENT, AppendHeaders(cookies.into_iter().collect())))
}

async fn end_one(app: &App, counter: &Counter, by: &crate::auth::Session) -> Answer<()> {
    for person in app.store().end_counter(counter, by.id(), by.now).await? {
        app.ended(person);
    }
    Ok(())
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").detail(zh, en).field(field, "counter", Text::new(zh, en))
}
