//! What the built-in functions do. Arguments are counted by the parser; a wrong type gives null.

use super::ast::Arith;
use super::ops::{self, every, some};
use super::{Scope, Value};
use base::Day;
use base::time;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::str::FromStr;

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

pub(super) fn count(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(list(arguments).map(|items| number(Decimal::from(items.len()))))
}

fn total(items: &[Value], scope: &dyn Scope) -> Option<Value> {
    let mut total = Value::Number(Decimal::ZERO);
    for item in items {
        total = ops::arith(Arith::Add, &total, item, scope);
        if total.is_null() {
            return None;
        }
    }
    Some(total)
}

pub(super) fn sum(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    or_null(list(arguments).and_then(|items| total(items, scope)))
}

pub(super) fn mean(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    or_null(list(arguments).and_then(|items| {
        let count = number(Decimal::from(items.len()));
        Some(ops::arith(Arith::Div, &total(items, scope)?, &count, scope))
    }))
}

/// The item that stands on `side` of all others; null when one is missing.
fn extreme(arguments: Args<'_, '_>, side: Ordering) -> Value {
    let Some(items) = list(arguments) else { return Value::Null };
    let mut best: Option<&Value> = None;
    for item in items {
        let Some(found) = best else {
            best = Some(item);
            continue;
        };
        match ops::order(item, found) {
            Some(order) if order == side => best = Some(item),
            Some(_) => {}
            None => return Value::Null,
        }
    }
    best.cloned().unwrap_or_default()
}

pub(super) fn min(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    extreme(arguments, Ordering::Less)
}

pub(super) fn max(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    extreme(arguments, Ordering::Greater)
}

fn truths<'a>(arguments: Args<'a, '_>) -> Option<impl Iterator<Item = Option<bool>> + use<'a>> {
    Some(list(arguments)?.iter().map(|item| match item {
        Value::Bool(yes) => Some(*yes),
        _ => None,
    }))
}

pub(super) fn all(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    yes_no(truths(arguments).and_then(every))
}

pub(super) fn any(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    yes_no(truths(arguments).and_then(some))
}

pub(super) fn distinct(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let Some(items) = list(arguments) else { return Value::Null };
    let mut kept: Vec<Value> = Vec::new();
    for item in items {
        let seen = kept.iter().any(|k| k == item || ops::equal(k, item) == Some(true));
        if !seen {
            kept.push(item.clone());
        }
    }
    Value::List(kept)
}

pub(super) fn abs(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    match arguments.first().map(|value| &**value) {
        Some(Value::Number(n)) => Value::Number(n.abs()),
        Some(Value::Money(fen)) => Value::Money(fen.abs()),
        Some(Value::Seconds(count)) => count.checked_abs().map_or(Value::Null, Value::Seconds),
        Some(Value::Months(count)) => count.checked_abs().map_or(Value::Null, Value::Months),
        _ => Value::Null,
    }
}

fn decimal(arguments: Args<'_, '_>, nth: usize) -> Option<Decimal> {
    match &**arguments.get(nth)? {
        Value::Number(n) => Some(*n),
        _ => None,
    }
}

pub(super) fn floor(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(decimal(arguments, 0).map(|n| Value::Number(n.floor())))
}

pub(super) fn ceiling(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(decimal(arguments, 0).map(|n| Value::Number(n.ceil())))
}

pub(super) fn round(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let digits = match arguments.get(1) {
        None => Some(0),
        Some(_) => decimal(arguments, 1).filter(Decimal::is_integer).and_then(|d| d.to_i64()),
    };
    let (Some(value), Some(digits)) = (arguments.first(), digits) else { return Value::Null };
    or_null(match &**value {
        Value::Number(n) => round_at(*n, digits).map(Value::Number),
        // Money is held in fen, two digits below the yuan that a person counts in.
        Value::Money(fen) => round_at(*fen, digits.saturating_sub(2)).map(Value::Money),
        _ => None,
    })
}

/// Half up, that is away from zero; negative digits round to tens and hundreds.
fn round_at(n: Decimal, digits: i64) -> Option<Decimal> {
    let half_up = RoundingStrategy::MidpointAwayFromZero;
    if digits >= 0 {
        let digits = u32::try_from(digits).ok()?.min(28);
        return Some(n.round_dp_with_strategy(digits, half_up));
    }
    let power = u32::try_from(-digits).ok().filter(|power| *power <= 27)?;
    let scale = Decimal::from(10_i128.checked_pow(power)?);
    n.checked_div(scale)?.round_dp_with_strategy(0, half_up).checked_mul(scale)
}

pub(super) fn modulo(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let (Some(n), Some(by)) = (decimal(arguments, 0), decimal(arguments, 1)) else {
        return Value::Null;
    };
    or_null(n.checked_rem(by).map(|rest| {
        let other_side = !rest.is_zero() && rest.is_sign_negative() != by.is_sign_negative();
        Value::Number(if other_side { rest + by } else { rest })
    }))
}

fn words<'a>(arguments: Args<'a, '_>, nth: usize) -> Option<&'a str> {
    match &**arguments.get(nth)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn about_text(arguments: Args<'_, '_>, holds: fn(&str, &str) -> bool) -> Value {
    let pair = words(arguments, 0).zip(words(arguments, 1));
    yes_no(pair.map(|(text, part)| holds(text, part)))
}

pub(super) fn contains(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    match (arguments.first().map(|value| &**value), arguments.get(1)) {
        (Some(Value::List(items)), Some(what)) => {
            yes_no(some(items.iter().map(|item| ops::equal(item, what))))
        }
        _ => about_text(arguments, |text, part| text.contains(part)),
    }
}

pub(super) fn starts_with(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    about_text(arguments, |text, part| text.starts_with(part))
}

pub(super) fn ends_with(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    about_text(arguments, |text, part| text.ends_with(part))
}

pub(super) fn length(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| number(Decimal::from(text.chars().count()))))
}

pub(super) fn lower(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| Value::Text(text.to_lowercase())))
}

pub(super) fn upper(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| Value::Text(text.to_uppercase())))
}

pub(super) fn text(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(arguments.first().map(|value| Value::Text(value.to_string())))
}

pub(super) fn date(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    or_null(match arguments.first().map(|value| &**value) {
        Some(Value::Date(day)) => Some(Value::Date(*day)),
        Some(Value::Instant(at)) => Some(Value::Date(scope.zone().day(*at))),
        Some(Value::Text(text)) => Day::from_str(text).ok().map(Value::Date),
        _ => None,
    })
}

fn of_day(arguments: Args<'_, '_>, part: fn(Day) -> i64) -> Value {
    match arguments.first().map(|value| &**value) {
        Some(Value::Date(day)) => number(part(*day)),
        _ => Value::Null,
    }
}

pub(super) fn year(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.year()))
}

pub(super) fn month(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.month()))
}

pub(super) fn day(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.day()))
}

fn two_days(arguments: Args<'_, '_>) -> Option<(Day, Day)> {
    match (&**arguments.first()?, &**arguments.get(1)?) {
        (Value::Date(from), Value::Date(to)) => Some((*from, *to)),
        _ => None,
    }
}

pub(super) fn days_between(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(two_days(arguments).map(|(from, to)| number(time::days_between(from, to))))
}

/// Whole months: the largest n for which `from` plus n months is not after `to`; mirrored when
/// `to` is earlier.
pub(super) fn months_between(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(two_days(arguments).map(|(from, to)| {
        let (early, late, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let years = i64::from(late.year()) - i64::from(early.year());
        let mut months = years * 12 + i64::from(late.month()) - i64::from(early.month());
        if time::add_months(early, months).is_none_or(|day| day > late) {
            months -= 1;
        }
        number(sign * months)
    }))
}

pub(super) fn is_null(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(arguments.first().map(|value| Value::Bool(value.is_null())))
}

pub(super) fn coalesce(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    arguments.iter().find(|value| !value.is_null()).map_or(Value::Null, |v| v.clone().into_owned())
}
