//! `GET /imports/{id}/errors.xlsx`: the rejected rows, to be corrected and sent again.

use super::Brings;
use super::rows::why;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::Path;
use crate::imports::errors_book::{ErrorRow, write};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// Rows read at a time.
const CHUNK: u32 = 1000;

/// The rejected rows with the sender's own cells and what is wrong.
#[utoipa::path(
    get, path = "/imports/{id}/errors.xlsx", tag = "imports", operation_id = "imports_errors",
    params(("id" = String, Path), ("lang" = Option<String>, Query)),
    responses(
        (
            status = 200,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
        (status = 404),
    ),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn errors(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Path(id): Path<i64>,
) -> Answer<Response> {
    let import = super::seen(&app, &session, id).await?;
    let columns = import.about.get("columns").and_then(Value::as_array);
    let columns: Vec<String> = columns
        .map(|all| all.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    let mut rows = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let page = app.store().import_rows(id, Some("reject"), cursor.as_deref(), CHUNK).await?;
        rows.extend(page.items.into_iter().map(|mut row| ErrorRow {
            row: row.row,
            why: why(&row.why, session.lang),
            cells: match row.values.remove("cells") {
                Some(Value::Object(cells)) => cells,
                _ => serde_json::Map::new(),
            },
        }));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let brings = Brings::parse(&import.kind)?;
    let bytes = write(&columns, |key| brings.title(key), &rows, session.lang)
        .map_err(|_| Problem::new("internal"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"import-errors.xlsx\""),
    ];
    Ok((headers, bytes).into_response())
}
