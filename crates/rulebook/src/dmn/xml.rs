//! The few questions asked of an XML tree. Namespaces differ from version to version of DMN; local
//! names do not.

use super::Cannot;
use crate::xml::{DEEPEST, is_too_deep};
use roxmltree::{Document, Node, ParsingOptions};

pub(super) type Element<'a, 'input> = Node<'a, 'input>;

/// More nodes than any table a person can read.
const MOST_NODES: u32 = 500_000;

/// Parses; entities and document types are refused.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Cannot> {
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..Default::default() };
    let text = text.trim_start_matches('\u{feff}');
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let line = error.pos().row;
        Cannot::new(line, format!("不是 XML：{error}"), format!("this is no XML: {error}"))
    })?;
    if is_too_deep(&document) {
        return Err(Cannot::new(
            1,
            format!("嵌套超过 {DEEPEST} 层，不是决策模型"),
            format!("elements stand more than {DEEPEST} deep in each other; no model does"),
        ));
    }
    Ok(document)
}

pub(super) fn children<'a, 'i: 'a>(
    element: Element<'a, 'i>,
    name: &'a str,
) -> impl Iterator<Item = Element<'a, 'i>> {
    element.children().filter(move |child| child.tag_name().name() == name)
}

pub(super) fn child<'a, 'i: 'a>(
    element: Element<'a, 'i>,
    name: &'a str,
) -> Option<Element<'a, 'i>> {
    children(element, name).next()
}

/// The text directly inside.
pub(super) fn text<'a>(element: Element<'a, '_>) -> &'a str {
    element.text().unwrap_or_default()
}

/// The line an element begins in, from 1.
pub(super) fn line(element: Element<'_, '_>) -> u32 {
    element.document().text_pos_at(element.range().start).row
}
