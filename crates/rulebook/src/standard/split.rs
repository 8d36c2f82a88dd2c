//! A text split by its printed numbers.

use super::marks::{Mark, Style, mark};
use std::collections::BTreeSet;

/// A passage under one printed number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands among the numbers: `7.1.2.1`, `6.6.1.1a`, `2.1.3`; unique in the text.
    pub path: String,
    /// The number as printed: `（三）`; empty for what stands before the first.
    pub printed: String,
    /// Its words, without the number.
    pub text: String,
    /// Whether it only names what follows.
    pub heading: bool,
    /// How deep it stands, from 1; 0 for what stands before the first number.
    pub depth: usize,
    /// The line of the text it begins on, from 1.
    pub line: u32,
}

/// Longest line that can be a heading, in characters.
const HEADING: usize = 40;

/// Splits a text, a paragraph a line. Numbering that begins anew (a second document in one file)
/// gives paths that begin with another letter.
pub fn split(text: &str) -> Vec<Passage> {
    let dotted = text.lines().filter_map(mark).any(|mark| mark.style == Style::Dotted);
    let articles = text.lines().filter_map(mark).any(|mark| mark.style == Style::Article);
    let mut splitter = Splitter { dotted, articles, ..Splitter::default() };
    for (nth, line) in text.lines().enumerate() {
        let line_number = u32::try_from(nth + 1).unwrap_or(u32::MAX);
        let line = line.trim();
        match mark(line) {
            _ if line.is_empty() => {}
            Some(mark) => splitter.numbered(&mark, line_number),
            None => splitter.continued(line, line_number),
        }
    }
    let mut passages = splitter.passages;
    let depths: Vec<usize> = passages.iter().map(|passage| passage.depth).collect();
    for (nth, passage) in passages.iter_mut().enumerate() {
        let deeper = depths.get(nth + 1).is_some_and(|next| *next > passage.depth);
        passage.heading = deeper && names(&passage.text);
    }
    passages
}

/// Whether a line only names: short, and no sentence.
fn names(text: &str) -> bool {
    text.chars().count() <= HEADING && !text.contains(['。', '；', ';', '\n', '，', ','])
}

#[derive(Default)]
struct Splitter {
    /// Whether the text numbers by 7.1.2: then a plain 7、 is their chapter.
    dotted: bool,
    /// Whether the text counts articles: then chapters only stand over them.
    articles: bool,
    stack: Vec<(Style, String)>,
    /// The chapter reached by plain or dotted numbers.
    chapter: u32,
    /// How often the numbering began anew.
    part: usize,
    passages: Vec<Passage>,
    /// Paths of the passages, none twice.
    paths: BTreeSet<String>,
}

impl Splitter {
    fn numbered(&mut self, mark: &Mark<'_>, line: u32) {
        self.place(mark);
        let mut path = self.path();
        if self.paths.contains(&path) {
            // The same number once more: another text begins.
            self.part += 1;
            path = self.path();
        }
        while self.paths.contains(&path) {
            path.push('+');
        }
        self.paths.insert(path.clone());
        self.passages.push(Passage {
            path,
            printed: mark.printed.to_owned(),
            text: mark.rest.to_owned(),
            heading: false,
            depth: self.depth(),
            line,
        });
    }

    /// What has no number belongs to what had one last.
    fn continued(&mut self, line: &str, number: u32) {
        match self.passages.last_mut() {
            Some(passage) if passage.text.is_empty() => line.clone_into(&mut passage.text),
            Some(passage) => passage.text.extend(["\n", line]),
            None => self.passages.push(Passage {
                path: "0".into(),
                text: line.to_owned(),
                line: number,
                ..Passage::default()
            }),
        }
    }

    fn place(&mut self, mark: &Mark<'_>) {
        let first = mark.steps.first().and_then(|step| step.parse::<u32>().ok()).unwrap_or(0);
        match mark.style {
            // Counted through the text: what stood above does not matter.
            Style::Dotted | Style::Article => {
                self.stack = vec![(mark.style, mark.steps.join("."))];
                self.chapter = first;
            }
            Style::Digit if self.dotted && first == self.chapter + 1 => {
                self.stack = vec![(Style::Dotted, first.to_string())];
                self.chapter = first;
            }
            Style::Chapter if self.articles => {
                self.stack = vec![(mark.style, format!("ch{}", mark.steps.concat()))];
            }
            style => {
                if let Some(at) = self.stack.iter().position(|(known, _)| *known == style) {
                    self.stack.truncate(at);
                }
                self.stack.push((style, mark.steps.concat()));
            }
        }
    }

    fn path(&self) -> String {
        let mut path = match self.part {
            0 => String::new(),
            part @ 1..26 => char::from(b'A' + u8::try_from(part).unwrap_or(25)).to_string(),
            part => format!("P{part}."),
        };
        for (nth, (style, step)) in self.stack.iter().enumerate() {
            if nth > 0 && *style != Style::Letter {
                path.push('.');
            }
            path.push_str(step);
        }
        path
    }

    fn depth(&self) -> usize {
        let steps = |(_, step): &(Style, String)| step.split('.').count();
        self.stack.iter().map(steps).sum()
    }
}
