//! An import as shown.

use super::Brings;
use base::Lang;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use store::import::{ImportRow, ImportState};
use utoipa::ToSchema;

/// An import.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct ImportView {
    id: String,
    kind: String,
    file_name: String,
    /// `staged`, `applying`, `applied`, `discarded`.
    state: &'static str,
    counts: Counts,
    /// What to know before applying: hidden sheets and rows.
    notes: Vec<String>,
    sheet: String,
    header_row: i64,
    /// The columns of the header row, from left to right.
    columns: Vec<ColumnView>,
    at: String,
    /// How far it is, while it is read or written in the background.
    progress: Option<ProgressView>,
    /// Why it could not be read or written, when it could not.
    failed: Option<String>,
}

/// A column of the workbook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportColumn)]
pub struct ColumnView {
    heading: String,
    /// What it holds, in the caller's language; null where it is not read.
    title: Option<String>,
    /// How that was told: `name`, `remembered`, `hand`.
    by: String,
}

/// How far an import is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportProgress)]
pub struct ProgressView {
    /// `reading`, `writing`, `stopping`.
    phase: String,
    /// Rows done.
    done: i64,
    /// Of so many; nought while that is not known.
    total: i64,
}

/// Rows by verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    accept: i64,
    reject: i64,
    skip: i64,
}

impl ImportView {
    /// The import in the caller's language.
    pub fn of(row: &ImportRow, lang: Lang) -> Self {
        let text = |key: &str| row.about.get(key).and_then(Json::as_str).unwrap_or_default();
        Self {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            file_name: row.file_name.clone(),
            state: match row.state {
                ImportState::Staged => "staged",
                ImportState::Applying => "applying",
                ImportState::Applied => "applied",
                ImportState::Discarded => "discarded",
            },
            counts: Counts { accept: row.counts.0, reject: row.counts.1, skip: row.counts.2 },
            notes: notes(&row.about, lang),
            sheet: text("sheet").to_owned(),
            header_row: row.about.get("header_row").and_then(Json::as_i64).unwrap_or(0),
            columns: columns(row, lang),
            at: row.at.to_string(),
            progress: row.progress.as_ref().map(|progress| ProgressView {
                phase: progress.phase.clone(),
                done: progress.done,
                total: progress.total,
            }),
            failed: row
                .about
                .get("failed")
                .and_then(|said| said.get(if lang == Lang::Zh { "zh" } else { "en" }))
                .and_then(Json::as_str)
                .map(str::to_owned),
        }
    }
}

fn columns(row: &ImportRow, lang: Lang) -> Vec<ColumnView> {
    let Ok(brings) = Brings::parse(&row.kind) else { return vec![] };
    let all = row.about.get("headings").and_then(Json::as_array).into_iter().flatten();
    let text = |one: &Json, key: &str| one.get(key).and_then(Json::as_str).map(str::to_owned);
    all.map(|one| ColumnView {
        heading: text(one, "heading").unwrap_or_default(),
        title: text(one, "key").map(|key| brings.title(&key).get(lang).to_owned()),
        by: text(one, "by").unwrap_or_default(),
    })
    .collect()
}

fn notes(about: &Map<String, Json>, lang: Lang) -> Vec<String> {
    let names = |key: &str| {
        let list = about.get(key).and_then(Json::as_array).cloned().unwrap_or_default();
        list.iter()
            .map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let mut notes = Vec::new();
    let (sheets, rows) = (names("hidden_sheets"), names("hidden_rows"));
    if !sheets.is_empty() {
        notes.push(match lang {
            Lang::Zh => format!("隐藏的工作表没有读取：{sheets}"),
            Lang::En => format!("hidden sheets were not read: {sheets}"),
        });
    }
    if !rows.is_empty() {
        notes.push(match lang {
            Lang::Zh => format!("隐藏的行已计入，请核对：第 {rows} 行"),
            Lang::En => format!("hidden rows count; please check rows {rows}"),
        });
    }
    notes
}
