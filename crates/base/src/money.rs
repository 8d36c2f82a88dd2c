//! Money in whole fen and quantities in thousandths: integers, so that nothing is rounded away.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An amount in fen (分), a hundredth of a yuan. Prices include tax.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);

    /// Rounds an exact amount of fen half up, once, as every line of a sheet does.
    ///
    /// Returns `None` when the amount does not fit.
    pub fn try_from_fen(fen: Decimal) -> Option<Self> {
        fen.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .to_i64()
            .map(Self)
    }

    /// The amount in fen as a decimal, for rules that compare unrounded.
    pub fn fen(self) -> Decimal {
        Decimal::from(self.0)
    }
}

impl fmt::Display for Money {
    /// `¥1,280.00`, the way it stands on a settlement sheet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (yuan, fen) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = yuan.to_string();
        let mut grouped = String::with_capacity(digits.len() * 4 / 3);
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{}¥{grouped}.{fen:02}", if self.0 < 0 { "-" } else { "" })
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// A quantity in thousandths: 1 piece is 1,000, half an hour of labour is 500.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Quantity(pub i64);

impl Quantity {
    /// `n` whole pieces.
    pub const fn pieces(n: i64) -> Self {
        Self(n * 1000)
    }

    /// The price of this quantity at `unit_price`, rounded half up once.
    pub fn price(self, unit_price: Money) -> Option<Money> {
        Money::try_from_fen(Decimal::new(self.0, 3) * unit_price.fen())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_prints_as_on_a_sheet() {
        for (fen, text) in [
            (0, "¥0.00"),
            (1800, "¥18.00"),
            (128_000, "¥1,280.00"),
            (-5, "-¥0.05"),
            (123_456_789, "¥1,234,567.89"),
        ] {
            assert_eq!(Money(fen).to_string(), text);
        }
    }

    #[test]
    fn a_line_is_rounded_half_up_once() {
        assert_eq!(Quantity(500).price(Money(8001)), Some(Money(4001)));
        assert_eq!(Quantity::pieces(3).price(Money(1800)), Some(Money(5400)));
    }
}
