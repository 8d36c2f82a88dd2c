//! What a cell of a column may say, where that is a closed list: keys of the catalogue with their
//! words, and what a verdict can answer.

use crate::view::Words;
use engine::why::words_under;
use rulebook::Release;
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
        "component" => catalog.components.iter().map(|c| titled(&c.id, &c.title)).collect(),
        "fault" => catalog.faults.iter().map(|f| titled(&f.id, &f.title)).collect(),
        "cause" | "causes" => catalog.causes.iter().map(|c| titled(&c.id, &c.title)).collect(),
        "model" => catalog.models.iter().map(|m| titled(&m.id, &m.title)).collect(),
        "product" => catalog.products.values().map(|p| titled(&p.id, &p.title)).collect(),
        "item" => release.prices.values().map(|p| titled(&p.code, &p.title)).collect(),
        name => {
            let words = words_under(name).into_iter();
            words.map(|(key, title)| choice((key, title.into()))).collect()
        }
    }
}
