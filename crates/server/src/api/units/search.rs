//! `GET /units?q=`: one box for everything that names a vehicle.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use crate::view::List;
use crate::view::unit::UnitHitView;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

/// Most hits: more than a screen is no answer.
const PAGE: u32 = 20;
/// Shortest and longest search.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=64;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Search {
    /// Frame number, plate, card, serial, phone, name, pinyin or last digits.
    q: String,
    /// At most so many.
    limit: Option<u32>,
}

/// Vehicles by anything that names one. An exact number finds company-wide, masked; last digits,
/// names and pinyin find what my stations sold or served.
#[utoipa::path(
    get, path = "/units", tag = "units", operation_id = "units_search", params(Search),
    responses((status = 200, body = List<UnitHitView>)),
    extensions(("x-permission" = json!("unit_read"))),
)]
pub async fn search(
    State(app): State<App>,
    session: Allowed<perm::UnitRead>,
    Query(search): Query<Search>,
) -> Answer<Json<List<UnitHitView>>> {
    let text = checked(&search.q)?;
    let limit = search.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let hits = app.store().find_units(&text, &session.scope, limit).await?;
    let views = hits.iter().map(|hit| UnitHitView::found(&session.release, hit, &text));
    Ok(Json(List::whole(views.collect())))
}

/// A search text of sensible length, cleaned of what scanners add.
pub fn checked(raw: &str) -> Answer<String> {
    let text = clean::text(raw);
    if LENGTH.contains(&text.chars().count()) {
        return Ok(text);
    }
    Err(Problem::new("bad-request").detail(
        "请输入至少两个字符：车架号、车牌、卡号、手机号、姓名或末四位",
        "Type at least two characters: frame number, plate, card, phone, name or last digits",
    ))
}
