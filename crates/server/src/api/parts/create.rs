//! `POST /parts`: a part is entered or changed by hand.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::imports::part_rows;
use crate::problem::{Answer, Problem};
use crate::view::part::PartView;
use axum::extract::State;
use axum::http::StatusCode;
use base::Text;
use rulebook::model::{Part, PartClass};
use serde::Deserialize;
use store::masters::NewRows;
use utoipa::ToSchema;

/// A part as entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPart {
    code: String,
    title_zh: String,
    #[serde(default)]
    title_en: String,
    component: String,
    #[serde(default)]
    models: Vec<String>,
    /// `wearing`, `electrical`, `painted`, `ordinary`.
    #[schema(value_type = String)]
    class: PartClass,
    tracked: bool,
    #[serde(default)]
    substitutes: Vec<String>,
    reorder_point: Option<u32>,
    #[serde(default)]
    clause: Vec<String>,
}

/// Enters a part; one that is there already is changed from now on.
#[utoipa::path(
    post, path = "/parts", tag = "prices", operation_id = "parts_create", request_body = NewPart,
    responses((status = 201, body = PartView), (status = 422)),
    extensions(("x-permission" = json!("price_edit"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::PriceEdit>,
    Json(body): Json<NewPart>,
) -> Answer<(StatusCode, Json<PartView>)> {
    let en = if body.title_en.trim().is_empty() { &body.title_zh } else { &body.title_en };
    let part = Part {
        code: crate::imports::clean::code(&body.code),
        title: Text::new(body.title_zh.trim(), en.trim()),
        component: body.component,
        models: body.models,
        class: body.class,
        tracked: body.tracked,
        substitutes: body.substitutes,
        reorder_point: body.reorder_point,
        clause: body.clause,
    };
    let lists = app.masters().of(&session.release);
    let wrong = part_rows::wrong(&part, &session.release, &lists.parts);
    if !wrong.is_empty() {
        let problem = Problem::new("form-invalid").detail("配件有误", "The part is not right");
        return Err(wrong.into_iter().fold(problem, |problem, (field, remark)| {
            problem.field(field, remark.code, remark.text)
        }));
    }
    let rows = NewRows::Parts(vec![part.clone()]);
    app.store().enter_rows(&rows, session.id(), session.now).await?;
    app.masters_changed().await?;
    let lists = app.masters().of(&session.release);
    Ok((StatusCode::CREATED, Json(PartView::of(&session, &lists, &part))))
}
