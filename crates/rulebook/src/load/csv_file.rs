//! Reads CSV files of the catalogue and the term: a header with known columns, one row a line.

use super::places::{Lines, Places};
use crate::expr::suggest;
use crate::{Finding, Place};
use std::collections::BTreeMap;

/// A row with its line.
#[derive(Debug, Clone)]
pub(crate) struct CsvRow {
    /// Where it stands.
    pub at: Place,
    /// Cells by column, trimmed.
    pub cells: BTreeMap<String, String>,
}

impl CsvRow {
    /// The cell of a column; empty when there is none.
    pub fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// The parts of a cell that lists several, separated by `|`.
    pub fn list(&self, column: &str) -> Vec<String> {
        let parts = self.get(column).split('|').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

/// A CSV file.
#[derive(Debug, Clone)]
pub(crate) struct CsvFile {
    /// Columns in order.
    pub columns: Vec<String>,
    /// Rows in order.
    pub rows: Vec<CsvRow>,
}

impl CsvFile {
    /// Reads `text`. Lines that begin with `#` are comments.
    pub fn parse(file: &str, text: &str, findings: &mut Vec<Finding>) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let lines = Lines::of(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut columns: Vec<String> = Vec::new();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(1, |p| u32::try_from(p.line()).unwrap_or(1));
                    findings.push(Finding::error(
                        "csv-syntax",
                        Place::new(file, line),
                        format!("这一行不是正确的 CSV：{error}"),
                        format!("this line is not CSV: {error}"),
                    ));
                    continue;
                }
            };
            // The record's own line counts the blank ones before it to the one before; the byte
            // does not, so the line is taken from there.
            let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
            let start = start + blank_bytes(&text[start.min(text.len())..]);
            let at = Place::new(file, lines.at(start));
            if columns.is_empty() {
                columns = record.iter().map(str::to_owned).collect();
            } else if record.iter().any(|cell| !cell.is_empty()) {
                row(&columns, &record, at, &mut rows, findings);
            }
        }
        Self { columns, rows }
    }

    /// Reports columns that are missing or unknown.
    pub fn expect(&self, file: &str, needed: &[&str], more: &[&str], findings: &mut Vec<Finding>) {
        let at = || Place::new(file, 1);
        for column in needed.iter().filter(|c| !self.columns.iter().any(|have| have == **c)) {
            findings.push(Finding::error(
                "missing-column",
                at(),
                format!("缺少列“{column}”"),
                format!("the column `{column}` is missing"),
            ));
        }
        let known: Vec<_> = needed.iter().chain(more).map(|c| (*c).to_owned()).collect();
        for column in self.columns.iter().filter(|c| !known.contains(c)) {
            let (zh, en) = suggest::nearest(column, known.iter().map(String::as_str));
            findings.push(Finding::error(
                "unknown-column",
                at(),
                format!("没有叫“{column}”的列{zh}"),
                format!("there is no column `{column}`{en}"),
            ));
        }
    }

    /// Remembers where each row stands under `kind/<key>`, and reports keys that are missing or
    /// stand twice. Rows without a key of their own are left out.
    pub fn index(
        &mut self,
        kind: &str,
        key: &str,
        places: &mut Places,
        findings: &mut Vec<Finding>,
    ) {
        self.rows.retain(|row| {
            let id = row.get(key);
            if id.is_empty() {
                findings.push(Finding::error(
                    "missing-key",
                    row.at.clone(),
                    format!("这一行缺少“{key}”"),
                    format!("this row lacks its `{key}`"),
                ));
                return false;
            }
            let path = format!("{kind}/{id}");
            if places.add(&path, row.at.clone()) {
                return true;
            }
            let first = places.of(&path);
            findings.push(Finding::error(
                "duplicate-id",
                row.at.clone(),
                format!("“{id}”已在 {first} 出现过；每个编号只能出现一次"),
                format!("`{id}` stands already at {first}; an id may stand once"),
            ));
            false
        });
    }
}

/// Bytes of blank and comment lines at the start.
fn blank_bytes(text: &str) -> usize {
    let mut skipped = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
        skipped += line.len();
    }
    skipped
}

fn row(
    columns: &[String],
    record: &csv::StringRecord,
    at: Place,
    rows: &mut Vec<CsvRow>,
    findings: &mut Vec<Finding>,
) {
    if record.len() > columns.len() {
        findings.push(Finding::error(
            "row-length",
            at.clone(),
            format!(
                "这一行有 {} 格，表头只有 {} 列；含逗号的文字要加引号",
                record.len(),
                columns.len()
            ),
            format!(
                "this row has {} cells, the header {} columns; put text with commas in quotes",
                record.len(),
                columns.len()
            ),
        ));
    }
    let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    rows.push(CsvRow { at, cells });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines_behind_comments_and_blank_lines() {
        let mut findings = Vec::new();
        let text = "\u{feff}id,title\n\n# note\na,\"x\ny\"\nb,z,extra\n";
        let file = CsvFile::parse("f.csv", text, &mut findings);
        let lines: Vec<_> = file.rows.iter().map(|r| (r.get("id"), r.at.line)).collect();
        assert_eq!(lines, [("a", 4), ("b", 6)]);
        assert_eq!(findings[0].code, "row-length");
        assert_eq!(findings[0].at.line, 6);
    }
}
