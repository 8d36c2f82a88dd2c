//! The value of a formula whose workbook was saved without it: plain arithmetic only.

use rust_decimal::Decimal;

/// Longest formula read.
const MAX_LEN: usize = 200;
/// Deepest nesting of brackets.
const MAX_DEPTH: u32 = 20;

/// Evaluates numbers with `+ - * /` and brackets; `None` for anything else.
pub fn arithmetic(formula: &str) -> Option<Decimal> {
    let formula = formula.trim().trim_start_matches('=');
    if formula.len() > MAX_LEN {
        return None;
    }
    let mut parser = Parser { rest: formula.as_bytes(), depth: 0 };
    let value = parser.sum()?;
    parser.blanks();
    parser.rest.is_empty().then_some(value)
}

struct Parser<'a> {
    rest: &'a [u8],
    depth: u32,
}

impl Parser<'_> {
    fn blanks(&mut self) {
        while let [b' ', rest @ ..] = self.rest {
            self.rest = rest;
        }
    }

    fn sign(&mut self, signs: &[u8]) -> Option<u8> {
        self.blanks();
        let (first, rest) = self.rest.split_first()?;
        if !signs.contains(first) {
            return None;
        }
        self.rest = rest;
        Some(*first)
    }

    fn sum(&mut self) -> Option<Decimal> {
        let mut value = self.product()?;
        while let Some(sign) = self.sign(b"+-") {
            let next = self.product()?;
            value =
                if sign == b'+' { value.checked_add(next)? } else { value.checked_sub(next)? };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<Decimal> {
        let mut value = self.atom()?;
        while let Some(sign) = self.sign(b"*/") {
            let next = self.atom()?;
            value =
                if sign == b'*' { value.checked_mul(next)? } else { value.checked_div(next)? };
        }
        Some(value)
    }

    fn atom(&mut self) -> Option<Decimal> {
        if self.sign(b"-").is_some() {
            self.deeper()?;
            return self.atom().map(|v| -v);
        }
        if self.sign(b"(").is_some() {
            self.deeper()?;
            let value = self.sum()?;
            self.sign(b")")?;
            return Some(value);
        }
        self.blanks();
        let digits = self.rest.iter().take_while(|b| b.is_ascii_digit() || **b == b'.').count();
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        std::str::from_utf8(number).ok()?.parse().ok()
    }

    fn deeper(&mut self) -> Option<()> {
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_arithmetic_is_computed_and_nothing_else() {
        for (formula, value) in [
            ("3399-100", Some("3299")),
            ("=(2+3)*4.5", Some("22.5")),
            ("-1 + 10/4", Some("1.5")),
            ("1/0", None),
            ("SUM(A1:A3)", None),
            ("A1*2", None),
            ("", None),
            ("((((((((((((((((((((((1))))))))))))))))))))))", None),
        ] {
            assert_eq!(arithmetic(formula).map(|v| v.normalize().to_string()).as_deref(), value);
        }
    }
}
