//! A table as the sheets of a workbook, and back. Nothing is lost on the way: comments, blank lines
//! and the sidecar come along, so that export and import are the identity. Files are read and
//! written by the caller.

use super::csv_text::csv_line;
use base::Text;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

/// The sheet that holds the sidecar's lines.
const SIDECAR_SHEET: &str = "toml";
/// What stands left of the table's id in its first row.
const ID_LABEL: &str = "table";
/// A workbook shows no longer names of sheets.
const LONGEST_NAME: usize = 31;

/// A sheet: rows of cells, all of them text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Its rows from the first.
    pub rows: Vec<Vec<String>>,
}

/// A table as the files of a pack hold it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableFiles {
    /// Key: the name of the files.
    pub id: String,
    /// `tables/<id>.csv`.
    pub csv: String,
    /// `tables/<id>.toml`, where there is one.
    pub sidecar: Option<String>,
}

/// A line of a CSV file.
enum Line {
    Blank,
    Comment(String),
    Cells(Vec<String>),
}

impl TableFiles {
    /// The sheets of a workbook: the rows, and the sidecar line by line.
    pub fn to_sheets(&self) -> Vec<Sheet> {
        let rows = lines(&self.csv).into_iter().map(|line| match line {
            Line::Blank => Vec::new(),
            Line::Comment(text) => vec![text],
            Line::Cells(cells) => cells,
        });
        let mut sidecar = vec![vec![ID_LABEL.to_owned(), self.id.clone()]];
        let text = self.sidecar.as_deref().unwrap_or_default();
        sidecar.extend(text.lines().map(|line| vec![line.to_owned()]));
        let name = self.id.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(LONGEST_NAME);
        let name: String = name.collect();
        let name = if name == SIDECAR_SHEET || name.is_empty() { "rows".to_owned() } else { name };
        vec![
            Sheet { name, rows: rows.collect() },
            Sheet { name: SIDECAR_SHEET.to_owned(), rows: sidecar },
        ]
    }

    /// The table of a workbook: its first sheet beside the one of the sidecar. `otherwise` names it
    /// when the workbook was not exported from here.
    pub fn from_sheets(sheets: &[Sheet], otherwise: &str) -> Result<Self, Text> {
        let Some(sheet) = sheets.iter().find(|sheet| sheet.name != SIDECAR_SHEET) else {
            return Err(Text::new("工作簿里没有表", "the workbook has no table"));
        };
        let said = sheets.iter().find(|sheet| sheet.name == SIDECAR_SHEET);
        let (mut id, mut sidecar) = (otherwise.to_owned(), None);
        if let Some((first, rest)) = said.and_then(|sheet| sheet.rows.split_first()) {
            if let [label, name, ..] = first.as_slice()
                && label == ID_LABEL
            {
                name.trim().clone_into(&mut id);
            }
            let lines = rest.iter().map(|row| row.first().map_or("", String::as_str));
            let text: String = lines.flat_map(|line| [line, "\n"]).collect();
            sidecar = (!text.trim().is_empty()).then_some(text);
        }
        let plain = |c: char| c.is_alphanumeric() || "_-.".contains(c);
        if id.is_empty() || id.starts_with('.') || !id.chars().all(plain) {
            return Err(Text::new(
                format!("“{id}”不能作表的名字；请用字母、数字、_ 和 -"),
                format!("`{id}` is no name for a table; use letters, digits, _ and -"),
            ));
        }
        Ok(Self { id, csv: csv_of(&sheet.rows), sidecar })
    }
}

/// A cell that the workbook holds as a number, as a cell of a table writes it: with the 15 digits a
/// spreadsheet shows.
pub fn number(value: f64) -> String {
    match Decimal::from_f64(value) {
        Some(number) => number.normalize().to_string(),
        None => value.to_string(),
    }
}

fn csv_of(rows: &[Vec<String>]) -> String {
    let used = |row: &Vec<String>| row.iter().rposition(|cell| !cell.is_empty());
    let comment = |row: &Vec<String>| row.first().is_some_and(|cell| cell.starts_with('#'));
    let last = rows.iter().rposition(|row| used(row).is_some());
    let rows = &rows[..last.map_or(0, |last| last + 1)];
    let header = rows.iter().find(|row| used(row).is_some() && !comment(row));
    let width = header.and_then(used).map_or(0, |last| last + 1);
    let mut text = String::new();
    for row in rows {
        match used(row) {
            None => text.push('\n'),
            Some(last) if comment(row) => {
                text.push_str(&row[..=last].join(",").replace(['\r', '\n'], " "));
                text.push('\n');
            }
            Some(last) => {
                let cells = (0..width.max(last + 1)).map(|at| row.get(at).map_or("", |c| c));
                text.push_str(&csv_line(cells));
            }
        }
    }
    text
}

/// The lines of a CSV file; a cell in quotes may go over several.
fn lines(csv: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut rest = csv.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        if rest.starts_with('#') || rest.starts_with(['\n', '\r']) {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            let line = line.trim_end_matches('\r');
            found.push(if line.is_empty() { Line::Blank } else { Line::Comment(line.to_owned()) });
            rest = after;
            continue;
        }
        let (cells, after) = record(rest);
        found.push(Line::Cells(cells));
        rest = after;
    }
    found
}

/// The cells of the record at the beginning of `rest`, and what stands behind it.
fn record(rest: &str) -> (Vec<String>, &str) {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let cell = cells.last_mut().expect("there is always one");
        match c {
            '"' if quoted && chars.peek().is_some_and(|(_, next)| *next == '"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            '\n' if !quoted => return (cells, &rest[at + 1..]),
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    (cells, "")
}
