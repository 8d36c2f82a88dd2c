//! The workbook of rejected rows: the sender's own cells plus a column that says what is wrong.

use super::clean;
use base::{Lang, Text};
use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};
use serde_json::{Map, Value as Json};

/// What its last columns are called, in both languages.
const WHY: (&str, &str) = ("错误原因", "What is wrong");
const ROW: (&str, &str) = ("原行号", "Row");

/// Whether a row is the header of such a workbook: its columns bear our own names.
pub fn is_head<'a>(mut texts: impl Iterator<Item = &'a str>) -> bool {
    texts.any(|text| text == WHY.0 || text == WHY.1)
}

/// A rejected row.
#[derive(Debug, Clone)]
pub struct ErrorRow {
    /// Row of the sender's sheet.
    pub row: i64,
    /// What is wrong.
    pub why: String,
    /// The sender's cells by column key.
    pub cells: Map<String, Json>,
}

/// Writes rejected rows as a workbook that can be corrected and sent again.
pub fn write(
    columns: &[String],
    title: impl Fn(&str) -> Text,
    rows: &[ErrorRow],
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let out = book.add_worksheet();
    let head = Format::new().set_bold();
    let red = Format::new().set_font_color(Color::RGB(0x00C0_392B));
    let place = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let why_column = place(columns.len());
    for (n, key) in columns.iter().enumerate() {
        out.write_string_with_format(0, place(n), title(key).get(lang), &head)?;
        out.set_column_width(place(n), 16)?;
    }
    let (why, row_no) = match lang {
        Lang::Zh => (WHY.0, ROW.0),
        Lang::En => (WHY.1, ROW.1),
    };
    out.write_string_with_format(0, why_column, why, &head)?;
    out.write_string_with_format(0, why_column + 1, row_no, &head)?;
    out.set_column_width(why_column, 40)?;
    for (n, row) in rows.iter().enumerate() {
        let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
        for (n, key) in columns.iter().enumerate() {
            match row.cells.get(key) {
                Some(Json::String(text)) => {
                    out.write_string(line, place(n), clean::escaped(text))?;
                }
                Some(Json::Number(number)) => {
                    out.write_number(line, place(n), number.as_f64().unwrap_or_default())?;
                }
                _ => {}
            }
        }
        out.write_string_with_format(line, why_column, &row.why, &red)?;
        out.write_string(line, why_column + 1, row.row.to_string())?;
    }
    out.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}
