//! The workbook of rejected rows: the sender's own cells plus a column that says what is wrong.

use super::sale;
use super::workbook::{Cell, Sheet};
use super::{RowVerdict, Ruling, clean};
use base::Lang;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};

/// Writes the rejected rows of `sheet` as a workbook that can be corrected and sent again.
pub fn write(sheet: &Sheet, verdicts: &[RowVerdict], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let out = book.add_worksheet();
    let head = Format::new().set_bold();
    let red = Format::new().set_font_color(Color::RGB(0x00C0_392B));
    let why_column = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX);
    for (place, key) in sheet.columns.values().enumerate() {
        let column = u16::try_from(place).unwrap_or(u16::MAX);
        out.write_string_with_format(0, column, sale::title(key).get(lang), &head)?;
        out.set_column_width(column, 16)?;
    }
    let (why, row_no) = match lang {
        Lang::Zh => ("错误原因", "原行号"),
        Lang::En => ("What is wrong", "Row"),
    };
    out.write_string_with_format(0, why_column, why, &head)?;
    out.write_string_with_format(0, why_column + 1, row_no, &head)?;
    out.set_column_width(why_column, 40)?;
    let rejected = verdicts.iter().filter(|v| v.ruling == Ruling::Reject);
    for (line, verdict) in rejected.enumerate() {
        let line = u32::try_from(line + 1).unwrap_or(u32::MAX);
        let cells = sheet.rows.get(&verdict.row);
        for (place, source) in sheet.columns.keys().enumerate() {
            let column = u16::try_from(place).unwrap_or(u16::MAX);
            match cells.and_then(|c| c.get(source)) {
                None => {}
                Some(Cell::Text(text)) => {
                    out.write_string(line, column, escaped(text))?;
                }
                Some(Cell::Number(n) | Cell::Formula(n) | Cell::Day(n)) => {
                    out.write_number(line, column, n.to_f64().unwrap_or_default())?;
                }
            }
        }
        out.write_string_with_format(line, why_column, verdict.why(lang), &red)?;
        out.write_number(line, why_column + 1, f64::from(verdict.row))?;
    }
    out.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

/// Text that a spreadsheet would run is written with an apostrophe before it; Excel's own limit
/// of 32,767 characters is kept.
fn escaped(text: &str) -> String {
    let text: String = text.chars().take(32_000).collect();
    let run = clean::looks_like_formula(&text) && !text.starts_with('\'');
    if run { format!("'{text}") } else { text }
}
