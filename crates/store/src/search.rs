//! What one may search by: normal forms of numbers and names, and their keyed tokens.

use crate::exec::Cell;
use crate::exec::cell::cells;
use crate::vault::Vault;
use pinyin::ToPinyin;
use std::collections::BTreeSet;

/// A number as people mean it: full-width made half-width, upper case, without blanks, dashes and
/// invisible characters.
pub(crate) fn normalise(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && !is_invisible(*c) && !matches!(c, '-' | '_' | '·' | '.'))
        .flat_map(char::to_uppercase)
        .collect()
}

pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_invisible(c: char) -> bool {
    let zero_width = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{00ad}');
    let direction = matches!(c, '\u{202a}'..='\u{202e}');
    zero_width || direction || c.is_control()
}

/// The digits of a telephone number, without the country's 86.
pub(crate) fn phone_digits(text: &str) -> String {
    let digits: String = normalise(text).chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")) {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => digits,
    }
}

/// Full pinyin and initials of a name (first readings); `None` when it holds no Chinese.
fn pinyin_of(name: &str) -> Option<(String, String)> {
    let readings: Vec<&str> = name.to_pinyin().flatten().map(pinyin::Pinyin::plain).collect();
    (!readings.is_empty()).then(|| {
        let initials = readings.iter().filter_map(|r| r.chars().next()).collect::<String>();
        (readings.concat().to_uppercase(), initials.to_uppercase())
    })
}

/// The tokens under which something is found.
#[derive(Debug, Default)]
pub(crate) struct Tokens(BTreeSet<(&'static str, String)>);

impl Tokens {
    /// A frame, card, plate or serial number: whole, and by its last digits.
    pub(crate) fn number(&mut self, kind: &'static str, text: &str) {
        let value = normalise(text);
        if value.chars().count() < 2 {
            return;
        }
        self.last(&value);
        self.0.insert((kind, value));
    }

    fn last(&mut self, value: &str) {
        let chars: Vec<char> = value.chars().collect();
        for n in [4, 6] {
            if chars.len() > n {
                self.0.insert(("last", chars[chars.len() - n..].iter().collect()));
            }
        }
    }

    /// A telephone number.
    pub(crate) fn phone(&mut self, text: &str) {
        let digits = phone_digits(text);
        if digits.len() >= 5 {
            self.last(&digits);
            self.0.insert(("phone", digits));
        }
    }

    /// A name: in full, in pinyin, by initials.
    pub(crate) fn name(&mut self, text: &str) {
        let name = normalise(text);
        if name.chars().count() < 2 {
            return;
        }
        if let Some((full, initials)) = pinyin_of(&name) {
            self.0.insert(("pinyin", full));
            if initials.len() >= 2 {
                self.0.insert(("pinyin", initials));
            }
        }
        self.0.insert(("name", name));
    }

    /// Rows of `search_tokens (token, kind, subject, id, path)`.
    pub(crate) fn rows(&self, vault: &Vault, subject: &str, id: i64, path: &str) -> Vec<Vec<Cell>> {
        self.0
            .iter()
            .map(|(kind, value)| cells![vault.token(kind, value), *kind, subject, id, path])
            .collect()
    }
}

/// What a searched text may mean: kind and token, most telling first. Empty under two characters.
pub(crate) fn meanings(vault: &Vault, text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let value = normalise(text);
    let length = value.chars().count();
    if length < 2 {
        return vec![];
    }
    let mut list: Vec<(&'static str, String)> =
        ["frame", "plate", "card", "serial"].map(|kind| (kind, value.clone())).to_vec();
    let digits = phone_digits(text);
    if digits.len() >= 5 {
        list.push(("phone", digits));
    }
    if length == 4 || length == 6 {
        list.push(("last", value.clone()));
    }
    list.push(("name", value.clone()));
    if value.chars().all(|c| c.is_ascii_alphabetic()) {
        list.push(("pinyin", value));
    }
    let tokens = |(kind, value): (&'static str, String)| {
        vault.tokens(kind, &value).into_iter().map(move |token| (kind, token))
    };
    list.into_iter().flat_map(tokens).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vault() -> Vault {
        Vault::new(&crate::MasterKey::try_from_hex(&"01".repeat(32)).expect("a key of 32 bytes"))
    }

    proptest! {
        /// Whatever somebody types into a register is found again by typing it once more.
        #[test]
        fn what_is_stored_is_found_by_the_same_text(
            text in prop_oneof![any::<String>(), "[A-Za-z0-9一-龥浙·Ａ-Ｚ０-９ \\-_.+ß\u{200b}]{0,20}"],
        ) {
            let vault = vault();
            let mut tokens = Tokens::default();
            tokens.number("frame", &text);
            tokens.name(&text);
            tokens.phone(&text);
            let stored = tokens.rows(&vault, "customer", 1, "/HQ/");
            let hit = meanings(&vault, &text)
                .into_iter()
                .any(|(_, token)| stored.iter().any(|row| row[0] == Cell::Bytes(token.clone())));
            let telling = normalise(&text).chars().count() >= 2;
            prop_assert_eq!(hit, telling, "{:?}", text);
        }
    }

    #[test]
    fn numbers_are_read_as_people_mean_them() {
        for (text, normal) in [
            ("lfr6 2411-000123", "LFR62411000123"),
            ("ＬＦＲ６２４１１", "LFR62411"),
            ("\u{feff}L\u{200b}F ", "LF"),
            ("浙A·12345", "浙A12345"),
        ] {
            assert_eq!(normalise(text), normal);
        }
        for (text, digits) in [
            ("+86 138-1234-4410", "13812344410"),
            ("138 1234 4410", "13812344410"),
            ("0571-88001234", "057188001234"),
        ] {
            assert_eq!(phone_digits(text), digits);
        }
    }

    #[test]
    fn a_customer_is_found_by_name_pinyin_initials_and_last_digits() {
        let vault = vault();
        let mut tokens = Tokens::default();
        tokens.name("王小明");
        tokens.phone("13812344410");
        let stored: Vec<Vec<Cell>> = tokens.rows(&vault, "customer", 1, "/HQ/");
        for (query, found) in [
            ("王小明", true),
            ("wangxiaoming", true),
            ("WXM", true),
            ("4410", true),
            ("344410", true),
            ("138 1234 4410", true),
            ("小明", false),
            ("王", false),
            ("4", false),
        ] {
            let hit = meanings(&vault, query)
                .into_iter()
                .any(|(_, token)| stored.iter().any(|row| row[0] == Cell::Bytes(token.clone())));
            assert_eq!(hit, found, "{query}");
        }
    }
}
