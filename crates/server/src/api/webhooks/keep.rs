//! `POST /webhooks`, `PUT /webhooks/{id}`, `POST /webhooks/{id}/secret`: making and changing.

use super::list::{WebhookRow, one};
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::Key;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::webhooks::event::Event;
use crate::webhooks::signing::{new_secret, shown};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Lang, OrgId, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::webhook::{Kind, MOST, MOST_ROBOTS, Webhook, WebhookForm};
use store::{Scope, StoreError};
use utoipa::ToSchema;

/// Longest name.
const LONGEST: usize = 60;

/// What may change of a subscription.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookBody {
    /// Which program it is for.
    name: String,
    /// Where it is told, with https.
    address: String,
    /// Events by their public names.
    events: BTreeSet<String>,
    /// Processes; all when none is named.
    #[serde(default)]
    processes: BTreeSet<String>,
}

/// A subscription to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// It is told of cases of this unit and below; it never changes.
    #[schema(value_type = String)]
    org: OrgId,
    /// Which program it is for.
    name: String,
    /// Where it is told, with https.
    address: String,
    /// Events by their public names.
    events: BTreeSet<String>,
    /// Processes; all when none is named.
    #[serde(default)]
    processes: BTreeSet<String>,
}

/// A subscription with its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretWebhook {
    /// What the receiver verifies by, `whsec_…`; it is shown now and never again.
    secret: String,
    webhook: WebhookRow,
}

/// Makes a subscription; it is told of what happens from now on.
#[utoipa::path(
    post, path = "/webhooks", tag = "system", operation_id = "webhooks_create",
    request_body = NewWebhook,
    responses((status = 201, body = SecretWebhook), (status = 422)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Json(body): Json<NewWebhook>,
) -> Answer<(StatusCode, Json<SecretWebhook>)> {
    within(&app, &session, body.org)?;
    let NewWebhook { org, name, address, events, processes } = body;
    let form = checked(&app, &session, WebhookBody { name, address, events, processes })?;
    room(&app, false).await?;
    let secret = secret()?;
    let id = app.store().add_webhook(org, &form, &secret, session.id(), session.now).await;
    let id = id.map_err(stale)?;
    let webhook = one(&app, &session, id).await?;
    Ok((StatusCode::CREATED, Json(SecretWebhook { secret: shown(&secret), webhook })))
}

/// Changes a subscription; its unit stays.
#[utoipa::path(
    put, path = "/webhooks/{id}", tag = "system", operation_id = "webhooks_put",
    params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = WebhookBody,
    responses((status = 200, body = WebhookRow), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<WebhookBody>,
) -> Answer<Json<WebhookRow>> {
    let webhook = program(&app, &session, id).await?;
    let webhook = Webhook { version: key.seen()?, ..webhook };
    let form = checked(&app, &session, body)?;
    let (by, now) = (session.id(), session.now);
    app.store().change_webhook(&webhook, &form, None, by, now).await.map_err(stale)?;
    app.nudge();
    Ok(Json(one(&app, &session, id).await?))
}

/// Gives a subscription another secret; the one before signs beside it for a day.
#[utoipa::path(
    post, path = "/webhooks/{id}/secret", tag = "system", operation_id = "webhooks_rotate",
    params(("id" = i64, Path)),
    responses((status = 200, body = SecretWebhook), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn rotate(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
) -> Answer<Json<SecretWebhook>> {
    let webhook = program(&app, &session, id).await?;
    let secret = secret()?;
    let rotated = app.store().rotate_webhook(&webhook, &secret, session.id(), session.now).await;
    rotated.map_err(stale)?;
    let webhook = one(&app, &session, id).await?;
    Ok(Json(SecretWebhook { secret: shown(&secret), webhook }))
}

fn secret() -> Answer<[u8; 32]> {
    new_secret().map_err(|_| Problem::new("internal"))
}

/// A subscription of a program; a robot is changed elsewhere.
async fn program(app: &App, session: &Session, id: i64) -> Answer<Webhook> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    if webhook.form.kind.is_robot() {
        return Err(StoreError::NotFound("webhook").into());
    }
    Ok(webhook)
}

/// Whether a unit is within reach.
pub(super) fn within(app: &App, session: &Session, org: OrgId) -> Answer<()> {
    if app.orgs().get(org).is_some_and(|org| session.scope.holds(&org.path)) {
        return Ok(());
    }
    Err(wrong("org", "选一个您管得到的机构", "Choose a unit within your reach"))
}

/// Whether there is room for one more program, or robot.
pub(super) async fn room(app: &App, robots: bool) -> Answer<()> {
    let most = if robots { MOST_ROBOTS } else { MOST };
    let held = app.store().webhooks(&Scope::company()).await?;
    let held = held.iter().filter(|one| one.form.kind.is_robot() == robots).count();
    if i64::try_from(held).unwrap_or(most) < most {
        return Ok(());
    }
    let (zh, en) =
        if robots { ("群机器人", "robots") } else { ("推送订阅", "subscriptions") };
    Err(wrong(
        "name",
        &format!("{zh}最多 {most} 个，先停用不再用的"),
        &format!("There are at most {most} {en}; end one that is no longer used"),
    ))
}

/// What a subscription is called.
pub(super) fn named(name: &str) -> Answer<String> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong(
            "name",
            "写明推送给谁，60 字以内",
            "Say whom it is for, in at most 60 characters",
        ));
    }
    Ok(name)
}

fn checked(app: &App, session: &Session, body: WebhookBody) -> Answer<WebhookForm> {
    let name = named(&body.name)?;
    let address = body.address.trim().to_owned();
    app.webhooks().check(&address).map_err(|why| wrong("address", &why.zh, &why.en))?;
    let events = events_of(&body.events)?;
    known(session, &body.processes)?;
    Ok(WebhookForm {
        kind: Kind::Program,
        name,
        address,
        events,
        processes: body.processes,
        rules: BTreeSet::new(),
        lang: Lang::Zh,
    })
}

/// The journal's words of events by their public names.
pub(super) fn events_of(names: &BTreeSet<String>) -> Answer<BTreeSet<String>> {
    let one = |name: &String| Event::named(name).map(|event| event.word.to_owned());
    let events: Option<BTreeSet<String>> = names.iter().map(one).collect();
    events.filter(|events| !events.is_empty()).ok_or_else(|| {
        wrong("events", "至少选一种列出的事件", "Choose at least one of the events listed")
    })
}

/// Whether the rules in force know these processes.
pub(super) fn known(session: &Session, processes: &BTreeSet<String>) -> Answer<()> {
    if processes.iter().all(|id| session.release.processes.contains_key(id)) {
        return Ok(());
    }
    Err(wrong("processes", "现行制度里没有这个流程", "The rulebook in force has no such process"))
}

/// Somebody else was quicker.
pub fn stale(error: StoreError) -> Problem {
    match error {
        StoreError::Stale { current } => {
            Problem::new("stale-version").with("current_version", current.into()).detail(
                "这个订阅刚有变动，请看过再改",
                "This subscription has just changed; look at it and try again",
            )
        }
        error => error.into(),
    }
}

pub(super) fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    let text = Text::new(zh, en);
    Problem::new("form-invalid").detail(zh, en).field(field, "webhook", text)
}
