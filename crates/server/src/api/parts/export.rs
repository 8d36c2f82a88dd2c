//! `GET /parts.xlsx`: the part master as a workbook, in the columns an import reads.

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

/// The parts shown, as a workbook that can be changed and imported again.
#[utoipa::path(
    get, path = "/parts.xlsx", tag = "prices", operation_id = "parts_export", params(Filter),
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
    let text = |text: &str| Cell::Text(text.to_owned());
    let rows = lists.parts.values().filter(|part| filter.wants(&needle, part)).map(|part| {
        vec![
            text(&part.code),
            text(&part.title.zh),
            text(&part.title.en),
            text(&part.component),
            text(&part.models.join("|")),
            text(sheets::class_word(part.class, session.lang)),
            text(sheets::yes_no(part.tracked, session.lang)),
            text(&part.substitutes.join("|")),
            part.reorder_point.map_or(Cell::Empty, |n| Cell::Whole(n.into())),
            text(&part.clause.join("|")),
        ]
    });
    sheet::answer(
        "parts.xlsx",
        &sheets::titles(sheets::PART_COLUMNS),
        &rows.collect::<Vec<_>>(),
        session.lang,
    )
}
