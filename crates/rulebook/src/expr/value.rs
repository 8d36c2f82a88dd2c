//! Values and types of expressions.

use base::{Day, Instant, Word};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A value. A missing fact is `Null` and propagates as in FEEL.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Missing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, 28 digits.
    Number(Decimal),
    /// Money in fen, unrounded.
    Money(Decimal),
    /// Text, and keys of choices.
    Text(Word),
    /// A calendar day.
    Date(Day),
    /// A point in time.
    Instant(Instant),
    /// Elapsed time in seconds.
    Seconds(i64),
    /// Calendar months.
    Months(i64),
    /// A list.
    List(Vec<Value>),
    /// A record; a name it lacks reads as `Null`.
    Record(BTreeMap<String, Value>),
}

impl Value {
    /// Whether it is *yes*. A missing fact is not: a guard over it does not pass.
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    /// Whether it is missing.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// The field of that path below this value; [`Value::Null`] where there is none.
    pub fn at<'v, 'p>(&'v self, path: impl IntoIterator<Item = &'p str>) -> &'v Self {
        path.into_iter().fold(self, |value, name| match value {
            Self::Record(fields) => fields.get(name).unwrap_or(&Self::Null),
            _ => &Self::Null,
        })
    }
}

/// A type, known when the rulebook is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Anything: only for the literal `null` and for facts the schema leaves open.
    Any,
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// A quantity: a number of pieces in expressions, thousandths in JSON.
    Quantity,
    /// Money; fen in JSON.
    Money,
    /// Text.
    Text,
    /// One of these keys: text whose comparison with any other key is a mistake.
    Choice(Vec<String>),
    /// A calendar day.
    Date,
    /// A point in time.
    Instant,
    /// Elapsed time.
    Seconds,
    /// Calendar months.
    Months,
    /// A list of one type.
    List(Box<Type>),
    /// A record with these names.
    Record(BTreeMap<String, Type>),
}
