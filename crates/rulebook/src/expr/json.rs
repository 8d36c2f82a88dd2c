//! Values from and to JSON, by their type: the forms' answers and the facts of a case are JSON.

use super::{Type, Value};
use base::{Day, Instant, Text, Word};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::str::FromStr;

/// A JSON value that is not of the type the schema gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where, from the root: `lines.3.amount`.
    pub path: String,
    /// What is wrong and what would be right.
    pub sentence: Text,
}

impl Mismatch {
    /// The same one level further out; a path is put together only where something is wrong.
    fn within(mut self, name: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        self.path.insert_str(0, dot);
        self.path.insert_str(0, name);
        self
    }
}

impl Value {
    /// Reads JSON as `of`. `null`, and a field that is absent, are [`Value::Null`]; money is fen,
    /// a quantity thousandths, a day `2026-11-21`, an instant RFC 3339, elapsed time seconds. Keys
    /// that a record type does not name are kept as they come.
    pub fn from_json(json: &Json, of: &Type) -> Result<Self, Mismatch> {
        read(json, of)
    }

    /// The same as JSON. The type is needed only where a quantity is written in thousandths.
    pub fn to_json(&self, of: &Type) -> Json {
        match (self, of) {
            (Self::Null, _) => Json::Null,
            (Self::Bool(yes), _) => Json::Bool(*yes),
            (Self::Number(number), Type::Quantity) => {
                number.checked_mul(Decimal::from(1000)).map_or(Json::Null, number_json)
            }
            (Self::Number(number), _) => number_json(*number),
            (Self::Money(fen), _) => {
                base::Money::try_from_fen(*fen).map_or(Json::Null, |money| money.0.into())
            }
            (Self::Text(text), _) => Json::String(text.to_string()),
            (Self::Date(day), _) => Json::String(day.to_string()),
            (Self::Instant(at), _) => Json::String(at.to_string()),
            (Self::Seconds(count) | Self::Months(count), _) => (*count).into(),
            (Self::List(items), Type::List(of)) => {
                items.iter().map(|item| item.to_json(of)).collect()
            }
            (Self::List(items), _) => items.iter().map(|item| item.to_json(&Type::Any)).collect(),
            (Self::Record(fields), of) => Json::Object(record_json(fields, of)),
        }
    }
}

fn record_json(fields: &BTreeMap<String, Value>, of: &Type) -> Map<String, Json> {
    let of = |name: &str| match of {
        Type::Record(types) => types.get(name).unwrap_or(&Type::Any),
        _ => &Type::Any,
    };
    fields.iter().map(|(name, value)| (name.clone(), value.to_json(of(name)))).collect()
}

/// Whole numbers stay whole; others become the nearest double, which JSON can carry.
fn number_json(number: Decimal) -> Json {
    use rust_decimal::prelude::ToPrimitive;
    if number.is_integer()
        && let Some(whole) = number.to_i64()
    {
        return whole.into();
    }
    number.to_f64().and_then(serde_json::Number::from_f64).map_or(Json::Null, Json::Number)
}

fn read(json: &Json, of: &Type) -> Result<Value, Mismatch> {
    let wrong = || {
        let (zh, en) = expected(of);
        let shown = clip(&json.to_string(), 40);
        Mismatch {
            path: String::new(),
            sentence: Text::new(format!("{shown} 不是{zh}"), format!("{shown} is not {en}")),
        }
    };
    Ok(match (of, json) {
        (_, Json::Null) => Value::Null,
        (Type::Any, _) => open(json),
        (Type::Bool, Json::Bool(yes)) => Value::Bool(*yes),
        (Type::Number, Json::Number(n)) => Value::Number(decimal(n).ok_or_else(wrong)?),
        (Type::Quantity, Json::Number(n)) => {
            let thousandths = decimal(n).ok_or_else(wrong)?;
            Value::Number((thousandths / Decimal::from(1000)).normalize())
        }
        (Type::Money, Json::Number(n)) => Value::Money(decimal(n).ok_or_else(wrong)?),
        (Type::Text | Type::Choice(_), Json::String(text)) => Value::Text(Word::read(text)),
        (Type::Date, Json::String(text)) => Value::Date(Day::from_str(text).map_err(|_| wrong())?),
        (Type::Instant, Json::String(text)) => {
            Value::Instant(jiff::Timestamp::from_str(text).map(Instant::from).map_err(|_| wrong())?)
        }
        (Type::Seconds, Json::Number(n)) => Value::Seconds(n.as_i64().ok_or_else(wrong)?),
        (Type::Months, Json::Number(n)) => Value::Months(n.as_i64().ok_or_else(wrong)?),
        (Type::List(of), Json::Array(items)) => Value::List(
            items
                .iter()
                .enumerate()
                .map(|(i, item)| read(item, of).map_err(|wrong| wrong.within(&i.to_string())))
                .collect::<Result<_, _>>()?,
        ),
        (Type::Record(types), Json::Object(fields)) => Value::Record(
            fields
                .iter()
                .map(|(name, field)| {
                    let of = types.get(name).unwrap_or(&Type::Any);
                    let value = read(field, of).map_err(|wrong| wrong.within(name))?;
                    Ok((name.clone(), value))
                })
                .collect::<Result<_, _>>()?,
        ),
        _ => return Err(wrong()),
    })
}

/// JSON without a schema: as it looks, text stays text.
fn open(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::Number(number) => decimal(number).map_or(Value::Null, Value::Number),
        Json::String(text) => Value::Text(Word::read(text)),
        Json::Array(items) => Value::List(items.iter().map(open).collect()),
        Json::Object(fields) => {
            Value::Record(fields.iter().map(|(name, field)| (name.clone(), open(field))).collect())
        }
    }
}

fn decimal(number: &serde_json::Number) -> Option<Decimal> {
    if let Some(whole) = number.as_i64() {
        return Some(Decimal::from(whole));
    }
    let text = number.to_string();
    Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text)).ok()
}

fn expected(of: &Type) -> (&'static str, &'static str) {
    match of {
        Type::Any => ("值", "a value"),
        Type::Bool => ("是/否（true 或 false）", "yes or no (true or false)"),
        Type::Number => ("数字", "a number"),
        Type::Quantity => ("数量（千分之一为单位的数字）", "a quantity (a number of thousandths)"),
        Type::Money => ("金额（以分为单位的数字）", "an amount (a number of fen)"),
        Type::Text | Type::Choice(_) => ("文字", "text"),
        Type::Date => ("日期，例如 \"2026-11-21\"", "a day, for example \"2026-11-21\""),
        Type::Instant => (
            "时刻，例如 \"2026-11-21T08:00:00+08:00\"",
            "a point in time, for example \"2026-11-21T08:00:00+08:00\"",
        ),
        Type::Seconds => ("时长（秒数）", "a length of time (a number of seconds)"),
        Type::Months => ("月数", "a number of months"),
        Type::List(_) => ("列表", "a list"),
        Type::Record(_) => ("一组字段", "an object"),
    }
}

/// At most `most` characters of a text, for a sentence.
fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
