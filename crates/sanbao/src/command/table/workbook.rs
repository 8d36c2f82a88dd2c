//! The workbook itself: every cell is text, so that the spreadsheet changes nothing by itself.

use calamine::{DataRef, Reader, Xlsx, XlsxError as XlsxReadError, open_workbook};
use rulebook::table::excel::{Sheet, number};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::path::Path;

/// Widest column in characters; longer cells are wrapped by hand where one likes.
const WIDEST: usize = 48;

/// Writes the sheets; the header stays in sight.
pub fn write(path: &Path, sheets: &[Sheet]) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let text = Format::new().set_num_format("@");
    let head = Format::new().set_num_format("@").set_bold();
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        let header = sheet.rows.iter().position(|row| row.len() > 1);
        let mut widths: Vec<usize> = Vec::new();
        for (nth, row) in (0_u32..).zip(&sheet.rows) {
            let is_header = usize::try_from(nth).ok() == header;
            for (column, cell) in (0_u16..).zip(row) {
                let format = if is_header { &head } else { &text };
                page.write_string_with_format(nth, column, cell, format)?;
                let at = usize::from(column);
                widths.resize(widths.len().max(at + 1), 0);
                if row.len() > 1 {
                    widths[at] = widths[at].max(width(cell));
                }
            }
        }
        for (column, width) in (0_u16..).zip(widths) {
            page.set_column_format(column, &text)?;
            let width = u32::try_from(width.clamp(8, WIDEST) + 2).unwrap_or(50);
            page.set_column_width(column, width)?;
        }
        if let Some(header) = header.and_then(|row| u32::try_from(row).ok()) {
            page.set_freeze_panes(header + 1, 1)?;
        }
    }
    book.save(path)
}

/// A Chinese character is as wide as two letters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum()
}

/// Most rows and columns of a sheet; a cell further out is refused, not skipped.
const MOST: (u32, u32) = (20_000, 200);

/// Reads all sheets cell by cell, so that one lonely cell far away takes no memory.
pub fn read(path: &Path) -> Result<Vec<Sheet>, String> {
    let mut book: Xlsx<_> =
        open_workbook(path).map_err(|error: XlsxReadError| error.to_string())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name).map_err(|error| error.to_string())?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = cell.get_position();
            let text = shown(cell.get_value());
            if text.is_empty() {
                continue;
            }
            if row >= MOST.0 || column >= MOST.1 {
                let (rows, columns) = MOST;
                return Err(format!("> {rows} × {columns}"));
            }
            let (row, column) = (place(row), place(column));
            rows.resize(rows.len().max(row + 1), Vec::new());
            let row = &mut rows[row];
            row.resize(row.len().max(column + 1), String::new());
            row[column] = text;
        }
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

fn place(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX - 1)
}

/// A cell as a table writes it.
fn shown(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Float(value) => number(*value),
        DataRef::Int(value) => value.to_string(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(error) => error.to_string(),
    }
}
