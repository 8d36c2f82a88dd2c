//! Reads cells: `a|b`, `not(a|b)`, `< 60`, `[30 d..90 d)`, `yes`, `null`, empty.

use super::cell::{Asked, Kind, Literal, Range, Test};
use base::{Text, Word};

/// A cell as parsed, before its column's kind is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Raw {
    pub text: String,
    not: bool,
    null: bool,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Equal(Literal),
    Range { low: Option<(Literal, bool)>, high: Option<(Literal, bool)> },
}

/// What is wrong with a cell, and what would be right.
pub(super) type Wrong = Text;

/// Reads a cell.
pub(super) fn read(text: &str) -> Result<Raw, Wrong> {
    let text = text.trim();
    let mut raw = Raw { text: text.to_owned(), not: false, null: false, parts: Vec::new() };
    if text.is_empty() || text == "-" {
        raw.text.clear();
        return Ok(raw);
    }
    let inner = match text.strip_prefix("not").map(str::trim_start) {
        Some(rest) if rest.starts_with('(') => {
            raw.not = true;
            rest[1..].strip_suffix(')').ok_or_else(|| {
                Text::new(
                    format!("“{text}”的括号没有关上，请写 not(a|b)"),
                    format!("the parenthesis of `{text}` is not closed; write not(a|b)"),
                )
            })?
        }
        _ => text,
    };
    for part in split(inner) {
        match part.trim() {
            "" => {
                return Err(Text::new(
                    format!("“{text}”里有空的选项；不问这一列时整格留空"),
                    format!(
                        "`{text}` has an empty alternative; to ask nothing leave the cell empty"
                    ),
                ));
            }
            "null" => raw.null = true,
            part => raw.parts.push(one(part, text)?),
        }
    }
    Ok(raw)
}

/// Alternatives at `|`, except inside quotes.
fn split(text: &str) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c: char| {
        quoted ^= c == '"';
        c == '|' && !quoted
    })
    .collect()
}

fn one(part: &str, cell: &str) -> Result<Part, Wrong> {
    for (sign, included) in [("<=", true), (">=", true), ("<", false), (">", false)] {
        if let Some(rest) = part.strip_prefix(sign) {
            let end = Some((literal(rest, cell)?, included));
            return Ok(if sign.starts_with('<') {
                Part::Range { low: None, high: end }
            } else {
                Part::Range { low: end, high: None }
            });
        }
    }
    if let Some(rest) = part.strip_prefix("!=") {
        return Err(Text::new(
            format!("“{cell}”请写成 not({})", rest.trim()),
            format!("write not({}) instead of `{cell}`", rest.trim()),
        ));
    }
    if let Some(rest) = part.strip_prefix('=') {
        return literal(rest, cell).map(Part::Equal);
    }
    if part.starts_with(['[', '(', ']']) {
        return range(part, cell);
    }
    literal(part, cell).map(Part::Equal)
}

fn range(part: &str, cell: &str) -> Result<Part, Wrong> {
    let wrong = || {
        Text::new(
            format!("“{cell}”不是范围；范围写成 [30 d..90 d)，[ ] 含端点，( ) 不含"),
            format!(
                "`{cell}` is no range; a range is written [30 d..90 d), [ ] include the end, ( ) \
                 do not"
            ),
        )
    };
    let (low, high) = part[1..].split_once("..").ok_or_else(wrong)?;
    let (high, high_in) = match high.char_indices().next_back() {
        Some((end, ']')) => (&high[..end], true),
        Some((end, ')' | '[')) => (&high[..end], false),
        _ => return Err(wrong()),
    };
    let low_in = part.starts_with('[');
    Ok(Part::Range {
        low: Some((literal(low, cell)?, low_in)),
        high: Some((literal(high, cell)?, high_in)),
    })
}

/// Whether a text, written without quotes, is read as this very text, in and outside of tests.
pub(crate) fn is_plain_text(text: &str) -> bool {
    let literal = Literal::read(text);
    let alone = read(text).ok().is_some_and(|raw| {
        let mut literals = raw.literals();
        let one = literals.next().is_some_and(|(one, in_range)| one.text == text && !in_range);
        one && literals.next().is_none() && !raw.not && !raw.null
    });
    alone && literal.kind == Kind::Text && !literal.quoted && literal.text == text
}

fn literal(text: &str, cell: &str) -> Result<Literal, Wrong> {
    let text = text.trim();
    let literal = Literal::read(text);
    let odd = |c: char| "<>=()[]{},;，；（）".contains(c);
    if text.is_empty() || (!literal.quoted && text.contains(odd)) {
        return Err(Text::new(
            format!(
                "看不懂“{cell}”；可写 a|b、not(a|b)、< 60、[30 d..90 d)、yes、no、null，\
                 带标点的文字加引号"
            ),
            format!(
                "`{cell}` is no test; write a|b, not(a|b), < 60, [30 d..90 d), yes, no or null, \
                 and put text with punctuation in quotes"
            ),
        ));
    }
    Ok(literal)
}

impl Raw {
    /// Its literals, and whether each stands in a range.
    pub fn literals(&self) -> impl Iterator<Item = (&Literal, bool)> + '_ {
        self.parts.iter().flat_map(|part| match part {
            Part::Equal(literal) => vec![(literal, false)],
            Part::Range { low, high } => {
                low.iter().chain(high).map(|(literal, _)| (literal, true)).collect()
            }
        })
    }

    /// The test of a column of `kind`.
    pub fn test(&self, kind: Kind) -> Result<Test, Wrong> {
        if self.parts.is_empty() && !self.null {
            return Ok(Test::any());
        }
        let asked = if kind.is_ordered() { self.ranges(kind)? } else { self.keys(kind)? };
        Ok(Test { text: Word::read(&self.text), asked, not: self.not, null: self.null })
    }

    fn keys(&self, kind: Kind) -> Result<Asked, Wrong> {
        let mut keys = Vec::new();
        for part in &self.parts {
            let Part::Equal(literal) = part else {
                let words = kind.words();
                return Err(Text::new(
                    format!("这一列是{}，“{}”不能比较大小", words.zh, self.text),
                    format!("this column is {}; `{}` asks for an order", words.en, self.text),
                ));
            };
            match literal.value_as(kind) {
                Some(crate::expr::Value::Bool(yes)) => keys.push(yes.to_string()),
                Some(_) => keys.push(literal.text.clone()),
                None => return Err(self.wrong_kind(literal, kind)),
            }
        }
        Ok(Asked::Keys(keys))
    }

    fn ranges(&self, kind: Kind) -> Result<Asked, Wrong> {
        let point = |literal: &Literal| {
            let value = literal.value_as(kind);
            value.and_then(|v| kind.point(&v)).ok_or_else(|| self.wrong_kind(literal, kind))
        };
        let end = |end: &Option<(Literal, bool)>| match end {
            None => Ok(None),
            Some((literal, included)) => point(literal).map(|point| Some((point, *included))),
        };
        let mut ranges = Vec::new();
        for part in &self.parts {
            let range = match part {
                Part::Equal(literal) => {
                    let point = point(literal)?;
                    Range { low: Some((point, true)), high: Some((point, true)) }
                }
                Part::Range { low, high } => Range { low: end(low)?, high: end(high)? },
            };
            if range.is_empty() {
                return Err(Text::new(
                    format!("范围“{}”里没有值，下限应小于上限", self.text),
                    format!("the range `{}` holds no value; its low end comes first", self.text),
                ));
            }
            ranges.push(range);
        }
        Ok(Asked::Ranges(ranges))
    }

    fn wrong_kind(&self, literal: &Literal, kind: Kind) -> Wrong {
        let (want, got) = (kind.words(), literal.kind.words());
        Text::new(
            format!("这一列是{}，“{}”里的 {} 却是{}", want.zh, self.text, literal.text, got.zh),
            format!(
                "this column is {}, but {} in `{}` is {}",
                want.en, literal.text, self.text, got.en
            ),
        )
    }
}
