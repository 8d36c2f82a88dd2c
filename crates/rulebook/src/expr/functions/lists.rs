//! Functions of lists.

use super::{Args, list, number, or_null, whole, yes_no};
use crate::expr::ast::Arith;
use crate::expr::ops::{self, every, some};
use crate::expr::{Scope, Value};
use rust_decimal::Decimal;
use std::cmp::Ordering;

pub(in crate::expr) fn count(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
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

pub(in crate::expr) fn sum(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    or_null(list(arguments).and_then(|items| total(items, scope)))
}

pub(in crate::expr) fn mean(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
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

pub(in crate::expr) fn min(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    extreme(arguments, Ordering::Less)
}

pub(in crate::expr) fn max(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    extreme(arguments, Ordering::Greater)
}

fn truths<'a>(arguments: Args<'a, '_>) -> Option<impl Iterator<Item = Option<bool>> + use<'a>> {
    Some(list(arguments)?.iter().map(|item| match item {
        Value::Bool(yes) => Some(*yes),
        _ => None,
    }))
}

pub(in crate::expr) fn all(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    yes_no(truths(arguments).and_then(every))
}

pub(in crate::expr) fn any(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    yes_no(truths(arguments).and_then(some))
}

pub(in crate::expr) fn distinct(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
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

pub(in crate::expr) fn product(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    let Some(items) = list(arguments) else { return Value::Null };
    items.iter().fold(number(1), |product, item| ops::arith(Arith::Mul, &product, item, scope))
}

/// From the least to the greatest; null when an item is missing or two have no order.
fn in_order(arguments: Args<'_, '_>) -> Option<Vec<Value>> {
    let items = list(arguments)?;
    let has_order = items.iter().all(|item| ops::order(item, &items[0]).is_some());
    let mut items = items.to_vec();
    items.sort_by(|a, b| ops::order(a, b).unwrap_or(Ordering::Equal));
    has_order.then_some(items)
}

pub(in crate::expr) fn sorted(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(in_order(arguments).map(Value::List))
}

pub(in crate::expr) fn median(arguments: Args<'_, '_>, scope: &dyn Scope) -> Value {
    let Some(mut items) = in_order(arguments) else { return Value::Null };
    let middle = items.len() / 2;
    if items.len() % 2 == 1 {
        return items.swap_remove(middle);
    }
    let Some(low) = middle.checked_sub(1) else { return Value::Null };
    let sum = ops::arith(Arith::Add, &items[low], &items[middle], scope);
    ops::arith(Arith::Div, &sum, &number(2), scope)
}

pub(in crate::expr) fn concatenate(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let second = arguments.get(1..).and_then(list);
    let both = list(arguments).zip(second);
    or_null(both.map(|(first, second)| Value::List([first, second].concat())))
}

pub(in crate::expr) fn flatten(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let Some(lists) = list(arguments) else { return Value::Null };
    let inner = lists.iter().map(|each| match each {
        Value::List(items) => Some(items.as_slice()),
        _ => None,
    });
    or_null(inner.collect::<Option<Vec<_>>>().map(|all| Value::List(all.concat())))
}

pub(in crate::expr) fn reverse(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(list(arguments).map(|items| Value::List(items.iter().rev().cloned().collect())))
}

pub(in crate::expr) fn index_of(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let (Some(items), Some(wanted)) = (list(arguments), arguments.get(1)) else {
        return Value::Null;
    };
    let places =
        items.iter().enumerate().filter(|(_, item)| ops::equal(item, wanted) == Some(true));
    Value::List(places.map(|(at, _)| number(Decimal::from(at + 1))).collect())
}

/// Where a part begins and ends that starts at `start` (from 1, from the end when negative) and
/// has at most `length` pieces.
pub(super) fn part(
    count: usize,
    start: i64,
    length: Option<i64>,
) -> Option<std::ops::Range<usize>> {
    let count_whole = i64::try_from(count).ok()?;
    let begin = match start {
        0 => return None,
        1.. => start - 1,
        _ => count_whole.checked_add(start)?.max(0),
    };
    let begin = usize::try_from(begin).ok()?.min(count);
    let length = match length {
        None => count,
        Some(length) => usize::try_from(length).ok()?,
    };
    Some(begin..begin.saturating_add(length).min(count))
}

pub(in crate::expr) fn sublist(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let length = if arguments.len() > 2 { whole(arguments, 2, 0).map(Some) } else { Some(None) };
    let (Some(items), Some(start), Some(length)) =
        (list(arguments), whole(arguments, 1, 1), length)
    else {
        return Value::Null;
    };
    or_null(part(items.len(), start, length).map(|range| Value::List(items[range].to_vec())))
}
