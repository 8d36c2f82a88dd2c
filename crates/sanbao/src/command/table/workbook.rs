//! The workbook itself: every cell is text, so that the spreadsheet changes nothing by itself.

use calamine::{DataRef, Reader, Xlsx};
use rulebook::table::excel::{Sheet, number};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::io::Cursor;

/// Widest column in characters; longer cells are wrapped by hand where one likes.
const WIDEST: usize = 48;

/// The file with these sheets; the header stays in sight.
pub fn bytes(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
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
    book.save_to_buffer()
}

/// A Chinese character is as wide as two letters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c > '\u{2e80}' { 2 } else { 1 }).sum()
}

/// Most rows and columns of a sheet; a cell further out is refused, not skipped.
const MOST: (u32, u32) = (20_000, 200);

/// Reads all sheets cell by cell, so that one lonely cell far away takes no memory.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use rulebook::table::excel::TableFiles;
    use std::path::Path;

    /// Through a real workbook, and not only through its sheets.
    #[test]
    fn the_tables_of_all_packs_come_back_letter_by_letter() {
        let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebooks");
        let mut seen = 0;
        for pack in std::fs::read_dir(packs).expect("the packs") {
            let tables = pack.expect("a pack").path().join("tables");
            let Ok(entries) = std::fs::read_dir(&tables) else { continue };
            let paths = entries.map(|entry| entry.expect("readable").path());
            for path in paths.filter(|path| path.extension().is_some_and(|e| e == "csv")) {
                let files = TableFiles {
                    id: "coverage".to_owned(),
                    csv: std::fs::read_to_string(&path).expect("readable"),
                    sidecar: std::fs::read_to_string(path.with_extension("toml")).ok(),
                };
                let book = bytes(&files.to_sheets()).expect("a workbook");
                let sheets = read(&book).expect("the workbook just made");
                let back = TableFiles::from_sheets(&sheets, "").expect("a table");
                assert_eq!(back, files, "{}", path.display());
                seen += 1;
            }
        }
        assert!(seen >= 3, "{seen} tables");
    }

    #[test]
    fn cells_typed_anew_are_read_as_what_they_are() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        for (column, head) in (0_u16..).zip(["id", "n", "yes", "→o"]) {
            page.write_string(1, column, head).expect("a cell");
        }
        page.write_string(2, 0, "r1").expect("a cell");
        page.write_number(2, 1, 60.0).expect("a cell");
        page.write_boolean(2, 2, true).expect("a cell");
        page.write_number(2, 3, 0.1 + 0.2).expect("a cell");
        let sheets = read(&book.save_to_buffer().expect("a workbook")).expect("readable");
        let files = TableFiles::from_sheets(&sheets, "t").expect("a table");
        assert_eq!(files.csv, "\nid,n,yes,→o\nr1,60,yes,0.3\n");
        assert!(read(b"PK no workbook").is_err());
    }
}
