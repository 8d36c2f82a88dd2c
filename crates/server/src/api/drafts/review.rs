//! `POST …/submit`, `/approve`, `/return`, `/withdraw`: the way of a draft through review.

use super::list::said;
use super::save::{change, edit, in_state, on_version, tagged};
use super::view::Draft;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::Key;
use crate::drafts::{Working, differing, head, raised};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{PersonId, Text};
use serde::Deserialize;
use serde_json::json;
use store::draft::{DraftChange, DraftEvent, DraftState, Files};
use utoipa::ToSchema;

/// A remark; needed where something is refused or given up.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftRemark {
    /// The remark.
    #[serde(default)]
    pub reason: String,
}

/// Whether somebody edited or submitted the draft, and so is not its reviewer.
pub fn has_hand_in(events: &[DraftEvent], person: PersonId) -> bool {
    let hand = ["imported", "edited", "rebased", "submitted"];
    events.iter().any(|e| e.person == person && hand.contains(&e.event.as_str()))
}

/// Hands a draft in for review. The version of a pack that changed and still carries its old one is
/// raised, so that two texts never go by one name.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/submit", tag = "drafts", operation_id = "drafts_submit",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftRemark,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 428)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn submit(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftRemark>,
) -> Answer<impl IntoResponse> {
    let mut working = on_version(&app, id, &key).await?;
    in_state(&working.row, &[DraftState::Open])?;
    if working.files.is_empty() {
        return Err(Problem::new("draft-empty").detail(
            "草稿与现行版本没有差别，没有可审核的内容",
            "The draft differs in nothing from its base; there is nothing to review",
        ));
    }
    let sentences = raise_versions(&mut working);
    let files = Files::All(differing(&working.base.sources, &working.sources));
    let event = ("submitted", json!({ "reason": body.reason.trim(), "sentences": sentences }));
    let change = DraftChange { state: DraftState::InReview, ..edit(&working.row, files, event) };
    done(&app, &session, id, change).await
}

/// Raises the versions of changed packs that still carry their old one; what to say of it.
fn raise_versions(working: &mut Working) -> Vec<Text> {
    let mut sentences = Vec::new();
    for pack in &mut working.sources {
        let Some(base) = working.base.sources.iter().find(|base| base.dir == pack.dir) else {
            continue;
        };
        let (old, now) = (head(base).version, head(pack).version);
        let text = pack.files.get("rulebook.toml");
        if base.files == pack.files || old != now {
            continue;
        }
        let Some(text) = text.and_then(|text| raised(text)) else { continue };
        pack.files.insert("rulebook.toml".into(), text);
        let (id, new) = (&pack.dir, head(pack).version);
        sentences.push(Text::new(
            format!("制度包 {id} 的版本由 {old} 升为 {new}"),
            format!("the version of the pack {id} is raised from {old} to {new}"),
        ));
    }
    sentences
}

/// Approves a draft somebody else edited.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/approve", tag = "drafts", operation_id = "drafts_approve",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftRemark,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_approve"))),
)]
pub async fn approve(
    State(app): State<App>,
    session: Allowed<perm::RulebookApprove>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftRemark>,
) -> Answer<impl IntoResponse> {
    let working = on_version(&app, id, &key).await?;
    in_state(&working.row, &[DraftState::InReview])?;
    let events = app.store().draft_events(id).await?;
    if has_hand_in(&events, session.id()) {
        return Err(Problem::new("draft-own-review").detail(
            "您编辑或提交过这份草稿，须由另一人审核",
            "You edited or submitted this draft; somebody else has to review it",
        ));
    }
    super::publish::clean(&working, &*working.compiled(&app).await?)?;
    let event = ("approved", json!({ "reason": body.reason.trim() }));
    done(&app, &session, id, step(&working, DraftState::Approved, event)).await
}

/// Sends a draft back to its editors, with the reason.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/return", tag = "drafts", operation_id = "drafts_return",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftRemark,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_approve"))),
)]
pub async fn send_back(
    State(app): State<App>,
    session: Allowed<perm::RulebookApprove>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftRemark>,
) -> Answer<impl IntoResponse> {
    let working = on_version(&app, id, &key).await?;
    in_state(&working.row, &[DraftState::InReview, DraftState::Approved])?;
    let event = ("returned", json!({ "reason": said("reason", &body.reason)? }));
    done(&app, &session, id, step(&working, DraftState::Open, event)).await
}

/// Gives a draft up, with the reason; its text and its journal stay on record.
#[utoipa::path(
    post, path = "/rulebook/drafts/{id}/withdraw", tag = "drafts", operation_id = "drafts_withdraw",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = DraftRemark,
    responses((status = 200, body = Draft), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn withdraw(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<i64>,
    key: Key,
    Json(body): Json<DraftRemark>,
) -> Answer<impl IntoResponse> {
    let working = on_version(&app, id, &key).await?;
    let alive = [DraftState::Open, DraftState::InReview, DraftState::Approved];
    in_state(&working.row, &alive)?;
    let event = ("withdrawn", json!({ "reason": said("reason", &body.reason)? }));
    done(&app, &session, id, step(&working, DraftState::Withdrawn, event)).await
}

/// A step that changes no text.
fn step(
    working: &Working,
    state: DraftState,
    event: (&'static str, serde_json::Value),
) -> DraftChange {
    DraftChange { state, ..edit(&working.row, Files::Some(vec![], vec![]), event) }
}

/// Writes a step and shows the draft behind it.
pub async fn done(
    app: &App,
    session: &Session,
    id: i64,
    step: DraftChange,
) -> Answer<impl IntoResponse + use<>> {
    let row = change(app, session, id, step).await?;
    let working = Working::load(app, id).await?;
    Ok(tagged(row.version, Draft::of(app, session, &working).await?))
}
