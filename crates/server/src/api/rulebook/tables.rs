//! `GET /rulebook/tables`: the decision tables as they stand in their files.

use crate::auth::{Allowed, perm};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::{List, Words};
use rulebook::PackSource;
use serde::{Deserialize, Serialize};
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
    title: Option<base::Text>,
    hit: Option<String>,
}

/// The decision tables of the release in force, `term` among them.
#[utoipa::path(
    get, path = "/rulebook/tables", tag = "rulebook", operation_id = "rulebook_tables",
    responses((status = 200, body = List<TableView>)),
    extensions(("x-permission" = json!("rulebook_read"))),
)]
pub async fn tables(session: Allowed<perm::RulebookRead>) -> Answer<Json<List<TableView>>> {
    let packs = &session.release.sources;
    let tables = packs.iter().flat_map(|pack| {
        let files = pack.files.keys().filter_map(|name| {
            let id = name.strip_prefix("tables/")?.strip_suffix(".csv")?;
            table(pack, id)
        });
        files.collect::<Vec<_>>()
    });
    Ok(Json(List::whole(tables.collect())))
}

/// A table read as paper: its cells are shown as they were written.
fn table(pack: &PackSource, id: &str) -> Option<TableView> {
    let text = pack.files.get(&format!("tables/{id}.csv"))?;
    let sidecar = pack.files.get(&format!("tables/{id}.toml"));
    let sidecar: Sidecar = sidecar.and_then(|text| toml::from_str(text).ok()).unwrap_or_default();
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
    let rows = rows.collect();
    let name = |i: &usize| header[*i].trim_start_matches('→').to_owned();
    Some(TableView {
        id: id.to_owned(),
        pack: pack.dir.rsplit('/').next().unwrap_or_default().to_owned(),
        title: sidecar.title.map(Words::from),
        hit_policy: sidecar.hit.unwrap_or_else(|| "first".into()),
        inputs: inputs.iter().map(name).collect(),
        outputs: outputs.iter().map(name).collect(),
        rows,
    })
}
