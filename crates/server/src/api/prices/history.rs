//! `GET /prices/{id}`: one code with every price the company has entered for it.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::price::{Asked, HistoryRow, HistoryView, PriceView};
use axum::extract::State;
use std::collections::BTreeMap;

/// A code of the price book with its history, the latest first.
#[utoipa::path(
    get, path = "/prices/{id}", tag = "prices", operation_id = "prices_get",
    params(("id" = String, Path, description = "its code")),
    responses((status = 200, body = HistoryView), (status = 404)),
    extensions(("x-permission" = json!("price_read"))),
)]
pub async fn history(
    State(app): State<App>,
    session: Allowed<perm::PriceRead>,
    Path(id): Path<String>,
) -> Answer<Json<HistoryView>> {
    let lists = app.masters().of(&session.release);
    let charge = lists.book.charge(&id).ok_or_else(|| Problem::new("not-found"))?;
    let asked = Asked { stars: None, day: app.today() };
    let item = PriceView::of(&session, &lists.book, charge, asked);
    let mut names = BTreeMap::new();
    for person in lists.rows.people(&charge.priced_by) {
        let name = app.store().person(person).await?.name;
        names.insert(person, name.reveal().to_owned());
    }
    let entered = lists.rows.prices.iter().filter(|p| p.row.code == charge.priced_by);
    let mut rows: Vec<HistoryRow> =
        entered.map(|entered| HistoryRow::of(&session, &lists.book, entered, &names)).collect();
    // Entry is the order of the table; of one day the later entered stands above.
    rows.reverse();
    rows.sort_by(|a, b| b.effective_from().cmp(a.effective_from()));
    let baseline = session.release.prices.get(&charge.priced_by);
    Ok(Json(HistoryView::new(&session, item, baseline, rows)))
}
