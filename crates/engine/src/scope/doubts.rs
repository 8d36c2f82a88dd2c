//! What other records say against a case, as expressions read it.

use crate::facts::Doubt;
use base::{FileId, Word};
use rulebook::expr::Value;
use std::collections::BTreeMap;

/// The fact `doubts`.
pub(super) fn doubts(rows: &[Doubt]) -> Value {
    let item = |row: &Doubt| {
        let text = |text: &str| Value::Text(Word::read(text));
        let files =
            |files: &[FileId]| Value::List(files.iter().map(|id| text(&id.to_string())).collect());
        Value::Record(BTreeMap::from([
            ("check".to_owned(), text(&row.check)),
            ("number".to_owned(), row.number.as_deref().map_or(Value::Null, text)),
            ("case".to_owned(), row.case.map_or(Value::Null, |id| text(&id.to_string()))),
            ("at".to_owned(), row.at.map_or(Value::Null, Value::Instant)),
            ("count".to_owned(), row.count.map_or(Value::Null, |n| Value::Number(n.into()))),
            ("photos".to_owned(), files(&row.photos)),
            ("twins".to_owned(), files(&row.twins)),
        ]))
    };
    Value::List(rows.iter().map(item).collect())
}
