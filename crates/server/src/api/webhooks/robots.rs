//! `POST /robots`, `PUT /robots/{id}`: robots of staff groups (群机器人). What else is done with one is
//! done as with any subscription.

use super::keep::{events_of, known, named, room, stale, within, wrong};
use super::list::{WebhookRow, one};
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::Key;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::webhooks::robot::{Robot, check_secret};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Lang, OrgId};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::StoreError;
use store::webhook::{Kind, Webhook, WebhookForm};
use utoipa::ToSchema;

/// What may change of a robot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RobotBody {
    /// What stands above each message; a keyword the group asks for may be in it.
    name: String,
    /// The whole address with its key; the one before stays when it is left out.
    address: Option<String>,
    /// The signing key; the one before stays when it is left out, and an empty one takes it away.
    secret: Option<String>,
    /// Events by their public names.
    events: BTreeSet<String>,
    /// Processes; all when none is named.
    #[serde(default)]
    processes: BTreeSet<String>,
    /// Deadlines, `process/deadline`; all when none is named.
    #[serde(default)]
    rules: BTreeSet<String>,
    /// The language of the group: `zh`, `en`.
    #[serde(default)]
    #[schema(value_type = String)]
    lang: Lang,
}

/// A robot to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRobot {
    /// It is told of cases of this unit and below; it never changes.
    #[schema(value_type = String)]
    org: OrgId,
    /// `wecom`, `dingtalk`, `feishu`; it never changes.
    kind: String,
    /// What stands above each message; a keyword the group asks for may be in it.
    name: String,
    /// The whole address with its key.
    address: String,
    /// The signing key, where the group asks for one.
    secret: Option<String>,
    /// Events by their public names.
    events: BTreeSet<String>,
    /// Processes; all when none is named.
    #[serde(default)]
    processes: BTreeSet<String>,
    /// Deadlines, `process/deadline`; all when none is named.
    #[serde(default)]
    rules: BTreeSet<String>,
    /// The language of the group: `zh`, `en`.
    #[serde(default)]
    #[schema(value_type = String)]
    lang: Lang,
}

/// Makes a robot; its group is told of what happens from now on.
#[utoipa::path(
    post, path = "/robots", tag = "system", operation_id = "robots_create",
    request_body = NewRobot,
    responses((status = 201, body = WebhookRow), (status = 422)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Json(body): Json<NewRobot>,
) -> Answer<(StatusCode, Json<WebhookRow>)> {
    within(&app, &session, body.org)?;
    let NewRobot { org, kind, name, address, secret, events, processes, rules, lang } = body;
    let kind = Kind::robot(&kind)
        .ok_or_else(|| wrong("kind", "选一种群机器人", "Choose one of the kinds of robots"))?;
    let address = Some(address);
    let body = RobotBody { name, address, secret, events, processes, rules, lang };
    let robot = robot(&app, kind, &body, None)?;
    let form = checked(&session, kind, &robot, body)?;
    room(&app, true).await?;
    let (by, now) = (session.id(), session.now);
    let id = app.store().add_webhook(org, &form, &robot.sealed(), by, now).await;
    let id = id.map_err(stale)?;
    Ok((StatusCode::CREATED, Json(one(&app, &session, id).await?)))
}

/// Changes a robot; its unit and its kind stay.
#[utoipa::path(
    put, path = "/robots/{id}", tag = "system", operation_id = "robots_put",
    params(("id" = i64, Path), ("If-Match" = String, Header)), request_body = RobotBody,
    responses((status = 200, body = WebhookRow), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<RobotBody>,
) -> Answer<Json<WebhookRow>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    let kind = webhook.form.kind;
    if !kind.is_robot() {
        return Err(StoreError::NotFound("webhook").into());
    }
    let webhook = Webhook { version: key.seen()?, ..webhook };
    let sealed = app.store().webhook_secrets(id, app.now()).await?;
    let before = sealed.first().and_then(|sealed| Robot::opened(sealed));
    let before = before.ok_or_else(|| Problem::new("internal"))?;
    let robot = robot(&app, kind, &body, Some(before))?;
    let form = checked(&session, kind, &robot, body)?;
    let (by, now) = (session.id(), session.now);
    let sealed = robot.sealed();
    app.store().change_webhook(&webhook, &form, Some(&sealed), by, now).await.map_err(stale)?;
    app.nudge();
    Ok(Json(one(&app, &session, id).await?))
}

/// Address and key as they are to be kept.
fn robot(app: &App, kind: Kind, body: &RobotBody, before: Option<Robot>) -> Answer<Robot> {
    let written = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_owned());
    let (kept, kept_secret) = before.map_or((None, None), |b| (Some(b.address), b.secret));
    let address = written(&body.address).filter(|text| !text.is_empty()).or(kept);
    let address = address.unwrap_or_default();
    let fits = app.webhooks().check_robot(kind, &address);
    fits.map_err(|why| wrong("address", &why.zh, &why.en))?;
    let secret = written(&body.secret).or(kept_secret).filter(|text| !text.is_empty());
    if let Some(secret) = &secret {
        check_secret(kind, secret).map_err(|why| wrong("secret", &why.zh, &why.en))?;
    }
    Ok(Robot { address, secret })
}

fn checked(session: &Session, kind: Kind, robot: &Robot, body: RobotBody) -> Answer<WebhookForm> {
    let RobotBody { name, events, processes, rules, lang, .. } = body;
    let (name, events) = (named(&name)?, events_of(&events)?);
    known(session, &processes)?;
    let deadline = |rule: &String| {
        let (process, deadline) = rule.split_once('/')?;
        let process = session.release.processes.get(process)?;
        process.deadlines.iter().find(|one| one.id == deadline)
    };
    if !rules.iter().all(|rule| deadline(rule).is_some()) {
        let (zh, en) = ("现行制度里没有这个时限", "The rulebook in force has no such deadline");
        return Err(wrong("rules", zh, en));
    }
    let address = robot.masked();
    Ok(WebhookForm { kind, name, address, events, processes, rules, lang })
}
