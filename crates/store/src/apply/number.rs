//! Document numbers, counted per process, station and period.

use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Result, Store, StoreError};
use base::Day;

impl Store {
    /// Draws the next document number: `pattern` is the process's (`WX{yyyy}{mm}-{seq:4}`; also
    /// `{yy}`, `{dd}`, `{station}`), counted per process, station and period. Gaps may stay; a
    /// width is a minimum.
    pub async fn next_number(
        &self,
        process: &str,
        pattern: &str,
        station: &str,
        day: Day,
    ) -> Result<String> {
        let (before, width, after) = expand(pattern, station, day)?;
        let scope = format!("{process}|{station}|{before}|{after}");
        let sql = "INSERT INTO counters (scope, value) VALUES ($1, 1) \
                   ON CONFLICT (scope) DO UPDATE SET value = counters.value + 1 RETURNING value";
        let mut done = self.exec().write(vec![Write::one(sql, cells![scope])]).await?;
        let row = done.first_mut().and_then(|done| done.returned.pop());
        let value = row.ok_or(StoreError::NotFound("counter"))?.int()?;
        Ok(format!("{before}{value:0width$}{after}"))
    }
}

/// The text before the running number, its width, and the text behind it.
fn expand(pattern: &str, station: &str, day: Day) -> Result<(String, usize, String)> {
    let bad = |what: &str| {
        StoreError::Invalid(format!(
            "the number pattern `{pattern}` {what}; write for example WX{{yyyy}}{{mm}}-{{seq:4}}"
        ))
    };
    let (mut before, mut after, mut width) = (String::new(), String::new(), None);
    let (year, two) = (format!("{:04}", day.year()), |number: i8| format!("{number:02}"));
    let mut rest = pattern;
    while !rest.is_empty() {
        let (text, tail) = rest.split_once('{').unwrap_or((rest, ""));
        let side = if width.is_some() { &mut after } else { &mut before };
        *side += text;
        if tail.is_empty() {
            break;
        }
        let (word, tail) = tail.split_once('}').ok_or_else(|| bad("has no closing brace"))?;
        rest = tail;
        match word {
            "yyyy" => *side += &year,
            "yy" => *side += year.get(2..).unwrap_or(&year),
            "mm" => *side += &two(day.month()),
            "dd" => *side += &two(day.day()),
            "station" => *side += station,
            _ => {
                let digits =
                    word.strip_prefix("seq").ok_or_else(|| bad("names an unknown word"))?;
                let digits = digits.strip_prefix(':').unwrap_or("1");
                width = Some(digits.parse().map_err(|_| bad("has no width behind seq"))?);
            }
        }
    }
    let width: usize = width.ok_or_else(|| bad("has no {seq}"))?;
    Ok((before, width.min(12), after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_pattern_is_expanded_or_refused(
            pattern in "([A-Z]|\\{|\\}|:|seq|yyyy|yy|mm|dd|station|[0-9]{1,25}|é){0,12}",
            station in "[A-Z一-龥]{0,4}",
        ) {
            if let Ok((_, width, _)) = expand(&pattern, &station, Day::constant(2026, 11, 20)) {
                prop_assert!(width <= 12, "{}", width);
            }
        }
    }

    #[test]
    fn patterns_expand() {
        let day = Day::constant(2026, 11, 5);
        for (pattern, expect) in [
            ("WX{yyyy}{mm}-{seq:4}", Some(("WX202611-", 4, ""))),
            ("{station}/{yy}{dd}/{seq}", Some(("S01/2605/", 1, ""))),
            ("A{seq:3}B{mm}", Some(("A", 3, "B11"))),
            ("A{mm}", None),
            ("A{seq:x}", None),
            ("A{seq", None),
            ("A{week}{seq}", None),
        ] {
            let found = expand(pattern, "S01", day).ok();
            let expect = expect.map(|(a, n, b)| (a.to_owned(), n, b.to_owned()));
            assert_eq!(found, expect, "{pattern}");
        }
    }
}
