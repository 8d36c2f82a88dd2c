//! `GET /blanks`, `GET /blanks/{id}`: which numbers were handed out, and what became of them.

use super::view::{BlockView, RegisterView, block, register};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

/// Blocks of a page.
const PAGE: u32 = 20;

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    cursor: Option<String>,
    limit: Option<u32>,
}

/// Blocks of blank forms of the units in sight, the newest first.
#[utoipa::path(
    get, path = "/blanks", tag = "documents", operation_id = "blanks_list", params(Filter),
    responses((status = 200, body = List<BlockView>)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<BlockView>>> {
    let (cursor, limit) = (filter.cursor.as_deref(), filter.limit.unwrap_or(PAGE));
    let page = app.store().blank_blocks(&session.scope, cursor, limit).await?;
    let mut items = Vec::with_capacity(page.items.len());
    for one in page.items {
        items.push(block(&app, &session, one).await?);
    }
    Ok(Json(List::page(items, page.next)))
}

/// One block with each of its numbers.
#[utoipa::path(
    get, path = "/blanks/{id}", tag = "documents", operation_id = "blanks_get",
    params(("id" = String, Path)),
    responses((status = 200, body = RegisterView), (status = 404)),
    extensions(("x-permission" = json!("document_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::DocumentRead>,
    Path(id): Path<i64>,
) -> Answer<Json<RegisterView>> {
    let of = app.store().blank_block(id, &session.scope).await?;
    let numbers = app.store().blank_numbers(id).await?;
    Ok(Json(register(&app, &session, of, numbers).await?))
}
