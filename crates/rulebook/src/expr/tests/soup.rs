//! No text at all makes the language panic, and what is typed has its type: random words, and
//! right expressions with something changed.

use super::chance::Chance;
use super::eval::is_of;
use super::{facts, nothing, schema};
use crate::expr::{Expr, builtins};

/// Words of the language and some that are none.
const WORDS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "..",
    ",",
    ".",
    "+",
    "-",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    ">=",
    "{",
    "}",
    ":",
    "and",
    "or",
    "not",
    "in",
    "between",
    "if",
    "then",
    "else",
    "some",
    "every",
    "satisfies",
    "item",
    "null",
    "true",
    "1",
    "0",
    "2.5",
    "-7",
    "24 h",
    "12 mo",
    "3 yuan",
    "¥",
    "\"a\"",
    "\"",
    "@\"2026-11-21\"",
    "@\"9999-12-31\"",
    "@",
    "form",
    "form.lines",
    "form.lines.amount",
    "amount",
    "stars",
    "today",
    "now",
    "opened_at",
    "invoice_date",
    "causes",
    "params.fee",
    "params.term",
    "remark",
    "late",
    "open",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "9223372036854775807 s",
    "-9223372036854775807 s",
    "9223372036854775807 mo",
    "'",
    "，",
    "\\",
    "/*",
    "//",
    "\u{feff}",
    "🐎",
    "x",
];

/// Right expressions to spoil.
const RIGHT: &[&str] = &[
    "form.technician.certificate.valid and form.cause in [\"impact\", \"misuse\"]",
    "sum(form.lines[item.payer = \"maker\"].amount) <= params.fee * 1.2",
    "every l in form.lines satisfies l.unit_price <= l.list_price * params.cap / 100",
    "if today - invoice_date > 30 d then 5 yuan else round(params.fee / 3, 1)",
    "date(now) between invoice_date and invoice_date + params.term",
    "form.capacity.value in (< 10, [20..30), (50..60], 99)",
    "coalesce(stars, 0) ** 2 + sqrt(16) - modulo(17, 5)",
    "some c in causes satisfies contains(c, \"pact\") or length(remark) > 10",
    "substring(remark, -3, 2) + join(split(\"a,b\", \",\"), \"-\")",
    "max(form.lines.amount) = 0 or not(late) and stars != null",
];

fn check(source: &str) {
    let expr = Expr::parse(source);
    let _ = (expr.paths(), expr.origins(), expr.unguarded_division(), expr.eval(&nothing()));
    let value = expr.eval(&facts());
    let _ = (value.to_string(), expr.explain(&facts()));
    if let Some(error) = expr.syntax_error() {
        assert!(source.is_char_boundary(error.at), "{source}: {error:?}");
    }
    match expr.check(&schema()) {
        Ok(of) => assert!(is_of(&value, &of), "{source}: {value:?} is no {of:?}"),
        Err(error) => assert!(error.at <= source.len(), "{source}: {error:?}"),
    }
}

fn soup(chance: &mut Chance) -> String {
    let functions = builtins();
    let mut text = String::new();
    for _ in 0..chance.below(24) {
        if chance.below(6) == 0 {
            text += chance.of(functions).name;
            text += "(";
        } else {
            text += *chance.of(WORDS);
        }
        text += if chance.below(8) == 0 { "" } else { " " };
    }
    text
}

/// A right expression with a few of its characters or words changed, doubled or taken away.
fn spoiled(chance: &mut Chance) -> String {
    let mut text: Vec<char> = chance.of(RIGHT).chars().collect();
    for _ in 0..=chance.below(3) {
        let at = chance.below(text.len().max(1)).min(text.len());
        match chance.below(4) {
            0 if at < text.len() => drop(text.remove(at)),
            1 => {
                let word: Vec<char> = chance.of(WORDS).chars().collect();
                text.splice(at..at, word);
            }
            2 => {
                let end = (at + chance.below(12)).min(text.len());
                let piece: Vec<char> = text[at..end].to_vec();
                text.splice(at..at, piece);
            }
            _ => {
                let end = (at + chance.below(6)).min(text.len());
                text.drain(at..end);
            }
        }
    }
    text.into_iter().collect()
}

fn run(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        check(&soup(chance));
        check(&spoiled(chance));
    }
}

#[test]
fn nothing_panics_and_a_value_has_the_type_that_was_checked() {
    run(0..6_000);
}

#[test]
#[ignore = "minutes; run by `make soak`"]
fn soak_nothing_panics() {
    run(0..200_000);
}

/// The right ones are right, or spoiling them would prove little.
#[test]
fn what_is_spoiled_was_right() {
    for source in RIGHT {
        assert!(Expr::parse(source).check(&schema()).is_ok(), "{source}");
    }
}

#[test]
fn long_and_deep_texts_end_quickly() {
    for source in ["(", "[", "-", "not(", "if ", "a.", "a[", "\"", "@", "1 ** ", "x in (", "/*"] {
        check(&source.repeat(40_000));
        check(&source.repeat(60));
    }
    check(&"some x in a satisfies ".repeat(40));
    check(&format!("1 {}", "+ 1 ".repeat(400)));
}
