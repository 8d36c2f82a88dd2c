//! Literals that are more than a number or text: lengths of time, money, `@"…"`.

use super::Value;
use base::{Day, Instant};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::str::FromStr;

/// What a word behind a number makes of it.
pub(super) enum Unit {
    Seconds(i64),
    Months(i64),
    Yuan,
    /// Working days need a calendar, which an expression does not have.
    Workday,
}

/// The unit of that name: `24 h`, `15 d`, `24 mo`, `50 yuan`.
pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "s" | "秒" => Unit::Seconds(1),
        "min" | "分钟" => Unit::Seconds(60),
        "h" | "小时" => Unit::Seconds(3600),
        "d" | "day" | "days" | "天" | "日" => Unit::Seconds(86_400),
        "w" | "week" | "weeks" | "周" => Unit::Seconds(7 * 86_400),
        "mo" | "month" | "months" | "个月" | "月" => Unit::Months(1),
        "y" | "year" | "years" | "年" => Unit::Months(12),
        "yuan" | "元" => Unit::Yuan,
        "workday" | "workdays" | "工作日" | "个工作日" => Unit::Workday,
        _ => return None,
    })
}

/// `count` of a unit. `None` when it is no whole number of seconds or months, or too large.
pub(super) fn quantity(count: Decimal, unit: &Unit) -> Option<Value> {
    let whole = |factor: i64| {
        let product = count.checked_mul(Decimal::from(factor))?;
        if product.is_integer() { product.to_i64() } else { None }
    };
    match unit {
        Unit::Seconds(factor) => whole(*factor).map(Value::Seconds),
        Unit::Months(factor) => whole(*factor).map(Value::Months),
        Unit::Yuan => count.checked_mul(Decimal::ONE_HUNDRED).map(|f| Value::Money(f.normalize())),
        Unit::Workday => None,
    }
}

/// The value of `@"text"`: a day, an instant with its offset, or an ISO 8601 duration.
pub(super) fn at(text: &str) -> Option<Value> {
    if let Ok(day) = Day::from_str(text)
        && !text.contains('T')
    {
        return Some(Value::Date(day));
    }
    if let Ok(timestamp) = jiff::Timestamp::from_str(text) {
        return Some(Value::Instant(Instant::from(timestamp)));
    }
    duration(text)
}

/// `P2D`, `PT24H`, `P1Y6M`; months and days do not mix.
fn duration(text: &str) -> Option<Value> {
    if !text.trim_start_matches(['-', '+']).starts_with('P') {
        return None;
    }
    let span = jiff::Span::from_str(text).ok()?;
    let months = i64::from(span.get_years()) * 12 + i64::from(span.get_months());
    let days = i64::from(span.get_weeks()) * 7 + i64::from(span.get_days());
    let hours = days.checked_mul(24)?.checked_add(i64::from(span.get_hours()))?;
    let minutes = hours.checked_mul(60)?.checked_add(span.get_minutes())?;
    let seconds = minutes.checked_mul(60)?.checked_add(span.get_seconds())?;
    let has_months = span.get_years() != 0 || span.get_months() != 0;
    let names_time = text.contains('T') || text.contains('D') || text.contains('W');
    match (has_months, seconds) {
        (true, 0) => Some(Value::Months(months)),
        (true, _) => None,
        (false, _) if names_time => Some(Value::Seconds(seconds)),
        (false, _) => Some(Value::Months(0)),
    }
}
