//! `GET /webhooks`: the subscriptions of my units, and what another one may be made of.

use super::tries::TriedCase;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::reconcile::webhooks::STOPPED_AFTER;
use crate::view::{OrgRef, PersonRef, Words};
use crate::webhooks::event::{EVENTS, name_of};
use axum::extract::State;
use base::PersonId;
use serde::Serialize;
use store::person::Person;
use store::webhook::{Kind, MOST, MOST_ROBOTS, Webhook, WebhookState};
use utoipa::ToSchema;

/// Most units to choose from.
const MOST_ORGS: usize = 500;

/// Subscriptions, and what another one may be made of.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookPage {
    items: Vec<WebhookRow>,
    /// Whether there is room for one more program.
    may_make: bool,
    /// Whether there is room for one more robot of a group.
    may_make_robot: bool,
    /// Events to choose from.
    events: Vec<Choice>,
    /// Processes to choose from.
    processes: Vec<Choice>,
    /// Deadlines that robots may be told of alone, `process/deadline`.
    deadlines: Vec<Choice>,
    /// Units to choose from.
    orgs: Vec<OrgRef>,
}

/// Something to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    id: String,
    title: Words,
}

/// A subscription (推送订阅).
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookRow {
    id: String,
    /// `program`, or the robot of a group: `wecom`, `dingtalk`, `feishu`.
    kind: &'static str,
    name: String,
    /// Of a robot masked.
    address: String,
    /// It is told of cases of this unit and below.
    org: Option<OrgRef>,
    /// Events by their public names.
    events: Vec<String>,
    /// Processes; all when none is named.
    processes: Vec<String>,
    /// Deadlines it is told of, `process/deadline`; all when none is named.
    rules: Vec<String>,
    /// The language of a robot's group.
    #[schema(value_type = String)]
    lang: base::Lang,
    /// Who hears when it rests.
    owner: Option<PersonRef>,
    /// `on`, `resting`.
    state: &'static str,
    /// Why it rests: `failing`, `gone`, `by_hand`, `restored`.
    why: Option<String>,
    /// Until when the secret before still signs.
    old_until: Option<String>,
    /// The event that was not taken and holds back what follows.
    held: Option<HeldEvent>,
    /// Since when nothing was taken.
    failing_since: Option<String>,
    /// When the event that was not taken is told again.
    next_at: Option<String>,
    made_at: String,
    /// For `If-Match`.
    version: i64,
}

/// An event that was not taken; what follows waits for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldEvent {
    /// The number the receiver knows it by.
    message: String,
    /// The event by its public name.
    event: String,
    case: TriedCase,
    /// How often it was told.
    tries: i64,
    /// Whether it was told so often that somebody has to see to it.
    stopped: bool,
}

/// The subscriptions of my units.
#[utoipa::path(
    get, path = "/webhooks", tag = "system", operation_id = "webhooks_list",
    responses((status = 200, body = WebhookPage)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
) -> Answer<Json<WebhookPage>> {
    let found = app.store().webhooks(&session.scope).await?;
    let items = rows(&app, found).await?;
    let all = app.orgs();
    let orgs = all.all().into_iter().filter(|org| session.scope.holds(&org.path));
    let choice =
        |id: &str, title: base::Text| Choice { id: id.to_owned(), title: Words::from(title) };
    let processes = session.release.processes.iter();
    let room = |robots: bool, most: i64| {
        let own = |row: &&WebhookRow| (row.kind != Kind::Program.word()) == robots;
        i64::try_from(items.iter().filter(own).count()).unwrap_or(most) < most
    };
    Ok(Json(WebhookPage {
        may_make: room(false, MOST),
        may_make_robot: room(true, MOST_ROBOTS),
        deadlines: deadlines(&session),
        items,
        events: EVENTS.iter().map(|event| choice(event.name, event.title())).collect(),
        processes: processes.map(|(id, process)| choice(id, process.title.clone())).collect(),
        orgs: orgs.take(MOST_ORGS).map(OrgRef::from).collect(),
    }))
}

/// Every deadline of the rules in force, by its process.
fn deadlines(session: &Session) -> Vec<Choice> {
    let of = |(id, process): (&String, &rulebook::model::Process)| {
        let one = |deadline: &rulebook::model::Deadline| {
            let zh = format!("{} · {}", process.title.zh, deadline.title.zh);
            let en = format!("{} · {}", process.title.en, deadline.title.en);
            let title = Words::from(base::Text::new(zh, en));
            Choice { id: format!("{id}/{}", deadline.id), title }
        };
        process.deadlines.iter().map(one).collect::<Vec<_>>()
    };
    session.release.processes.iter().flat_map(of).collect()
}

/// One subscription as it now stands.
pub async fn one(app: &App, session: &Session, id: i64) -> Answer<WebhookRow> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    let found = rows(app, vec![webhook]).await?.pop();
    found.ok_or_else(|| crate::problem::Problem::new("not-found"))
}

async fn rows(app: &App, found: Vec<Webhook>) -> Answer<Vec<WebhookRow>> {
    let mut owners: Vec<PersonId> = found.iter().map(|webhook| webhook.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let owners = app.store().people_named(&owners).await?;
    Ok(found.into_iter().map(|webhook| row(app, webhook, &owners)).collect())
}

fn row(app: &App, webhook: Webhook, owners: &[Person]) -> WebhookRow {
    let owner = owners.iter().find(|person| person.id == webhook.owner);
    let old_until = webhook.old_until.filter(|until| *until > app.now());
    let stopped = webhook.state == WebhookState::Resting || webhook.tries >= STOPPED_AFTER;
    let held = webhook.held.map(|held| HeldEvent {
        message: format!("evt_{}", held.entry),
        event: name_of(&held.event),
        case: TriedCase { id: held.case.to_string(), number: held.number },
        tries: webhook.tries,
        stopped,
    });
    WebhookRow {
        held,
        id: webhook.id.to_string(),
        kind: webhook.form.kind.word(),
        name: webhook.form.name,
        address: webhook.form.address,
        org: app.orgs().get(webhook.org).map(OrgRef::from),
        events: webhook.form.events.iter().map(|word| name_of(word)).collect(),
        processes: webhook.form.processes.into_iter().collect(),
        rules: webhook.form.rules.into_iter().collect(),
        lang: webhook.form.lang,
        owner: owner.map(|person| PersonRef::new(person.id, person.name.reveal())),
        state: webhook.state.word(),
        why: webhook.why,
        old_until: old_until.map(|at| at.to_string()),
        failing_since: webhook.failing_since.map(|at| at.to_string()),
        next_at: webhook.failing_since.map(|_| webhook.due_at.to_string()),
        made_at: webhook.made_at.to_string(),
        version: webhook.version,
    }
}
