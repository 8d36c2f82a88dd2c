//! The rows of a workbook a batch at a time: of a sheet of 200,000 rows a thousand are in memory.

use super::formula::arithmetic;
use super::headings::{Heading, Headings};
use super::workbook::{Cell, MAX_COLUMNS, Merged, Rows, Sheet, Unreadable, value};
use super::{archive, delimited};
use calamine::{Dimensions, Reader as _, SheetVisible, Xlsx, XlsxFormulaMetadata};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The header row is looked for in the first rows.
pub const HEADER_WITHIN: u32 = 20;
/// Most merged areas, and most cells in all of them.
const MAX_AREAS: usize = 10_000;
const MAX_SPREAD: u64 = 2_000_000;

/// What is looked for in a workbook, and how much of it is read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// How columns are told.
    pub headings: &'a Headings,
    /// Most rows.
    pub most: u32,
    /// Rows of a batch.
    pub batch: usize,
}

/// How a workbook of before 2007 begins, and one that is encrypted.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";
/// How an archive begins, which a workbook is.
const ARCHIVE: &[u8] = b"PK";

/// A merged area and, once its first row was read, its value.
struct Area {
    start: (u32, u32),
    end: (u32, u32),
    value: Option<Cell>,
}

/// Gives the rows of the first visible sheet with a header to `take`, batch by batch, each as a
/// sheet of its own with `whole` rows expected; `take` answers whether to go on. At least one
/// batch is given, which may be empty.
pub fn read(
    bytes: &[u8],
    wanted: Wanted<'_>,
    take: &mut dyn FnMut(Sheet, u32) -> bool,
) -> Result<(), Unreadable> {
    if is_text(bytes)? {
        return of_text(&plain(bytes)?, wanted, take);
    }
    let mut book = open(bytes)?;
    let (sheets, hidden) = visible(&book);
    for name in &sheets {
        let rows = first_rows(&mut book, name)?;
        let Some((header_row, headings)) = header(name, &rows, wanted) else { continue };
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let epoch_1904 = book.has_1904_epoch();
        let about = Sheet {
            name: name.clone(),
            header_row,
            columns: columns(&headings),
            headings,
            hidden,
            hidden_rows: archive::hidden_rows(bytes, name),
            epoch_1904,
            ..Sheet::default()
        };
        let mut batches = Batches {
            areas: areas(&merged, header_row - 1, wanted.most)?,
            whole: 0,
            rows: Rows::new(),
            next: header_row + 1,
            about,
            wanted,
            given: false,
            take,
        };
        return batches.of_sheet(&mut book, name);
    }
    Err(Unreadable::NoHeader)
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;
type Header = (u32, BTreeMap<u32, Heading>);

/// The first rows of a sheet, from 1, among which its header stands.
fn first_rows(book: &mut Book<'_>, name: &str) -> Result<Rows, Unreadable> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| Unreadable::NotAWorkbook)?;
    let mut rows = Rows::new();
    while let Some(cell) = reader.next_cell().map_err(|_| Unreadable::NotAWorkbook)? {
        let (row, column) = cell.get_position();
        if row >= HEADER_WITHIN {
            break;
        }
        if let Some(value) = value(cell.get_value()).filter(|_| column < MAX_COLUMNS) {
            rows.entry(row + 1).or_default().insert(column, value);
        }
    }
    Ok(rows)
}

/// The header row among the first rows of a sheet.
fn header(name: &str, rows: &Rows, wanted: Wanted<'_>) -> Option<Header> {
    rows.iter().find_map(|(row, cells)| Some((*row, wanted.headings.header(name, *row, cells)?)))
}

/// The columns that are read.
fn columns(headings: &BTreeMap<u32, Heading>) -> BTreeMap<u32, &'static str> {
    headings.iter().filter_map(|(column, heading)| Some((*column, heading.key?))).collect()
}

/// The first rows of a workbook, for somebody to say what its columns are.
#[derive(Debug, Clone, Default)]
pub struct First {
    /// The sheet that would be read: with a header row, else the first that has anything in it.
    pub sheet: String,
    /// Its header row, from 1, where one was found.
    pub header_row: Option<u32>,
    /// Its first rows, by number from 1.
    pub rows: BTreeMap<u32, BTreeMap<u32, Cell>>,
}

/// The first rows of the sheet that would be read.
pub fn first(bytes: &[u8], headings: &Headings) -> Result<First, Unreadable> {
    let wanted = Wanted { headings, most: HEADER_WITHIN, batch: usize::MAX };
    let mut found: Option<First> = None;
    let mut look = |name: &str, rows: Rows| {
        let header_row = header(name, &rows, wanted).map(|(row, _)| row);
        if header_row.is_some() || (found.is_none() && !rows.is_empty()) {
            found = Some(First { sheet: name.to_owned(), header_row, rows });
        }
        header_row.is_some()
    };
    if is_text(bytes)? {
        let text = plain(bytes)?;
        let rows: Rows = delimited::first_rows(&text, HEADER_WITHIN)?;
        look(delimited::SHEET, rows);
    } else {
        let mut book = open(bytes)?;
        for name in visible(&book).0 {
            let rows = first_rows(&mut book, &name)?;
            if look(&name, rows) {
                break;
            }
        }
    }
    found.ok_or(Unreadable::NoHeader)
}

/// Whether the bytes are a table as text, and no workbook.
fn is_text(bytes: &[u8]) -> Result<bool, Unreadable> {
    if bytes.starts_with(OLD) {
        return Err(Unreadable::Old);
    }
    Ok(!bytes.starts_with(ARCHIVE))
}

/// The text of a table as text.
fn plain(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    let text = delimited::text(bytes)?;
    if text.trim_start().starts_with('<') {
        return Err(Unreadable::Markup);
    }
    Ok(text)
}

fn open(bytes: &[u8]) -> Result<Book<'_>, Unreadable> {
    archive::check(bytes)?;
    Xlsx::new(Cursor::new(bytes)).map_err(|_| Unreadable::NotAWorkbook)
}

/// The names of the visible sheets, and of the hidden ones.
fn visible(book: &Book<'_>) -> (Vec<String>, Vec<String>) {
    let (seen, hidden): (Vec<_>, Vec<_>) =
        book.sheets_metadata().iter().partition(|s| s.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&calamine::Sheet>| sheets.iter().map(|s| s.name.clone()).collect();
    (names(seen), names(hidden))
}

/// The rows of a table as text, which has one sheet and no more to tell of it.
fn of_text(
    text: &str,
    wanted: Wanted<'_>,
    take: &mut dyn FnMut(Sheet, u32) -> bool,
) -> Result<(), Unreadable> {
    let first = delimited::first_rows(text, HEADER_WITHIN)?;
    let Some((header_row, headings)) = header(delimited::SHEET, &first, wanted) else {
        return Err(Unreadable::NoHeader);
    };
    let about = Sheet {
        name: delimited::SHEET.into(),
        header_row,
        columns: columns(&headings),
        headings,
        ..Sheet::default()
    };
    let said = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
    let mut batches = Batches {
        areas: vec![],
        whole: said.saturating_sub(header_row).min(wanted.most),
        rows: Rows::new(),
        next: header_row + 1,
        about,
        wanted,
        given: false,
        take,
    };
    for row in delimited::rows(text) {
        let (line, cells) = row?;
        for (column, cell) in cells.into_iter().filter(|_| line > header_row) {
            if !batches.put(line, column, cell)? {
                return Ok(());
            }
        }
    }
    batches.end();
    Ok(())
}

/// The merged areas below the header, when they can be held.
fn areas(merged: &[Dimensions], header_row: u32, most: u32) -> Result<Vec<Area>, Unreadable> {
    let below = merged.iter().filter(|area| area.start.0 > header_row);
    let areas: Vec<Area> = below
        .map(|area| {
            let last = area.end.0.min(area.start.0.saturating_add(most));
            let end = (last, area.end.1.min(MAX_COLUMNS - 1));
            Area { start: area.start, end, value: None }
        })
        .collect();
    let cells = |area: &Area| {
        let rows = u64::from(area.end.0.saturating_sub(area.start.0)) + 1;
        rows * (u64::from(area.end.1.saturating_sub(area.start.1)) + 1)
    };
    if areas.len() > MAX_AREAS || areas.iter().map(cells).sum::<u64>() > MAX_SPREAD {
        return Err(Unreadable::TooLarge);
    }
    Ok(areas)
}

struct Batches<'a> {
    about: Sheet,
    wanted: Wanted<'a>,
    areas: Vec<Area>,
    rows: Rows,
    /// The row, from 1, that comes next.
    next: u32,
    /// Rows the sheet says it has.
    whole: u32,
    given: bool,
    take: &'a mut dyn FnMut(Sheet, u32) -> bool,
}

impl Batches<'_> {
    fn of_sheet(&mut self, book: &mut Book<'_>, name: &str) -> Result<(), Unreadable> {
        let mut reader = book.worksheet_cells_reader(name).map_err(|_| Unreadable::NotAWorkbook)?;
        let said = reader.dimensions().end.0.saturating_add(1);
        self.whole = said.saturating_sub(self.about.header_row).min(self.wanted.most);
        loop {
            // Shared formulas are not expanded: their numbers are the sender's to choose.
            let cell = reader.next_cell_with_formula_metadata();
            let Some(cell) = cell.map_err(|_| Unreadable::NotAWorkbook)? else { break };
            let (row, column) = cell.pos;
            if row < self.about.header_row || column >= MAX_COLUMNS {
                continue;
            }
            let value = match (&cell.formula, value(&cell.value)) {
                (Some(_), Some(Cell::Number(n))) => Some(Cell::Formula(n)),
                // A formula saved without its value is computed where it is plain arithmetic.
                (Some(formula), None) => Some(uncomputed(formula)),
                (_, value) => value,
            };
            let Some(value) = value else { continue };
            if !self.put(row + 1, column, value)? {
                return Ok(());
            }
        }
        self.end();
        Ok(())
    }

    /// Takes a cell, by the number of its row from 1; whether to go on.
    fn put(&mut self, row: u32, column: u32, value: Cell) -> Result<bool, Unreadable> {
        if row - self.about.header_row > self.wanted.most {
            return Err(Unreadable::TooLarge);
        }
        if !self.reach(row)? {
            return Ok(false);
        }
        self.rows.entry(row).or_default().insert(column, value);
        Ok(true)
    }

    /// Gives what is left.
    fn end(&mut self) {
        if !self.given || !self.rows.is_empty() {
            self.give();
        }
    }

    /// Goes on to a row; the blank ones before it are rows too.
    fn reach(&mut self, row: u32) -> Result<bool, Unreadable> {
        if row < self.next {
            // A row that was given cannot be added to: sheets are written from the top.
            let held = self.rows.contains_key(&row);
            return if held { Ok(true) } else { Err(Unreadable::NotAWorkbook) };
        }
        while self.next <= row {
            if self.rows.len() >= self.wanted.batch && !self.give() {
                return Ok(false);
            }
            self.rows.insert(self.next, BTreeMap::new());
            self.next += 1;
        }
        Ok(true)
    }

    fn give(&mut self) -> bool {
        self.given = true;
        let mut sheet = self.about.clone();
        sheet.rows = std::mem::take(&mut self.rows);
        for area in &mut self.areas {
            spread(&mut sheet, area);
        }
        let (first, last) = (sheet.rows.keys().next(), sheet.rows.keys().next_back());
        if let (Some(first), Some(last)) = (first, last) {
            sheet.hidden_rows = self.about.hidden_rows.range(first..=last).copied().collect();
        }
        (self.take)(sheet, self.whole)
    }
}

fn uncomputed(formula: &XlsxFormulaMetadata) -> Cell {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => {
            arithmetic(formula).map_or(Cell::Uncomputed, Cell::Formula)
        }
        _ => Cell::Uncomputed,
    }
}

/// A merged area holds its value in the top left cell; every cell of it means that value.
fn spread(sheet: &mut Sheet, area: &mut Area) {
    let (start, end) = ((area.start.0 + 1, area.start.1), (area.end.0 + 1, area.end.1));
    if let Some(cell) = sheet.rows.get(&start.0).and_then(|row| row.get(&start.1)) {
        area.value = Some(cell.clone());
    }
    let Some(value) = &area.value else { return };
    for (row, cells) in sheet.rows.range_mut(start.0..=end.0.max(start.0)) {
        for column in start.1..=end.1 {
            cells.entry(column).or_insert_with(|| value.clone());
            let place = Merged { rows: end.0 - start.0 + 1, first: *row == start.0 };
            sheet.merged.insert((*row, column), place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_areas_have_a_limit_in_number_and_in_cells() {
        let tall = |from, to| Dimensions { start: (from, 0), end: (to, 9) };
        for (merged, held) in [
            (vec![tall(0, 1), tall(2, 3)], Some(1)),
            (vec![tall(1, u32::MAX); 9], Some(9)),
            (vec![tall(1, u32::MAX); 11], None),
            (vec![tall(1, 1); MAX_AREAS + 1], None),
        ] {
            let found = areas(&merged, 0, 20_000).ok().map(|areas| areas.len());
            assert_eq!(found, held, "{} areas", merged.len());
        }
    }
}
