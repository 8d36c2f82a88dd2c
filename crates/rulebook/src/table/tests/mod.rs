//! Tests of decision tables.

mod checking;
mod differential;
mod policies;
mod random;
mod reading;
mod verdicts;
mod workbook;

use super::Table;
use crate::expr::{Type, Value};
use serde_json::Value as Json;

fn table(csv: &str, sidecar: &str) -> Table {
    Table::parse("t", csv, Some(sidecar)).expect("a table that can be read")
}

/// Facts without a schema; a text that looks like a day is one.
fn facts(json: &Json) -> Value {
    fn days(value: Value) -> Value {
        match value {
            Value::Text(text) => match text.parse() {
                Ok(day) if text.len() == 10 => Value::Date(day),
                _ => Value::Text(text),
            },
            Value::Record(fields) => {
                Value::Record(fields.into_iter().map(|(name, v)| (name, days(v))).collect())
            }
            other => other,
        }
    }
    days(Value::from_json(json, &Type::Any).expect("anything fits"))
}
