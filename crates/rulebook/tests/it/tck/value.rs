//! Values of the kit's files, and when two are the same.

use super::case::children;
use base::Word;
use roxmltree::Node;
use rulebook::expr::{Expr, Value};
use std::collections::BTreeMap;

/// The value inside an element; an error names a kind that does not exist here.
pub fn read(node: Node<'_, '_>) -> Result<Value, String> {
    if let Some(list) = children(node, "list").next() {
        let items = children(list, "item").map(read);
        return items.collect::<Result<_, _>>().map(Value::List);
    }
    let components: Vec<_> = children(node, "component").collect();
    if !components.is_empty() {
        let fields = components.into_iter().map(|component| {
            let name = component.attribute("name").unwrap_or_default();
            Ok((rulebook::dmn::identifier(name), read(component)?))
        });
        return fields.collect::<Result<BTreeMap<_, _>, String>>().map(Value::Record);
    }
    let Some(value) = children(node, "value").next() else { return Ok(Value::Null) };
    let schema = "http://www.w3.org/2001/XMLSchema-instance";
    if value.attribute((schema, "nil")) == Some("true") {
        return Ok(Value::Null);
    }
    let text = value.text().unwrap_or_default();
    let of = value.attribute((schema, "type")).unwrap_or("string");
    scalar(of.rsplit(':').next().unwrap_or(of), text)
}

fn scalar(of: &str, text: &str) -> Result<Value, String> {
    let literal = |text: &str| {
        let value = Expr::parse(text).eval(&BTreeMap::new());
        if value.is_null() { Err(format!("{text} does not exist here")) } else { Ok(value) }
    };
    match of {
        "string" => Ok(Value::Text(Word::read(text))),
        "boolean" => Ok(Value::Bool(text.trim() == "true")),
        "decimal" | "double" | "integer" | "float" | "int" | "long" => literal(text.trim()),
        "date" | "dateTime" | "duration" => literal(&format!("@\"{}\"", text.trim())),
        "time" => Err(format!("a time of day ({text}) does not exist here")),
        other => Err(format!("a {other} does not exist here")),
    }
}

/// Whether two values are the same, numbers at ten significant digits.
pub fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => match (a.round_sf(10), b.round_sf(10)) {
            (Some(a), Some(b)) => a == b,
            _ => a == b,
        },
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Record(a), Value::Record(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|((name, a), (other, b))| name == other && same(a, b))
        }
        _ => a == b,
    }
}
