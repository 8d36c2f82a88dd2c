//! The rows of a workbook a batch at a time: of a sheet of 200,000 rows a thousand are in memory.

use super::archive;
use super::formula::arithmetic;
use super::workbook::{Cell, MAX_COLUMNS, Merged, Rows, Sheet, Unreadable, value};
use calamine::{Dimensions, Reader as _, SheetVisible, Xlsx, XlsxFormulaMetadata};
use std::collections::BTreeMap;
use std::io::Cursor;

/// The header row is looked for in the first rows.
pub const HEADER_WITHIN: u32 = 20;
/// Most merged areas, and most cells in all of them.
const MAX_AREAS: usize = 10_000;
const MAX_SPREAD: u64 = 2_000_000;

/// What is looked for in a workbook, and how much of it is read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Tells the key of a column name.
    pub header: fn(&str) -> Option<&'static str>,
    /// Columns a header row has at least.
    pub needed: usize,
    /// Most rows.
    pub most: u32,
    /// Rows of a batch.
    pub batch: usize,
}

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
    wanted: Wanted,
    take: &mut dyn FnMut(Sheet, u32) -> bool,
) -> Result<(), Unreadable> {
    archive::check(bytes)?;
    let broken = |_| Unreadable::NotAWorkbook;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|s| (s.name.clone(), s.visible == SheetVisible::Visible))
        .collect();
    let hidden: Vec<String> =
        sheets.iter().filter(|(_, seen)| !seen).map(|(name, _)| name.clone()).collect();
    for (name, _) in sheets.iter().filter(|(_, seen)| *seen) {
        let Some((header_row, columns)) = header(&mut book, name, wanted)? else { continue };
        let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let epoch_1904 = book.has_1904_epoch();
        let about = Sheet {
            name: name.clone(),
            header_row: header_row + 1,
            columns,
            hidden,
            hidden_rows: archive::hidden_rows(bytes, name),
            epoch_1904,
            ..Sheet::default()
        };
        let mut batches = Batches {
            areas: areas(&merged, header_row, wanted.most)?,
            whole: 0,
            rows: Rows::new(),
            next: header_row + 2,
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
type Header = (u32, BTreeMap<u32, &'static str>);

/// The header row among the first rows of a sheet.
fn header(book: &mut Book<'_>, name: &str, wanted: Wanted) -> Result<Option<Header>, Unreadable> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| Unreadable::NotAWorkbook)?;
    let mut rows = Rows::new();
    while let Some(cell) = reader.next_cell().map_err(|_| Unreadable::NotAWorkbook)? {
        let (row, column) = cell.get_position();
        if row >= HEADER_WITHIN {
            break;
        }
        if let Some(value) = value(cell.get_value()).filter(|_| column < MAX_COLUMNS) {
            rows.entry(row).or_default().insert(column, value);
        }
    }
    for (row, cells) in &rows {
        let mut columns = BTreeMap::new();
        for (column, cell) in cells {
            if let Some(key) = (wanted.header)(&cell.text())
                && !columns.values().any(|k| *k == key)
            {
                columns.insert(*column, key);
            }
        }
        if columns.len() >= wanted.needed {
            return Ok(Some((*row, columns)));
        }
    }
    Ok(None)
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
    wanted: Wanted,
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
            if row - self.about.header_row >= self.wanted.most {
                return Err(Unreadable::TooLarge);
            }
            if !self.reach(row + 1)? {
                return Ok(());
            }
            self.rows.entry(row + 1).or_default().insert(column, value);
        }
        if !self.given || !self.rows.is_empty() {
            self.give();
        }
        Ok(())
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
