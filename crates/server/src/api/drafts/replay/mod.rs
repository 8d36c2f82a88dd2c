//! `GET`, `POST` and `DELETE /rulebook/drafts/{id}/replay`: a draft over the past verdicts
//! (历史回放), how far it is and what it found.

pub mod changes;
pub mod pair;
mod view;

use super::publish::clean;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::drafts::{Working, rules_hash};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::replay::job::{self, Against, Order, Terms};
use axum::extract::State;
use axum::http::StatusCode;
use base::Day;
use serde::Deserialize;
use store::replay::ReplayRow;
use utoipa::ToSchema;
use view::DraftReplay;

/// On what terms the past is gone through.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftReplayOrder {
    /// Compared with what: `decided` when absent.
    #[serde(default = "decided")]
    against: Against,
    /// Verdicts from this day on; absent: from the first.
    #[schema(value_type = Option<String>)]
    since: Option<Day>,
    /// Up to this day, included; absent: to the last.
    #[schema(value_type = Option<String>)]
    until: Option<Day>,
}

const fn decided() -> Against {
    Against::Decided
}

/// The last replay of a draft as far as the asker may see it: nobody is told more than their own
/// scope would give.
async fn seen(app: &App, session: &Session, draft: i64) -> Answer<(Option<ReplayRow>, bool)> {
    let row = job::last(app, draft).await?;
    let hidden = row.as_ref().is_some_and(|row| !session.scope.covers(&row.scope));
    Ok((row.filter(|_| !hidden), hidden))
}

/// The result of a replay that is done, for its lists.
async fn done(app: &App, session: &Session, draft: i64) -> Answer<ReplayRow> {
    app.store().draft(draft).await?;
    let (row, _) = seen(app, session, draft).await?;
    row.filter(|row| row.state == "done").ok_or_else(|| {
        Problem::new("replay-none").detail(
            "这份草稿还没有您能看的回放结果；先运行回放，等它完成",
            "There is no result of a replay of this draft for you; run it and wait until it is \
             done",
        )
    })
}

/// How the last replay of a draft stands, with its totals once it is done.
#[utoipa::path(
    get, path = "/rulebook/drafts/{id}/replay", tag = "drafts", operation_id = "drafts_replay",
    params(("id" = String, Path)),
    responses((status = 200, body = DraftReplay), (status = 404)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::RulebookRead>,
    Path(id): Path<i64>,
) -> Answer<Json<DraftReplay>> {
    let working = Working::load(&app, id).await?;
    Ok(Json(DraftReplay::of(&app, &session, &working).await?))
}

/// Replays a draft over the past verdicts in the asker's scope, in the background; one run a draft
/// at a time. The result of the run before is forgotten.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/replay", tag = "drafts",
    operation_id = "drafts_replay_start",
    params(("id" = String, Path)), request_body = DraftReplayOrder,
    responses((status = 202, body = DraftReplay), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn start(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
    Json(body): Json<DraftReplayOrder>,
) -> Answer<(StatusCode, Json<DraftReplay>)> {
    let working = Working::load(&app, id).await?;
    let rules = working.compiled(&app).await?;
    clean(&working, &rules)?;
    let DraftReplayOrder { against, since, until } = body;
    if since.zip(until).is_some_and(|(since, until)| until < since) {
        return Err(Problem::new("form-invalid").detail(
            "结束日期早于开始日期，请对调",
            "The last day is before the first; put them the other way round",
        ));
    }
    let order = Order {
        draft: id,
        text_hash: rules_hash(&working.sources),
        rules,
        base: working.base.clone(),
        terms: Terms { against, since, until },
        scope: session.scope.clone(),
        person: session.id(),
    };
    job::start(&app, order).await?;
    Ok((StatusCode::ACCEPTED, Json(DraftReplay::of(&app, &session, &working).await?)))
}

/// Ends a replay that is running; nothing of it is kept.
#[utoipa::path(
    delete, path = "/rulebook/drafts/{id}/replay", tag = "drafts",
    operation_id = "drafts_replay_cancel", params(("id" = String, Path)),
    responses((status = 200, body = DraftReplay), (status = 404)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn cancel(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
) -> Answer<Json<DraftReplay>> {
    let working = Working::load(&app, id).await?;
    job::cancel(&app, id).await?;
    Ok(Json(DraftReplay::of(&app, &session, &working).await?))
}
