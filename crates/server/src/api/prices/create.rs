//! `POST /prices`: a price is entered by hand.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::imports::price_rows;
use crate::problem::{Answer, Problem};
use crate::view::price::{Asked, PriceView};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Day, Money};
use rulebook::model::{BuyerClass, PriceRow};
use serde::Deserialize;
use store::masters::NewRows;
use utoipa::ToSchema;

/// A price as entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPrice {
    code: String,
    /// `ex_factory`, `wholesale`, `retail`.
    #[schema(value_type = String)]
    class: BuyerClass,
    /// For stations of that star level; absent for all.
    stars: Option<u8>,
    /// In fen, tax included.
    #[schema(value_type = i64)]
    amount: Money,
    /// First day it holds; today or later.
    #[schema(value_type = String)]
    effective_from: Day,
    /// Clauses it stands on; empty for those of the item.
    #[serde(default)]
    clause: Vec<String>,
}

/// Enters a price that holds from 00:00 of a day. Nothing is overwritten: of two from one day the
/// later entered holds.
#[utoipa::path(
    post, path = "/prices", tag = "prices", operation_id = "prices_create",
    request_body = NewPrice,
    responses((status = 201, body = PriceView), (status = 422)),
    extensions(("x-permission" = json!("price_edit"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::PriceEdit>,
    Json(body): Json<NewPrice>,
) -> Answer<(StatusCode, Json<PriceView>)> {
    let row = PriceRow {
        code: crate::imports::clean::code(&body.code),
        class: body.class,
        stars: body.stars,
        amount: body.amount,
        effective_from: body.effective_from,
        clause: body.clause,
    };
    let lists = app.masters().of(&session.release);
    let wrong = price_rows::wrong(&row, &session.release, &lists.book, app.today());
    if !wrong.is_empty() {
        let problem = Problem::new("form-invalid").detail("价格有误", "The price is not right");
        return Err(wrong.into_iter().fold(problem, |problem, (field, remark)| {
            problem.field(field, remark.code, remark.text)
        }));
    }
    let asked = Asked { stars: row.stars, day: app.today() };
    let code = row.code.clone();
    let rows = NewRows::Prices(vec![row]);
    app.store().enter_rows(&rows, session.id(), session.now).await?;
    app.masters_changed().await?;
    let lists = app.masters().of(&session.release);
    let charge = lists.book.charge(&code).ok_or_else(|| Problem::new("not-found"))?;
    let view = PriceView::of(&session, &lists.book, charge, asked);
    Ok((StatusCode::CREATED, Json(view)))
}
