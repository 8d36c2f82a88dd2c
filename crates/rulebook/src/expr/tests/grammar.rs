//! The grammar in the manual is that of the reader: random texts made after it are taken, and every
//! keyword the reader knows stands in it.

use super::chance::Chance;
use crate::expr::{Expr, builtins};
use std::collections::BTreeMap;

const MANUAL: &str = include_str!("../../../../../docs/rulebook/expressions.md");

/// From here on only what is short is chosen.
const DEEP: usize = 14;

/// A part of a rule.
#[derive(Debug)]
enum Part {
    Word(String),
    Rule(String),
    Either(Choices),
    Maybe(Choices),
    Repeat(Choices),
}

type Choices = Vec<Vec<Part>>;
type Rules = BTreeMap<String, Choices>;

fn rules() -> Rules {
    let (_, block) = MANUAL.split_once("```ebnf\n").expect("the manual has a grammar");
    let (block, _) = block.split_once("```").expect("which ends");
    let tokens = tokens(block);
    let mut at = 0;
    let mut rules = Rules::new();
    while at < tokens.len() {
        let name = tokens[at].clone();
        assert_eq!(tokens[at + 1], "=", "{name}");
        at += 2;
        rules.insert(name, choices(&tokens, &mut at));
    }
    rules
}

fn tokens(block: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = block.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '"' => rest[1..].find('"').expect("a closed word") + 2,
            c if c.is_alphabetic() => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        tokens.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    tokens
}

/// The alternatives up to the bracket or semicolon that ends them, which is taken too.
fn choices(tokens: &[String], at: &mut usize) -> Choices {
    let mut all = vec![Vec::new()];
    loop {
        let token = tokens[*at].as_str();
        *at += 1;
        let part = match token {
            ";" | ")" | "]" | "}" => return all,
            "|" => {
                all.push(Vec::new());
                continue;
            }
            "(" => Part::Either(choices(tokens, at)),
            "[" => Part::Maybe(choices(tokens, at)),
            "{" => Part::Repeat(choices(tokens, at)),
            word if word.starts_with('"') => Part::Word(word.trim_matches('"').to_owned()),
            rule => Part::Rule(rule.to_owned()),
        };
        all.last_mut().expect("there is always one").push(part);
    }
}

/// Writes one text after a rule. Deep down only what is short is chosen, so that it ends.
fn write(rules: &Rules, rule: &str, depth: usize, chance: &mut Chance, text: &mut String) {
    let sample: &[&str] = match rule {
        "number" => &["0", "12", "0.5", ".5", "1.2e-3"],
        "text" => &["\"a\"", "\"2026-11-21\"", "\"P15D\"", "\"2026-11-21T08:00:00+08:00\""],
        "name" => &["form", "x", "item", "客户", "a_1"],
        "function" => &["max", "sum", "count", "coalesce", "text", "is_null"],
        _ => &[],
    };
    if !sample.is_empty() {
        text.push_str(chance.of::<&str>(sample));
        text.push(' ');
        return;
    }
    let choices = &rules[rule];
    let choice = match rule {
        "primary" if depth > DEEP || chance.below(2) == 0 => &choices[chance.below(2)],
        "expression" if depth > DEEP || chance.below(4) > 0 => {
            choices.last().expect("there is always one")
        }
        "unary" if chance.below(4) > 0 => choices.last().expect("there is always one"),
        _ => chance.of(choices),
    };
    // An `if`, `some` or `every` reads to the right as far as it can; what stands behind it here
    // would become its own.
    let greedy =
        |part: &Part| matches!(part, Part::Rule(r) if r == "conditional" || r == "quantified");
    let wrapped = rule == "primary" && choice.iter().any(greedy);
    text.push_str(if wrapped { "( " } else { "" });
    parts(rules, choice, depth, chance, text);
    text.push_str(if wrapped { ") " } else { "" });
}

fn parts(rules: &Rules, all: &[Part], depth: usize, chance: &mut Chance, text: &mut String) {
    for part in all {
        let (inner, times) = match part {
            Part::Word(word) => {
                text.push_str(word);
                text.push(' ');
                continue;
            }
            Part::Rule(rule) => {
                write(rules, rule, depth + 1, chance, text);
                continue;
            }
            Part::Either(inner) => (inner, 1),
            Part::Maybe(inner) => (inner, usize::from(depth < DEEP && chance.below(4) == 0)),
            Part::Repeat(inner) => (inner, if depth < DEEP { chance.below(5) / 3 } else { 0 }),
        };
        for _ in 0..times {
            parts(rules, chance.of::<Vec<Part>>(inner), depth, chance, text);
        }
    }
}

/// What a text of the right grammar may still be refused for: a call with too few arguments, a day
/// that is none, too many parts.
const MEANING: [&str; 2] = ["expr-arguments", "expr-too-large"];

fn check(seeds: std::ops::Range<u64>) {
    let rules = rules();
    let (mut read, mut made) = (0, 0);
    for seed in seeds {
        made += 1;
        let mut text = String::new();
        write(&rules, "expression", 0, &mut Chance::new(seed), &mut text);
        // Behind @ only some texts have a meaning, and a number's unit must leave a whole.
        let text = text.replace("@ \"a\"", "@ \"P1D\"").replace("@ ", "@");
        let expr = Expr::parse(&text);
        if let Some(error) = expr.syntax_error() {
            let meant = MEANING.contains(&error.code) || error.sentence.en.contains("smaller unit");
            assert!(meant, "{seed}: {text}\n{error:?}");
        } else {
            read += 1;
        }
    }
    assert!(read * 2 > made, "only {read} of {made} were small enough to be read");
}

#[test]
fn what_the_grammar_allows_is_read() {
    check(0..3_000);
}

#[test]
#[ignore = "minutes; run by `make soak`"]
fn soak_what_the_grammar_allows_is_read() {
    check(0..100_000);
}

#[test]
fn the_grammar_has_every_keyword_and_sign() {
    let (_, block) = MANUAL.split_once("```ebnf\n").expect("the manual has a grammar");
    for word in crate::expr::words() {
        assert!(block.contains(&format!("\"{word}\"")), "{word} is not in the grammar");
    }
}

#[test]
fn the_functions_are_those_of_the_reference() {
    let page = include_str!("../../../../../docs/rulebook/language.md");
    let (_, table) = page.split_once("## Functions").expect("the reference has functions");
    let written: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('(').map(|(name, _)| name))
        .collect();
    let known: Vec<&str> = builtins().iter().map(|builtin| builtin.name).collect();
    assert_eq!(written, known, "run `cargo xtask codegen`");
}
