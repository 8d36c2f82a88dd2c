//! A list as a workbook, as shown on the page.

use crate::imports::clean;
use crate::problem::{Answer, Problem};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::Lang;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// Rows of a workbook that is made in memory; who wants more narrows the list.
pub const MOST_ROWS: usize = 5_000;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Pieces.
    Whole(i64),
    /// Money in fen, shown in yuan.
    Fen(i64),
    /// A number with decimals.
    Number(f64),
    /// Nothing.
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A list as the answer of a request: titles in both languages, then the rows.
pub fn answer(
    file: &str,
    titles: &[(&str, &str)],
    rows: &[Vec<Cell>],
    lang: Lang,
) -> Answer<Response> {
    let bytes = write(titles, rows, lang).map_err(|error| {
        tracing::error!(%error, file, "a workbook could not be written");
        Problem::new("internal")
    })?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
    ];
    Ok((headers, bytes).into_response())
}

fn write(titles: &[(&str, &str)], rows: &[Vec<Cell>], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let titles: Vec<&str> =
        titles.iter().map(|(zh, en)| if lang == Lang::Zh { *zh } else { *en }).collect();
    let out = head(book.add_worksheet(), &titles)?;
    let yuan = yuan();
    for (line, row) in (1_u32..).zip(rows) {
        put(out, line, row, &yuan)?;
    }
    book.save_to_buffer()
}

/// A workbook of many rows: those written lie in a nameless file of the machine and not in memory.
pub struct Book {
    whole: Workbook,
    yuan: Format,
    rows: u32,
}

impl Book {
    /// Begins a workbook with these titles.
    pub fn try_new(titles: &[&str]) -> Result<Self, XlsxError> {
        let mut whole = Workbook::new();
        head(whole.add_worksheet_with_constant_memory()?, titles)?;
        Ok(Self { whole, yuan: yuan(), rows: 0 })
    }

    /// Writes the next row.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        self.rows += 1;
        put(self.whole.worksheet_from_index(0)?, self.rows, cells, &self.yuan)
    }

    /// Rows written.
    pub fn rows(&self) -> usize {
        usize::try_from(self.rows).unwrap_or(usize::MAX)
    }

    /// Gives the whole workbook, from its beginning to its end.
    pub fn write_to(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        self.whole.save_to_writer(out)
    }
}

fn yuan() -> Format {
    Format::new().set_num_format("0.00")
}

fn head<'a>(out: &'a mut Worksheet, titles: &[&str]) -> Result<&'a mut Worksheet, XlsxError> {
    let bold = Format::new().set_bold();
    out.set_freeze_panes(1, 0)?;
    for (n, title) in (0_u16..).zip(titles) {
        out.set_column_width(n, 18)?;
        out.write_string_with_format(0, n, *title, &bold)?;
    }
    Ok(out)
}

fn put(out: &mut Worksheet, line: u32, row: &[Cell], yuan: &Format) -> Result<(), XlsxError> {
    for (n, cell) in (0_u16..).zip(row) {
        match cell {
            Cell::Text(text) => out.write_string(line, n, clean::escaped(text))?,
            Cell::Whole(whole) => out.write_number(line, n, exact(*whole))?,
            Cell::Fen(fen) => out.write_number_with_format(line, n, exact(*fen) / 100.0, yuan)?,
            Cell::Number(number) => out.write_number(line, n, *number)?,
            Cell::Empty => continue,
        };
    }
    Ok(())
}

/// A whole number as a sheet holds it; the books keep to what fits (2⁵³ − 1).
#[expect(clippy::cast_precision_loss, reason = "a balance is at most 2^53 - 1")]
const fn exact(whole: i64) -> f64 {
    whole as f64
}
