//! Names with blanks, as DMN has them, spelled as our expressions can read them.

use super::xml::{self, Element};
use base::Text;

/// A name as our expressions read it: `Risk Category` becomes `Risk_Category`.
pub fn identifier(name: &str) -> String {
    let mut spelled = String::new();
    for c in name.trim().chars() {
        let fits = c.is_alphanumeric() || c == '_';
        if fits {
            spelled.push(c);
        } else if !spelled.ends_with('_') {
            spelled.push('_');
        }
    }
    let begins = spelled.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if begins { spelled } else { format!("_{spelled}") }
}

/// Functions that FEEL calls otherwise.
const FUNCTIONS: [(&str, &str); 19] = [
    ("string length", "length"),
    ("lower case", "lower"),
    ("upper case", "upper"),
    ("substring before", "substring_before"),
    ("substring after", "substring_after"),
    ("starts with", "starts_with"),
    ("ends with", "ends_with"),
    ("list contains", "contains"),
    ("string join", "join"),
    ("distinct values", "distinct"),
    ("index of", "index_of"),
    ("day of year", "day_of_year"),
    ("round up", "round_up"),
    ("round down", "round_down"),
    ("round half up", "round"),
    ("duration", "@"),
    ("date and time", "@"),
    ("time", "@"),
    ("string", "text"),
];

/// Every name of a model, longest first, with its spelling here.
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    pub fn of(root: Element<'_, '_>) -> Self {
        let mut names: Vec<(String, String)> = root
            .descendants()
            .filter_map(|element| element.attribute("name"))
            .filter(|name| identifier(name) != *name && !name.is_empty())
            .map(|name| (name.trim().to_owned(), identifier(name)))
            .collect();
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        names.dedup();
        Self(names)
    }

    /// The text with every name and function in our spelling; quoted text and comments stay.
    pub fn respell(&self, text: &str) -> Result<String, Text> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = quiet(rest);
            if length > 0 {
                out.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
            if !starts_word(first) {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            }
            if let Some((name, spelled)) = self.0.iter().find(|(name, _)| is_whole(rest, name)) {
                out.push_str(spelled);
                rest = &rest[name.len()..];
                continue;
            }
            rest = function(rest, &mut out)?;
        }
        Ok(out)
    }
}

/// Copies one word, or a function under its name here.
fn function<'t>(rest: &'t str, out: &mut String) -> Result<&'t str, Text> {
    let called = |(name, _): &&(&str, &str)| {
        is_whole(rest, name) && rest[name.len()..].trim_start().starts_with('(')
    };
    let found = FUNCTIONS.iter().find(called);
    let Some((name, spelled)) = found else {
        let end = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
        out.push_str(&rest[..end]);
        return Ok(&rest[end..]);
    };
    let behind = &rest[name.len()..];
    if *spelled != "@" {
        out.push_str(spelled);
        return Ok(behind);
    }
    // Only a written value has a type that is known before it is read.
    let inside = behind.trim_start().strip_prefix('(').map_or("", str::trim_start);
    let quoted = if inside.starts_with('"') { quiet(inside) } else { 0 };
    match inside[quoted..].trim_start().strip_prefix(')') {
        Some(after) if quoted > 0 => {
            out.push('@');
            out.push_str(&inside[..quoted]);
            Ok(after)
        }
        _ => Err(Text::new(
            format!("{name}(…) 只能带写定的文字，例如 @\"2026-11-21T08:00:00+08:00\"、@\"P15D\""),
            format!(
                "{name}(…) takes only written text here, as in @\"2026-11-21T08:00:00+08:00\" or \
                 @\"P15D\""
            ),
        )),
    }
}

/// How many bytes of quoted text or comment stand here.
pub(super) fn quiet(rest: &str) -> usize {
    if let Some(inner) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = inner.char_indices().find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        return end.map_or(rest.len(), |(at, _)| at + 2);
    }
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    // Digits with what belongs to them, so that the unit of `5 d` is no name.
    rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
}

pub(super) fn starts_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `rest` begins with exactly that name.
pub(super) fn is_whole(rest: &str, name: &str) -> bool {
    let ends = name.ends_with(in_word);
    rest.strip_prefix(name).is_some_and(|behind| !ends || !behind.starts_with(in_word))
}

/// The texts of all `text` elements directly inside.
pub(super) fn text_inside(element: Element<'_, '_>) -> String {
    xml::child(element, "text").map(xml::text).unwrap_or_default().trim().to_owned()
}
