//! The same, where an item is named by its pack: what a pack inherits is written into it as an
//! override, and the parent's text stays as it is.

use super::Refused;
use super::items::{self, Keys, List, override_item, set_item};
use super::rows::{Row, override_rows, put_table};
use crate::{PackSource, parents};

/// A file of a pack as it is after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// Its name within the pack: `tables/term.csv`.
    pub file: String,
    /// Its whole text.
    pub text: String,
    /// Whether an inherited item was written into the pack.
    pub overrides: bool,
}

/// An item that can be edited by its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// A setting (参数).
    Parameter(&'a str),
    /// A message (消息).
    Message(&'a str),
    /// A deadline (时限) of a process.
    Deadline {
        /// The process.
        process: &'a str,
        /// The deadline's id.
        id: &'a str,
    },
}

impl Item<'_> {
    fn list(self) -> (List, &'static str) {
        match self {
            Self::Parameter(_) => (List::Parameter, "rulebook.toml"),
            Self::Message(_) => (List::Message, "messages.toml"),
            Self::Deadline { .. } => (List::Deadline, ""),
        }
    }

    fn file(self) -> String {
        match self {
            Self::Deadline { process, .. } => format!("processes/{process}.toml"),
            _ => self.list().1.to_owned(),
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Parameter(id) | Self::Message(id) | Self::Deadline { id, .. } => id,
        }
    }
}

/// Sets keys of an item in a pack. An item the pack inherits is copied from the nearest pack above
/// that has it, and changed there.
///
/// # Errors
/// When there is no such pack or item, a text is no TOML, or a key is none of its kind.
pub fn set(
    packs: &[PackSource],
    pack: &str,
    item: Item<'_>,
    keys: &Keys,
) -> Result<Edited, Refused> {
    let own = named(packs, pack)?;
    let ((list, _), file, id) = (item.list(), item.file(), item.id());
    let text = own.files.get(&file).map(String::as_str);
    if let Some(text) = text
        && items::has(text, list, id)
    {
        return Ok(Edited { text: set_item(text, list, id, keys)?, file, overrides: false });
    }
    let above = lineage(packs, own);
    let from = above.iter().filter_map(|pack| pack.files.get(&file));
    match (from.into_iter().find(|text| items::has(text, list, id)), text) {
        (Some(parent), text) => {
            let text = override_item(parent, text, list, id, keys)?;
            Ok(Edited { file, text, overrides: true })
        }
        // The text says best what is wrong: that it cannot be read, or which ids it has.
        (None, Some(text)) => {
            Ok(Edited { text: set_item(text, list, id, keys)?, file, overrides: false })
        }
        (None, None) => Err(no_file(pack, &file)),
    }
}

/// Puts rows into a table of a pack. The file of the pack holds exactly these rows afterwards; in
/// a pack that inherits the table and has no file of its own, they become one of overriding rows.
///
/// # Errors
/// When there is no such pack or table, or a column is none of the table.
pub fn put_rows(
    packs: &[PackSource],
    pack: &str,
    table: &str,
    rows: &[Row],
) -> Result<Edited, Refused> {
    let own = named(packs, pack)?;
    let file = format!("tables/{table}.csv");
    if let Some(text) = own.files.get(&file) {
        return Ok(Edited { text: put_table(text, rows)?, file, overrides: false });
    }
    let parent = lineage(packs, own).into_iter().find_map(|pack| pack.files.get(&file));
    let Some(parent) = parent else { return Err(no_file(pack, &file)) };
    Ok(Edited { text: override_rows(parent, None, rows)?, file, overrides: true })
}

fn named<'p>(packs: &'p [PackSource], pack: &str) -> Result<&'p PackSource, Refused> {
    packs.iter().find(|source| id_of(source) == pack).ok_or_else(|| {
        Refused::new(format!("没有制度包“{pack}”"), format!("there is no pack `{pack}`"))
    })
}

fn no_file(pack: &str, file: &str) -> Refused {
    Refused::new(
        format!("制度包 {pack} 和它继承的包里都没有 {file}"),
        format!("neither the pack {pack} nor one above it has a {file}"),
    )
}

/// The folder's name is the pack's id.
fn id_of(source: &PackSource) -> &str {
    let dir = source.dir.trim_end_matches('/');
    dir.rsplit('/').next().unwrap_or(dir)
}

/// The packs above, nearest first.
fn lineage<'p>(packs: &'p [PackSource], own: &PackSource) -> Vec<&'p PackSource> {
    let mut line: Vec<&PackSource> = Vec::new();
    let mut next = parents(own);
    while !next.is_empty() {
        let mut above = Vec::new();
        // A pack named last lies over those named before it.
        for parent in next.iter().rev().filter_map(|id| packs.iter().find(|p| id_of(p) == id)) {
            if id_of(parent) != id_of(own)
                && !line.iter().any(|known| id_of(known) == id_of(parent))
            {
                line.push(parent);
                above.extend(parents(parent));
            }
        }
        next = above;
    }
    line
}
