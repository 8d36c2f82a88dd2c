//! From text to tokens, each with its place.

use super::literal::{self, Unit};
use super::{ExprError, Value};
use rust_decimal::Decimal;
use std::str::{CharIndices, FromStr};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number, text, length of time, amount, day or instant.
    Literal(Value),
    /// A name or a keyword.
    Word(String),
    /// An operator or bracket.
    Sign(&'static str),
    End,
}

impl Token {
    /// As a sentence shows it.
    pub fn show(&self) -> (String, String) {
        let one = match self {
            Self::Literal(Value::Text(text)) => format!("{text:?}"),
            Self::Literal(value) => value.to_string(),
            Self::Word(word) => format!("`{word}`"),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => return ("结尾".into(), "the end".into()),
        };
        (one.clone(), one)
    }
}

/// Longest first, so that `<=` is not read as `<`.
pub(super) const SIGNS: [&str; 21] = [
    "..", "**", "<=", ">=", "!=", "=", "<", ">", "(", ")", "[", "]", ",", ".", "+", "-", "*", "/",
    "{", "}", ":",
];

/// What people write instead, and what would be right.
const SLIPS: [(&str, &str); 24] = [
    ("==", "="),
    ("<>", "!="),
    ("&&", "and"),
    ("||", "or"),
    ("^", "**"),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("，", ","),
    ("（", "("),
    ("）", ")"),
    ("【", "["),
    ("】", "]"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "\""),
    ("’", "\""),
    ("'", "\""),
    ("＝", "="),
    ("＜", "<"),
    ("＞", ">"),
    ("×", "*"),
    ("÷", "/"),
    ("&", "and"),
];

/// Longer texts are refused before they are looked at.
const MOST_BYTES: usize = 20_000;

pub(super) fn lex(source: &str) -> Result<Vec<(usize, Token)>, ExprError> {
    if source.len() > MOST_BYTES {
        return Err(ExprError::new(
            "expr-too-large",
            0,
            format!("表达式太长（最多 {MOST_BYTES} 字节），请拆成计算字段"),
            format!("the text is too long ({MOST_BYTES} bytes are the most); split it"),
        ));
    }
    let mut lexer = Lexer { source, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_blank()?;
        let at = lexer.at;
        let token = lexer.next()?;
        let end = token == Token::End;
        tokens.push((at, token));
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// Passes over blanks and comments.
    fn skip_blank(&mut self) -> Result<(), ExprError> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = self.rest();
            if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                let length = rest.find("*/").ok_or_else(|| {
                    ExprError::new(
                        "expr-syntax",
                        self.at,
                        "注释没有结束，请补上 `*/`",
                        "the comment does not end; add `*/`",
                    )
                })?;
                self.at += length + 2;
            } else {
                return Ok(());
            }
        }
    }

    fn next(&mut self) -> Result<Token, ExprError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(Token::End) };
        let dotted = first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        if first.is_ascii_digit() || dotted {
            return self.number();
        }
        if is_word_start(first) {
            return Ok(Token::Word(self.word().to_owned()));
        }
        match first {
            '"' => return self.text().map(|text| Token::Literal(Value::Text(text.into()))),
            '@' => return self.at_literal(),
            '¥' | '￥' => {
                self.at += first.len_utf8();
                return self.yuan();
            }
            _ => {}
        }
        if let Some((slip, right)) = SLIPS.iter().find(|(slip, _)| rest.starts_with(slip)) {
            return Err(ExprError::new(
                "expr-syntax",
                self.at,
                format!("这里不能写 {slip}，请写 {right}"),
                format!("{slip} is not known here; write {right}"),
            ));
        }
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            return Ok(Token::Sign(sign));
        }
        Err(ExprError::new(
            "expr-syntax",
            self.at,
            format!("字符 {first} 在表达式里没有意义，请删去"),
            format!("the character {first} means nothing in an expression; take it away"),
        ))
    }

    fn word(&mut self) -> &'s str {
        let rest = self.rest();
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// Digits, a fraction, an exponent; then perhaps a unit.
    fn number(&mut self) -> Result<Token, ExprError> {
        let start = self.at;
        let count = self.decimal()?;
        let behind = self.rest().trim_start();
        let blank = self.rest().len() - behind.len();
        let end = behind.find(|c: char| !is_word(c)).unwrap_or(behind.len());
        match literal::unit(&behind[..end]) {
            None => Ok(Token::Literal(Value::Number(count))),
            Some(Unit::Workday) => Err(ExprError::new(
                "expr-syntax",
                start,
                "表达式里不能用工作日（需要日历），请在期限的 within 里写工作日，或写成天（d）",
                "working days need a calendar, which an expression has not; write them in the \
                 `within` of a deadline, or write days (d)",
            )),
            Some(unit) => {
                self.at += blank + end;
                let value = literal::quantity(count, &unit).ok_or_else(|| {
                    ExprError::new(
                        "expr-syntax",
                        start,
                        format!(
                            "{} 不是整秒或整月，请换用更小的单位",
                            &self.source[start..self.at]
                        ),
                        format!(
                            "{} is no whole number of seconds or months; use a smaller unit",
                            &self.source[start..self.at]
                        ),
                    )
                })?;
                Ok(Token::Literal(value))
            }
        }
    }

    fn decimal(&mut self) -> Result<Decimal, ExprError> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut at = start;
        while digit(at) {
            at += 1;
        }
        if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            at += 1;
            while digit(at) {
                at += 1;
            }
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let signed = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            if digit(at + 1 + signed) {
                at += 1 + signed;
                while digit(at) {
                    at += 1;
                }
            }
        }
        self.at = at;
        let text = &self.source[start..at];
        Decimal::from_str_exact(text)
            .or_else(|_| Decimal::from_str(text))
            .or_else(|_| Decimal::from_scientific(text))
            .map_err(|_| {
                ExprError::new(
                    "expr-syntax",
                    start,
                    format!("数字 {text} 太大，最多 28 位"),
                    format!("the number {text} is too large; 28 digits are the most"),
                )
            })
    }

    fn yuan(&mut self) -> Result<Token, ExprError> {
        let start = self.at;
        self.at += self.rest().len() - self.rest().trim_start().len();
        if !self.rest().starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Err(ExprError::new(
                "expr-syntax",
                start,
                "¥ 后面要写数字，例如 ¥50.00",
                "a number must follow ¥, for example ¥50.00",
            ));
        }
        let count = self.decimal()?;
        literal::quantity(count, &Unit::Yuan).map(Token::Literal).ok_or_else(|| {
            ExprError::new("expr-syntax", start, "金额太大", "the amount is too large")
        })
    }

    fn text(&mut self) -> Result<String, ExprError> {
        let start = self.at;
        let mut text = String::new();
        let mut chars = self.source[start + 1..].char_indices();
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at = start + 1 + offset + 1;
                    return Ok(text);
                }
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some(c @ ('"' | '\\' | '\'' | '/')) => text.push(c),
                    Some(c @ ('u' | 'U')) => {
                        let digits = if c == 'u' { 4 } else { 6 };
                        let code = escaped(&mut chars, digits);
                        text.push(code.ok_or_else(|| bad_escape(start + 1 + offset))?);
                    }
                    _ => return Err(bad_escape(start + 1 + offset)),
                },
                _ => text.push(c),
            }
        }
        Err(ExprError::new(
            "expr-syntax",
            start,
            "文字没有结束，请补上 \"",
            "the text does not end; add \"",
        ))
    }

    fn at_literal(&mut self) -> Result<Token, ExprError> {
        let start = self.at;
        self.at += 1;
        let text = if self.rest().starts_with('"') { self.text()? } else { String::new() };
        literal::at(&text).map(Token::Literal).ok_or_else(|| {
            ExprError::new(
                "expr-syntax",
                start,
                "@ 后面要写日期、带时区的时刻或时长，例如 @\"2026-11-21\"、\
                 @\"2026-11-21T08:00:00+08:00\"、@\"P15D\"",
                "behind @ stands a day, an instant with its offset or a length of time, for \
                 example @\"2026-11-21\", @\"2026-11-21T08:00:00+08:00\", @\"P15D\"",
            )
        })
    }
}

/// The character of `\u` and so many hexadecimal digits; two of them where it needs a pair.
fn escaped(chars: &mut CharIndices<'_>, digits: usize) -> Option<char> {
    let first = hexadecimal(chars, digits)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    let pair = (chars.next()?.1, chars.next()?.1) == ('\\', 'u');
    let low = hexadecimal(chars, 4).filter(|low| pair && (0xdc00..0xe000).contains(low))?;
    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00))
}

fn hexadecimal(chars: &mut CharIndices<'_>, digits: usize) -> Option<u32> {
    let text: String = chars.by_ref().take(digits).map(|(_, digit)| digit).collect();
    let whole = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if whole { u32::from_str_radix(&text, 16).ok() } else { None }
}

fn bad_escape(at: usize) -> ExprError {
    ExprError::new(
        "expr-syntax",
        at,
        "文字里的 \\ 后面只能写 n、t、\"、\\ 或 u 加四位十六进制数",
        "in text, \\ is followed by n, t, \", \\ or u and four hexadecimal digits",
    )
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
