//! Functions a model defines for itself (business knowledge models) are written out where they are
//! called: our language is closed and has none of its own.

use super::spell::{self, Names, identifier, in_word, quiet, starts_word};
use super::xml::{self, Element};
use base::Text;
use std::collections::BTreeMap;

/// Calls inside calls; a function that calls itself never ends.
const MOST_DEPTH: usize = 8;
/// Longer formulas are refused by the reader of expressions anyway.
const MOST_BYTES: usize = 20_000;

/// A function with a formula as its body.
pub(super) struct Function {
    parameters: Vec<String>,
    body: Result<String, Text>,
}

/// The functions of a model by their names here.
pub(super) fn functions(root: Element<'_, '_>, names: &Names) -> BTreeMap<String, Function> {
    let one = |model: Element<'_, '_>| {
        let name = identifier(model.attribute("name")?);
        let logic = xml::child(model, "encapsulatedLogic")?;
        let parameters = xml::children(logic, "formalParameter")
            .filter_map(|parameter| parameter.attribute("name").map(identifier))
            .collect();
        let body = match xml::child(logic, "literalExpression") {
            Some(body) => names.respell(&spell::text_inside(body)),
            None => Err(Text::new(
                format!("函数 {name} 不是公式，不能写进调用处"),
                format!("the function {name} is no formula and cannot be written out"),
            )),
        };
        Some((name, Function { parameters, body }))
    };
    xml::children(root, "businessKnowledgeModel").filter_map(one).collect()
}

/// `text` with every call of `functions` written out.
pub(super) fn inline(text: &str, functions: &BTreeMap<String, Function>) -> Result<String, Text> {
    expand(text, functions, MOST_DEPTH)
}

fn expand(
    text: &str,
    functions: &BTreeMap<String, Function>,
    depth: usize,
) -> Result<String, Text> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match quiet(rest) {
            0 if starts_word(first) => rest.find(|c: char| !in_word(c)).unwrap_or(rest.len()),
            0 => first.len_utf8(),
            length => length,
        };
        let (word, behind) = rest.split_at(length);
        rest = behind;
        let call = functions.get(word).zip(behind.trim_start().strip_prefix('('));
        let Some((function, inside)) = call else {
            out.push_str(word);
            continue;
        };
        let (arguments, after) = arguments(inside);
        rest = after;
        if depth == 0 || out.len() > MOST_BYTES {
            return Err(Text::new(
                format!("函数 {word} 调用自己或套得太深，不能写开"),
                format!("the function {word} calls itself or too deep to be written out"),
            ));
        }
        let body = written_out(word, function, &arguments, functions, depth - 1)?;
        out.push_str(&body);
    }
    Ok(out)
}

fn written_out(
    name: &str,
    function: &Function,
    arguments: &[&str],
    functions: &BTreeMap<String, Function>,
    depth: usize,
) -> Result<String, Text> {
    if arguments.len() != function.parameters.len() {
        let (have, want) = (arguments.len(), function.parameters.len());
        return Err(Text::new(
            format!("函数 {name} 要 {want} 个参数，这里写了 {have} 个"),
            format!("the function {name} takes {want} arguments, {have} are written"),
        ));
    }
    let body = expand(function.body.as_ref().map_err(Clone::clone)?, functions, depth)?;
    let mut given = BTreeMap::new();
    for (parameter, argument) in function.parameters.iter().zip(arguments) {
        given.insert(parameter.as_str(), expand(argument, functions, depth)?);
    }
    let mut out = String::from("(");
    let mut rest = body.as_str();
    let mut after_dot = false;
    while let Some(first) = rest.chars().next() {
        let length = match quiet(rest) {
            0 if starts_word(first) => rest.find(|c: char| !in_word(c)).unwrap_or(rest.len()),
            0 => first.len_utf8(),
            length => length,
        };
        let (word, behind) = rest.split_at(length);
        match given.get(word) {
            Some(argument) if !after_dot => {
                out.push('(');
                out.push_str(argument.trim());
                out.push(')');
            }
            _ => out.push_str(word),
        }
        after_dot = word == ".";
        rest = behind;
        if out.len() > MOST_BYTES {
            return Err(Text::new(
                format!("函数 {name} 写开后太长"),
                format!("the function {name} is too long once written out"),
            ));
        }
    }
    out.push(')');
    Ok(out)
}

/// The arguments up to the parenthesis that closes the call, and what stands behind it.
fn arguments(inside: &str) -> (Vec<&str>, &str) {
    let mut found = Vec::new();
    let (mut depth, mut start, mut at) = (0_usize, 0, 0);
    while let Some(first) = inside[at..].chars().next() {
        let skipped = quiet(&inside[at..]);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        match first {
            ')' if depth == 0 => {
                let last = inside[start..at].trim();
                if !(found.is_empty() && last.is_empty()) {
                    found.push(last);
                }
                return (found, &inside[at + 1..]);
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                found.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        at += first.len_utf8();
    }
    (found, "")
}
