//! Reading a workbook: the visible sheet with a header row, below whatever titles stand above it.

use super::archive::{claimed_size, hidden_rows};
use super::clean;
use super::formula::arithmetic;
use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// Most rows of one import.
pub const MAX_ROWS: u32 = 20_000;
/// Most columns looked at.
const MAX_COLUMNS: u32 = 64;
/// The header row is looked for in the first rows.
const HEADER_WITHIN: u32 = 20;
/// A workbook that claims to unpack to more is not opened.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

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
}

impl Cell {
    /// The cell as cleaned text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => clean::text(text),
            Self::Number(n) | Self::Formula(n) | Self::Day(n) => n.normalize().to_string(),
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
    if claimed_size(bytes).ok_or(Unreadable::NotAWorkbook)? > MAX_UNPACKED {
        return Err(Unreadable::TooLarge);
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAWorkbook)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|s| (s.name.clone(), s.visible == SheetVisible::Visible))
        .collect();
    let hidden = sheets.iter().filter(|(_, seen)| !seen).map(|(name, _)| name.clone()).collect();
    for (name, _) in sheets.iter().filter(|(_, seen)| *seen) {
        let cells = cells(&mut book, name)?;
        let Some((header_row, columns)) = find_header(&cells, header, needed) else { continue };
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let mut rows = body(cells, header_row);
        let mut in_area = BTreeMap::new();
        for area in merged.iter().filter(|m| m.start.0 > header_row) {
            spread(&mut rows, &mut in_area, area.start, area.end);
        }
        return Ok(Sheet {
            name: name.clone(),
            header_row: header_row + 1,
            columns,
            rows: rows.into_iter().map(|(row, cells)| (row + 1, cells)).collect(),
            hidden,
            hidden_rows: hidden_rows(bytes, name),
            merged: in_area,
            epoch_1904: book.has_1904_epoch(),
        });
    }
    Err(Unreadable::NoHeader)
}

type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

fn cells(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Rows, Unreadable> {
    let formulas = book.worksheet_formula(name).map_err(|_| Unreadable::NotAWorkbook)?;
    let mut rows: Rows = BTreeMap::new();
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| Unreadable::NotAWorkbook)?;
    while let Some(cell) = reader.next_cell().map_err(|_| Unreadable::NotAWorkbook)? {
        let (row, column) = cell.get_position();
        if row > MAX_ROWS + HEADER_WITHIN {
            return Err(Unreadable::TooLarge);
        }
        if column >= MAX_COLUMNS {
            continue;
        }
        let formula = formulas.get_value((row, column)).filter(|f| !f.is_empty());
        let value = match (formula, value(cell.get_value())) {
            (Some(_), Some(Cell::Number(n))) => Some(Cell::Formula(n)),
            (Some(formula), None) => arithmetic(formula).map(Cell::Formula),
            (_, value) => value,
        };
        if let Some(value) = value {
            rows.entry(row).or_default().insert(column, value);
        }
    }
    // A formula saved without its value has no cell; it is computed where it is plain arithmetic.
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let at =
            (row + usize::try_from(top).unwrap_or(0), column + usize::try_from(left).unwrap_or(0));
        let (Ok(row), Ok(column)) = (u32::try_from(at.0), u32::try_from(at.1)) else { continue };
        if column < MAX_COLUMNS
            && !rows.get(&row).is_some_and(|r| r.contains_key(&column))
            && let Some(value) = arithmetic(formula)
        {
            rows.entry(row).or_default().insert(column, Cell::Formula(value));
        }
    }
    Ok(rows)
}

fn value(data: &DataRef<'_>) -> Option<Cell> {
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

fn find_header(
    rows: &Rows,
    header: fn(&str) -> Option<&'static str>,
    needed: usize,
) -> Option<(u32, BTreeMap<u32, &'static str>)> {
    for (row, cells) in rows.range(..HEADER_WITHIN) {
        let mut columns = BTreeMap::new();
        for (column, cell) in cells {
            if let Some(key) = header(&cell.text())
                && !columns.values().any(|k| *k == key)
            {
                columns.insert(*column, key);
            }
        }
        if columns.len() >= needed {
            return Some((*row, columns));
        }
    }
    None
}

/// The rows below the header, with the blank ones in between.
fn body(mut rows: Rows, header_row: u32) -> Rows {
    let mut rows = rows.split_off(&(header_row + 1));
    let last = rows.keys().next_back().copied().unwrap_or(header_row);
    for row in header_row + 1..=last {
        rows.entry(row).or_default();
    }
    rows
}

/// A merged area holds its value in the top left cell; every cell of it means that value.
fn spread(
    rows: &mut Rows,
    merged: &mut BTreeMap<(u32, u32), Merged>,
    start: (u32, u32),
    end: (u32, u32),
) {
    let Some(value) = rows.get(&start.0).and_then(|r| r.get(&start.1)).cloned() else { return };
    let height = end.0.saturating_sub(start.0) + 1;
    for row in start.0..=end.0.min(start.0 + MAX_ROWS) {
        for column in start.1..=end.1.min(MAX_COLUMNS) {
            if let Some(cells) = rows.get_mut(&row) {
                cells.entry(column).or_insert_with(|| value.clone());
                let place = Merged { rows: height, first: row == start.0 };
                merged.insert((row + 1, column), place);
            }
        }
    }
}
