//! Functions of numbers and amounts.

use super::{Args, decimal, or_null, whole, words, yes_no};
use crate::expr::{Scope, Value};
use rust_decimal::{Decimal, RoundingStrategy};

pub(in crate::expr) fn abs(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    match arguments.first().map(|value| &**value) {
        Some(Value::Number(n)) => Value::Number(n.abs()),
        Some(Value::Money(fen)) => Value::Money(fen.abs()),
        Some(Value::Seconds(count)) => count.checked_abs().map_or(Value::Null, Value::Seconds),
        Some(Value::Months(count)) => count.checked_abs().map_or(Value::Null, Value::Months),
        _ => Value::Null,
    }
}

/// Rounds to so many digits behind the point, of money behind that of the yuan; negative digits
/// round to tens and hundreds.
fn rounded(arguments: Args<'_, '_>, strategy: RoundingStrategy) -> Value {
    let (Some(value), Some(digits)) = (arguments.first(), whole(arguments, 1, 0)) else {
        return Value::Null;
    };
    or_null(match &**value {
        Value::Number(n) => round_at(*n, digits, strategy).map(Value::Number),
        // Money is held in fen, two digits below the yuan that a person counts in.
        Value::Money(fen) => round_at(*fen, digits.saturating_sub(2), strategy).map(Value::Money),
        _ => None,
    })
}

fn round_at(n: Decimal, digits: i64, strategy: RoundingStrategy) -> Option<Decimal> {
    if digits >= 0 {
        let digits = u32::try_from(digits).ok()?.min(28);
        return Some(n.round_dp_with_strategy(digits, strategy));
    }
    let power = u32::try_from(digits.unsigned_abs()).ok().filter(|power| *power <= 27)?;
    let scale = Decimal::from(10_i128.checked_pow(power)?);
    n.checked_div(scale)?.round_dp_with_strategy(0, strategy).checked_mul(scale)
}

pub(in crate::expr) fn floor(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    rounded(arguments, RoundingStrategy::ToNegativeInfinity)
}

pub(in crate::expr) fn ceiling(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    rounded(arguments, RoundingStrategy::ToPositiveInfinity)
}

/// Half up, that is away from zero.
pub(in crate::expr) fn round(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    rounded(arguments, RoundingStrategy::MidpointAwayFromZero)
}

pub(in crate::expr) fn round_up(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    rounded(arguments, RoundingStrategy::AwayFromZero)
}

pub(in crate::expr) fn round_down(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    rounded(arguments, RoundingStrategy::ToZero)
}

pub(in crate::expr) fn modulo(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let (Some(n), Some(by)) = (decimal(arguments, 0), decimal(arguments, 1)) else {
        return Value::Null;
    };
    or_null(n.checked_rem(by).map(|rest| {
        let other_side = !rest.is_zero() && rest.is_sign_negative() != by.is_sign_negative();
        Value::Number(if other_side { rest + by } else { rest })
    }))
}

pub(in crate::expr) fn sqrt(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    or_null(decimal(arguments, 0).and_then(|n| root(n).map(Value::Number)))
}

/// Newton's steps from above: each comes closer, and the first that does not is the end.
fn root(n: Decimal) -> Option<Decimal> {
    if n.is_zero() || n.is_sign_negative() {
        return n.is_zero().then_some(n);
    }
    let mut guess = n.max(Decimal::ONE);
    loop {
        let half = guess.checked_div(Decimal::TWO)?;
        let next = n.checked_div(guess)?.checked_div(Decimal::TWO)?.checked_add(half)?;
        if next >= guess {
            return Some(guess.normalize());
        }
        guess = next;
    }
}

fn parity(arguments: Args<'_, '_>, rest: Decimal) -> Value {
    yes_no(
        decimal(arguments, 0).filter(Decimal::is_integer).map(|n| (n % Decimal::TWO).abs() == rest),
    )
}

pub(in crate::expr) fn odd(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    parity(arguments, Decimal::ONE)
}

pub(in crate::expr) fn even(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    parity(arguments, Decimal::ZERO)
}

pub(in crate::expr) fn from_text(arguments: Args<'_, '_>, _: &dyn Scope) -> Value {
    let read = |text: &str| Decimal::from_str_exact(text.trim()).ok();
    or_null(words(arguments, 0).and_then(read).map(Value::Number))
}
