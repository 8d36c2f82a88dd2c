//! From the line of a finding to the cell of the table it is about.

use super::view::CellAt;
use rulebook::{Finding, PackSource};
use std::collections::BTreeMap;

/// Of a table's file: its columns, and the row of each line.
#[derive(Debug, Default, Clone)]
pub struct Lines {
    columns: Vec<String>,
    rows: BTreeMap<u32, String>,
}

impl Lines {
    fn read(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .comment(Some(b'#'))
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut lines = Self::default();
        let mut id = 0;
        for record in reader.records().filter_map(Result::ok) {
            if lines.columns.is_empty() {
                lines.columns = record.iter().map(str::to_owned).collect();
                id = lines.columns.iter().position(|name| name == "id").unwrap_or(0);
                continue;
            }
            let byte = record.position().map_or(0, csv::Position::byte);
            let row = record.get(id).unwrap_or_default().to_owned();
            lines.rows.insert(line_at(text, byte), row);
        }
        lines
    }
}

/// The line a record begins on, blank lines before it left out.
fn line_at(text: &str, byte: u64) -> u32 {
    let at = usize::try_from(byte).unwrap_or(0).min(text.len());
    let blank = text[at..].len() - text[at..].trim_start_matches(['\r', '\n']).len();
    let lines = text[..at + blank].matches('\n').count() + 1;
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// The cell a finding is about; `None` where it is about no table.
pub fn cell(
    sources: &[PackSource],
    finding: &Finding,
    read: &mut BTreeMap<String, Lines>,
) -> Option<CellAt> {
    let (pack, file) = finding.at.file.split_once('/')?;
    let table = file.strip_prefix("tables/")?.strip_suffix(".csv")?;
    let source = sources.iter().find(|known| known.dir == pack)?;
    let text = source.files.get(file)?;
    let lines = read.entry(finding.at.file.clone()).or_insert_with(|| Lines::read(text));
    Some(CellAt {
        pack: pack.to_owned(),
        table: table.to_owned(),
        row: lines.rows.get(&finding.at.line).cloned(),
        column: column(&lines.columns, &finding.sentence.en),
    })
}

/// The one column that a sentence names between backticks.
fn column(columns: &[String], sentence: &str) -> Option<String> {
    let bare = columns.iter().map(|name| name.trim_start_matches(['→', '-', '>']));
    let mut named = bare.filter(|name| sentence.contains(&format!("`{name}`")));
    let column = named.next()?;
    named.next().is_none().then(|| column.to_owned())
}
