//! `GET /rulebook/drafts` and `POST`: drafts, and a new one.

use super::view::{Draft, DraftListRow};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::drafts::Working;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use store::draft::NewDraft;
use utoipa::ToSchema;

/// Most drafts shown.
const MOST: u32 = 200;
/// Longest title and reason.
pub const LONGEST: usize = 500;

/// A draft to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftBegin {
    /// What it is called.
    title: String,
    /// What it is for: who asked for it, which notice.
    reason: String,
}

/// All drafts, those that can still be changed first.
#[utoipa::path(
    get, path = "/rulebook/drafts", tag = "drafts", operation_id = "drafts_list",
    responses((status = 200, body = List<DraftListRow>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn list(
    State(app): State<App>,
    _session: Allowed<perm::RulebookRead>,
) -> Answer<Json<List<DraftListRow>>> {
    let rows = app.store().drafts(MOST).await?;
    Ok(Json(List::whole(DraftListRow::all(&app, rows).await?)))
}

/// Begins a draft of the release that holds last: the one in force, or one published for a later
/// day, so that nothing already decided is lost.
#[utoipa::path(
    post, path = "/rulebook/drafts", tag = "drafts", operation_id = "drafts_create",
    request_body = DraftBegin,
    responses((status = 201, body = Draft), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Json(body): Json<DraftBegin>,
) -> Answer<(StatusCode, Json<Draft>)> {
    let (title, reason) = (said("title", &body.title)?, said("reason", &body.reason)?);
    let base = app.releases().latest().ok_or_else(|| Problem::new("no-rulebook"))?;
    let draft = NewDraft {
        event: ("created", json!({ "reason": reason, "base": base.hash })),
        title,
        reason,
        base: base.hash.clone(),
        files: vec![],
    };
    let row = app.store().new_draft(draft, session.id(), session.now).await?;
    let working = Working::load(&app, row.id).await?;
    Ok((StatusCode::CREATED, Json(Draft::of(&app, &session, &working).await?)))
}

/// A text that must say something, and not too much.
pub fn said(field: &str, text: &str) -> Answer<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Problem::new("form-invalid")
            .detail("请填写，最多 500 字", "Write something, at most 500 characters")
            .field(field, "required", base::Text::new("必填，最多 500 字", "required, ≤ 500")));
    }
    Ok(text.to_owned())
}
