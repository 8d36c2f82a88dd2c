//! `POST /imports`: a workbook is read and judged; nothing is written to the register yet.

use super::MAX_BYTES;
use super::view::ImportView;
use crate::api::files::create::first_file;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::imports::workbook::{self, Sheet, Unreadable};
use crate::imports::{RowVerdict, register, sale};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::import::StagedRow;
use utoipa::IntoParams;

/// Column names a header row must have at least.
const COLUMNS: usize = 6;

/// What the workbook brings.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Kind {
    /// `sold_vehicles`.
    kind: Option<String>,
}

/// Reads and judges a workbook of sold vehicles (`.xlsx`), row by row.
#[utoipa::path(
    post, path = "/imports", tag = "imports", operation_id = "imports_create", params(Kind),
    request_body(content_type = "multipart/form-data", content = String),
    responses((status = 201, body = ImportView), (status = 413), (status = 422)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Query(kind): Query<Kind>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Answer<(StatusCode, Json<ImportView>)> {
    let kind = kind.kind.unwrap_or_else(|| "sold_vehicles".into());
    if kind != "sold_vehicles" {
        return Err(Problem::new("bad-request")
            .detail("目前只能导入 sold_vehicles", "Only sold_vehicles can be imported"));
    }
    let upload = first_file(multipart).await?;
    if upload.bytes.len() > MAX_BYTES {
        return Err(crate::files::too_large());
    }
    let read = move || workbook::read(&upload.bytes, sale::column, COLUMNS);
    let sheet = tokio::task::spawn_blocking(read).await.map_err(|_| Problem::new("internal"))?;
    let sheet = sheet.map_err(|reason| unreadable(&reason))?;
    let known = register::known(&app, &session.release, &sheet).await?;
    let verdicts = sale::judge(&sheet, &known, app.today());
    let rows = verdicts.iter().map(|verdict| staged(&sheet, verdict)).collect();
    let import = app
        .store()
        .stage_import(&kind, &upload.name, about(&sheet), rows, session.id(), session.now)
        .await?;
    Ok((StatusCode::CREATED, Json(ImportView::of(&import, session.lang))))
}

fn about(sheet: &Sheet) -> Map<String, Value> {
    let about = json!({
        "sheet": sheet.name,
        "header_row": sheet.header_row,
        "hidden_sheets": sheet.hidden,
        "hidden_rows": sheet.hidden_rows,
        "columns": sheet.column_keys(),
    });
    match about {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn staged(sheet: &Sheet, verdict: &RowVerdict) -> StagedRow {
    let mut values = verdict.sale.as_ref().map(sale::shown).unwrap_or_default();
    values.insert("cells".into(), Value::Object(sheet.raw(verdict.row)));
    let both = json!({
        "zh": verdict.why(base::Lang::Zh),
        "en": verdict.why(base::Lang::En),
    });
    StagedRow {
        row: verdict.row.into(),
        verdict: format!("{:?}", verdict.ruling).to_lowercase(),
        kind: verdict.kind().to_owned(),
        why: both.to_string(),
        values,
    }
}

fn unreadable(reason: &Unreadable) -> Problem {
    let (zh, en) = match reason {
        Unreadable::NotAWorkbook => (
            "这不是 Excel 工作簿(.xlsx)，或文件已损坏；请用 Excel 另存为 .xlsx 后重试",
            "This is no Excel workbook (.xlsx), or it is damaged; save it as .xlsx and try again",
        ),
        Unreadable::TooLarge => (
            "工作簿太大：最多 20000 行；请拆成几份",
            "The workbook is too large: at most 20,000 rows; split it",
        ),
        Unreadable::NoHeader => (
            "没有找到表头：前 20 行里要有“车架号、车型、购车人、购车日期、网点编码…”这样的列名",
            "No header row was found: one of the first 20 rows must name columns such as \
             车架号, 车型, 购车人, 购车日期, 网点编码",
        ),
    };
    Problem::new("import-unreadable").detail(zh, en)
}
