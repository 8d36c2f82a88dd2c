//! `POST /imports/columns`: the first rows of a workbook, for somebody to say what its columns are.

use super::MAX_BYTES;
use super::create::{Kind, brings};
use super::headings::headings;
use super::judged::unreadable;
use crate::api::files::create::first_file;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::imports::stream;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use serde::Serialize;
use utoipa::ToSchema;

/// Longest cell as shown.
const SHOWN: usize = 60;

/// The first rows of a workbook and what its columns may be.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportColumns)]
pub struct ColumnsView {
    sheet: String,
    /// The header row, from 1, where one was found.
    header_row: Option<u32>,
    /// The first rows that hold anything.
    rows: Vec<LineView>,
    /// What a column may be.
    keys: Vec<KeyView>,
}

/// A row of the sheet.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportLine)]
pub struct LineView {
    /// Its number, from 1.
    row: u32,
    cells: Vec<CellView>,
}

/// A cell, and what its column would be if this were the header row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportCell)]
pub struct CellView {
    /// Column, from 0.
    column: u32,
    text: String,
    /// What it would be; null where that is not known.
    key: Option<&'static str>,
    /// Whether that is remembered, and not told by the name.
    remembered: bool,
}

/// What a column may be.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportKey)]
pub struct KeyView {
    key: &'static str,
    /// In the caller's language.
    title: String,
}

/// Reads the first rows of a workbook; nothing of it is kept. Which column is which goes along with
/// `POST /imports` as `columns`.
#[utoipa::path(
    post, path = "/imports/columns", tag = "imports", operation_id = "imports_columns",
    params(Kind), request_body(content_type = "multipart/form-data", content = String),
    responses((status = 200, body = ColumnsView), (status = 413), (status = 422)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn columns(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Query(kind): Query<Kind>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<Json<ColumnsView>> {
    let brings = brings(&kind, &session)?;
    let told = headings(&app, brings, None).await?;
    let upload = first_file(multipart).await?;
    if upload.bytes.len() > MAX_BYTES {
        return Err(crate::files::too_large());
    }
    let read = move || {
        let first = stream::first(&upload.bytes, &told);
        (first, told)
    };
    let (first, told) =
        tokio::task::spawn_blocking(read).await.map_err(|_| Problem::new("internal"))?;
    let first = first.map_err(|reason| unreadable(&reason, brings))?;
    let rows = first.rows.iter().map(|(row, cells)| LineView {
        row: *row,
        cells: told
            .told(cells)
            .into_iter()
            .map(|(column, heading)| CellView {
                column,
                text: heading.text.chars().take(SHOWN).collect(),
                key: heading.key,
                remembered: heading.is_remembered(),
            })
            .collect(),
    });
    let keys = brings
        .keys()
        .into_iter()
        .map(|key| KeyView { key, title: brings.title(key).get(session.lang).to_owned() });
    Ok(Json(ColumnsView {
        sheet: first.sheet,
        header_row: first.header_row,
        rows: rows.collect(),
        keys: keys.collect(),
    }))
}
