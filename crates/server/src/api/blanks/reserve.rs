//! `POST /blanks`: a block of numbers for forms that are filled in by hand.

use super::view::{BlockView, block};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs::may_be_blank;
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::Text;
use serde::Deserialize;
use store::blank::{MOST_BLANKS, NewBlanks};
use utoipa::ToSchema;

/// What is to be printed in advance.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlanksBody {
    /// The form, by its key in the rulebook.
    form: String,
    /// How many, 1 to 200.
    count: u32,
}

/// Reserves numbers for my acting unit; nobody else gets one of them.
#[utoipa::path(
    post, path = "/blanks", tag = "documents", operation_id = "blanks_reserve",
    request_body = BlanksBody,
    responses((status = 201, body = BlockView), (status = 422)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn reserve(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Json(body): Json<BlanksBody>,
) -> Answer<(StatusCode, Json<BlockView>)> {
    let form = session.release.documents.get(&body.form).filter(|form| may_be_blank(form));
    let form = form.ok_or_else(|| {
        wrong(
            "form",
            "这张单据没有空白格式，不能预印",
            "This form has no blank to be printed in advance",
        )
    })?;
    if !(1..=MOST_BLANKS).contains(&body.count) {
        let (zh, en) = (
            format!("一次预印 1 到 {MOST_BLANKS} 张"),
            format!("From 1 to {MOST_BLANKS} forms are printed at once"),
        );
        return Err(wrong("count", &zh, &en));
    }
    let new = NewBlanks {
        org: session.org.id,
        station: &session.org.code,
        document: &form.id,
        release: &session.release.hash,
        count: body.count,
        person: session.id(),
    };
    let reserved = app.store().reserve_blanks(new, session.now).await?;
    Ok((StatusCode::CREATED, Json(block(&app, &session, reserved).await?)))
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    let sentence = Text::new(zh, en);
    Problem::new("form-invalid").sentence(sentence.clone()).field(field, "blank", sentence)
}
