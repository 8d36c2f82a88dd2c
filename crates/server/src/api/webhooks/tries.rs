//! `GET /webhooks/{id}/tries`, `POST /webhooks/{id}/test`, `POST /webhooks/{id}/tries/{try}/again`:
//! what a subscription was told and what it answered; telling it by hand.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::reconcile::webhooks::ask;
use crate::view::{List, PersonRef};
use crate::webhooks::event::name_of;
use axum::extract::State;
use base::PersonId;
use serde::Serialize;
use store::webhook::{Happened, Try, Webhook};
use utoipa::ToSchema;

/// A try to tell.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookTry {
    id: String,
    /// The event by its public name; `webhook.test` for a test.
    event: String,
    /// The number the receiver knows it by; none of a test.
    message: Option<String>,
    case: Option<TriedCase>,
    /// `asking`, `taken`, `failed`, `unknown`, `skipped`.
    state: &'static str,
    /// The status of HTTP, where there was an answer.
    status: Option<i64>,
    /// Why it was not taken: a word, and behind a colon what was said; of one that was skipped the
    /// reason that was given.
    why: Option<String>,
    at: String,
    ended_at: Option<String>,
    /// Who skipped it.
    person: Option<PersonRef>,
}

/// The case an event is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriedCase {
    pub(super) id: String,
    pub(super) number: String,
}

impl From<Try> for WebhookTry {
    fn from(one: Try) -> Self {
        Self {
            id: one.id.to_string(),
            event: name_of(&one.event),
            message: one.about.as_ref().map(|(entry, ..)| format!("evt_{entry}")),
            case: one.about.map(|(_, id, number)| TriedCase { id: id.to_string(), number }),
            state: one.state.word(),
            status: one.status,
            why: one.why,
            at: one.at.to_string(),
            ended_at: one.ended_at.map(|at| at.to_string()),
            person: None,
        }
    }
}

/// What a subscription was last told, the latest first.
#[utoipa::path(
    get, path = "/webhooks/{id}/tries", tag = "system", operation_id = "webhooks_tries",
    params(("id" = i64, Path)),
    responses((status = 200, body = List<WebhookTry>), (status = 404)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
) -> Answer<Json<List<WebhookTry>>> {
    app.store().webhook(id, &session.scope).await?;
    let tries = app.store().webhook_tries(id).await?;
    let skipped: Vec<PersonId> = tries.iter().filter_map(|one| one.person).collect();
    let people = app.store().people_named(&skipped).await?;
    let shown = tries.into_iter().map(|one| {
        let who = people.iter().find(|person| Some(person.id) == one.person);
        let person = who.map(|person| PersonRef::new(person.id, person.name.reveal()));
        WebhookTry { person, ..one.into() }
    });
    Ok(Json(List::whole(shown.collect())))
}

/// Tells a subscription a test event now, and says what it answered.
#[utoipa::path(
    post, path = "/webhooks/{id}/test", tag = "system", operation_id = "webhooks_test",
    params(("id" = i64, Path)),
    responses((status = 200, body = WebhookTry), (status = 404)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn test(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path(id): Path<i64>,
) -> Answer<Json<WebhookTry>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    Ok(Json(by_hand(&app, &webhook, None).await?))
}

/// Tells a subscription an event once more now, out of order, and says what it answered.
#[utoipa::path(
    post, path = "/webhooks/{id}/tries/{try}/again", tag = "system",
    operation_id = "webhooks_again", params(("id" = i64, Path), ("try" = i64, Path)),
    responses((status = 200, body = WebhookTry), (status = 404)),
    extensions(("x-permission" = json!("system_admin"))),
)]
pub async fn again(
    State(app): State<App>,
    session: Allowed<perm::SystemAdmin>,
    Path((id, tried)): Path<(i64, i64)>,
) -> Answer<Json<WebhookTry>> {
    let webhook = app.store().webhook(id, &session.scope).await?;
    let tried = app.store().webhook_try(id, tried).await?;
    let about = match tried.about {
        Some((entry, case, _)) => Some(app.store().happened(&webhook, entry, case).await?),
        None => None,
    };
    Ok(Json(by_hand(&app, &webhook, about.as_ref()).await?))
}

async fn by_hand(app: &App, webhook: &Webhook, about: Option<&Happened>) -> Answer<WebhookTry> {
    let store = app.store();
    let id = store.begin_by_hand(webhook.id, about, app.now()).await?;
    let about: Vec<Happened> = about.into_iter().cloned().collect();
    let answered = ask(app, webhook, &about, id).await?;
    store.end_by_hand(id, &answered, app.now()).await?;
    Ok(store.webhook_try(webhook.id, id).await?.into())
}
