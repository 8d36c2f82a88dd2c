//! `GET /prices.xlsx`: the price book as a workbook, in the columns an import reads.

use super::list::Filter;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Query;
use crate::imports::sheets;
use crate::problem::Answer;
use crate::view::find::Needle;
use crate::view::sheet::{self, Cell};
use axum::extract::State;
use axum::response::Response;
use base::Lang;
use rulebook::model::BuyerClass;

/// The prices shown, as a workbook that can be changed and imported again.
#[utoipa::path(
    get, path = "/prices.xlsx", tag = "prices", operation_id = "prices_export", params(Filter),
    responses((
        status = 200,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )),
    extensions(("x-permission" = json!("price_read"))),
)]
pub async fn export(
    State(app): State<App>,
    session: Allowed<perm::PriceRead>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let lists = app.masters().of(&session.release);
    let needle = Needle::new(filter.q(), &session.release);
    let asked = filter.asked(&app);
    // A job has no price of its own: its rate has.
    let own = lists.book.charges().filter(|c| c.standard.is_none() && filter.wants(&needle, c));
    let rows = own.map(|charge| {
        let price = |class| lists.book.price(&charge.code, class, asked.stars, asked.day);
        let of = BuyerClass::ALL.map(price);
        let since = of.iter().flatten().filter_map(|price| price.since).max();
        let clause = of.iter().flatten().next().map_or_else(String::new, |p| p.clause.join("|"));
        let title = if session.lang == Lang::Zh { &charge.title.zh } else { &charge.title.en };
        let mut row = vec![
            Cell::Text(charge.code.clone()),
            Cell::Text(title.clone()),
            asked.stars.map_or(Cell::Empty, |stars| Cell::Whole(stars.into())),
        ];
        row.extend(
            of.iter()
                .map(|price| price.as_ref().map_or(Cell::Empty, |price| Cell::Fen(price.amount.0))),
        );
        row.push(since.map_or(Cell::Empty, |day| Cell::Text(day.to_string())));
        row.push(Cell::Text(clause));
        row
    });
    sheet::answer(
        "prices.xlsx",
        &sheets::titles(sheets::PRICE_COLUMNS),
        &rows.collect::<Vec<_>>(),
        session.lang,
    )
}
