//! `POST /enquiries/{id}/looked`: somebody of us has read what they wrote.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::enquiries;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{CaseId, JournalId};
use serde::Deserialize;
use utoipa::ToSchema;

/// What was on the screen last.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// Their latest message that was shown.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    message: Option<JournalId>,
    /// Their latest photo that was shown.
    #[serde(default)]
    photo: Option<String>,
}

/// Notes that an enquiry in my scope was read up to there; it is no longer unread for anybody.
#[utoipa::path(
    post, path = "/enquiries/{id}/looked", tag = "enquiries", operation_id = "enquiries_looked",
    params(("id" = String, Path)), request_body = Looked,
    responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn looked(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path(id): Path<CaseId>,
    Json(body): Json<Looked>,
) -> Answer<StatusCode> {
    let case = app.store().case(id, &session.scope).await?.state;
    if case.process != enquiries::PROCESS {
        return Err(Problem::new("not-found"));
    }
    let photo = body.photo.and_then(|photo| photo.parse().ok());
    let before = app.store().unread_enquiries(&[id]).await?;
    app.store().look_at_enquiry(id, (body.message, photo), session.now).await?;
    if !before.is_empty() {
        app.told(id, &[case.org]);
    }
    Ok(StatusCode::NO_CONTENT)
}
