//! Small workbooks as people upload them.

use rust_xlsxwriter::Workbook;

pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A workbook of one sheet: its headings, then rows of text.
pub fn book<const WIDTH: usize>(head: &[&str; WIDTH], rows: &[[&str; WIDTH]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0..).zip(std::iter::once(head).chain(rows)) {
        for (column, text) in (0..).zip(row) {
            sheet.write_string(line, column, *text).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
