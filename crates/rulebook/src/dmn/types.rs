//! Types of a model: names of FEEL and those the model defines.

use super::spell::{self, identifier};
use super::xml::{self, Element};
use crate::expr::{Expr, Type, Value};
use std::collections::BTreeMap;

/// Definitions inside definitions; one that holds itself never ends.
const MOST_DEPTH: usize = 12;

pub(super) struct Types<'a, 'i>(BTreeMap<&'a str, Element<'a, 'i>>);

impl<'a, 'i: 'a> Types<'a, 'i> {
    pub fn of(root: Element<'a, 'i>) -> Self {
        let defined = xml::children(root, "itemDefinition");
        Self(defined.filter_map(|item| Some((item.attribute("name")?, item))).collect())
    }

    /// The type of that name; anything where it is not known.
    pub fn of_reference(&self, reference: Option<&str>) -> Type {
        self.named(reference.unwrap_or_default(), MOST_DEPTH)
    }

    fn named(&self, reference: &str, depth: usize) -> Type {
        let plain = reference.rsplit(':').next().unwrap_or(reference).trim();
        match plain {
            "string" => Type::Text,
            "number" => Type::Number,
            "boolean" => Type::Bool,
            "date" => Type::Date,
            "dateTime" | "date and time" => Type::Instant,
            "dayTimeDuration" | "days and time duration" => Type::Seconds,
            "yearMonthDuration" | "years and months duration" => Type::Months,
            other => match self.0.get(other) {
                Some(item) if depth > 0 => self.of_item(*item, depth - 1),
                _ => Type::Any,
            },
        }
    }

    fn of_item(&self, item: Element<'_, '_>, depth: usize) -> Type {
        let mut parts = BTreeMap::new();
        for part in xml::children(item, "itemComponent") {
            let name = identifier(part.attribute("name").unwrap_or_default());
            let of = if depth > 0 { self.of_item(part, depth - 1) } else { Type::Any };
            parts.insert(name, of);
        }
        let one = if parts.is_empty() {
            let reference = xml::child(item, "typeRef").map(xml::text).unwrap_or_default();
            let keys = xml::child(item, "allowedValues").and_then(keys);
            match (self.named(reference, depth), keys) {
                (Type::Text, Some(keys)) => Type::Choice(keys),
                (of, _) => of,
            }
        } else {
            Type::Record(parts)
        };
        if item.attribute("isCollection") == Some("true") { Type::List(Box::new(one)) } else { one }
    }
}

/// The keys of `"a", "b"`; nothing where it is more than a list of texts.
fn keys(allowed: Element<'_, '_>) -> Option<Vec<String>> {
    let list = Expr::parse(&format!("[{}]", spell::text_inside(allowed)));
    match list.eval(&BTreeMap::new()) {
        Value::List(items) if !items.is_empty() && list.paths().is_empty() => items
            .into_iter()
            .map(|item| if let Value::Text(key) = item { Some(key.into()) } else { None })
            .collect(),
        _ => None,
    }
}
