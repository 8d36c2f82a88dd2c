//! Functions of text. A character is a Unicode scalar, as a person counts 电动车 as three.

use super::lists::part;
use super::{Args, list, number, or_null, whole, words, yes_no};
use crate::expr::ops::{self, some};
use crate::expr::{Scope, Value};
use base::Word;
use rust_decimal::Decimal;

/// Longer text is no fact of a case but a mistake of a formula that makes ever more of it.
const MOST_BYTES: usize = 1 << 16;

fn made(text: String) -> Option<Value> {
    (text.len() <= MOST_BYTES).then(|| Value::Text(text.into()))
}

fn about_text(arguments: Args<'_, '_>, holds: fn(&str, &str) -> bool) -> Value {
    let pair = words(arguments, 0).zip(words(arguments, 1));
    yes_no(pair.map(|(text, part)| holds(text, part)))
}

pub(in crate::expr) fn contains(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    match (arguments.first().map(|value| &**value), arguments.get(1)) {
        (Some(Value::List(items)), Some(what)) => {
            yes_no(some(items.iter().map(|item| ops::equal(item, what))))
        }
        _ => about_text(arguments, |text, part| text.contains(part)),
    }
}

pub(in crate::expr) fn starts_with(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    about_text(arguments, |text, part| text.starts_with(part))
}

pub(in crate::expr) fn ends_with(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    about_text(arguments, |text, part| text.ends_with(part))
}

/// The characters of a unified social credit code by their value (GB 32100-2015): digits and
/// capitals without I, O, S, V, Z.
const CREDIT: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Whether the last of 18 characters is the check character of the others: the sum of their values
/// times the powers of 3, taken from a multiple of 31.
fn credited(code: &str) -> bool {
    let Some(values) = code.chars().map(|c| CREDIT.find(c)).collect::<Option<Vec<usize>>>() else {
        return false;
    };
    let Some((check, others)) = values.split_last().filter(|(_, others)| others.len() == 17) else {
        return false;
    };
    let weighed = others.iter().scan(1_usize, |weight, value| {
        let part = value * *weight;
        *weight = *weight * 3 % 31;
        Some(part)
    });
    (31 - weighed.sum::<usize>() % 31) % 31 == *check
}

pub(in crate::expr) fn credit_code(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    yes_no(words(arguments, 0).map(credited))
}

pub(in crate::expr) fn length(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| number(Decimal::from(text.chars().count()))))
}

pub(in crate::expr) fn lower(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| Value::Text(text.to_lowercase().into())))
}

pub(in crate::expr) fn upper(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| Value::Text(text.to_uppercase().into())))
}

pub(in crate::expr) fn text(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(arguments.first().map(|value| Value::Text(value.to_string().into())))
}

pub(in crate::expr) fn trim(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(words(arguments, 0).map(|text| Value::Text(Word::read(text.trim()))))
}

pub(in crate::expr) fn substring(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let length = if arguments.len() > 2 { whole(arguments, 2, 0).map(Some) } else { Some(None) };
    let (Some(text), Some(start), Some(length)) =
        (words(arguments, 0), whole(arguments, 1, 1), length)
    else {
        return Value::Null;
    };
    or_null(
        part(text.chars().count(), start, length)
            .map(|range| Value::Text(text.chars().skip(range.start).take(range.len()).collect())),
    )
}

pub(in crate::expr) fn substring_before(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let pair = words(arguments, 0).zip(words(arguments, 1));
    or_null(pair.map(|(text, part)| {
        let before = text.split_once(part).map_or("", |(before, _)| before);
        Value::Text(Word::read(before))
    }))
}

pub(in crate::expr) fn substring_after(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let pair = words(arguments, 0).zip(words(arguments, 1));
    or_null(pair.map(|(text, part)| {
        let after = text.split_once(part).map_or("", |(_, after)| after);
        Value::Text(Word::read(after))
    }))
}

pub(in crate::expr) fn replace(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let (Some(text), Some(part), Some(by)) =
        (words(arguments, 0), words(arguments, 1), words(arguments, 2))
    else {
        return Value::Null;
    };
    if part.is_empty() {
        return Value::Text(Word::read(text));
    }
    let grown = by.len().saturating_mul(text.matches(part).count());
    if grown > MOST_BYTES { Value::Null } else { or_null(made(text.replace(part, by))) }
}

pub(in crate::expr) fn split(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let pair = words(arguments, 0).zip(words(arguments, 1).filter(|by| !by.is_empty()));
    or_null(pair.map(|(text, by)| {
        Value::List(text.split(by).map(|one| Value::Text(Word::read(one))).collect())
    }))
}

/// Joins; null when an item is missing.
pub(in crate::expr) fn join(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let by = if arguments.len() > 1 { words(arguments, 1) } else { Some("") };
    let texts = list(arguments).and_then(|items| {
        let texts = items.iter().map(|item| match item {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Option<Vec<_>>>()
    });
    or_null(texts.zip(by).and_then(|(texts, by)| made(texts.join(by))))
}
