//! A decision table as a sheet to edit: its columns with what their cells may say, its rows as
//! written, and from which pack each row comes.

use super::Working;
use super::choices::{self, CellChoice};
use crate::view::Words;
use rulebook::table::{Kind, Table};
use rulebook::{PackSource, Release};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A table as a sheet.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DraftTable)]
pub struct GridView {
    /// The pack it is seen from, and written in.
    pub pack: String,
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: Option<Words>,
    /// `first`, `unique`, `any`, `collect`.
    pub hit_policy: String,
    /// Under *collect*: `list`, `sum`, `min`, `max`, `count`.
    pub aggregate: Option<String>,
    /// Whether some row must always fit.
    pub total: bool,
    /// Whether the draft may write it.
    pub editable: bool,
    /// Its columns but `id`, `clause` and `before`, in the order of the cells.
    pub columns: Vec<GridColumn>,
    /// Its rows in the order they are asked.
    pub rows: Vec<GridRow>,
    /// The draft's version, for `If-Match`.
    pub version: i64,
}

/// A column.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DraftTableColumn)]
pub struct GridColumn {
    /// Its header as the file writes it: `→payer`.
    pub header: String,
    /// Its header, without the arrow.
    pub name: String,
    /// Whether its cells are answers.
    pub output: bool,
    /// Its label.
    pub title: Option<Words>,
    /// `text`, `bool`, `number`, `money`, `date`, `time`, `months`, `span`.
    pub kind: &'static str,
    /// Unit shown behind it.
    pub unit: Option<Words>,
    /// What a cell may say; empty where anything may.
    pub choices: Vec<CellChoice>,
}

/// A row as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DraftTableRow)]
pub struct GridRow {
    /// Its id.
    pub id: String,
    /// Clauses it stands on.
    pub clause: Vec<String>,
    /// Its cells by column.
    pub cells: Vec<String>,
    /// The pack that wrote it.
    pub from: String,
}

/// A table as it shall be. Its columns stay; a column is added in the file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = DraftTableEdit)]
#[serde(deny_unknown_fields)]
pub struct TableWish {
    /// Rows in the order they are asked.
    pub rows: Vec<RowWish>,
}

/// A row as it shall be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = DraftTableRowEdit)]
pub struct RowWish {
    /// Its id.
    pub id: String,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
    /// Its cells, in the order of the sheet's columns.
    pub cells: Vec<String>,
}

/// The columns of tables that are lists of terms: inputs, then what they give.
const TERM_OUTPUTS: [&str; 3] = ["duration", "status", "source"];

/// A file of a table as read: header and rows.
#[derive(Debug, Default)]
struct Sheet {
    header: Vec<String>,
    rows: Vec<BTreeMap<String, String>>,
}

fn read(text: &str) -> Sheet {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut sheet = Sheet::default();
    for record in reader.records().filter_map(Result::ok) {
        if sheet.header.is_empty() {
            sheet.header = record.iter().map(str::to_owned).collect();
        } else if record.iter().any(|cell| !cell.is_empty()) {
            let cells = record.iter().map(str::to_owned);
            sheet.rows.push(sheet.header.iter().cloned().zip(cells).collect());
        }
    }
    sheet
}

/// What a table's sidecar says.
#[derive(Debug, Default, Deserialize)]
struct Sidecar {
    title: Option<base::Text>,
    hit: Option<String>,
    aggregate: Option<String>,
    total: Option<bool>,
    #[serde(default)]
    input: BTreeMap<String, Said>,
    #[serde(default)]
    output: BTreeMap<String, Said>,
}

#[derive(Debug, Default, Deserialize)]
struct Said {
    title: Option<base::Text>,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// The table as a pack sees it: its parents' rows with its own laid over them; `None` where neither
/// it nor a parent has that table.
pub fn grid(
    working: &Working,
    release: Option<&Release>,
    pack: &str,
    id: &str,
) -> Option<GridView> {
    let line = working.lineage(pack);
    let file = format!("tables/{id}.csv");
    let layers = layers(&line, &file);
    let mut columns: Vec<String> = Vec::new();
    for name in layers.iter().flat_map(|(_, sheet)| &sheet.header) {
        if !["id", "clause", "before"].contains(&name.as_str()) && !columns.contains(name) {
            columns.push(name.clone());
        }
    }
    if layers.is_empty() {
        return None;
    }
    let sidecar = line.iter().rev().find_map(|pack| {
        let text = pack.files.get(&format!("tables/{id}.toml"))?;
        toml::from_str::<Sidecar>(text).ok()
    });
    let sidecar = sidecar.unwrap_or_default();
    let is_term = ["term", "floor_term"].contains(&id);
    let table = table(working, release, id);
    let hit = sidecar.hit.clone().unwrap_or_else(|| "first".into());
    let column = |header: &String| column(header, is_term, &sidecar, table.as_ref(), working);
    Some(GridView {
        pack: pack.to_owned(),
        id: id.to_owned(),
        title: sidecar.title.as_ref().map(Words::from),
        aggregate: sidecar.aggregate.clone().filter(|_| hit == "collect"),
        total: sidecar.total.unwrap_or(hit != "collect") && !is_term,
        hit_policy: hit,
        editable: working.is_own(pack),
        columns: columns.iter().map(column).collect(),
        rows: rows(&layers, &columns),
        version: working.row.version,
    })
}

fn layers<'s>(line: &[&'s PackSource], file: &str) -> Vec<(&'s PackSource, Sheet)> {
    line.iter().filter_map(|pack| Some((*pack, read(pack.files.get(file)?)))).collect()
}

/// The rows of a table as the parents of a pack have them, by these columns.
pub fn inherited(working: &Working, pack: &str, id: &str, columns: &[String]) -> Vec<GridRow> {
    let mut line = working.lineage(pack);
    line.pop();
    rows(&layers(&line, &format!("tables/{id}.csv")), columns)
}

/// The compiled table of the draft or, where the draft does not compile, of its base.
fn table(working: &Working, release: Option<&Release>, id: &str) -> Option<Table> {
    let of = |release: &Release| {
        let floor = release.law.as_ref().and_then(|law| law.floor.as_ref());
        release.tables.get(id).or(floor.filter(|_| id == "floor")).cloned()
    };
    release.and_then(of).or_else(|| of(&working.base))
}

fn rows(layers: &[(&PackSource, Sheet)], columns: &[String]) -> Vec<GridRow> {
    let mut rows: Vec<GridRow> = Vec::new();
    for (pack, sheet) in layers {
        for cells in &sheet.rows {
            let get = |name: &str| cells.get(name).map(String::as_str).unwrap_or_default();
            let row = GridRow {
                id: get("id").to_owned(),
                clause: clauses(get("clause")),
                cells: columns.iter().map(|column| get(column).to_owned()).collect(),
                from: pack.dir.clone(),
            };
            let known = rows.iter().position(|known| known.id == row.id);
            let before = rows.iter().position(|known| known.id == get("before"));
            match (known, before) {
                (Some(at), None) if layers.len() > 1 => rows[at] = row,
                (_, Some(at)) => {
                    rows.insert(at, row);
                    // The inherited row of that id gives way to where it now stands.
                    let id = rows[at].id.clone();
                    let mut place = 0;
                    rows.retain(|known| {
                        place += 1;
                        known.id != id || place == at + 1
                    });
                }
                _ => rows.push(row),
            }
        }
    }
    rows
}

fn clauses(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|c| !c.is_empty()).map(str::to_owned).collect()
}

fn column(
    header: &str,
    is_term: bool,
    sidecar: &Sidecar,
    table: Option<&Table>,
    working: &Working,
) -> GridColumn {
    let arrow = header.strip_prefix('→').or_else(|| header.strip_prefix("->"));
    let name = arrow.unwrap_or(header).trim().to_owned();
    let output = arrow.is_some() || (is_term && TERM_OUTPUTS.contains(&name.as_str()));
    let said = if output { sidecar.output.get(&name) } else { sidecar.input.get(&name) };
    let compiled = table.and_then(|table| {
        let inputs = table.inputs.iter().map(|input| (input.name.as_str(), false, input.kind));
        let outputs = table.outputs.iter().map(|out| (out.name.as_str(), true, out.kind));
        let mut all = inputs.chain(outputs);
        all.find(|(known, is_output, _)| *known == name && *is_output == output)
    });
    let by_name = |word: &str| Kind::WORDS.iter().find(|(known, _)| *known == word);
    let named = said.and_then(|said| by_name(said.kind.as_deref()?)).map(|(_, kind)| *kind);
    let kind = named.or(compiled.map(|(_, _, kind)| kind));
    let word = Kind::WORDS.iter().find(|(_, known)| Some(*known) == kind);
    let word = if is_term && name == "duration" { "span" } else { word.map_or("text", |w| w.0) };
    GridColumn {
        header: header.to_owned(),
        title: said
            .and_then(|said| said.title.as_ref())
            .map(Words::from)
            .or_else(|| choices::column(&working.base, &name)),
        unit: unit(&name, word),
        choices: if word == "text" { choices::of(&working.base, &name) } else { vec![] },
        kind: word,
        output,
        name,
    }
}

/// The unit a column's numbers are in.
fn unit(name: &str, kind: &str) -> Option<Words> {
    let (zh, en) = match kind {
        "money" => ("元", "yuan"),
        "months" => ("月", "months"),
        "number" if name.ends_with("_pct") => ("%", "%"),
        "number" if name.ends_with("_km") => ("km", "km"),
        "number" if name.starts_with("days_") => ("天", "days"),
        _ => return None,
    };
    Some(Words { zh: zh.to_owned(), en: en.to_owned() })
}
