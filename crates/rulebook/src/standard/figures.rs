//! The figures of a text that something must hold: lengths of time, amounts of money, shares.

use base::time::{Span, chinese_number};
use rust_decimal::Decimal;

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A length of time: 24小时, 三个月.
    Time(Span),
    /// Money in yuan: 500元.
    Amount(Decimal),
    /// A share in per cent: 50%, 百分之五.
    Share(Decimal),
}

/// A figure where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it says.
    pub measure: Measure,
    /// As written: `24小时`.
    pub text: String,
    /// The sentence it stands in.
    pub sentence: String,
}

/// Units of time as texts and rulebooks write them, longer ones first.
const TIMES: [&str; 20] = [
    "个工作日",
    "工作日",
    "workdays",
    "workday",
    "个小时",
    "小时",
    "分钟",
    "个月",
    "周",
    "天",
    "日",
    "年",
    "月",
    "min",
    "mo",
    "days",
    "h",
    "d",
    "y",
    "w",
];

/// Words of the longest number: 九百九十九 has five, with room for what is none.
const LONGEST_IN_WORDS: usize = 12;

/// The figures of a text in order.
pub fn figures(text: &str) -> Vec<Figure> {
    text.split_inclusive(['。', '；', ';', '！', '\n']).flat_map(of_sentence).collect()
}

fn of_sentence(sentence: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        match figure_at(sentence, at) {
            Some((measure, length)) => {
                let text = sentence[at..at + length].trim().to_owned();
                found.push(Figure { measure, text, sentence: sentence.trim().to_owned() });
                at += length;
            }
            None => at += sentence[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// A figure that begins right here, and its length.
fn figure_at(sentence: &str, at: usize) -> Option<(Measure, usize)> {
    let rest = &sentence[at..];
    if let Some(share) = rest.strip_prefix("百分之") {
        let (value, length) = number(share)?;
        return Some((Measure::Share(value), "百分之".len() + length));
    }
    // Not in the middle of a longer number or word (2024-11, v2.5), nor 上一年 or 每年.
    let before = sentence[..at].chars().next_back();
    let inside = |c: char| c.is_ascii_alphanumeric() || ".-_第上下每".contains(c);
    if before.is_some_and(inside) {
        return None;
    }
    if let Some(half) = ["半个月", "半年", "半小时", "半个小时", "半天"]
        .iter()
        .find(|half| rest.starts_with(**half))
    {
        return Some((Measure::Time(Span::parse(half)?), half.len()));
    }
    let (value, length) = number(rest)?;
    let (blank, unit) =
        (rest[length..].len() - rest[length..].trim_start().len(), rest[length..].trim_start());
    let length = length + blank;
    if unit.starts_with(['%', '％']) {
        return Some((Measure::Share(value), length + unit.chars().next()?.len_utf8()));
    }
    for (word, factor) in [("万元", 10_000), ("元", 1), ("yuan", 1)] {
        if unit.starts_with(word) {
            let amount = value.checked_mul(Decimal::from(factor))?;
            return Some((Measure::Amount(amount), length + word.len()));
        }
    }
    let word = TIMES.iter().find(|word| starts(unit, word))?;
    // 2015年, 3月 and 15日 are dates.
    let dated =
        matches!(*word, "月") || (matches!(*word, "年" | "日") && date(value, word, before));
    let span = Span::parse(&format!("{}{word}", value.normalize())).filter(|_| !dated)?;
    let years_half = *word == "年" && unit[word.len()..].starts_with('半');
    if years_half {
        let span = Span::parse(&format!("{} mo", value * Decimal::from(12) + Decimal::from(6)))?;
        return Some((Measure::Time(span), length + word.len() + '半'.len_utf8()));
    }
    Some((Measure::Time(span), length + word.len()))
}

fn date(value: Decimal, word: &str, before: Option<char>) -> bool {
    match word {
        "年" => value >= Decimal::from(1_900),
        _ => before == Some('月'),
    }
}

/// Whether a unit stands here; a Latin one ends where its letters end.
fn starts(text: &str, unit: &str) -> bool {
    let latin = unit.is_ascii();
    text.strip_prefix(unit)
        .is_some_and(|rest| !latin || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// A number in figures or Chinese words that the text begins with, and its length.
fn number(text: &str) -> Option<(Decimal, usize)> {
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let plain = &text[..text.len() - text.trim_start_matches(digits).len()];
    let plain = plain.trim_end_matches(['.', ',']);
    if !plain.is_empty() {
        return Some((plain.replace(',', "").parse().ok()?, plain.len()));
    }
    let words = |c: char| "一二三四五六七八九十百零两".contains(c);
    // What is longer than any number is no number, and is not read again from each of its words.
    let mut end = 0;
    for (nth, word) in text.chars().take_while(|c| words(*c)).enumerate() {
        if nth == LONGEST_IN_WORDS {
            return None;
        }
        end += word.len_utf8();
    }
    let han = &text[..end];
    Some((chinese_number(han)?.into(), han.len()))
}
