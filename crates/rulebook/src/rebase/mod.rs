//! Laying one draft's changes over another release (三方合并): what only one of the two changed is
//! taken, what both changed differently is a conflict that a person decides.
//!
//! Decision tables are compared row by row, so that two people who changed different rows of a
//! table do not meet; everything else line by line.

mod lines;
mod rows;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

/// Whose text holds where both changed the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The draft's.
    Mine,
    /// The release's.
    Theirs,
}

/// Both changed the same, differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where in the file: the id of a row, or the line of the old text (`12`).
    pub at: String,
    /// As it was; `None` where it is new.
    pub base: Option<String>,
    /// As the draft has it; `None` where it took it away.
    pub mine: Option<String>,
    /// As the release has it; `None` where it took it away.
    pub theirs: Option<String>,
}

/// A file laid together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// Its text; `None` where it is gone.
    pub text: Option<String>,
    /// What is undecided; there the text has what the release has.
    pub conflicts: Vec<Conflict>,
}

/// The three texts of a file; `None` where it does not exist.
#[derive(Debug, Clone, Copy)]
pub struct Three<'t> {
    /// As it was when the draft began.
    pub base: Option<&'t str>,
    /// As the draft has it.
    pub mine: Option<&'t str>,
    /// As the later release has it.
    pub theirs: Option<&'t str>,
}

/// Lays a file together. `decided` says whose text holds where both changed, by [`Conflict::at`].
pub fn merge(path: &str, three: Three<'_>, decided: &BTreeMap<String, Side>) -> Merged {
    let Three { base, mine, theirs } = three;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    if mine == base || mine == theirs {
        return Merged { text: owned(theirs), conflicts: Vec::new() };
    }
    if theirs == base {
        return Merged { text: owned(mine), conflicts: Vec::new() };
    }
    let (Some(base_text), Some(mine_text), Some(their_text)) = (base, mine, theirs) else {
        return whole(three, decided);
    };
    let is_table = path.starts_with("tables/")
        && std::path::Path::new(path).extension().is_some_and(|ending| ending == "csv");
    let by_rows =
        is_table.then(|| rows::merge([base_text, mine_text, their_text], decided)).flatten();
    by_rows
        .or_else(|| lines::merge([base_text, mine_text, their_text], decided))
        .unwrap_or_else(|| whole(three, decided))
}

/// A file where one side took away what the other changed, or too different to compare.
fn whole(three: Three<'_>, decided: &BTreeMap<String, Side>) -> Merged {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let Three { base, mine, theirs } = three;
    match decided.get("*") {
        Some(Side::Mine) => Merged { text: owned(mine), conflicts: Vec::new() },
        Some(Side::Theirs) => Merged { text: owned(theirs), conflicts: Vec::new() },
        None => Merged {
            text: owned(theirs),
            conflicts: vec![Conflict {
                at: "*".to_owned(),
                base: owned(base),
                mine: owned(mine),
                theirs: owned(theirs),
            }],
        },
    }
}
