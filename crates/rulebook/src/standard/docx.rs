//! The text of a Word document (.docx) as a person reads it: numbers that Word counts by itself
//! are printed before their paragraphs, rows of tables are lines.

use crate::xml;
use roxmltree::Node;
use std::collections::BTreeMap;

/// The parts of a .docx that hold its text.
#[derive(Debug, Clone, Copy)]
pub struct Document<'t> {
    /// `word/document.xml`.
    pub document: &'t str,
    /// `word/numbering.xml`.
    pub numbering: Option<&'t str>,
    /// `word/styles.xml`.
    pub styles: Option<&'t str>,
}

/// A part that is not the XML it should be: its name, and what the reader of XML says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part}: {reason}")]
pub struct Unreadable {
    /// The part.
    pub part: &'static str,
    /// Why.
    pub reason: String,
}

impl Document<'_> {
    /// The text, a paragraph a line.
    ///
    /// # Errors
    /// A part that is no XML.
    pub fn text(&self) -> Result<String, Unreadable> {
        let document = parse("word/document.xml", self.document)?;
        let mut numbering = Numbering::default();
        if let Some(text) = self.numbering {
            numbering.read(parse("word/numbering.xml", text)?.root_element());
        }
        if let Some(text) = self.styles {
            numbering.read_styles(parse("word/styles.xml", text)?.root_element());
        }
        let mut lines = Vec::new();
        if let Some(body) = child(document.root_element(), "body") {
            body.children().for_each(|node| block(node, &mut numbering, &mut lines));
        }
        Ok(lines.join("\n"))
    }
}

fn parse<'t>(part: &'static str, text: &'t str) -> Result<roxmltree::Document<'t>, Unreadable> {
    let document = roxmltree::Document::parse(text)
        .map_err(|error| Unreadable { part, reason: error.to_string() })?;
    if xml::is_too_deep(&document) {
        let reason = format!("elements stand more than {} deep in each other", xml::DEEPEST);
        return Err(Unreadable { part, reason });
    }
    Ok(document)
}

/// A paragraph, a table, or what wraps them.
fn block(node: Node<'_, '_>, numbering: &mut Numbering, lines: &mut Vec<String>) {
    match node.tag_name().name() {
        "p" => {
            let line = paragraph(node, numbering);
            lines.extend(Some(line).filter(|line| !line.trim().is_empty()));
        }
        "tbl" => {
            for row in node.children().filter(|node| node.has_tag_name_of("tr")) {
                let cells = row.children().filter(|node| node.has_tag_name_of("tc"));
                let cells: Vec<String> = cells
                    .map(|cell| {
                        let mut inside = Vec::new();
                        cell.children().for_each(|node| block(node, numbering, &mut inside));
                        inside.join(" ")
                    })
                    .collect();
                lines.push(cells.join(" | "));
            }
        }
        "sdt" | "sdtContent" | "ins" => {
            node.children().for_each(|node| block(node, numbering, lines));
        }
        _ => {}
    }
}

/// A paragraph with the number Word would print before it.
fn paragraph(node: Node<'_, '_>, numbering: &mut Numbering) -> String {
    let mut text = String::new();
    words(node, &mut text);
    if text.trim().is_empty() {
        return String::new();
    }
    let properties = child(node, "pPr");
    let style = properties.and_then(|p| child(p, "pStyle")).and_then(value);
    let own = properties.and_then(|p| child(p, "numPr")).map(Reference::of);
    match numbering.number(own, style) {
        Some(number) => format!("{number} {}", text.trim()),
        None => text.trim().to_owned(),
    }
}

/// The words of a run, without what was struck out.
fn words(node: Node<'_, '_>, text: &mut String) {
    for inner in node.children() {
        match inner.tag_name().name() {
            "t" => text.push_str(inner.text().unwrap_or_default()),
            "tab" | "br" | "cr" => text.push(' '),
            "del" | "pPr" | "rPr" | "instrText" => {}
            _ => words(inner, text),
        }
    }
}

/// Which list a paragraph is of, and how deep; either may be left to its style.
#[derive(Debug, Clone, Default)]
struct Reference {
    list: Option<String>,
    level: Option<usize>,
}

impl Reference {
    fn of(node: Node<'_, '_>) -> Self {
        Self {
            list: child(node, "numId").and_then(value).map(str::to_owned),
            level: child(node, "ilvl").and_then(value).and_then(|level| level.parse().ok()),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2、`
    text: String,
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Numbering {
    /// Levels by the list's form.
    forms: BTreeMap<String, Vec<Level>>,
    /// The form of a list.
    lists: BTreeMap<String, String>,
    /// Where a style's paragraphs stand, and the style it is based on.
    styles: BTreeMap<String, (Reference, Option<String>)>,
    /// How far each form has counted.
    counted: BTreeMap<String, Vec<Option<u32>>>,
}

/// Deepest level Word has.
const LEVELS: usize = 9;
/// Longest chain of styles that is followed.
const BASED_ON: usize = 16;

impl Numbering {
    fn read(&mut self, root: Node<'_, '_>) {
        for form in root.children().filter(|node| node.has_tag_name_of("abstractNum")) {
            let Some(id) = attribute(form, "abstractNumId") else { continue };
            let mut levels = vec![Level::default(); LEVELS];
            for node in form.children().filter(|node| node.has_tag_name_of("lvl")) {
                let at = attribute(node, "ilvl").and_then(|level| level.parse::<usize>().ok());
                let Some(level) = at.and_then(|at| levels.get_mut(at)) else { continue };
                let of = |name| child(node, name).and_then(value);
                *level = Level {
                    start: of("start").and_then(|start| start.parse().ok()).unwrap_or(1),
                    format: of("numFmt").unwrap_or("decimal").to_owned(),
                    text: of("lvlText").unwrap_or_default().to_owned(),
                    style: of("pStyle").map(str::to_owned),
                };
            }
            self.forms.insert(id.to_owned(), levels);
        }
        for list in root.children().filter(|node| node.has_tag_name_of("num")) {
            let form = child(list, "abstractNumId").and_then(value);
            if let (Some(id), Some(form)) = (attribute(list, "numId"), form) {
                self.lists.insert(id.to_owned(), form.to_owned());
            }
        }
    }

    fn read_styles(&mut self, root: Node<'_, '_>) {
        for style in root.children().filter(|node| node.has_tag_name_of("style")) {
            let Some(id) = attribute(style, "styleId") else { continue };
            let numbered = child(style, "pPr").and_then(|p| child(p, "numPr")).map(Reference::of);
            let based = child(style, "basedOn").and_then(value).map(str::to_owned);
            self.styles.insert(id.to_owned(), (numbered.unwrap_or_default(), based));
        }
    }

    /// Counts on and gives the number to print; `None` for a paragraph of no list or a bullet.
    fn number(&mut self, own: Option<Reference>, style: Option<&str>) -> Option<String> {
        let reference = own.unwrap_or_default();
        let (mut list, mut level) = (reference.list, reference.level);
        let mut next = style.map(str::to_owned);
        for _ in 0..BASED_ON {
            let Some((inherited, based)) = next.as_ref().and_then(|id| self.styles.get(id)) else {
                break;
            };
            list = list.or_else(|| inherited.list.clone());
            level = level.or(inherited.level);
            next = based.clone();
        }
        let form = self.lists.get(&list?)?;
        let levels = self.forms.get(form)?;
        let of_style =
            || levels.iter().position(|l| l.style.is_some() && l.style.as_deref() == style);
        let at = level.or_else(of_style).unwrap_or(0).min(LEVELS - 1);
        let counted = self.counted.entry(form.clone()).or_insert_with(|| vec![None; LEVELS]);
        counted[at] = Some(counted[at].map_or(levels[at].start, |count| count + 1));
        counted[at + 1..].fill(None);
        if levels[at].format == "bullet" || levels[at].text.is_empty() {
            return None;
        }
        let mut text = levels[at].text.clone();
        for (nth, level) in levels.iter().enumerate().take(at + 1) {
            let count = counted[nth].unwrap_or(level.start);
            text = text.replace(&format!("%{}", nth + 1), &written(count, &level.format));
        }
        Some(text)
    }
}

/// A count as Word writes it.
fn written(count: u32, format: &str) -> String {
    let letter = |first: u8| {
        let nth = u8::try_from((count.max(1) - 1) % 26).unwrap_or(0);
        char::from(first + nth).to_string()
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&count) => {
            char::from_u32(0x245f + count).map_or_else(String::new, String::from)
        }
        _ if format.starts_with("chinese") || format.starts_with("japaneseCounting") => han(count),
        _ => count.to_string(),
    }
}

/// 一 to 九十九.
fn han(count: u32) -> String {
    let digit = |n: u32| "零一二三四五六七八九".chars().nth(n as usize).map(String::from);
    match (count / 10, count % 10) {
        (0, ones) => digit(ones).unwrap_or_default(),
        (tens @ 1..10, ones) => {
            let head = if tens == 1 { None } else { digit(tens) };
            let tail = if ones == 0 { None } else { digit(ones) };
            [head.unwrap_or_default(), "十".into(), tail.unwrap_or_default()].concat()
        }
        _ => count.to_string(),
    }
}

/// Names without their namespace: all parts are of one.
trait Named {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|inner| inner.has_tag_name_of(name))
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|found| found.value())
}

fn value<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    attribute(node, "val")
}
