//! Reading a workbook: the visible sheet with a header row, below whatever titles stand above it.

use super::clean;
use super::headings::{Heading, Headings};
use super::stream::{self, Wanted};
use calamine::DataRef;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// Most rows of one import.
pub const MAX_ROWS: u32 = 20_000;
/// Most columns looked at.
pub(super) const MAX_COLUMNS: u32 = 64;

/// A cell as the workbook holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number, exactly as printed.
    Number(Decimal),
    /// The value of a formula.
    Formula(Decimal),
    /// A cell formatted as a date: the serial day.
    Day(Decimal),
    /// A formula that was saved without its value.
    Uncomputed,
}

impl Cell {
    /// The cell as cleaned text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => clean::text(text),
            Self::Number(n) | Self::Formula(n) | Self::Day(n) => n.normalize().to_string(),
            Self::Uncomputed => String::new(),
        }
    }
}

impl Sheet {
    /// The known columns from left to right.
    pub fn column_keys(&self) -> Vec<String> {
        self.columns.values().map(|key| (*key).to_owned()).collect()
    }

    /// The cells of a row by column key, as the sender wrote them.
    pub fn raw(&self, row: u32) -> Map<String, Json> {
        let Some(cells) = self.rows.get(&row) else { return Map::new() };
        let raw = cells.iter().filter_map(|(column, cell)| {
            let value = match cell {
                Cell::Text(text) => Json::String(text.clone()),
                Cell::Number(n) | Cell::Formula(n) | Cell::Day(n) => {
                    n.to_f64().map(Json::from).unwrap_or_default()
                }
                Cell::Uncomputed => Json::Null,
            };
            Some(((*self.columns.get(column)?).to_owned(), value))
        });
        raw.collect()
    }
}

/// What is wrong with a workbook as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no xlsx file, or broken.
    NotAWorkbook,
    /// It is of before 2007 (`.xls`), or opens by a password only: both are the same envelope.
    Old,
    /// It is a web page or another document in angle brackets, as some programs export as `.xls`.
    Markup,
    /// A table as text in which a quotation mark is not closed, from this row on.
    Unclosed(u32),
    /// It unpacks to too much or has too many rows.
    TooLarge,
    /// No visible sheet has a row with the needed column names.
    NoHeader,
}

/// Where a merged area stands, as one of its cells sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// Rows of the area.
    pub rows: u32,
    /// Whether the cell is the one that holds the value.
    pub first: bool,
}

/// The rows of the sheet that was chosen.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Row of the header, from 1.
    pub header_row: u32,
    /// Column names that are known, by column index.
    pub columns: BTreeMap<u32, &'static str>,
    /// The header row, by column index.
    pub headings: BTreeMap<u32, Heading>,
    /// Rows below the header by row number from 1; blank rows within are present and empty.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
    /// Hidden sheets that were passed over.
    pub hidden: Vec<String>,
    /// Numbers of hidden rows; they count, and the preview says so.
    pub hidden_rows: BTreeSet<u32>,
    /// Cells that take their value from a merged area: (row, column) to the rows of the area.
    pub merged: BTreeMap<(u32, u32), Merged>,
    /// The 1904 date system of old workbooks.
    pub epoch_1904: bool,
}

/// Reads the first visible sheet in which `header` recognises at least `needed` columns.
pub fn read(
    bytes: &[u8],
    header: fn(&str) -> Option<&'static str>,
    needed: usize,
) -> Result<Sheet, Unreadable> {
    read_by(bytes, &Headings::by_name(header, needed))
}

/// Reads the first visible sheet with a header row, as its columns are told.
pub fn read_by(bytes: &[u8], headings: &Headings) -> Result<Sheet, Unreadable> {
    let wanted = Wanted { headings, most: MAX_ROWS, batch: usize::MAX };
    let mut whole = Sheet::default();
    stream::read(bytes, wanted, &mut |sheet, _| {
        whole = sheet;
        true
    })?;
    Ok(whole)
}

/// Rows by number from 1.
pub(super) type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// The value of a cell, when it has one.
pub(super) fn value(data: &DataRef<'_>) -> Option<Cell> {
    let number = |f: f64| Decimal::from_f64(f).map(Cell::Number);
    match data {
        DataRef::Int(n) => Some(Cell::Number(Decimal::from(*n))),
        DataRef::Float(f) => number(*f),
        DataRef::SharedString(s) => text_cell(s),
        DataRef::Bool(b) => Some(Cell::Text(b.to_string())),
        DataRef::DateTime(day) => Decimal::from_f64(day.as_f64()).map(Cell::Day),
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text_cell(s),
        DataRef::Error(_) | DataRef::Empty => None,
    }
}

fn text_cell(text: &str) -> Option<Cell> {
    (!clean::text(text).is_empty()).then(|| Cell::Text(text.to_owned()))
}
