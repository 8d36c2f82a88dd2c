//! `GET /serials/{serial}`: the life of a serial on one page.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::List;
use crate::view::account::{CustodyView, Names, Quoted};
use axum::extract::State;
use ledger::Key;

/// Every part of that number that my scope holds or ever held, with all hands it went through.
#[utoipa::path(
    get, path = "/serials/{serial}", tag = "stock", operation_id = "serials_get",
    params(("serial" = String, Path)),
    responses((status = 200, body = List<CustodyView>), (status = 404)),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Path(serial): Path<String>,
) -> Answer<Json<List<CustodyView>>> {
    let key = Key::try_new(serial.trim())
        .map_err(|refused| Problem::new("bad-request").sentence(refused.sentence()))?;
    let found = app.store().custody(&key, &session.scope).await?;
    if found.is_empty() {
        return Err(Problem::new("not-found").detail(
            format!("编号 {key} 没有出入库记录，或从未经过您的库房；请核对编号"),
            format!("Serial {key} was never posted, or never passed your stock; check the number"),
        ));
    }
    let mut quoted = Quoted::default();
    for one in &found {
        CustodyView::quote(one, &mut quoted);
    }
    let names = Names::of(&app, &session, quoted).await?;
    Ok(Json(List::whole(found.iter().map(|one| CustodyView::of(&names, one)).collect())))
}
