//! `POST /imports`: a workbook is read and judged; nothing is written yet.

use super::view::ImportView;
use super::{Brings, MAX_BYTES};
use crate::api::files::create::first_file;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::imports::workbook::{self, Sheet, Unreadable};
use crate::imports::{MasterRow, Remark, RowVerdict, Ruling};
use crate::imports::{
    customer_rows, opening, opening_rows, part_rows, people_rows, price_rows, register, sale,
};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::StatusCode;
use base::Lang;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::import::StagedRow;
use utoipa::IntoParams;

/// What the workbook brings.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Kind {
    /// `sold_vehicles`, `parts`, `prices`, `opening_stock`, `customers`, `people`; the first of
    /// them I may import when absent.
    kind: Option<String>,
}

/// Reads and judges a workbook (`.xlsx`) of sold vehicles, parts, prices, opening stock,
/// customers or people, row by row.
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
    let brings = match kind.kind.as_deref() {
        Some(kind) => Brings::parse(kind)?,
        None => Brings::usual(&session),
    };
    brings.allowed(&session)?;
    let upload = first_file(multipart).await?;
    if upload.bytes.len() > MAX_BYTES {
        return Err(crate::files::too_large());
    }
    let (column, needed) = brings.columns();
    let read = move || workbook::read(&upload.bytes, column, needed);
    let sheet = tokio::task::spawn_blocking(read).await.map_err(|_| Problem::new("internal"))?;
    let sheet = sheet.map_err(|reason| unreadable(&reason, brings))?;
    let rows = judged(&app, &session, brings, &sheet).await?;
    let import = app
        .store()
        .stage_import(brings.word(), &upload.name, about(&sheet), rows, session.id(), session.now)
        .await?;
    Ok((StatusCode::CREATED, Json(ImportView::of(&import, session.lang))))
}

async fn judged(
    app: &App,
    session: &Session,
    brings: Brings,
    sheet: &Sheet,
) -> Answer<Vec<StagedRow>> {
    let lists = app.masters().of(&session.release);
    let release = &session.release;
    Ok(match brings {
        Brings::SoldVehicles => {
            let known = register::known(app, release, sheet).await?;
            let verdicts = sale::judge(sheet, &known, app.today());
            verdicts.iter().map(|verdict| staged(sheet, verdict)).collect()
        }
        Brings::Parts => {
            let judged = part_rows::judge(sheet, release, &lists.parts);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::Prices => {
            let judged = price_rows::judge(sheet, release, &lists.book, app.today());
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::OpeningStock => {
            let known = opening::known(app, session, sheet).await?;
            let judged = opening_rows::judge(sheet, release, &known);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::Customers => {
            let known = customer_rows::known(app, session, sheet).await?;
            let judged = customer_rows::judge(sheet, &known);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::People => {
            if sheet.rows.len() > people_rows::MAX_PEOPLE {
                return Err(unreadable(&Unreadable::TooLarge, brings));
            }
            let taken = people_rows::taken(app, sheet).await?;
            let judged = people_rows::judge(app, session, sheet, &taken);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
    })
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
    let values = verdict.sale.as_ref().map(sale::shown).unwrap_or_default();
    row(sheet, verdict.row, verdict.ruling, &verdict.remarks, values)
}

fn staged_master<T: Serialize>(sheet: &Sheet, judged: MasterRow<T>) -> StagedRow {
    let mut values = judged.shown;
    let entry = serde_json::to_value(&judged.entry).unwrap_or_default();
    values.insert("entry".into(), entry);
    row(sheet, judged.row, judged.ruling, &judged.remarks, values)
}

fn row(
    sheet: &Sheet,
    row: u32,
    ruling: Ruling,
    remarks: &[Remark],
    mut values: Map<String, Value>,
) -> StagedRow {
    values.insert("cells".into(), Value::Object(sheet.raw(row)));
    let both =
        json!({ "zh": Remark::all(remarks, Lang::Zh), "en": Remark::all(remarks, Lang::En) });
    StagedRow {
        row: row.into(),
        verdict: format!("{ruling:?}").to_lowercase(),
        kind: remarks.first().map_or("ok", |r| r.code).to_owned(),
        why: both.to_string(),
        values,
    }
}

fn unreadable(reason: &Unreadable, brings: Brings) -> Problem {
    let (zh, en) = match reason {
        Unreadable::NotAWorkbook => (
            "这不是 Excel 工作簿(.xlsx)，或文件已损坏；请用 Excel 另存为 .xlsx 后重试".to_owned(),
            "This is no Excel workbook (.xlsx), or it is damaged; save it as .xlsx and try again"
                .to_owned(),
        ),
        Unreadable::TooLarge => {
            let most = brings.most_rows();
            (
                format!("工作簿太大：最多 {most} 行；请拆成几份"),
                format!("The workbook is too large: at most {most} rows; split it"),
            )
        }
        Unreadable::NoHeader => {
            let names = brings.names();
            (
                format!("没有找到表头：前 20 行里要有“{names}…”这样的列名"),
                format!("No header row was found: one of the first 20 rows must name {names}"),
            )
        }
    };
    Problem::new("import-unreadable").detail(zh, en)
}
