//! A CSV file of a pack: rows put, the rest of the text as it was.

use super::Refused;
use super::splice::line_end;
use crate::expr::suggest;
use crate::table::csv_line;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What is wished of a row: cells by column, as the header names it (`→payer`). A column that is
/// not named keeps its cell, and is empty in a new row. A cell is one line without blanks around.
pub type Row = BTreeMap<String, String>;

/// A table as its file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Columns in order.
    pub columns: Vec<String>,
    /// Rows in order.
    pub rows: Vec<GridRow>,
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Its line, from 1; what findings name.
    pub line: u32,
    /// Its cells, one for each column.
    pub cells: Vec<String>,
}

/// Columns and rows of a CSV text, as the checker reads them.
pub fn grid(text: &str) -> Grid {
    let sheet = Sheet::read(text);
    let row = |record: &Record<'_>| GridRow {
        line: record.line,
        cells: (0..sheet.columns.len()).map(|at| record.cell(at).to_owned()).collect(),
    };
    Grid { rows: sheet.rows.iter().map(row).collect(), columns: sheet.columns }
}

/// The text with exactly these rows, in this order. A row of a known id keeps its line, with the
/// comments above it, its quotes and what was not wished otherwise; a new one is written as packs
/// write them. Comments of a row that is gone stay for the next.
///
/// # Errors
/// When a row names a column the table has not, or the text has no header.
pub fn put_table(text: &str, rows: &[Row]) -> Result<String, Refused> {
    let mut sheet = Sheet::read(text);
    let key = sheet.key()?;
    for row in rows {
        sheet.known(row)?;
    }
    let mut places: Vec<(&Row, Option<usize>)> = Vec::new();
    let mut taken = vec![false; sheet.rows.len()];
    for row in rows {
        let id = row.get(&sheet.columns[key]).map_or("", |id| id.trim());
        let mut free = sheet.rows.iter().enumerate().filter(|(at, _)| !taken[*at]);
        let known = free.find(|(_, have)| have.cell(key) == id).map(|(at, _)| at);
        // A row that says nothing is none.
        if sheet.says_nothing(row, known) {
            continue;
        }
        if let Some(at) = known {
            taken[at] = true;
        }
        places.push((row, known));
    }
    sheet.pass_comments_on(&taken);
    let mut whole = sheet.head.to_owned();
    for (row, place) in places {
        if let Some(at) = place {
            sheet.rows[at].write(&sheet.columns, row, sheet.end, &mut whole);
        } else {
            ended(&mut whole, sheet.end);
            whole.push_str(&sheet.new_row(row));
        }
    }
    if !sheet.tail.is_empty() {
        ended(&mut whole, sheet.end);
    }
    whole.push_str(&sheet.tail);
    if sheet.open && whole.ends_with(sheet.end) {
        whole.truncate(whole.len() - sheet.end.len());
    }
    Ok(whole)
}

/// A child's table with rows put over its parent's: `child` is its text, if there is one; a new
/// one begins with the parent's header. A row the child has not yet is added.
///
/// # Errors
/// When a row names a column neither has.
pub fn override_rows(parent: &str, child: Option<&str>, rows: &[Row]) -> Result<String, Refused> {
    let above = Sheet::read(parent);
    above.key()?;
    let mut header = above.columns.clone();
    if rows.iter().any(|row| row.contains_key("before")) && !header.iter().any(|c| c == "before") {
        header.push("before".into());
    }
    let text = child.map_or_else(|| csv_line(&header).replace('\n', above.end), str::to_owned);
    let own = grid(&text);
    let key = Sheet::read(&text).key()?;
    let mut all: Vec<Row> = Vec::new();
    for have in &own.rows {
        all.push(Row::from([(own.columns[key].clone(), have.cells[key].clone())]));
    }
    for row in rows {
        let id = row.get(&own.columns[key]);
        match all.iter_mut().find(|have| have.get(&own.columns[key]) == id) {
            Some(have) => have.extend(row.clone()),
            None => all.push(row.clone()),
        }
    }
    put_table(&text, &all)
}

/// A CSV text in pieces.
struct Sheet<'t> {
    /// The byte order mark, comments and the header line.
    head: &'t str,
    columns: Vec<String>,
    rows: Vec<Record<'t>>,
    /// Comments behind the last row.
    tail: String,
    end: &'static str,
    /// Whether the last line has no end.
    open: bool,
}

/// A row in pieces.
struct Record<'t> {
    line: u32,
    /// Comments and blank lines above it.
    above: String,
    cells: Vec<Cell<'t>>,
    /// Its line end as it stands; empty at the end of a text.
    end: &'t str,
}

struct Cell<'t> {
    raw: &'t str,
    value: Cow<'t, str>,
}

impl<'t> Sheet<'t> {
    fn read(text: &'t str) -> Self {
        let end = line_end(text);
        let open = !text.is_empty() && !text.ends_with('\n');
        let mut sheet = Self {
            head: text,
            columns: Vec::new(),
            rows: Vec::new(),
            tail: String::new(),
            end,
            open,
        };
        let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut above = at;
        let mut line = 1;
        while at < text.len() {
            let rest = &text[at..];
            let first = rest.split_inclusive('\n').next().unwrap_or(rest);
            if first.starts_with('#') || first.trim().is_empty() {
                at += first.len();
                line += 1;
                continue;
            }
            let (cells, length, end) = record(rest);
            let lines = u32::try_from(rest[..length].matches('\n').count()).unwrap_or(1);
            if sheet.columns.is_empty() {
                sheet.columns = cells.iter().map(|cell| cell.value.trim().to_owned()).collect();
                sheet.head = &text[..at + length];
            } else if cells.iter().any(|cell| !cell.value.trim().is_empty()) {
                let above = text[above..at].to_owned();
                sheet.rows.push(Record { line, above, cells, end });
            } else {
                // A line of commas only is no row; it stays like a blank one.
                at += length;
                line += lines;
                continue;
            }
            at += length;
            above = at;
            line += lines;
        }
        if !sheet.columns.is_empty() {
            text[above..].clone_into(&mut sheet.tail);
        }
        sheet
    }

    /// The column that names a row: `id`, or `code` in the catalogue.
    fn key(&self) -> Result<usize, Refused> {
        let names = ["id", "code"];
        let found = names.iter().find_map(|name| self.columns.iter().position(|c| c == name));
        found.ok_or_else(|| {
            Refused::new("这个文件没有带 id 列的表头", "this file has no header with an id")
        })
    }

    /// Whether no cell of the wish has anything in it, laid over the row it is for.
    fn says_nothing(&self, row: &Row, over: Option<usize>) -> bool {
        self.columns.iter().enumerate().all(|(at, column)| match (row.get(column), over) {
            (Some(cell), _) => cell.trim().is_empty(),
            (None, Some(over)) => self.rows[over].cell(at).is_empty(),
            (None, None) => true,
        })
    }

    fn known(&self, row: &Row) -> Result<(), Refused> {
        match row.keys().find(|column| !self.columns.contains(column)) {
            None => Ok(()),
            Some(column) => {
                let (zh, en) = suggest::nearest(column, self.columns.iter().map(String::as_str));
                Err(Refused::new(
                    format!("表里没有叫“{column}”的列{zh}"),
                    format!("the table has no column `{column}`{en}"),
                ))
            }
        }
    }

    /// What was said above rows that are gone is said above the next, or at the end.
    fn pass_comments_on(&mut self, kept: &[bool]) {
        let mut left = String::new();
        for (row, kept) in self.rows.iter_mut().zip(kept) {
            if *kept {
                row.above.insert_str(0, &left);
                left.clear();
            } else {
                left.push_str(&row.above);
            }
        }
        self.tail.insert_str(0, &left);
    }

    fn new_row(&self, row: &Row) -> String {
        let cells: Vec<String> = self
            .columns
            .iter()
            .map(|c| row.get(c).map_or(String::new(), |c| one_line(c)))
            .collect();
        let line = csv_line(&cells);
        // A first cell that begins like a comment would be one.
        let line = match cells.first() {
            Some(first) if line.starts_with('#') => format!("\"{first}\"{}", &line[first.len()..]),
            _ => line,
        };
        line.replace('\n', self.end)
    }
}

impl Record<'_> {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| cell.value.trim())
    }

    fn write(&self, columns: &[String], row: &Row, end: &str, whole: &mut String) {
        ended(whole, end);
        whole.push_str(&self.above);
        let wished = |at: usize| {
            let wish = one_line(row.get(columns.get(at)?)?);
            (wish != self.cell(at)).then_some(wish)
        };
        let last = (0..columns.len()).filter(|at| wished(*at).is_some()).max();
        let count = self.cells.len().max(last.map_or(0, |last| last + 1));
        for at in 0..count {
            if at > 0 {
                whole.push(',');
            }
            let raw = self.cells.get(at).map_or("", |cell| cell.raw);
            match wished(at) {
                None => whole.push_str(raw),
                Some(wish) => {
                    let quotes = raw.starts_with('"')
                        || wish.contains([',', '"'])
                        || (at == 0 && wish.starts_with('#'));
                    if quotes {
                        whole.push('"');
                        whole.push_str(&wish.replace('"', "\"\""));
                        whole.push('"');
                    } else {
                        whole.push_str(&wish);
                    }
                }
            }
        }
        whole.push_str(if self.end.is_empty() { end } else { self.end });
    }
}

fn ended(whole: &mut String, end: &str) {
    if !whole.is_empty() && !whole.ends_with('\n') && whole != "\u{feff}" {
        whole.push_str(end);
    }
}

fn one_line(cell: &str) -> String {
    cell.split(['\r', '\n'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// One record from the begin of the text: its cells, its length with its end, its end.
fn record(text: &str) -> (Vec<Cell<'_>>, usize, &str) {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let (cell, length) = cell(&text[at..]);
        cells.push(cell);
        at += length;
        let rest = &text[at..];
        if rest.starts_with(',') {
            at += 1;
        } else {
            let end = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
            return (cells, at + end, &rest[..end]);
        }
    }
}

fn cell(text: &str) -> (Cell<'_>, usize) {
    let stops = |c: char| matches!(c, ',' | '\n' | '\r');
    let Some(inside) = text.strip_prefix('"') else {
        let raw = &text[..text.find(stops).unwrap_or(text.len())];
        return (Cell { raw, value: Cow::Borrowed(raw) }, raw.len());
    };
    let mut value = String::new();
    let mut at = 0;
    while let Some(quote) = inside[at..].find('"') {
        value.push_str(&inside[at..at + quote]);
        at += quote + 1;
        if !inside[at..].starts_with('"') {
            // What stands behind the closing quote belongs to the cell, as the reader has it.
            let more = inside[at..].find(stops).map_or(inside.len(), |stop| at + stop);
            value.push_str(&inside[at..more]);
            return (Cell { raw: &text[..=more], value: Cow::Owned(value) }, more + 1);
        }
        value.push('"');
        at += 1;
    }
    value.push_str(&inside[at..]);
    (Cell { raw: text, value: Cow::Owned(value) }, text.len())
}
