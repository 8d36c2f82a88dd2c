//! `GET /stock.xlsx`: the stock list as a workbook.

use super::list::{Filter, page};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Query;
use crate::problem::Answer;
use crate::view::account::StockRowView;
use crate::view::sheet::{self, Cell};
use axum::extract::State;
use axum::response::Response;
use base::Lang;

const TITLES: [(&str, &str); 10] = [
    ("库房", "Warehouse"),
    ("配件编码", "Part code"),
    ("配件名称", "Part"),
    ("现有", "On hand"),
    ("预留", "Reserved"),
    ("在途", "In transit"),
    ("旧件", "Old parts"),
    ("订货点", "Reorder at"),
    ("该订货", "Order now"),
    ("建议补货量", "Pieces to order"),
];

/// The stock list as shown, as a workbook.
#[utoipa::path(
    get, path = "/stock.xlsx", tag = "stock", operation_id = "stock_export", params(Filter),
    responses((
        status = 200,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn export(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Query(mut filter): Query<Filter>,
) -> Answer<Response> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    loop {
        let shown = page(&app, &session, &filter).await?;
        rows.extend(shown.items.iter().map(|row| cells(row, session.lang)));
        filter.cursor = shown.next;
        if filter.cursor.is_none() || rows.len() >= sheet::MOST_ROWS {
            break;
        }
    }
    sheet::answer("stock.xlsx", &TITLES, &rows, session.lang)
}

fn cells(row: &StockRowView, lang: Lang) -> Vec<Cell> {
    let yes = if lang == Lang::Zh { "是" } else { "yes" };
    vec![
        row.warehouse_name.get(lang).into(),
        row.part.code.as_str().into(),
        row.part.title.get(lang).into(),
        Cell::Whole(row.on_hand),
        Cell::Whole(row.reserved),
        Cell::Whole(row.in_transit),
        Cell::Whole(row.old),
        row.reorder_point.map_or(Cell::Empty, |point| Cell::Whole(point.into())),
        if row.below_reorder { yes.into() } else { Cell::Empty },
        if row.suggested > 0 { Cell::Whole(row.suggested) } else { Cell::Empty },
    ]
}
