//! `GET /imports/{id}/rows`: every row with its verdict.

use super::Brings;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use base::Lang;
use rulebook::model::Personal as Class;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::import::StagedRow;
use store::personal::mask;
use utoipa::{IntoParams, ToSchema};

/// Largest page.
const MAX_PAGE: u32 = 100;

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// `accept`, `reject`, `skip`.
    verdict: Option<String>,
    cursor: Option<String>,
    limit: Option<u32>,
}

/// A row with its verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportRowView {
    row: i64,
    verdict: String,
    /// Code of the first remark; `ok` when there is none.
    kind: String,
    why: String,
    /// What was read; personal values masked.
    #[schema(value_type = Object)]
    values: Map<String, Value>,
}

/// Every row with its verdict, in the order of the sheet.
#[utoipa::path(
    get, path = "/imports/{id}/rows", tag = "imports", operation_id = "imports_rows",
    params(("id" = String, Path), Filter),
    responses((status = 200, body = List<ImportRowView>), (status = 404)),
    extensions(("x-permission" = json!("import_run"))),
)]
pub async fn rows(
    State(app): State<App>,
    session: Allowed<perm::ImportRun>,
    Path(id): Path<i64>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<ImportRowView>>> {
    let import = super::seen(&app, &session, id).await?;
    // Staff see each other's names in clear.
    let masked = Brings::parse(&import.kind)? != Brings::People;
    let verdict = filter.verdict.as_deref().filter(|v| !v.is_empty());
    let limit = filter.limit.unwrap_or(MAX_PAGE).clamp(1, MAX_PAGE);
    let page = app.store().import_rows(id, verdict, filter.cursor.as_deref(), limit).await?;
    let rows = page.items.into_iter().map(|row| view(row, masked, session.lang)).collect();
    Ok(Json(List::page(rows, page.next)))
}

fn view(row: StagedRow, masked: bool, lang: Lang) -> ImportRowView {
    let mut values = row.values;
    values.remove("cells");
    values.remove("entry");
    for (key, class) in [
        ("name", Class::Name),
        ("phone", Class::Phone),
        ("identity", Class::IdNumber),
        ("address", Class::Address),
    ] {
        if let Some(Value::String(text)) = values.get_mut(key).filter(|_| masked) {
            *text = mask(class, text);
        }
    }
    let why = why(&row.why, lang);
    ImportRowView { row: row.row, verdict: row.verdict, kind: row.kind, why, values }
}

/// The sentences of a staged row in one language.
pub fn why(both: &str, lang: Lang) -> String {
    let texts: Map<String, Value> = serde_json::from_str(both).unwrap_or_default();
    let key = if lang == Lang::Zh { "zh" } else { "en" };
    texts.get(key).and_then(Value::as_str).unwrap_or(both).to_owned()
}
