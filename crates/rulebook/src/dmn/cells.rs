//! Cells of DMN tables as cells of ours.

use super::spell::quiet;
use crate::expr::{Expr, Value};
use base::Text;
use std::collections::BTreeMap;

/// A unary test of DMN: `-`, `"a","b"`, `not("a")`, `>= 18`, `[30..60)`.
pub(super) fn test(text: &str) -> Result<String, Text> {
    let text = text.trim();
    if text.is_empty() || text == "-" {
        return Ok(String::new());
    }
    if let Some(inside) = negated(text) {
        return Ok(format!("not({})", alternatives(inside)?));
    }
    alternatives(text)
}

/// What stands in `not(…)` when that is all.
fn negated(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("not")?.trim_start().strip_prefix('(')?;
    let inside = inside.strip_suffix(')')?;
    let mut depth = 0_i32;
    for c in inside.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 {
            return None;
        }
    }
    Some(inside)
}

fn alternatives(text: &str) -> Result<String, Text> {
    let parts = split(text, ",").into_iter().map(|part| one(part.trim()));
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join("|"))
}

fn one(part: &str) -> Result<String, Text> {
    for sign in ["<=", ">=", "<", ">"] {
        if let Some(rest) = part.strip_prefix(sign) {
            return Ok(format!("{sign} {}", constant(rest)?));
        }
    }
    if let Some(rest) = part.strip_prefix("!=") {
        return Err(Text::new(
            format!("“{part}”请写成 not({})", rest.trim()),
            format!("write not({}) instead of `{part}`", rest.trim()),
        ));
    }
    let part = part.strip_prefix('=').map_or(part, str::trim);
    let mut ends = part.chars();
    let (first, last) = (ends.next(), ends.next_back());
    let open = first.filter(|c| "[(]".contains(*c));
    let close = last.filter(|c| "])[".contains(*c));
    if let (Some(open), Some(close)) = (open, close) {
        let inside = &part[1..part.len() - 1];
        if let [low, high] = split(inside, "..").as_slice() {
            return Ok(format!("{open}{}..{}{close}", constant(low)?, constant(high)?));
        }
    }
    constant(part)
}

/// A value written in the file, as a cell of ours writes it. It may be computed from constants.
pub(super) fn constant(text: &str) -> Result<String, Text> {
    let text = text.trim();
    let expr = Expr::parse(text);
    if let Some(error) = expr.syntax_error() {
        return Err(error.sentence.clone());
    }
    if !expr.paths().is_empty() {
        return Err(Text::new(
            format!("“{text}”要读另一个事实；格里只能写定值，请另加一列，问 a > b 是或否"),
            format!(
                "`{text}` reads another fact; cells hold constants, so ask it in a column of its \
                 own, as in a > b with yes and no"
            ),
        ));
    }
    let value = expr.eval(&BTreeMap::new());
    literal(&value).ok_or_else(|| {
        Text::new(
            format!("“{text}”不能写成表格里的一格"),
            format!("`{text}` cannot be written in a cell of a table"),
        )
    })
}

fn literal(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Text(text) => quoted(text)?,
        Value::Seconds(count) if count % 60 != 0 || *count < 0 => return None,
        Value::Months(count) if *count < 0 => return None,
        Value::Number(_) | Value::Date(_) | Value::Seconds(_) | Value::Months(_) => {
            value.to_string()
        }
        Value::Money(_) | Value::Instant(_) | Value::List(_) | Value::Record(_) => return None,
    })
}

/// Text in quotes where it would be read as something else without.
fn quoted(text: &str) -> Option<String> {
    if text.contains(['"', '\n', '\r']) {
        return None;
    }
    let plain = crate::table::is_plain_text(text);
    Some(if plain { text.to_owned() } else { format!("\"{text}\"") })
}

/// Pieces between separators outside quotes and brackets.
fn split<'t>(text: &'t str, at: &str) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let (mut depth, mut start, mut here) = (0_i32, 0, 0);
    while let Some(first) = text[here..].chars().next() {
        let rest = &text[here..];
        if depth == 0 && rest.starts_with(at) {
            pieces.push(&text[start..here]);
            here += at.len();
            start = here;
            continue;
        }
        let skipped = quiet(rest);
        if skipped > 0 {
            here += skipped;
            continue;
        }
        depth += i32::from("([{".contains(first)) - i32::from(")]}".contains(first));
        here += first.len_utf8();
    }
    pieces.push(&text[start..]);
    pieces
}
