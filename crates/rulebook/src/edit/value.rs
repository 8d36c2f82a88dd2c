//! Values of a TOML text and of a wish: read, compared, written out.

use serde_json::{Map, Number, Value};
use std::fmt::Write as _;
use toml::de::DeValue;

/// What a value of the text says.
pub(super) fn read(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::String(number.to_string()), Value::from),
        DeValue::Float(number) => {
            let float = number.as_str().parse().ok().and_then(Number::from_f64);
            float.map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(at) => Value::String(at.to_string()),
        DeValue::Array(items) => items.iter().map(|item| read(item.get_ref())).collect(),
        DeValue::Table(table) => {
            let keys = table.iter();
            keys.map(|(key, value)| (key.get_ref().to_string(), read(value.get_ref()))).collect()
        }
    }
}

/// Whether they say the same: 24 and 24.0 do.
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x == y || x.as_f64() == y.as_f64(),
        (Value::Array(x), Value::Array(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|(a, b)| same(a, b))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(key, a)| y.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// The wish without what it says nothing about: a null is a key that is not there.
pub(super) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            items.iter().filter(|item| !item.is_null()).map(without_nulls).collect()
        }
        Value::Object(map) => {
            let said = map.iter().filter(|(_, value)| !value.is_null());
            Value::Object(said.map(|(k, v)| (k.clone(), without_nulls(v))).collect())
        }
        other => other.clone(),
    }
}

/// A value as a pack writes it, on one line.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Null => "\"\"".to_owned(),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", "))
        }
        Value::Object(map) => inline(map),
    }
}

fn inline(map: &Map<String, Value>) -> String {
    if map.is_empty() {
        return "{}".to_owned();
    }
    // Chinese stands before English, whatever order a client sent.
    let mut pairs: Vec<_> = map.iter().collect();
    pairs
        .sort_by_key(|(key, _)| RANKS.iter().position(|known| known == key).unwrap_or(RANKS.len()));
    let pairs = pairs.into_iter().map(|(k, v)| format!("{} = {}", key(k), written(v)));
    format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
}

/// Keys of records in the order packs write them; others follow as they came.
const RANKS: [&str; 12] = [
    "when", "span", "after", "before", "opens", "notify", "open", "to", "effects", "times", "zh",
    "en",
];

/// A key, in quotes where it needs them.
pub(super) fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { quoted(name) }
}

/// Text in quotes: an expression with texts of its own stands in single ones.
fn quoted(text: &str) -> String {
    let plain = !text.contains('\'') && !text.chars().any(|c| c.is_control() || c == '\u{feff}');
    if plain && text.contains(['"', '\\']) {
        return format!("'{text}'");
    }
    let mut whole = String::with_capacity(text.len() + 2);
    whole.push('"');
    for c in text.chars() {
        match c {
            '"' => whole.push_str("\\\""),
            '\\' => whole.push_str("\\\\"),
            '\n' => whole.push_str("\\n"),
            '\t' => whole.push_str("\\t"),
            '\r' => whole.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(whole, "\\u{:04X}", u32::from(c));
            }
            c => whole.push(c),
        }
    }
    whole.push('"');
    whole
}
