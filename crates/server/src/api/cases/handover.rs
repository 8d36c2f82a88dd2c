//! `POST /cases/{id}/actions/{action}/handover`: one to-do goes to a named person (转办); `DELETE`
//! takes it back.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::command::{self, Act, Key, Submission};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::case::{CaseView, page};
use axum::extract::State;
use axum::response::IntoResponse;
use base::{CaseId, PersonId};
use engine::Handing;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// To whom, and why.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHandover {
    /// Who gets it: somebody in service whom I see.
    #[schema(value_type = String)]
    to: PersonId,
    reason: String,
}

/// Hands one to-do on to a named person, who gets a message.
#[utoipa::path(
    post, path = "/cases/{id}/actions/{action}/handover", tag = "cases",
    operation_id = "cases_hand_on",
    params(
        ("id" = String, Path), ("action" = String, Path),
        ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header),
    ),
    request_body = NewHandover,
    responses((status = 200, body = CaseView), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn hand_on(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path((case, action)): Path<(CaseId, String)>,
    key: Key,
    Json(body): Json<NewHandover>,
) -> Answer<impl IntoResponse> {
    within_reach(&app, &session, body.to).await?;
    let said = json!(body);
    let handing = Some(Handing::On { action: action.clone(), to: body.to });
    let submission = Submission { reason: Some(body.reason), ..Submission::default() };
    let act = Act { case, action, submission, handing };
    let id = command::act(&app, &session, &key, &act, &said).await?;
    Ok(super::tagged(page(&app, &session, id).await?))
}

/// Takes a to-do back; whoever got it may give it back so too.
#[utoipa::path(
    delete, path = "/cases/{id}/actions/{action}/handover", tag = "cases",
    operation_id = "cases_take_back",
    params(
        ("id" = String, Path), ("action" = String, Path),
        ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header),
    ),
    responses((status = 200, body = CaseView), (status = 409), (status = 412), (status = 422)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn take_back(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path((case, action)): Path<(CaseId, String)>,
    key: Key,
) -> Answer<impl IntoResponse> {
    let handing = Some(Handing::Back { action: action.clone() });
    let act = Act { case, action, submission: Submission::default(), handing };
    let id = command::act(&app, &session, &key, &act, &json!({})).await?;
    Ok(super::tagged(page(&app, &session, id).await?))
}

async fn within_reach(app: &App, session: &Session, to: PersonId) -> Answer<()> {
    let people = app.store().people_named(&[to]).await?;
    let seen = people.first().is_some_and(|person| {
        let org = app.orgs().get(person.org).map(|org| org.path.clone());
        person.active && org.is_some_and(|path| session.scope.holds(&path))
    });
    if seen {
        return Ok(());
    }
    Err(Problem::new("unknown-person").detail(
        "您的范围内没有这位在职的同事",
        "There is no such colleague in service within your reach",
    ))
}
