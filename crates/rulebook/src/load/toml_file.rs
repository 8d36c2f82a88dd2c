//! Reads a TOML file into a type and goes on behind each mistake, to report all of them at once.

use super::places::{Lines, Places};
use super::{effects, messages};
use crate::{Finding, Place};
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Mistakes reported in one file before the rest is left for the next run.
const MOST_MISTAKES: usize = 40;

/// A parsed file.
pub(crate) struct TomlFile<'t> {
    file: String,
    lines: Lines,
    root: Spanned<DeTable<'t>>,
    /// Whether something in it could not be read; then what follows from it is not reported.
    pub damaged: bool,
}

impl<'t> TomlFile<'t> {
    /// Parses `text`; syntax errors are findings, and what could be read goes on.
    pub fn parse(file: &str, text: &'t str, findings: &mut Vec<Finding>) -> Self {
        let lines = Lines::of(text);
        let (mut root, errors) = DeTable::parse_recoverable(text);
        for error in errors.iter().take(MOST_MISTAKES) {
            let line = error.span().map_or(1, |span| lines.at(span.start));
            findings.push(messages::syntax(Place::new(file, line), error.message()));
        }
        let damaged = !errors.is_empty();
        for (_, value) in root.get_mut().iter_mut() {
            days_as_text(value);
        }
        Self { file: file.to_owned(), lines, root, damaged }
    }

    /// The text of a top-level key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.root.get_ref().get(key)?.get_ref().as_str()
    }

    /// Remembers the place of each item under `prefix`, and reports ids that stand twice.
    pub fn index(&self, prefix: &str, places: &mut Places, findings: &mut Vec<Finding>) {
        let mut walk = Walk { file: &self.file, lines: &self.lines, places, findings };
        if !prefix.is_empty() {
            walk.places.add(prefix, Place::new(&self.file, 1));
        }
        walk.table(prefix, self.root.get_ref());
    }

    /// Reads the whole file as `T`. Each mistake is a finding; what is wrong is left out and the
    /// rest is read. `None` when too much is wrong for a `T`.
    pub fn read<T: DeserializeOwned>(&mut self, findings: &mut Vec<Finding>) -> Option<T> {
        let bad = effects::check(self.root.get_mut(), &self.file, &self.lines, findings);
        self.damaged |= bad;
        let mut left_out: Vec<(Range<usize>, String)> = Vec::new();
        for _ in 0..MOST_MISTAKES {
            let span = self.root.span();
            let copy = Spanned::new(span.clone(), DeValue::Table(self.root.get_ref().clone()));
            let error = match T::deserialize(copy.into_deserializer()) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            self.damaged = true;
            let at = error.span().unwrap_or(span);
            let follows = messages::missing_key(error.message())
                .is_some_and(|key| left_out.iter().any(|(table, k)| *table == at && k == key));
            if !follows {
                let place = Place::new(&self.file, self.lines.at(at.start));
                findings.push(messages::shape(place, error.message()));
            }
            let root = self.root.span();
            if at == root && messages::missing_key(error.message()).is_some() {
                return None;
            }
            left_out.push(leave_out(self.root.get_mut(), &root, &at)?);
        }
        None
    }
}

/// Removes the entry the span names (its key, its value, or the innermost around it); gives the
/// span of the table it stood in and its key.
fn leave_out(
    root: &mut DeTable<'_>,
    root_span: &Range<usize>,
    at: &Range<usize>,
) -> Option<(Range<usize>, String)> {
    let mut best: Option<(usize, Vec<Step>)> = None;
    let mut path = Vec::new();
    search_table(root, at, &mut path, &mut best);
    let (_, path) = best?;
    remove(root, root_span.clone(), &path)
}

#[derive(Clone)]
enum Step {
    Key(String),
    Index(usize),
}

/// How well an entry fits: 0 is an exact match; otherwise the length of the span around.
fn fit(span: &Range<usize>, at: &Range<usize>) -> Option<usize> {
    if span == at {
        return Some(0);
    }
    (span.start <= at.start && at.end <= span.end).then(|| span.len().max(1))
}

fn offer(fitting: Option<usize>, path: &[Step], best: &mut Option<(usize, Vec<Step>)>) {
    if let Some(fitting) = fitting
        && best.as_ref().is_none_or(|(known, _)| fitting <= *known)
    {
        *best = Some((fitting, path.to_vec()));
    }
}

fn search_table(
    table: &DeTable<'_>,
    at: &Range<usize>,
    path: &mut Vec<Step>,
    best: &mut Option<(usize, Vec<Step>)>,
) {
    for (key, value) in table {
        path.push(Step::Key(key.get_ref().to_string()));
        offer(fit(&key.span(), at).filter(|f| *f == 0), path, best);
        search_value(value, at, path, best);
        path.pop();
    }
}

fn search_value(
    value: &Spanned<DeValue<'_>>,
    at: &Range<usize>,
    path: &mut Vec<Step>,
    best: &mut Option<(usize, Vec<Step>)>,
) {
    offer(fit(&value.span(), at), path, best);
    match value.get_ref() {
        DeValue::Table(table) => search_table(table, at, path, best),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                search_value(item, at, path, best);
                path.pop();
            }
        }
        _ => {}
    }
}

fn remove(
    table: &mut DeTable<'_>,
    span: Range<usize>,
    path: &[Step],
) -> Option<(Range<usize>, String)> {
    let (Step::Key(key), rest) = path.split_first()? else { return None };
    if rest.is_empty() {
        table.remove(key.as_str())?;
        return Some((span, key.clone()));
    }
    remove_in(table.get_mut(key.as_str())?, rest)
}

fn remove_in(value: &mut Spanned<DeValue<'_>>, path: &[Step]) -> Option<(Range<usize>, String)> {
    let span = value.span();
    match (value.get_mut(), path) {
        (DeValue::Table(table), path) => remove(table, span, path),
        (DeValue::Array(items), [Step::Index(at)]) => {
            let kept = items.iter().enumerate().filter(|(i, _)| i != at);
            *items = kept.map(|(_, item)| item.clone()).collect();
            Some((span, at.to_string()))
        }
        (DeValue::Array(items), [Step::Index(at), rest @ ..]) => {
            remove_in(items.get_mut(*at)?, rest)
        }
        _ => None,
    }
}

/// Dates may stand without quotes; the model reads text.
fn days_as_text(value: &mut Spanned<DeValue<'_>>) {
    match value.get_mut() {
        DeValue::Datetime(at) => {
            let text = at.to_string();
            *value.get_mut() = DeValue::String(Cow::Owned(text));
        }
        DeValue::Array(items) => items.iter_mut().for_each(days_as_text),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, v)| days_as_text(v)),
        _ => {}
    }
}

/// A walk over a file that remembers places and sees ids that stand twice.
struct Walk<'a> {
    file: &'a str,
    lines: &'a Lines,
    places: &'a mut Places,
    findings: &'a mut Vec<Finding>,
}

impl Walk<'_> {
    fn table(&mut self, path: &str, table: &DeTable<'_>) {
        self.both_languages(table);
        for (key, value) in table {
            let below = join(path, key.get_ref());
            let line = self.lines.at(key.span().start);
            self.places.add(&below, Place::new(self.file, line));
            self.value(&below, key.get_ref(), value);
        }
    }

    /// A text stands in both languages; an empty one would be an empty button.
    fn both_languages(&mut self, table: &DeTable<'_>) {
        let (Some(_), Some(_)) = (table.get("zh"), table.get("en")) else { return };
        for (key, value) in table {
            if value.get_ref().as_str().is_some_and(|text| text.trim().is_empty()) {
                let at = Place::new(self.file, self.lines.at(value.span().start));
                let key = key.get_ref();
                self.findings.push(Finding::error(
                    "empty-text",
                    at,
                    format!("“{key}”不能为空：每段文字都要有中文和英文"),
                    format!("`{key}` is empty; every text stands in Chinese and in English"),
                ));
            }
        }
    }

    fn value(&mut self, path: &str, key: &str, value: &Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::Table(table) => self.table(path, table),
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.item(path, key, index, item);
                }
            }
            _ => {}
        }
    }

    fn item(&mut self, path: &str, key: &str, index: usize, item: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = item.get_ref() else { return };
        let line = self.lines.at(item.span().start);
        let id = item_name(key, table);
        let below = join(path, id.as_deref().unwrap_or(&index.to_string()));
        let at = Place::new(self.file, line);
        let new = self.places.add(&below, at.clone());
        if let Some(id) = id
            && !new
        {
            let first = self.places.of(&below);
            self.findings.push(Finding::error(
                "duplicate-id",
                at,
                format!("{key}“{id}”已在 {first} 定义过；每个编号只能出现一次"),
                format!("{key} `{id}` stands already at {first}; an id may stand once"),
            ));
        }
        self.table(&below, table);
    }
}

/// The name by which an entry of a list is known; states are named with their track.
fn item_name(key: &str, table: &DeTable<'_>) -> Option<String> {
    let text = |name: &str| table.get(name).and_then(|v| v.get_ref().as_str());
    match key {
        "state" => Some(format!("{}.{}", text("track").unwrap_or("main"), text("id")?)),
        "example" => text("name").map(|name| name.replace('/', "／")),
        "amend" | "drop" => None,
        _ => text("id").map(str::to_owned),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") }
}
