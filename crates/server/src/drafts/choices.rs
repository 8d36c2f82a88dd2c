//! What a cell of a column may say, where that is a closed list: keys of the catalogue with their
//! words, and what a verdict can answer.

use crate::view::Words;
use base::{Lang, Text};
use engine::why::words_under;
use rulebook::model::FactNames;
use rulebook::{PackSource, Release};
use serde::Serialize;
use utoipa::ToSchema;

/// A key with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CellChoice {
    /// What stands in the cell.
    pub key: String,
    /// What a person reads.
    pub title: Words,
}

/// The choices of a column by its name; none where anything may stand there.
pub fn of(release: &Release, column: &str) -> Vec<CellChoice> {
    let catalog = &release.catalog;
    let choice = |(key, title): (&str, Words)| CellChoice { key: key.to_owned(), title };
    let titled = |key: &str, title: &base::Text| choice((key, title.into()));
    match column {
        "group" => catalog.groups.iter().map(|g| titled(&g.id, &g.title)).collect(),
        "component" => catalog.components.iter().map(|c| titled(&c.id, &c.title)).collect(),
        "fault" => catalog.faults.iter().map(|f| titled(&f.id, &f.title)).collect(),
        "cause" | "causes" => catalog.causes.iter().map(|c| titled(&c.id, &c.title)).collect(),
        "model" => catalog.models.iter().map(|m| titled(&m.id, &m.title)).collect(),
        "product" => catalog.products.values().map(|p| titled(&p.id, &p.title)).collect(),
        "status" => standings(release),
        "item" => release.prices.values().map(|p| titled(&p.code, &p.title)).collect(),
        name => {
            let words = words_under(name).into_iter();
            words.map(|(key, title)| choice((key, title.into()))).collect()
        }
    }
}

/// What a row of the law says of itself: it holds, it waits for somebody to verify it, or a setting
/// decides.
fn standings(release: &Release) -> Vec<CellChoice> {
    let fixed = [
        ("holds", Text::new("有效", "holds")),
        ("verify", Text::new("待核实，只展示", "to be verified, only shown")),
    ];
    let fixed = fixed.iter().map(|(key, title)| (*key, Words::from(title)));
    let settings = release.parameters.values().filter(|setting| setting.kind == "bool");
    let settings = settings.map(|setting| (setting.id.as_str(), Words::from(&setting.title)));
    let all = fixed.chain(settings);
    all.map(|(key, title)| CellChoice { key: key.to_owned(), title }).collect()
}

/// What a column is called that no sidecar names: by the fact it asks.
pub fn column(release: &Release, name: &str) -> Option<Words> {
    let said = |lang| rulebook::words::word("fact", name, lang);
    let fact = said(Lang::Zh).zip(said(Lang::En)).map(|(zh, en)| Text::new(zh, en));
    fact.or_else(|| FactNames::new(release, None).name(name)).map(Words::from)
}

/// The name of a table by its sidecar; the terms have one without.
pub fn table_title(pack: &PackSource, id: &str) -> Option<Words> {
    let sidecar = pack.files.get(&format!("tables/{id}.toml"));
    let sidecar = sidecar.and_then(|text| toml::from_str::<toml::Table>(text).ok());
    let title = sidecar.and_then(|s| s.get("title")?.clone().try_into::<Text>().ok());
    let known = match id {
        "term" => Some(Text::new("三包期限", "Terms of the three guarantees")),
        "floor_term" => Some(Text::new("法定期限", "Terms by law")),
        _ => None,
    };
    title.or(known).map(Words::from)
}
