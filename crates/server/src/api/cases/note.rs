//! `POST /cases/{id}/notes`: a remark in the timeline.

use crate::app::{App, Audience};
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{CaseId, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest note, in characters.
const MAX: usize = 2000;

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    text: String,
}

/// The note as kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteView {
    text: String,
    at: String,
}

/// Writes a note; the version of the case stays, so that nobody's open form gets stale.
#[utoipa::path(
    post, path = "/cases/{id}/notes", tag = "cases", operation_id = "cases_note",
    params(("id" = String, Path)), request_body = NoteBody,
    responses((status = 201, body = NoteView), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn note(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path(id): Path<CaseId>,
    Json(body): Json<NoteBody>,
) -> Answer<(StatusCode, Json<NoteView>)> {
    let text = clean::text(&body.text);
    if text.is_empty() || text.chars().count() > MAX {
        return Err(Problem::new("form-invalid").field(
            "text",
            "required",
            Text::new("请写备注，最多 2000 字", "Write a note of at most 2,000 characters"),
        ));
    }
    let case = app.store().case(id, &session.scope).await?;
    let counter = session.counter_act();
    let by = (session.id(), counter.as_ref());
    app.store().add_note(id, by, &text, session.now).await?;
    session.acted(&app).await?;
    app.changed("case", Some(id.to_string()), Audience::Orgs(vec![case.state.org]));
    Ok((StatusCode::CREATED, Json(NoteView { text, at: session.now.to_string() })))
}
