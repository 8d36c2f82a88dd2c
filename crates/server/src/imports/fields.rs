//! Phones, identity numbers, prices and names in a sale registration.

use super::clean;
use super::workbook::Cell;
use base::{Day, Money};
use rust_decimal::Decimal;

/// What became of a phone cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phone {
    /// As it stood.
    Plain(String),
    /// Blanks or dashes were taken out.
    Normalised(String),
    /// Full-width digits were made ordinary.
    FullWidth(String),
    /// A number cell, read without loss.
    Number(String),
    /// The spreadsheet has rounded the digits away.
    DigitsLost,
    /// No mobile number.
    Invalid,
}

/// Reads a mobile number: eleven digits from 1, the second from 3 to 9.
pub fn phone(cell: &Cell) -> Phone {
    match cell {
        Cell::Number(n) | Cell::Formula(n) | Cell::Day(n) => {
            let digits = n.normalize().to_string();
            if !is_mobile(&digits) {
                Phone::Invalid
            } else if digits.ends_with("0000000") {
                Phone::DigitsLost
            } else {
                Phone::Number(digits)
            }
        }
        Cell::Uncomputed => Phone::Invalid,
        Cell::Text(raw) => {
            let text = clean::text(raw);
            if text.to_ascii_uppercase().contains("E+") {
                return Phone::DigitsLost;
            }
            let digits: String =
                text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
            let digits = digits.strip_prefix("+86").unwrap_or(&digits).to_owned();
            if !is_mobile(&digits) {
                Phone::Invalid
            } else if clean::has_full_width_digits(raw) {
                Phone::FullWidth(digits)
            } else if digits == *raw {
                Phone::Plain(digits)
            } else {
                Phone::Normalised(digits)
            }
        }
    }
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.bytes().all(|b| b.is_ascii_digit())
        && digits.starts_with('1')
        && (b'3'..=b'9').contains(&digits.as_bytes()[1])
}

/// Whether an identity number (GB 11643) has a possible birthday and the right check digit.
pub fn identity_holds(id: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECK: &[u8; 11] = b"10X98765432";
    let bytes = id.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let sum: u32 = WEIGHTS.iter().zip(bytes).map(|(w, b)| w * u32::from(b - b'0')).sum();
    let check = CHECK[usize::try_from(sum % 11).unwrap_or(0)];
    let number = |from: usize, to: usize| id[from..to].parse().unwrap_or(0);
    let year = i16::try_from(number(6, 10)).unwrap_or(0);
    let part = |from| i8::try_from(number(from, from + 2)).unwrap_or(0);
    check == bytes[17] && Day::new(year, part(10), part(12)).is_ok()
}

/// What became of a price cell, in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// A number.
    Plain(Money),
    /// A number in words: `3,299元`.
    Understood(Money),
    /// The value of a formula.
    Formula(Money),
    /// Below zero.
    Negative,
    /// No amount.
    Invalid,
}

/// Reads a price in yuan.
pub fn price(cell: &Cell) -> Price {
    let fen = |yuan: Decimal| yuan.checked_mul(Decimal::from(100)).and_then(Money::try_from_fen);
    let (yuan, wrap): (_, fn(Money) -> Price) = match cell {
        Cell::Number(n) => (Some(*n), Price::Plain),
        Cell::Formula(n) => (Some(*n), Price::Formula),
        Cell::Day(_) | Cell::Uncomputed => (None, Price::Plain),
        Cell::Text(_) => {
            let text = cell.text();
            let text = text.trim_start_matches(['¥', '￥']).trim_end_matches(['元', '整', ' ']);
            (text.replace([',', '，', ' '], "").parse().ok(), Price::Understood)
        }
    };
    match yuan {
        Some(yuan) if yuan.is_sign_negative() => Price::Negative,
        Some(yuan) => fen(yuan).map_or(Price::Invalid, wrap),
        None => Price::Invalid,
    }
}

/// Whether a text can be a person's name: letters of any script, blanks, middle dots; 2 to 40.
pub fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    (2..=40).contains(&length)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '·' | '•' | '.' | '\'' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones() {
        for (cell, expect) in [
            (Cell::Text("192 8924-2569".into()), Phone::Normalised("19289242569".into())),
            (Cell::Text("１６２９０５５４４０９".into()), Phone::FullWidth("16290554409".into())),
            (Cell::Number(15_556_625_207_i64.into()), Phone::Number("15556625207".into())),
            (Cell::Text("1.38E+10".into()), Phone::DigitsLost),
            (Cell::Text("1380013".into()), Phone::Invalid),
            (Cell::Text("+86 138 0013 8000".into()), Phone::Normalised("13800138000".into())),
        ] {
            assert_eq!(phone(&cell), expect, "{cell:?}");
        }
    }

    #[test]
    fn identity_numbers_have_a_check_digit() {
        for (id, holds) in [
            ("32058319860409989X", true),
            ("320102197208263920", false),
            ("510107196904234828", true),
            ("12345", false),
            ("一二三四五六", false),
        ] {
            assert_eq!(identity_holds(id), holds, "{id}");
        }
    }

    #[test]
    fn prices_and_names() {
        assert_eq!(price(&Cell::Text("3,299元".into())), Price::Understood(Money(329_900)));
        assert_eq!(price(&Cell::Number((-1).into())), Price::Negative);
        assert_eq!(price(&Cell::Text("面议".into())), Price::Invalid);
        for (name, good) in [("张3", false), ("歐陽麗華", true), ("阿依古丽·买买提", true)]
        {
            assert_eq!(is_name(name), good, "{name}");
        }
    }
}
