//! Values and types of expressions.

use base::{Day, Instant};
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
    Text(String),
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

/// A type, known when the rulebook is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Anything: only for the literal `null` and for facts the schema leaves open.
    Any,
    /// Yes or no.
    Bool,
    /// A number.
    Number,
    /// Money.
    Money,
    /// Text.
    Text,
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
