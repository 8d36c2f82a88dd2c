//! `POST /blanks/{id}/numbers/{number}`: a form is spoilt, missing, or at hand after all.

use super::view::{RegisterView, register};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use base::Text;
use serde::Deserialize;
use store::blank::BlankState;
use utoipa::ToSchema;

/// Longest reason.
const MAX_REASON: usize = 200;

/// What became of a form.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkBody {
    /// `spoilt`, `missing`, or `printed` when it is at hand after all.
    state: Mark,
    /// Why; needed where it is spoilt or missing.
    #[serde(default)]
    reason: String,
}

/// What may be said of a form by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = BlankMark)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Thrown away.
    Spoilt,
    /// Not found.
    Missing,
    /// At hand after all.
    Printed,
}

/// Says what became of a numbered form; one that was entered stays used.
#[utoipa::path(
    post, path = "/blanks/{id}/numbers/{number}", tag = "documents", operation_id = "blanks_mark",
    params(("id" = String, Path), ("number" = String, Path)), request_body = MarkBody,
    responses((status = 200, body = RegisterView), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn mark(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path((id, number)): Path<(i64, String)>,
    Json(body): Json<MarkBody>,
) -> Answer<Json<RegisterView>> {
    let store = app.store();
    let of = store.blank_block(id, &session.scope).await?;
    let known = store.blank(&number).await?.filter(|one| one.block == id);
    let known = known.ok_or_else(|| Problem::new("not-found"))?;
    let reason: String = body.reason.trim().chars().take(MAX_REASON).collect();
    if reason.is_empty() && body.state != Mark::Printed {
        let (zh, en) = ("请写明原因，例如：写错、卡纸", "Say why, for example: miswritten");
        return Err(wrong("reason", zh, en));
    }
    let (state, note) = match body.state {
        Mark::Spoilt => (BlankState::Spoilt, Some(reason.as_str())),
        Mark::Missing => (BlankState::Missing, Some(reason.as_str())),
        Mark::Printed => (BlankState::Printed, None),
    };
    if !store.mark_blank(&known.number, (state, note), session.id(), session.now).await? {
        let (zh, en) = ("这张单已经补录，不能再作废", "This form was entered and stays used");
        return Err(wrong("state", zh, en));
    }
    let of = store.blank_block(of.id, &session.scope).await?;
    let numbers = store.blank_numbers(id).await?;
    Ok(Json(register(&app, &session, of, numbers).await?))
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    let sentence = Text::new(zh, en);
    Problem::new("form-invalid").sentence(sentence.clone()).field(field, "blank", sentence)
}
