//! An amount as a number for a chart and as words for people.

use crate::view::Words;
use crate::view::sheet::Cell;
use rulebook::expr::Value;
use rulebook::model::{Format, Unit};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use utoipa::ToSchema;

/// An amount in the unit of its figure or measure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Amount)]
pub struct AmountView {
    /// As a number: per cent, yuan, hours, times.
    pub n: f64,
    /// As people say it: `83.3%`, `¥1,280.00`, `5.5 小时`.
    pub text: Words,
}

/// What an amount is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Times it happened (次).
    Times,
    /// A plain number.
    Number,
    /// A share of one.
    Percent,
    /// Money.
    Money,
    /// Elapsed time.
    Duration,
    /// Yes or no.
    YesNo,
}

impl From<Unit> for Kind {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Count => Self::Times,
            Unit::Number => Self::Number,
            Unit::Money => Self::Money,
            Unit::Duration => Self::Duration,
        }
    }
}

impl From<Format> for Kind {
    fn from(format: Format) -> Self {
        match format {
            Format::Number => Self::Number,
            Format::Percent => Self::Percent,
            Format::Money => Self::Money,
            Format::Duration => Self::Duration,
        }
    }
}

impl Kind {
    /// What the number of an amount counts, for the axis of a chart and the head of a column.
    pub fn unit(self) -> Words {
        let (zh, en) = match self {
            Self::Times => ("次", "times"),
            Self::Number | Self::YesNo => ("", ""),
            Self::Percent => ("%", "%"),
            Self::Money => ("元", "yuan"),
            Self::Duration => ("小时", "hours"),
        };
        Words { zh: zh.to_owned(), en: en.to_owned() }
    }

    /// The amount of a value; `None` where there is none, or it is of another kind.
    pub fn amount(self, value: &Value) -> Option<AmountView> {
        let (n, text) = match (self, value) {
            (Self::Times, Value::Number(times)) => {
                let plain = grouped(*times, 0);
                (*times, Words { zh: format!("{plain} 次"), en: plain })
            }
            (Self::Number, Value::Number(number)) => {
                (*number, same(grouped(rounded(*number, 2), 2)))
            }
            (Self::Percent, Value::Number(share)) => {
                let share = *share * Decimal::ONE_HUNDRED;
                (share, same(format!("{}%", grouped(rounded(share, 1), 1))))
            }
            (Self::Money, Value::Money(fen)) => {
                let yuan = *fen / Decimal::ONE_HUNDRED;
                let sign = if yuan.is_sign_negative() { "-" } else { "" };
                let plain = rounded(yuan.abs(), 2);
                let (whole, cents) = (plain.trunc(), plain.fract());
                let cents = (cents * Decimal::ONE_HUNDRED).trunc().normalize();
                (yuan, same(format!("{sign}¥{}.{cents:0>2}", grouped(whole, 0))))
            }
            (Self::Duration, Value::Seconds(seconds)) => {
                (Decimal::from(*seconds) / Decimal::from(3_600), duration(*seconds))
            }
            (Self::YesNo, Value::Bool(yes)) => {
                let words = if *yes { ("是", "yes") } else { ("否", "no") };
                (Decimal::from(i64::from(*yes)), both(words.0, words.1))
            }
            _ => return None,
        };
        let n = rounded(n, 4).to_f64()?;
        Some(AmountView { n, text })
    }
}

impl AmountView {
    /// As a cell of a sheet.
    pub fn cell(amount: Option<&Self>) -> Cell {
        amount.map_or(Cell::Empty, |amount| Cell::Number(amount.n))
    }
}

fn both(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

fn same(text: String) -> Words {
    Words { zh: text.clone(), en: text }
}

fn rounded(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// A number with its thousands parted, `1,280.5`.
fn grouped(number: Decimal, places: u32) -> String {
    let text = rounded(number, places).abs().to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(w, r)| (w, r));
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{sign}{out}{dot}{rest}")
}

/// A duration in the unit people would use: minutes below an hour, hours below two days, days.
pub fn duration(seconds: i64) -> Words {
    let (size, zh, one, many) = match seconds.abs() {
        0..3_600 => (60, "分钟", "minute", "minutes"),
        3_600..172_800 => (3_600, "小时", "hour", "hours"),
        _ => (86_400, "天", "day", "days"),
    };
    let places = u32::from(size > 60);
    let number = rounded(Decimal::from(seconds) / Decimal::from(size), places);
    let plain = grouped(number, places);
    let en = if number == Decimal::ONE { one } else { many };
    both(format!("{plain} {zh}"), format!("{plain} {en}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_said_as_people_say_them() {
        let check = |kind: Kind, value: Value, zh: &str, en: &str| {
            let amount = kind.amount(&value).expect("an amount");
            assert_eq!((amount.text.zh.as_str(), amount.text.en.as_str()), (zh, en));
        };
        let number = |text: &str| Value::Number(text.parse().expect("a number"));
        check(Kind::Times, number("12480"), "12,480 次", "12,480");
        check(Kind::Number, number("4.256"), "4.26", "4.26");
        check(Kind::Percent, number("0.8333333"), "83.3%", "83.3%");
        check(Kind::Percent, number("1"), "100%", "100%");
        check(Kind::Money, Value::Money(Decimal::from(128_005)), "¥1,280.05", "¥1,280.05");
        check(Kind::Money, Value::Money("-333.3333".parse().expect("fen")), "-¥3.33", "-¥3.33");
        check(Kind::Duration, Value::Seconds(60), "1 分钟", "1 minute");
        check(Kind::Duration, Value::Seconds(19_800), "5.5 小时", "5.5 hours");
        check(Kind::Duration, Value::Seconds(259_200), "3 天", "3 days");
        check(Kind::YesNo, Value::Bool(false), "否", "no");
    }

    #[test]
    fn what_has_no_value_has_no_amount() {
        for kind in [Kind::Times, Kind::Percent, Kind::Money, Kind::Duration] {
            assert_eq!(kind.amount(&Value::Null), None);
        }
    }
}
