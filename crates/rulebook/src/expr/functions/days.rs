//! Functions of days.

use super::{Args, number, or_null};
use crate::expr::{Scope, Value};
use base::{Day, time};
use std::str::FromStr;

pub(in crate::expr) fn date(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    or_null(match arguments.first().map(|value| &**value) {
        Some(Value::Date(day)) => Some(Value::Date(*day)),
        Some(Value::Instant(at)) => Some(Value::Date(scope.zone().day(*at))),
        Some(Value::Text(text)) => Day::from_str(text).ok().map(Value::Date),
        _ => None,
    })
}

pub(in crate::expr) fn hour(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    match arguments.first().map(|value| &**value) {
        Some(Value::Instant(at)) => number(i64::from(scope.zone().local(*at).hour())),
        _ => Value::Null,
    }
}

fn of_day(arguments: Args<'_, '_>, part: fn(Day) -> i64) -> Value {
    match arguments.first().map(|value| &**value) {
        Some(Value::Date(day)) => number(part(*day)),
        _ => Value::Null,
    }
}

pub(in crate::expr) fn year(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.year()))
}

pub(in crate::expr) fn month(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.month()))
}

pub(in crate::expr) fn day(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.day()))
}

fn two_days(arguments: Args<'_, '_>) -> Option<(Day, Day)> {
    match (&**arguments.first()?, &**arguments.get(1)?) {
        (Value::Date(from), Value::Date(to)) => Some((*from, *to)),
        _ => None,
    }
}

pub(in crate::expr) fn days_between(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(two_days(arguments).map(|(from, to)| number(time::days_between(from, to))))
}

/// Whole months: the largest n for which `from` plus n months is not after `to`; mirrored when
/// `to` is earlier.
pub(in crate::expr) fn months_between(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
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

pub(in crate::expr) fn weekday(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.weekday().to_monday_one_offset()))
}

pub(in crate::expr) fn day_of_year(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    of_day(arguments, |day| i64::from(day.day_of_year()))
}

pub(in crate::expr) fn last_day_of_month(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    match arguments.first().map(|value| &**value) {
        Some(Value::Date(day)) => Value::Date(day.last_of_month()),
        _ => Value::Null,
    }
}
