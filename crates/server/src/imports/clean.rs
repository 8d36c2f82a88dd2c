//! Making typed text comparable: what people, scanners and spreadsheets put into a cell.

/// Full-width letters, digits and signs as their ordinary selves; blanks of all kinds as a space;
/// zero-width marks and control characters gone; trimmed.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => {}
            '\u{ff01}'..='\u{ff5e}' => {
                out.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c));
            }
            '\u{3000}' | '\u{a0}' | '\t' => out.push(' '),
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// A code as it is printed on a part or card: [`text`] without blanks, in upper case.
pub fn code(raw: &str) -> String {
    text(raw).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}

/// Whether a text holds full-width digits.
pub fn has_full_width_digits(raw: &str) -> bool {
    raw.chars().any(|c| ('\u{ff10}'..='\u{ff19}').contains(&c))
}

/// Whether a spreadsheet would run this text as a formula.
pub fn looks_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

/// Longest text of a cell; Excel itself takes 32,767 characters.
const MAX_CELL: usize = 32_000;

/// Text for a cell: what a spreadsheet would run is written with an apostrophe before it.
pub fn escaped(text: &str) -> String {
    let text: String = text.chars().take(MAX_CELL).collect();
    let run = looks_like_formula(&text) && !text.starts_with('\'');
    if run { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lose_what_nobody_sees() {
        for (raw, clean) in [
            (" LRFR32\u{200b}60433017\u{3000}", "LRFR3260433017"),
            ("lylc1260733018", "LYLC1260733018"),
            ("ＢＸ２５", "BX25"),
            ("", ""),
        ] {
            assert_eq!(code(raw), clean);
        }
    }
}
