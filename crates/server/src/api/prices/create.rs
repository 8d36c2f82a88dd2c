//! `POST /prices`: a price is entered by hand.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::Json;
use crate::imports::price_rows;
use crate::imports::why::Remark;
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
        ends: false,
        effective_from: body.effective_from,
        clause: body.clause,
    };
    let lists = app.masters().of(&session.release);
    let wrong = price_rows::wrong(&row, &session.release, &lists.book, app.today());
    entered(&app, &session, row, wrong).await
}

/// Which price ends when.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndOfPrice {
    code: String,
    /// `ex_factory`, `wholesale`, `retail`.
    #[schema(value_type = String)]
    class: BuyerClass,
    /// The star level it is for; absent for all.
    stars: Option<u8>,
    /// First day it does not hold any more; today or later.
    #[schema(value_type = String)]
    effective_from: Day,
}

/// Ends a price of the company from 00:00 of a day: then the one for all levels holds, or the
/// baseline. Nothing is overwritten, and a price may be entered anew.
#[utoipa::path(
    post, path = "/prices/end", tag = "prices", operation_id = "prices_end",
    request_body = EndOfPrice,
    responses((status = 201, body = PriceView), (status = 422)),
    extensions(("x-permission" = json!("price_edit"))),
)]
pub async fn end(
    State(app): State<App>,
    session: Allowed<perm::PriceEdit>,
    Json(body): Json<EndOfPrice>,
) -> Answer<(StatusCode, Json<PriceView>)> {
    let row = PriceRow {
        code: crate::imports::clean::code(&body.code),
        class: body.class,
        stars: body.stars,
        amount: Money(0),
        ends: true,
        effective_from: body.effective_from,
        clause: vec![],
    };
    let lists = app.masters().of(&session.release);
    let mut wrong = price_rows::wrong(&row, &session.release, &lists.book, app.today());
    let is_set = lists.book.is_set(&row.code, row.class, row.stars, row.effective_from);
    if wrong.is_empty() && !is_set {
        wrong.push(("effective_from", price_rows::nothing_to_end(row.effective_from)));
    }
    entered(&app, &session, row, wrong).await
}

/// Enters the row unless something is wrong with it; the code as it stands then.
async fn entered(
    app: &App,
    session: &Session,
    row: PriceRow,
    wrong: Vec<(&'static str, Remark)>,
) -> Answer<(StatusCode, Json<PriceView>)> {
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
    let view = PriceView::of(session, &lists.book, charge, asked);
    Ok((StatusCode::CREATED, Json(view)))
}
