//! What differs between two releases (版本比较), item by item and in sentences: which clause, row,
//! deadline, action or setting came, went or changed. Nothing is compared as lines of a file: a
//! file moved, a comment added or a table sorted by hand is no difference, a row that is asked
//! earlier is one.

mod items;
mod order;
mod sentence;
mod shown;
mod within;
mod words;

use crate::Release;
use base::Text;
pub(crate) use items::{Item, of as items};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// One item that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Its kind: `clause`, `table-row`, `deadline`, `require`, `parameter`, …
    pub kind: &'static str,
    /// Its path within the kind: `repair_order/assign/certified`, `coverage/battery-low`.
    pub path: String,
    /// Its name, by the later release that has it.
    pub title: Text,
    /// The clauses it stands on, by the later release that has it.
    pub clause: Vec<String>,
    /// What became of it.
    pub change: Change,
    /// The same for a reader.
    pub sentences: Vec<Text>,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the second release has it.
    Added,
    /// Only the first release has it.
    Removed,
    /// Both have it, and these of its sides differ.
    Changed(Vec<Side>),
    /// The row is the same and is asked after another one than before; `None` is first of all.
    Moved {
        /// The row it now follows.
        after: Option<String>,
    },
}

/// A side of an item that differs: a key of its text in the pack, or a column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// Its key.
    pub key: String,
    /// What it was; null where it was not said.
    pub was: Value,
    /// What it is; null where it is no longer said.
    pub is: Value,
}

/// What differs from `a` to `b`, by kind in the order a reader looks for it, then by path.
pub fn diff(a: &Release, b: &Release) -> Vec<Difference> {
    let (before, after) = (items(a), items(b));
    let old: BTreeMap<_, _> = before.iter().map(|item| (item.key(), item)).collect();
    let new: BTreeMap<_, _> = after.iter().map(|item| (item.key(), item)).collect();
    let mut differences = Vec::new();
    for (key, item) in &old {
        if !new.contains_key(key) {
            differences.push(difference(item, Change::Removed, a, b));
        }
    }
    for (key, item) in &new {
        match old.get(key) {
            None => differences.push(difference(item, Change::Added, a, b)),
            Some(was) => {
                let sides = sides(was, item);
                if !sides.is_empty() {
                    differences.push(difference(item, Change::Changed(sides), a, b));
                }
            }
        }
    }
    for (table, row, after) in order::moved(a, b) {
        if let Some(item) = new.get(&("table-row", format!("{table}/{row}").as_str())) {
            differences.push(difference(item, Change::Moved { after }, a, b));
        }
    }
    differences.sort_by(|x, y| (rank(x), &x.path).cmp(&(rank(y), &y.path)));
    differences
}

fn rank(difference: &Difference) -> usize {
    words::KINDS.iter().position(|(kind, ..)| *kind == difference.kind).unwrap_or(usize::MAX)
}

fn sides(was: &Item, is: &Item) -> Vec<Side> {
    let mut keys: Vec<&String> = was.sides.keys().chain(is.sides.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let side = |key: &&String| Side {
        key: (*key).clone(),
        was: was.sides.get(*key).cloned().unwrap_or_default(),
        is: is.sides.get(*key).cloned().unwrap_or_default(),
    };
    keys.iter().map(side).filter(|side| side.was != side.is).collect()
}

fn difference(item: &Item, change: Change, a: &Release, b: &Release) -> Difference {
    let sentences = sentence::of(item, &change, &shown::Names { a, b });
    Difference {
        kind: item.kind,
        path: item.path.clone(),
        title: item.title.clone(),
        clause: item.clause.clone(),
        change,
        sentences,
    }
}
