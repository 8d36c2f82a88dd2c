//! Dates as people write them into spreadsheets.

use super::workbook::Cell;
use base::Day;
use base::time::add_days;
use rust_decimal::prelude::ToPrimitive;

/// What became of a date cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// A date cell or an ISO date.
    Plain(Day),
    /// A date in words or with other separators.
    Understood(Day),
    /// A bare number that is Excel's serial day.
    Serial(Day),
    /// Two readings are possible; nothing is guessed.
    Ambiguous,
    /// The calendar has no such day.
    NoSuchDay,
    /// No date at all.
    Unreadable,
}

/// Reads a date cell.
pub fn read(cell: &Cell, epoch_1904: bool) -> Read {
    match cell {
        Cell::Day(serial) => {
            serial_day(serial.trunc().to_i64(), epoch_1904).map_or(Read::Unreadable, Read::Plain)
        }
        Cell::Number(serial) | Cell::Formula(serial) => {
            let digits = serial.normalize().to_string();
            if digits.len() == 8 && digits.starts_with("20") {
                return from_text(&digits);
            }
            serial_day(serial.trunc().to_i64(), epoch_1904).map_or(Read::Unreadable, Read::Serial)
        }
        Cell::Text(_) => from_text(&cell.text()),
        Cell::Uncomputed => Read::Unreadable,
    }
}

/// Day number of Excel's calendar: day 1 is 1900-01-01, and its 1900 has a 29 February.
fn serial_day(serial: Option<i64>, epoch_1904: bool) -> Option<Day> {
    let serial = serial? + if epoch_1904 { 1462 } else { 0 };
    if !(20_000..=80_000).contains(&serial) {
        return None;
    }
    add_days(jiff::civil::date(1899, 12, 30), serial)
}

fn from_text(text: &str) -> Read {
    let text = text.split(['T', ' ']).next().unwrap_or(text);
    let plain = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return whole(&text[..4], &text[4..6], &text[6..], false);
    }
    let parts: Vec<&str> = text
        .split(['-', '.', '/', '年', '月', '日', '号'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let [year, month, day] = parts[..] else { return Read::Unreadable };
    if !parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit())) {
        return Read::Unreadable;
    }
    if year.len() == 4 { whole(year, month, day, plain) } else { Read::Ambiguous }
}

fn whole(year: &str, month: &str, day: &str, plain: bool) -> Read {
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else {
        return Read::NoSuchDay;
    };
    match Day::new(year, month, day) {
        Ok(day) if plain => Read::Plain(day),
        Ok(day) => Read::Understood(day),
        Err(_) => Read::NoSuchDay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_understood_and_never_guessed() {
        for (text, expect) in [
            ("2025-10-31", Read::Plain(date(2025, 10, 31))),
            ("2025.10.31", Read::Understood(date(2025, 10, 31))),
            ("2025年8月2日", Read::Understood(date(2025, 8, 2))),
            ("２０２５/8/2", Read::Understood(date(2025, 8, 2))),
            ("20250802", Read::Understood(date(2025, 8, 2))),
            ("3/4/25", Read::Ambiguous),
            ("2025-02-30", Read::NoSuchDay),
            ("2025-13-01", Read::NoSuchDay),
            ("去年", Read::Unreadable),
        ] {
            assert_eq!(read(&Cell::Text(text.into()), false), expect, "{text}");
        }
        assert_eq!(read(&Cell::Number(45934.into()), false), Read::Serial(date(2025, 10, 4)));
    }
}
