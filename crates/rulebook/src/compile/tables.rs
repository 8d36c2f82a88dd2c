//! Decision tables: rows of parents and children merged, then compiled and checked.

use super::merge::{Draft, FLOOR, Layer};
use crate::expr::Type;
use crate::load::{CsvRow, TableText};
use crate::model::law::law_scope;
use crate::model::scope;
use crate::table::{self, Domain, Table};
use crate::{Finding, Place};
use std::collections::BTreeMap;

/// A table with the rows of all packs.
#[derive(Debug)]
pub(crate) struct MergedTable {
    file: String,
    /// The text as written, while only one pack has a say.
    text: Option<String>,
    columns: Vec<String>,
    rows: Vec<CsvRow>,
    sidecar: Option<(String, String)>,
}

impl MergedTable {
    /// Takes a row away; whether there was one.
    pub fn forget(&mut self, row: &str) -> bool {
        let before = self.rows.len();
        self.rows.retain(|known| known.get("id") != row);
        self.text = None;
        self.rows.len() < before
    }

    /// The text to compile, and where each of its lines was written.
    fn written(&self) -> (String, Option<Vec<Place>>) {
        if let Some(text) = &self.text {
            return (text.clone(), None);
        }
        let line = |cells: Vec<&str>| {
            let quoted = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            quoted.collect::<Vec<_>>().join(",").replace('\n', " ")
        };
        let mut text = line(self.columns.iter().map(String::as_str).collect());
        let mut places = vec![Place::new(&self.file, 1)];
        for row in &self.rows {
            text.push('\n');
            text.push_str(&line(self.columns.iter().map(|c| row.get(c)).collect()));
            places.push(row.at.clone());
        }
        text.push('\n');
        (text, Some(places))
    }
}

impl Draft {
    /// Lays the rows of a pack's table over its parents'.
    pub(super) fn table(&mut self, layer: &Layer<'_>, id: &str, from: &TableText) {
        let Some(mut merged) = self.tables.remove(id) else {
            self.claim(layer, &format!("table/{id}"));
            let merged = MergedTable {
                file: from.file.clone(),
                text: Some(from.text.clone()),
                columns: from.csv.columns.clone(),
                rows: from.csv.rows.clone(),
                sidecar: from.sidecar.clone(),
            };
            self.tables.insert(id.to_owned(), merged);
            return;
        };
        merged.text = None;
        for column in from.csv.columns.iter().filter(|c| *c != "before") {
            if !merged.columns.contains(column) {
                merged.columns.push(column.clone());
            }
        }
        if from.sidecar.is_some() {
            merged.sidecar.clone_from(&from.sidecar);
        }
        for row in &from.csv.rows {
            self.claim(layer, &format!("table/{id}/row/{}", row.get("id")));
            self.row(&mut merged, row);
        }
        self.tables.insert(id.to_owned(), merged);
    }

    fn row(&mut self, merged: &mut MergedTable, row: &CsvRow) {
        let known = merged.rows.iter().position(|r| r.get("id") == row.get("id"));
        let before = row.get("before");
        if before.is_empty() {
            match known {
                Some(at) => merged.rows[at] = row.clone(),
                None => merged.rows.push(row.clone()),
            }
            return;
        }
        if let Some(at) = known {
            merged.rows.remove(at);
        }
        match merged.rows.iter().position(|r| r.get("id") == before) {
            Some(at) => merged.rows.insert(at, row.clone()),
            None => self.error(
                "unknown-row",
                row.at.clone(),
                format!("before 指向的行“{before}”不在表里"),
                format!("there is no row `{before}` to stand before"),
            ),
        }
    }
}

/// The tables a verdict asks; any other is asked by an effect, over the inputs it names itself.
const JUDGED: [&str; 2] = ["exclusions", "coverage"];

/// What a table asks by the names of its own columns.
fn given(table: &Table) -> Type {
    let named = |input: &table::Input| (input.name.to_string(), input.kind.value());
    Type::Record(table.inputs.iter().map(named).collect())
}

/// Compiles and checks all tables of the draft.
pub(super) fn compile(draft: &mut Draft) {
    let judged = scope::judge_scope(&draft.release.catalog);
    let floor = law_scope();
    for (id, merged) in std::mem::take(&mut draft.tables) {
        let (text, places) = merged.written();
        let sidecar = merged.sidecar.as_ref().map(|(_, text)| text.as_str());
        let put = |finding: Finding| Finding {
            at: place(&merged, places.as_deref(), &finding.at),
            ..finding
        };
        match Table::parse(&id, &text, sidecar) {
            Ok(table) => {
                let domains = domains();
                let known = match id.as_str() {
                    FLOOR => &floor,
                    id if JUDGED.contains(&id) => &judged,
                    _ => &given(&table),
                };
                let found = table::check(&table, known, &domains);
                draft.findings.extend(found.into_iter().map(put));
                match &mut draft.release.law {
                    Some(law) if id == FLOOR => law.floor = Some(table),
                    _ => drop(draft.release.tables.insert(id, table)),
                }
            }
            Err(found) => {
                draft.damaged.insert(format!("table/{id}"));
                draft.findings.extend(found.into_iter().map(put));
            }
        }
    }
}

fn place(merged: &MergedTable, places: Option<&[Place]>, at: &Place) -> Place {
    if std::path::Path::new(&at.file).extension().is_some_and(|ending| ending == "toml") {
        let file = merged.sidecar.as_ref().map_or(&merged.file, |(file, _)| file);
        return Place::new(file, at.line);
    }
    let line = usize::try_from(at.line.max(1) - 1).unwrap_or(0);
    places
        .and_then(|places| places.get(line).cloned())
        .unwrap_or_else(|| Place::new(&merged.file, at.line))
}

/// What values inputs can have where their type does not say so.
fn domains() -> BTreeMap<String, Domain> {
    let numbers = |from: i64, to: i64| Domain::Numbers(Some(from.into()), Some(to.into()));
    [("measurements.capacity_pct".to_owned(), numbers(0, 150))].into()
}
