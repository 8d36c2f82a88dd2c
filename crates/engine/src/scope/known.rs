//! What the company knows of a unit beside the case, as expressions read it: how it stands on the
//! scorecards, how all stations stand, earlier cases, what is left there, and the case that opened
//! this one.

use super::{FACT_TYPES, read};
use rulebook::expr::{Type, Value};
use serde_json::{Map, Value as Json};
use std::cell::OnceCell;

/// These facts.
const ROOTS: [&str; 5] = ["scores", "standings", "earlier", "parent", "left"];

/// Whether it is one of these facts.
pub(super) fn is_root(name: &str) -> bool {
    ROOTS.contains(&name)
}

/// Each read when first asked for.
#[derive(Debug, Default)]
pub(super) struct Told([OnceCell<Value>; ROOTS.len()]);

impl Told {
    /// A fact as it was brought; a list that nobody brought is empty.
    pub(super) fn get(&self, root: &str, known: &Map<String, Json>) -> Option<&Value> {
        let cell = self.0.get(ROOTS.iter().position(|name| *name == root)?)?;
        Some(cell.get_or_init(|| value(root, known.get(root))))
    }
}

fn value(root: &str, json: Option<&Json>) -> Value {
    let of = match &*FACT_TYPES {
        Type::Record(roots) => roots.get(root),
        _ => None,
    };
    match (json, of) {
        (Some(json), Some(of)) => read(json, of),
        (None, Some(Type::List(_))) => Value::List(Vec::new()),
        _ => Value::Null,
    }
}
