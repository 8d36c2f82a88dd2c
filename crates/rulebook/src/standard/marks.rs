//! The number a line begins with, in the ways Chinese standards print it.

use base::time::chinese_number;

/// A way of numbering. Those before stand above those after only by how a text uses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 第二章, 第三篇, 第一部分.
    Chapter,
    /// 第十二条: counted through the whole text, whatever the chapter.
    Article,
    /// 一、
    Han,
    /// （一）
    HanInBrackets,
    /// 7.1.2
    Dotted,
    /// 1. or 1、
    Digit,
    /// （1）
    DigitInBrackets,
    /// 1）
    DigitClosed,
    /// a、 or a)
    Letter,
    /// ①
    Circle,
}

/// A line's number and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'t> {
    pub style: Style,
    /// The number: `["7", "1", "2"]`, `["3"]`, `["a"]`.
    pub steps: Vec<String>,
    /// As printed: `（三）`.
    pub printed: &'t str,
    /// The rest of the line.
    pub rest: &'t str,
}

/// Longest number of one step: a year or an amount is none.
const MOST_DIGITS: usize = 3;

/// The mark of a line, if it begins with one.
pub fn mark(line: &str) -> Option<Mark<'_>> {
    let line = line.trim_start();
    let found = ordinal(line)
        .or_else(|| bracketed(line))
        .or_else(|| circled(line))
        .or_else(|| han(line))
        .or_else(|| digits(line))
        .or_else(|| letter(line));
    let (style, steps, length) = found?;
    let (printed, rest) = line.split_at(length);
    Some(Mark { style, steps, printed: printed.trim_end(), rest: rest.trim() })
}

/// What a way of numbering finds: its style, the steps, and how many bytes it takes.
type Found = Option<(Style, Vec<String>, usize)>;

/// 第十二条, 第3章.
fn ordinal(line: &str) -> Found {
    let inside = line.strip_prefix('第')?;
    let end = inside.find(['章', '篇', '条', '部'])?;
    let number = whole(inside[..end].trim())?;
    let unit = inside[end..].chars().next()?;
    let unit_length =
        if inside[end..].starts_with("部分") { "部分".len() } else { unit.len_utf8() };
    let style = if unit == '条' { Style::Article } else { Style::Chapter };
    let length = '第'.len_utf8() + end + unit_length;
    Some((style, vec![number], length + delimiter(&line[length..])))
}

/// （一）, (3).
fn bracketed(line: &str) -> Found {
    let open = line.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    let inside = &line[open.len_utf8()..];
    let end = inside.find([')', '）'])?;
    let close = inside[end..].chars().next()?;
    let text = inside[..end].trim();
    let style = match text.chars().next()? {
        '0'..='9' => Style::DigitInBrackets,
        _ => Style::HanInBrackets,
    };
    let length = open.len_utf8() + end + close.len_utf8();
    Some((style, vec![whole(text)?], length + delimiter(&line[length..])))
}

/// ① to ⑳.
fn circled(line: &str) -> Found {
    let first = line.chars().next()?;
    let number = (1..=20_u32).find(|n| char::from_u32(0x245f + n) == Some(first))?;
    Some((Style::Circle, vec![number.to_string()], first.len_utf8()))
}

/// 一、
fn han(line: &str) -> Found {
    let end = line.find(['、', '.', '．'])?;
    let number = chinese_number(&line[..end])?;
    Some((Style::Han, vec![number.to_string()], end + delimiter(&line[end..])))
}

/// 7.1.2, 6.3.1、, 1., 1、, 1）.
fn digits(line: &str) -> Found {
    let mut steps = Vec::new();
    let mut at = 0;
    loop {
        let count = line[at..].bytes().take_while(u8::is_ascii_digit).count();
        if count == 0 || count > MOST_DIGITS {
            break;
        }
        steps.push(line[at..at + count].trim_start_matches('0').to_owned());
        at += count;
        let Some(dot) = line[at..].chars().next().filter(|c| matches!(c, '.' | '．')) else {
            break;
        };
        let after = &line[at + dot.len_utf8()..];
        if !after.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        at += dot.len_utf8();
    }
    let closed = line[at..].starts_with([')', '）']);
    let delimiter = delimiter(&line[at..]);
    match steps.len() {
        0 => None,
        // A number alone is only a mark when something sets it off from a quantity.
        1 if delimiter == 0 => None,
        1 => Some((if closed { Style::DigitClosed } else { Style::Digit }, steps, at + delimiter)),
        // 2.5米 is a measure, 2.5 米数 a heading; a unit close behind tells them apart.
        _ if delimiter == 0 && line[at..].starts_with(['%', '％', '米', '元', '倍']) => None,
        _ => Some((Style::Dotted, steps, at + delimiter)),
    }
}

/// a、, b), C.
fn letter(line: &str) -> Found {
    let first = line.chars().next().filter(char::is_ascii_alphabetic)?;
    let delimiter = delimiter(&line[1..]);
    (delimiter > 0 && !line[1..].starts_with(' '))
        .then(|| (Style::Letter, vec![first.to_ascii_lowercase().to_string()], 1 + delimiter))
}

/// How many bytes set the number off: 、 . ） : and blanks.
fn delimiter(text: &str) -> usize {
    let sets_off = |c: char| matches!(c, '、' | '.' | '．' | ')' | '）' | ' ' | '\t' | '\u{3000}');
    text.len() - text.trim_start_matches(sets_off).len()
}

/// A number in figures or words.
fn whole(text: &str) -> Option<String> {
    if text.len() <= MOST_DIGITS && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text.trim_start_matches('0').to_owned());
    }
    chinese_number(text).map(|number| number.to_string())
}
