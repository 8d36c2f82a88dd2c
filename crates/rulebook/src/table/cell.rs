//! Unary tests: what one cell asks of its input.

use super::Tri;
use crate::expr::{Type, Value};
use base::time::{Span, SpanUnit};
use base::{Day, Text, Word};
use rust_decimal::Decimal;
use std::str::FromStr;

/// What a column's cells are about; it decides which values can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Keys and other text; a list of them is asked for a member.
    Text,
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// Money.
    Money,
    /// A calendar day.
    Date,
    /// Elapsed time: minutes, hours, days.
    Time,
    /// Calendar months.
    Months,
}

impl Kind {
    /// The word of the sidecar: `type = "number"`.
    pub const WORDS: [(&'static str, Self); 7] = [
        ("text", Self::Text),
        ("bool", Self::Bool),
        ("number", Self::Number),
        ("money", Self::Money),
        ("date", Self::Date),
        ("time", Self::Time),
        ("months", Self::Months),
    ];

    /// As a sentence says it.
    pub fn words(self) -> Text {
        let (zh, en) = match self {
            Self::Text => ("文字", "text"),
            Self::Bool => ("是/否", "yes or no"),
            Self::Number => ("数字", "a number"),
            Self::Money => ("金额", "money"),
            Self::Date => ("日期", "a day"),
            Self::Time => ("时长（分、时、天）", "a length of time (min, h, d)"),
            Self::Months => ("月数", "a number of months"),
        };
        Text::new(zh, en)
    }

    /// The type of what is asked.
    pub const fn value(self) -> Type {
        match self {
            Self::Text => Type::Text,
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::Money => Type::Money,
            Self::Date => Type::Date,
            Self::Time => Type::Seconds,
            Self::Months => Type::Months,
        }
    }

    /// Whether values have an order that ranges can ask about.
    pub const fn is_ordered(self) -> bool {
        !matches!(self, Self::Text | Self::Bool)
    }

    /// Where a value of this kind lies on the line of numbers; `None` for other kinds.
    pub(super) fn point(self, value: &Value) -> Option<Decimal> {
        match (self, value) {
            (Self::Number, Value::Number(n)) | (Self::Money, Value::Money(n)) => Some(*n),
            (Self::Money | Self::Time | Self::Months, Value::Number(n)) if n.is_zero() => Some(*n),
            (Self::Date, Value::Date(day)) => Some(Decimal::from(day_number(*day))),
            (Self::Time, Value::Seconds(n)) | (Self::Months, Value::Months(n)) => {
                Some(Decimal::from(*n))
            }
            _ => None,
        }
    }

    /// The value at a point of that line, as a sentence shows it.
    pub(super) fn show(self, point: Decimal) -> String {
        use rust_decimal::prelude::ToPrimitive;
        let whole = || point.floor().to_i64().unwrap_or(0);
        match self {
            Self::Text | Self::Bool | Self::Number => Value::Number(point).to_string(),
            Self::Money => Value::Money(point).to_string(),
            Self::Date => Day::new(1970, 1, 1)
                .ok()
                .and_then(|start| base::time::add_days(start, whole()))
                .map_or_else(String::new, |day| day.to_string()),
            Self::Time => Value::Seconds(whole()).to_string(),
            Self::Months => Value::Months(whole()).to_string(),
        }
    }
}

fn day_number(day: Day) -> i64 {
    Day::new(1970, 1, 1).map_or(0, |start| base::time::days_between(start, day))
}

/// A literal of a cell, before its column's kind is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Literal {
    /// As written, without quotes.
    pub text: String,
    /// The kind it looks like.
    pub kind: Kind,
    /// Whether it stood in quotes and is text whatever it looks like.
    pub quoted: bool,
    pub value: Value,
}

impl Literal {
    /// Reads a literal. A word that is nothing else is text.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if let Some(inner) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
            let (text, value) = (inner.to_owned(), Value::Text(Word::read(inner)));
            return Self { text, kind: Kind::Text, quoted: true, value };
        }
        let (kind, value) = look(text).unwrap_or((Kind::Text, Value::Text(Word::read(text))));
        Self { text: text.to_owned(), kind, quoted: false, value }
    }

    /// Whether it is the number 0, which needs no unit.
    pub fn is_zero(&self) -> bool {
        is_zero(&self.value)
    }

    /// The value when the column is of `kind`; `None` when it is not of that kind.
    pub fn value_as(&self, kind: Kind) -> Option<Value> {
        match kind {
            Kind::Text => Some(Value::Text(Word::read(&self.text))),
            _ if kind == self.kind => Some(self.value.clone()),
            Kind::Money | Kind::Time | Kind::Months if is_zero(&self.value) => {
                Some(self.value.clone())
            }
            _ => None,
        }
    }
}

fn is_zero(value: &Value) -> bool {
    *value == Value::Number(Decimal::ZERO)
}

/// What an unquoted word looks like.
fn look(text: &str) -> Option<(Kind, Value)> {
    match text {
        "yes" | "true" | "是" | "TRUE" => return Some((Kind::Bool, Value::Bool(true))),
        "no" | "false" | "否" | "FALSE" => return Some((Kind::Bool, Value::Bool(false))),
        _ => {}
    }
    if let Ok(number) = Decimal::from_str_exact(text) {
        return Some((Kind::Number, Value::Number(number)));
    }
    if let Some(fen) = money(text) {
        return Some((Kind::Money, Value::Money(fen)));
    }
    if text.len() == 10
        && let Ok(day) = Day::from_str(text)
    {
        return Some((Kind::Date, Value::Date(day)));
    }
    let span = Span::parse(text)?;
    let seconds = |unit: i64| span.count.checked_mul(unit).map(Value::Seconds);
    Some(match span.unit {
        SpanUnit::Min => (Kind::Time, seconds(60)?),
        SpanUnit::H => (Kind::Time, seconds(3600)?),
        SpanUnit::D => (Kind::Time, seconds(86_400)?),
        SpanUnit::Mo => (Kind::Months, Value::Months(span.count)),
        SpanUnit::Workday => return None,
    })
}

fn money(text: &str) -> Option<Decimal> {
    let yuan = text
        .strip_prefix(['¥', '￥'])
        .or_else(|| text.strip_suffix("yuan"))
        .or_else(|| text.strip_suffix('元'))?;
    Decimal::from_str_exact(yuan.trim()).ok()?.checked_mul(Decimal::ONE_HUNDRED)
}

/// A stretch of the line of numbers; an end is a point and whether it is included.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    pub low: Option<(Decimal, bool)>,
    pub high: Option<(Decimal, bool)>,
}

impl Range {
    pub fn holds(&self, point: Decimal) -> bool {
        let above =
            self.low.is_none_or(|(low, included)| point > low || (included && point == low));
        let below =
            self.high.is_none_or(|(high, included)| point < high || (included && point == high));
        above && below
    }

    /// Whether no point lies in it.
    pub fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some((low, low_in)), Some((high, high_in))) => {
                low > high || (low == high && !(low_in && high_in))
            }
            _ => false,
        }
    }
}

/// What a cell asks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    /// Nothing.
    Any,
    /// One of these keys; `yes` and `no` are the keys `true` and `false`.
    Keys(Vec<String>),
    /// A point in one of these.
    Ranges(Vec<Range>),
}

/// A compiled unary test.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Test {
    /// As written.
    pub text: Word,
    pub asked: Asked,
    /// Whether it stands in `not(…)`.
    pub not: bool,
    /// Whether it names `null`: then it also answers when the fact is missing.
    pub null: bool,
}

impl Test {
    pub fn any() -> Self {
        Self { text: Word::default(), asked: Asked::Any, not: false, null: false }
    }

    pub fn is_any(&self) -> bool {
        self.asked == Asked::Any
    }

    /// The keys it names.
    pub fn keys(&self) -> &[String] {
        if let Asked::Keys(keys) = &self.asked { keys } else { &[] }
    }

    /// What it says of a missing fact.
    pub fn on_null(&self) -> Tri {
        match (self.is_any(), self.null, self.not) {
            (true, ..) | (_, true, false) => Tri::Yes,
            (_, true, true) => Tri::No,
            (_, false, _) => Tri::Unknown,
        }
    }

    /// What it says of a value; `None` when the value is not of the column's kind.
    pub fn holds(&self, kind: Kind, value: &Value) -> Option<Tri> {
        if self.is_any() {
            return Some(Tri::Yes);
        }
        match value {
            Value::Null => Some(self.on_null()),
            Value::List(items) if kind == Kind::Text => self.holds_for_members(items),
            _ => Some(Tri::from(self.holds_for_one(kind, value)?)),
        }
    }

    fn holds_for_one(&self, kind: Kind, value: &Value) -> Option<bool> {
        let inside = match &self.asked {
            Asked::Any => true,
            Asked::Keys(keys) if keys.is_empty() => false,
            Asked::Keys(keys) => {
                let key = key_of(kind, value)?;
                keys.iter().any(|k| k == key)
            }
            Asked::Ranges(ranges) => {
                let point = kind.point(value)?;
                ranges.iter().any(|range| range.holds(point))
            }
        };
        Some(inside != self.not)
    }

    /// A list is asked whether it holds one of the keys, or with `not(…)` none of them.
    fn holds_for_members(&self, items: &[Value]) -> Option<Tri> {
        let Asked::Keys(keys) = &self.asked else { return None };
        let mut unknown = false;
        let mut found = false;
        for item in items {
            match item {
                Value::Text(text) => found |= keys.iter().any(|key| key == text),
                Value::Null => unknown = true,
                _ => return None,
            }
        }
        Some(match (found, unknown) {
            (false, true) => Tri::Unknown,
            (found, _) => Tri::from(found != self.not),
        })
    }
}

/// The key of a value in a column of keys.
pub(super) fn key_of(kind: Kind, value: &Value) -> Option<&str> {
    match (kind, value) {
        (Kind::Text, Value::Text(text)) => Some(text),
        (Kind::Bool, Value::Bool(yes)) => Some(if *yes { "true" } else { "false" }),
        _ => None,
    }
}
