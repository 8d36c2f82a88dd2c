//! `GET /rulebook/tables`: the decision tables as they stand in their files.

use crate::auth::{Allowed, perm};
use crate::drafts::choices;
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{List, Words};
use base::time::Span;
use engine::why::span_words;
use rulebook::{PackSource, Release};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A decision table.
#[derive(Debug, Serialize, ToSchema)]
pub struct TableView {
    id: String,
    pack: String,
    title: Option<Words>,
    hit_policy: String,
    inputs: Vec<String>,
    outputs: Vec<String>,
    /// What its columns are called, by the names in `inputs` and `outputs`.
    titles: BTreeMap<String, Words>,
    /// What a cell says in words, where the text of the cell is a key or a length of time.
    words: BTreeMap<String, Words>,
    rows: Vec<RowView>,
}

/// A row as written.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowView {
    id: String,
    clauses: Vec<String>,
    cells: Vec<String>,
    outputs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Sidecar {
    hit: Option<String>,
    #[serde(default)]
    input: BTreeMap<String, Column>,
    #[serde(default)]
    output: BTreeMap<String, Column>,
}

#[derive(Debug, Default, Deserialize)]
struct Column {
    title: Option<base::Text>,
}

/// The decision tables of the release in force, `term` among them.
#[utoipa::path(
    get, path = "/rulebook/tables", tag = "rulebook", operation_id = "rulebook_tables",
    responses((status = 200, body = List<TableView>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn tables(session: Allowed<perm::RulebookRead>) -> Answer<Json<List<TableView>>> {
    let release = &session.release;
    let packs = &release.sources;
    let tables = packs.iter().flat_map(|pack| {
        let files = pack.files.keys().filter_map(|name| {
            let id = name.strip_prefix("tables/")?.strip_suffix(".csv")?;
            table(release, pack, id)
        });
        files.collect::<Vec<_>>()
    });
    Ok(Json(List::whole(tables.collect())))
}

/// A table read as paper: its cells are shown as they were written.
fn table(release: &Release, pack: &PackSource, id: &str) -> Option<TableView> {
    let text = pack.files.get(&format!("tables/{id}.csv"))?;
    let sidecar = sidecar(pack, id);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().ok()?.clone();
    let place = |name: &str| header.iter().position(|h| h == name);
    let columns = |output: bool| -> Vec<usize> {
        (0..header.len())
            .filter(|i| !["id", "clause", "before"].contains(&&header[*i]))
            .filter(|i| {
                let is_output =
                    header[*i].starts_with('→') || (id == "term" && &header[*i] == "duration");
                is_output == output
            })
            .collect()
    };
    let (inputs, outputs) = (columns(false), columns(true));
    let rows = reader.records().filter_map(Result::ok).map(|record| {
        let at = |i: usize| record.get(i).unwrap_or_default().trim().to_owned();
        RowView {
            id: place("id").map(at).unwrap_or_default(),
            clauses: place("clause")
                .map(|i| at(i).split('|').filter(|c| !c.is_empty()).map(str::to_owned).collect())
                .unwrap_or_default(),
            cells: inputs.iter().map(|i| at(*i)).collect(),
            outputs: outputs.iter().map(|i| at(*i)).collect(),
        }
    });
    let rows: Vec<RowView> = rows.collect();
    let name = |i: &usize| header[*i].trim_start_matches('→').to_owned();
    Some(TableView {
        id: id.to_owned(),
        pack: pack.dir.rsplit('/').next().unwrap_or_default().to_owned(),
        title: choices::table_title(pack, id),
        hit_policy: sidecar.hit.clone().unwrap_or_else(|| "first".into()),
        titles: titles(release, pack, id, inputs.iter().chain(&outputs).map(name)),
        words: words(release, outputs.iter().map(name), &rows),
        inputs: inputs.iter().map(name).collect(),
        outputs: outputs.iter().map(name).collect(),
        rows,
    })
}

fn sidecar(pack: &PackSource, id: &str) -> Sidecar {
    let text = pack.files.get(&format!("tables/{id}.toml"));
    text.and_then(|text| toml::from_str(text).ok()).unwrap_or_default()
}

/// The names of columns: by the table's own sidecar, by that of a pack it inherits from, or by the
/// fact the column asks.
fn titles(
    release: &Release,
    own: &PackSource,
    id: &str,
    columns: impl Iterator<Item = String>,
) -> BTreeMap<String, Words> {
    let inherited = release.sources.iter().rev().map(|pack| sidecar(pack, id));
    let sidecars: Vec<Sidecar> = std::iter::once(sidecar(own, id)).chain(inherited).collect();
    let named = |name: &String| {
        let said = sidecars.iter().find_map(|sidecar| {
            let column = sidecar.input.get(name).or_else(|| sidecar.output.get(name))?;
            column.title.as_ref().map(Words::from)
        });
        said.or_else(|| choices::column(release, name))
    };
    columns.filter_map(|name| Some((name.clone(), named(&name)?))).collect()
}

/// The words of cells: keys of settings, and lengths of time as each language writes them.
fn words(
    release: &Release,
    outputs: impl Iterator<Item = String>,
    rows: &[RowView],
) -> BTreeMap<String, Words> {
    let closed = outputs.flat_map(|name| choices::of(release, &name));
    let closed = closed.map(|choice| (choice.key, choice.title));
    let cells = rows.iter().flat_map(|row| row.cells.iter().chain(&row.outputs));
    let lengths = cells.filter_map(|cell| {
        let span = Span::parse(cell)?;
        Some((cell.clone(), span_words(span).into()))
    });
    closed.chain(lengths).collect()
}
