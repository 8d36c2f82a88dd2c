//! A file of test cases of the kit.

use super::value;
use roxmltree::{Document, Node};
use rulebook::expr::Value;
use std::collections::BTreeMap;

/// A case: facts, and what is expected of which decision.
pub struct Case {
    pub id: String,
    pub facts: Result<BTreeMap<String, Value>, String>,
    /// Decision to value; the value may be of a kind that does not exist here.
    pub expected: Vec<(String, Result<Value, String>)>,
}

pub fn children<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// Reads all cases of a file.
pub fn read(text: &str) -> Vec<Case> {
    let document = Document::parse(text).expect("the kit's files are XML");
    children(document.root_element(), "testCase")
        .enumerate()
        .map(|(nth, case)| Case {
            id: case.attribute("id").map_or_else(|| (nth + 1).to_string(), str::to_owned),
            facts: children(case, "inputNode")
                .map(|input| Ok((name(input), value::read(input)?)))
                .collect(),
            expected: children(case, "resultNode")
                .map(|result| {
                    let expected = children(result, "expected").next();
                    (raw_name(result), expected.map_or(Ok(Value::Null), value::read))
                })
                .collect(),
        })
        .collect()
}

fn raw_name(node: Node<'_, '_>) -> String {
    node.attribute("name").unwrap_or_default().to_owned()
}

fn name(node: Node<'_, '_>) -> String {
    rulebook::dmn::identifier(&raw_name(node))
}
