//! Judging the rows of a sheet, or of a batch of it, as they are staged.

use super::Brings;
use crate::app::App;
use crate::auth::Session;
use crate::imports::seen::Seen;
use crate::imports::workbook::{Sheet, Unreadable};
use crate::imports::{MasterRow, Remark, RowVerdict, Ruling};
use crate::imports::{
    customer_rows, opening, opening_rows, part_rows, people_rows, price_rows, register, sale,
};
use crate::problem::{Answer, Problem};
use base::{Lang, Text};
use serde::Serialize;
use serde_json::{Map, Value, json};
use store::import::StagedRow;

/// Most hidden rows that are named.
const NAMED: usize = 20;

/// Judges the rows of a sheet; `seen` holds what the rows above have taken.
pub async fn judged(
    app: &App,
    session: &Session,
    brings: Brings,
    sheet: &Sheet,
    seen: &mut Seen,
) -> Answer<Vec<StagedRow>> {
    let lists = app.masters().of(&session.release);
    let release = &session.release;
    Ok(match brings {
        Brings::SoldVehicles => {
            let known = register::known(app, release, sheet).await?;
            let verdicts = sale::judge_on(sheet, &known, app.today(), seen);
            verdicts.iter().map(|verdict| staged(sheet, verdict)).collect()
        }
        Brings::Parts => {
            let judged = part_rows::judge(sheet, release, &lists.parts);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::Prices => {
            let judged = price_rows::judge(sheet, release, &lists.book, app.today(), seen);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::OpeningStock => {
            let known = opening::known(app, session, sheet).await?;
            let judged = opening_rows::judge(sheet, release, &known);
            judged.into_iter().map(|row| staged_master(sheet, row)).collect()
        }
        Brings::Customers => {
            let known = customer_rows::known(app, session, sheet).await?;
            let judged = customer_rows::judge(sheet, &known, seen);
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

/// What to know of a sheet before its rows are written.
pub fn about(sheet: &Sheet) -> Map<String, Value> {
    let hidden: Vec<u32> = sheet.hidden_rows.iter().copied().take(NAMED).collect();
    let headings: Vec<Value> = sheet
        .headings
        .values()
        .filter(|heading| heading.key.is_some() || !heading.text.is_empty())
        .map(|h| json!({ "heading": h.shown(), "key": h.key, "by": h.by }))
        .collect();
    let about = json!({
        "sheet": sheet.name,
        "headings": headings,
        "header_row": sheet.header_row,
        "hidden_sheets": sheet.hidden,
        "hidden_rows": hidden,
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
    // Only what is wrong goes back to the sender as it was sent.
    if ruling == Ruling::Reject {
        values.insert("cells".into(), Value::Object(sheet.raw(row)));
    }
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

/// Why a workbook cannot be read, and what would be right.
pub fn why_unreadable(reason: &Unreadable, brings: Brings) -> Text {
    match reason {
        Unreadable::NotAWorkbook => Text::new(
            "这不是 Excel 工作簿(.xlsx)或 CSV，或文件已损坏；请用 Excel 另存为 .xlsx 后重试",
            "This is no Excel workbook (.xlsx) or CSV, or it is damaged; save it as .xlsx and try \
             again",
        ),
        Unreadable::Old => Text::new(
            "这是旧版 Excel 文件(.xls)，或是加了打开密码的；请用 Excel 另存为不加密的 .xlsx 后重试",
            "This is an old Excel file (.xls), or one that opens by a password; save it as .xlsx \
             without a password and try again",
        ),
        Unreadable::Markup => Text::new(
            "这是网页或 XML 格式的表格(有的系统导出的 .xls 其实是网页)；请用 Excel 打开，另存为 .xlsx 后重试",
            "This is a web page or XML table, as some programs export as .xls; open it in Excel, \
             save it as .xlsx and try again",
        ),
        Unreadable::Unclosed(row) => Text::new(
            format!("第 {row} 行的引号没有成对，后面的行都被当成一格；请改好引号后重试"),
            format!(
                "A quotation mark of row {row} is not closed, so that the rows below would be one \
                 cell; correct it and try again"
            ),
        ),
        Unreadable::TooLarge => {
            let most = brings.most_rows();
            let (zh, en) = brings.how_to_split();
            Text::new(
                format!("工作簿太大：一次最多 {most} 行；{zh}"),
                format!("The workbook is too large: at most {most} rows at once; {en}"),
            )
        }
        Unreadable::NoHeader => {
            let names = brings.names();
            Text::new(
                format!("没有找到表头：前 20 行里要有“{names}…”这样的列名"),
                format!("No header row was found: one of the first 20 rows must name {names}"),
            )
        }
    }
}

/// The refusal of a workbook that cannot be read.
pub fn unreadable(reason: &Unreadable, brings: Brings) -> Problem {
    let problem = Problem::new("import-unreadable").sentence(why_unreadable(reason, brings));
    // Somebody can say which column is which.
    if *reason == Unreadable::NoHeader { problem.with("columns", json!(true)) } else { problem }
}
