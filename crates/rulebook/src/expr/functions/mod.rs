//! What the built-in functions do. Arguments are counted by the parser; a wrong type gives null.

mod days;
mod lists;
mod numbers;
mod texts;

pub(super) use days::*;
pub(super) use lists::*;
pub(super) use numbers::*;
pub(super) use texts::*;

use super::{Scope, Value};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;

type Args<'a, 'v> = &'a [Cow<'v, Value>];

fn list<'a>(arguments: Args<'a, '_>) -> Option<&'a [Value]> {
    match &**arguments.first()? {
        Value::List(items) => Some(items),
        _ => None,
    }
}

fn or_null(value: Option<Value>) -> Value {
    value.unwrap_or_default()
}

fn number(value: impl Into<Decimal>) -> Value {
    Value::Number(value.into())
}

fn yes_no(value: Option<bool>) -> Value {
    value.map_or(Value::Null, Value::Bool)
}

fn decimal(arguments: Args<'_, '_>, nth: usize) -> Option<Decimal> {
    match &**arguments.get(nth)? {
        Value::Number(n) => Some(*n),
        _ => None,
    }
}

fn words<'a>(arguments: Args<'a, '_>, nth: usize) -> Option<&'a str> {
    match &**arguments.get(nth)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The `nth` argument as a whole number; `otherwise` where it is left out.
fn whole(arguments: Args<'_, '_>, nth: usize, otherwise: i64) -> Option<i64> {
    match arguments.get(nth) {
        None => Some(otherwise),
        Some(_) => decimal(arguments, nth)?.trunc().to_i64(),
    }
}

pub(in crate::expr) fn is_null(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(arguments.first().map(|value| Value::Bool(value.is_null())))
}

pub(in crate::expr) fn coalesce(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    arguments.iter().find(|value| !value.is_null()).map_or(Value::Null, |v| v.clone().into_owned())
}
