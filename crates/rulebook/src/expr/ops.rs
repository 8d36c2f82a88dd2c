//! Arithmetic and comparison of values. Nothing here fails: what has no answer is null.

use super::ast::{Arith, Compare};
use super::{Scope, Value};
use base::time;
use base::{Day, Instant};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, MathematicalOps};
use std::cmp::Ordering;

const DAY: i64 = 86_400;

/// Whether two values are equal; `None` when one is missing or they cannot be compared.
pub(super) fn equal(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a == b),
        (Value::List(a), Value::List(b)) => {
            all_equal(a.len() == b.len(), a.iter().zip(b).map(|(a, b)| equal(a, b)))
        }
        (Value::Record(a), Value::Record(b)) => {
            let same_names = a.len() == b.len() && a.keys().eq(b.keys());
            all_equal(same_names, a.values().zip(b.values()).map(|(a, b)| equal(a, b)))
        }
        _ => order(a, b).map(Ordering::is_eq),
    }
}

fn all_equal(same_shape: bool, pairs: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    if same_shape { every(pairs) } else { Some(false) }
}

/// Conjunction in three values: one *no* is no, else one unknown is unknown.
pub(super) fn every(terms: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for term in terms {
        match term {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

/// Disjunction in three values: one *yes* is yes, else one unknown is unknown.
pub(super) fn some(terms: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    every(terms.into_iter().map(|term| term.map(|yes| !yes))).map(|none| !none)
}

/// The order of two values of one kind; `None` when one is missing or the kinds differ. Zero needs
/// no unit, as the sum of an empty list has none.
pub(super) fn order(a: &Value, b: &Value) -> Option<Ordering> {
    Some(match (a, b) {
        (Value::Number(a), Value::Number(b)) | (Value::Money(a), Value::Money(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Instant(a), Value::Instant(b)) => a.cmp(b),
        (Value::Seconds(a), Value::Seconds(b)) | (Value::Months(a), Value::Months(b)) => a.cmp(b),
        (Value::Number(zero), b) if zero.is_zero() => 0.cmp(&sign(b)?),
        (a, Value::Number(zero)) if zero.is_zero() => sign(a)?.cmp(&0),
        _ => return None,
    })
}

/// The sign of an amount with a unit.
fn sign(value: &Value) -> Option<i64> {
    match value {
        Value::Money(fen) if fen.is_zero() => Some(0),
        Value::Money(fen) => Some(if fen.is_sign_negative() { -1 } else { 1 }),
        Value::Seconds(count) | Value::Months(count) => Some(count.signum()),
        _ => None,
    }
}

pub(super) fn compare(compare: Compare, a: &Value, b: &Value) -> Option<bool> {
    match compare {
        Compare::Eq => equal(a, b),
        Compare::Ne => equal(a, b).map(|same| !same),
        Compare::Lt => order(a, b).map(Ordering::is_lt),
        Compare::Le => order(a, b).map(Ordering::is_le),
        Compare::Gt => order(a, b).map(Ordering::is_gt),
        Compare::Ge => order(a, b).map(Ordering::is_ge),
    }
}

pub(super) fn arith(arith: Arith, a: &Value, b: &Value, scope: &dyn Scope) -> Value {
    let value = match arith {
        Arith::Add => add(a, b, scope).or_else(|| add(b, a, scope)),
        Arith::Sub => sub(a, b, scope),
        Arith::Mul => mul(a, b).or_else(|| mul(b, a)),
        Arith::Div => div(a, b),
        Arith::Pow => pow(a, b),
    };
    value.unwrap_or(Value::Null)
}

pub(super) fn neg(value: &Value) -> Value {
    match value {
        Value::Number(n) => Value::Number(-*n),
        Value::Money(fen) => Value::Money(-*fen),
        Value::Seconds(count) => count.checked_neg().map_or(Value::Null, Value::Seconds),
        Value::Months(count) => count.checked_neg().map_or(Value::Null, Value::Months),
        _ => Value::Null,
    }
}

fn add(a: &Value, b: &Value, scope: &dyn Scope) -> Option<Value> {
    Some(match (a, b) {
        (Value::Number(a), Value::Number(b)) => Value::Number(a.checked_add(*b)?),
        (Value::Money(a), Value::Money(b)) => Value::Money(a.checked_add(*b)?),
        (Value::Seconds(a), Value::Seconds(b)) => Value::Seconds(a.checked_add(*b)?),
        (Value::Months(a), Value::Months(b)) => Value::Months(a.checked_add(*b)?),
        (Value::Text(a), Value::Text(b)) => Value::Text(format!("{a}{b}").into()),
        (Value::Date(day), Value::Months(n)) => Value::Date(time::add_months(*day, *n)?),
        (Value::Date(day), Value::Seconds(n)) => Value::Date(add_whole_days(*day, *n)?),
        (Value::Instant(at), Value::Seconds(n)) => {
            Value::Instant(Instant(at.0.checked_add(n.checked_mul(1_000_000)?)?))
        }
        (Value::Instant(at), Value::Months(n)) => {
            let zone = scope.zone();
            let local = zone.local(*at);
            let day = time::add_months(local.date(), *n)?;
            Value::Instant(zone.instant(day.to_datetime(local.time())))
        }
        (amount, Value::Number(zero)) if zero.is_zero() => {
            sign(amount)?;
            amount.clone()
        }
        _ => return None,
    })
}

/// A day moves by whole days only; hours would be lost silently.
fn add_whole_days(day: Day, seconds: i64) -> Option<Day> {
    if seconds % DAY == 0 { time::add_days(day, seconds / DAY) } else { None }
}

fn sub(a: &Value, b: &Value, scope: &dyn Scope) -> Option<Value> {
    match (a, b) {
        (Value::Date(a), Value::Date(b)) => {
            Some(Value::Seconds(time::days_between(*b, *a).checked_mul(DAY)?))
        }
        (Value::Instant(a), Value::Instant(b)) => {
            Some(Value::Seconds(a.0.checked_sub(b.0)?.div_euclid(1_000_000)))
        }
        (_, Value::Date(_) | Value::Instant(_)) => None,
        (Value::Number(_), b) => match neg(b) {
            Value::Null => None,
            negative => add(&negative, a, scope).or_else(|| add(a, &negative, scope)),
        },
        _ => add(a, &neg(b), scope),
    }
}

fn mul(a: &Value, b: &Value) -> Option<Value> {
    let Value::Number(factor) = b else { return None };
    Some(match a {
        Value::Number(a) => Value::Number(a.checked_mul(*factor)?),
        Value::Money(a) => Value::Money(a.checked_mul(*factor)?),
        Value::Seconds(a) => Value::Seconds(whole(Decimal::from(*a).checked_mul(*factor)?)?),
        Value::Months(a) => Value::Months(whole(Decimal::from(*a).checked_mul(*factor)?)?),
        _ => return None,
    })
}

fn div(a: &Value, b: &Value) -> Option<Value> {
    let divide = |a: Decimal, b: Decimal| a.checked_div(b);
    let from = |n: &i64| Decimal::from(*n);
    Some(match (a, b) {
        (Value::Number(a), Value::Number(b)) | (Value::Money(a), Value::Money(b)) => {
            Value::Number(divide(*a, *b)?)
        }
        (Value::Money(a), Value::Number(b)) => Value::Money(divide(*a, *b)?),
        (Value::Seconds(a), Value::Seconds(b)) | (Value::Months(a), Value::Months(b)) => {
            Value::Number(divide(from(a), from(b))?)
        }
        (Value::Seconds(a), Value::Number(b)) => Value::Seconds(whole(divide(from(a), *b)?)?),
        (Value::Months(a), Value::Number(b)) => Value::Months(whole(divide(from(a), *b)?)?),
        _ => return None,
    })
}

/// A power; null for a root of a negative number, and for zero to a power below zero.
fn pow(a: &Value, b: &Value) -> Option<Value> {
    let (Value::Number(base), Value::Number(exponent)) = (a, b) else { return None };
    if base.is_zero() && exponent.is_sign_negative() && !exponent.is_zero() {
        return None;
    }
    let whole = exponent.is_integer().then(|| exponent.to_i64());
    let power = match whole {
        Some(times) => base.checked_powi(times?),
        None if base.is_sign_negative() && !base.is_zero() => None,
        None => base.checked_powd(*exponent),
    };
    power.map(Value::Number)
}

/// Lengths of time are whole; a part of a second or month is cut off towards zero.
fn whole(count: Decimal) -> Option<i64> {
    count.trunc().to_i64()
}
