//! Keys of one item of a TOML text set to what is wished, by the smallest cuts.

use super::splice::{Splices, line_end, line_start, line_stop, next_line};
use super::value::{key as key_text, read, same, written};
use serde_json::{Map, Value};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// An item of a text, and the order in which packs write its keys.
pub(super) struct At<'a, 't> {
    pub text: &'t str,
    pub table: &'a DeTable<'t>,
    /// The usual order of keys; the first is one that is always there.
    pub order: &'a [&'a str],
}

type Entry<'a, 't> = (&'a Spanned<std::borrow::Cow<'t, str>>, &'a Spanned<DeValue<'t>>);

impl At<'_, '_> {
    /// Sets keys; null takes one away. What is so already is not touched.
    pub fn set(&self, keys: &Map<String, Value>, out: &mut Splices) {
        let mut new: Vec<(&str, String)> = Vec::new();
        for (key, wish) in keys {
            match self.table.get_key_value(key.as_str()) {
                None if wish.is_null() => {}
                None => new.push((key, written(wish))),
                Some(entry) if wish.is_null() => remove_lines(self.text, entry, out),
                Some((_, have)) if same(&read(have.get_ref()), wish) => {}
                Some(entry) if fits(entry, wish) => put(self.text, entry.1, wish, out),
                Some(entry) => {
                    remove_lines(self.text, entry, out);
                    new.push((key, written(wish)));
                }
            }
        }
        new.sort_by_key(|(key, _)| self.rank(key));
        for (key, value) in new {
            self.insert(key, &value, keys, out);
        }
    }

    fn rank(&self, key: &str) -> usize {
        self.order.iter().position(|known| *known == key).unwrap_or(self.order.len())
    }

    /// A new line behind the last key that usually stands before it.
    fn insert(&self, key: &str, value: &str, keys: &Map<String, Value>, out: &mut Splices) {
        let rank = self.rank(key);
        let stays = |name: &str| keys.get(name).is_none_or(|wish| !wish.is_null());
        let lines = self.table.iter().filter(|(k, v)| on_line(k, v) && stays(k.get_ref()));
        let before = lines.filter(|(k, _)| self.rank(k.get_ref()) < rank);
        let Some((anchor, last)) =
            before.max_by_key(|(k, v)| (self.rank(k.get_ref()), v.span().end))
        else {
            return;
        };
        let start = line_start(self.text, anchor.span().start);
        let indent = self.text.get(start..anchor.span().start).unwrap_or_default();
        let indent = if indent.trim().is_empty() { indent } else { "" };
        let at = line_stop(self.text, last.span().end);
        let end = line_end(self.text);
        out.put(at..at, format!("{end}{indent}{} = {value}", key_text(key)));
    }
}

/// Whether an entry stands as `key = value`; tables and lists with headers of their own do not.
fn on_line<'t>(key: &Spanned<std::borrow::Cow<'t, str>>, value: &Spanned<DeValue<'t>>) -> bool {
    key.span().end <= value.span().start
}

/// Whether the wish can be put in the place of the value, so that its neighbours stay.
fn fits((key, have): Entry<'_, '_>, wish: &Value) -> bool {
    on_line(key, have) || fits_block(have.get_ref(), wish)
}

/// The same of a table or a list with headers of its own: its keys and its length must stay.
fn fits_block(have: &DeValue<'_>, wish: &Value) -> bool {
    match (have, wish) {
        (DeValue::Table(table), Value::Object(wish)) => {
            let known = |entry: Entry<'_, '_>| {
                wish.get(entry.0.get_ref().as_ref()).is_some_and(|wish| fits(entry, wish))
            };
            table.len() == wish.len() && table.iter().all(known)
        }
        (DeValue::Array(items), Value::Array(wish)) => {
            items.len() == wish.len()
                && items.iter().zip(wish).all(|(item, wish)| fits_block(item.get_ref(), wish))
        }
        _ => false,
    }
}

/// Puts a wish in the place of a value.
fn put(text: &str, have: &Spanned<DeValue<'_>>, wish: &Value, out: &mut Splices) {
    if same(&read(have.get_ref()), wish) {
        return;
    }
    let inline = text[have.span()].starts_with('{');
    match (have.get_ref(), wish) {
        (DeValue::Table(table), Value::Object(wish)) => {
            let all = table.len() == wish.len()
                && table.keys().all(|key| wish.contains_key(key.get_ref().as_ref()));
            if all {
                for (key, value) in table {
                    put(text, value, &wish[key.get_ref().as_ref()], out);
                }
            } else if inline {
                out.put(have.span(), again(text, table, wish));
            } else {
                out.put(have.span(), written(&Value::Object(wish.clone())));
            }
        }
        (DeValue::Array(items), Value::Array(wish)) => {
            put_list(text, have.span(), items, wish, out);
        }
        _ => out.put(have.span(), written(wish)),
    }
}

/// An inline table with other keys: those it had keep their place and, where they are the same,
/// their text.
fn again(text: &str, table: &DeTable<'_>, wish: &Map<String, Value>) -> String {
    let mut had: Vec<_> = table.iter().collect();
    had.sort_by_key(|(key, _)| key.span().start);
    let kept = had.iter().filter_map(|(key, value)| {
        let wish = wish.get(key.get_ref().as_ref())?;
        let mut own = Splices::default();
        put(text, value, wish, &mut own);
        let said = if own.is_empty() { text[value.span()].to_owned() } else { written(wish) };
        Some(format!("{} = {said}", key_text(key.get_ref())))
    });
    let more = wish.iter().filter(|(key, _)| !table.contains_key(key.as_str()));
    let more = more.map(|(key, value)| format!("{} = {}", key_text(key), written(value)));
    let pairs: Vec<_> = kept.chain(more).collect();
    if pairs.is_empty() { "{}".into() } else { format!("{{ {} }}", pairs.join(", ")) }
}

/// A list: what is the same at its begin and end stays, what lies between is changed, taken away
/// or added.
fn put_list(
    text: &str,
    whole: Range<usize>,
    items: &[Spanned<DeValue<'_>>],
    wish: &[Value],
    out: &mut Splices,
) {
    if items.is_empty() || wish.is_empty() {
        out.put(whole, written(&Value::Array(wish.to_vec())));
        return;
    }
    let equal = |(item, wish): (&Spanned<DeValue<'_>>, &Value)| same(&read(item.get_ref()), wish);
    let first = items.iter().zip(wish).take_while(|pair| equal(*pair)).count();
    let most = items.len().min(wish.len()) - first;
    let ends = items.iter().rev().zip(wish.iter().rev()).take(most);
    let last = ends.take_while(|pair| equal(*pair)).count();
    let (old, new) = (&items[first..items.len() - last], &wish[first..wish.len() - last]);
    let pairs = old.len().min(new.len());
    for (item, wish) in old.iter().zip(new) {
        put(text, item, wish, out);
    }
    let kept = first + pairs;
    if old.len() > pairs {
        let gone = &items[kept..items.len() - last];
        let (begin, end) = (gone[0].span().start, gone[gone.len() - 1].span().end);
        match (items.get(items.len() - last), kept.checked_sub(1)) {
            (Some(next), _) => out.put(begin..next.span().start, ""),
            (None, Some(before)) => out.put(items[before].span().end..end, ""),
            (None, None) => out.put(whole, written(&Value::Array(wish.to_vec()))),
        }
    } else if new.len() > pairs {
        let lines = text[whole.start..items[0].span().start].contains('\n');
        let added: Vec<String> = new[pairs..].iter().map(written).collect();
        add(text, items, kept, lines, &added, out);
    }
}

/// New members behind the member `kept - 1`, on lines of their own where the others are.
fn add(
    text: &str,
    items: &[Spanned<DeValue<'_>>],
    kept: usize,
    lines: bool,
    added: &[String],
    out: &mut Splices,
) {
    let begin = items[0].span().start;
    let indent = if lines { &text[line_start(text, begin)..begin] } else { "" };
    let gap = if lines { format!("{}{indent}", line_end(text)) } else { " ".to_owned() };
    let Some(before) = kept.checked_sub(1) else {
        out.put(begin..begin, format!("{},{gap}", added.join(&format!(",{gap}"))));
        return;
    };
    let end = items[before].span().end;
    let stop = line_stop(text, end);
    let rest = text[end..stop].trim_start();
    let alone = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    if !lines || !(alone.is_empty() || alone.starts_with('#')) {
        out.put(end..end, format!(",{gap}{}", added.join(&format!(",{gap}"))));
    } else if rest.starts_with(',') {
        out.put(stop..stop, format!("{gap}{},", added.join(&format!(",{gap}"))));
    } else {
        out.put(end..end, ",");
        out.put(stop..stop, format!("{gap}{}", added.join(&format!(",{gap}"))));
    }
}

/// Takes an entry away with its lines; one that has headers of its own, block by block.
fn remove_lines(text: &str, (key, value): Entry<'_, '_>, out: &mut Splices) {
    if on_line(key, value) {
        let lines = line_start(text, key.span().start)..next_line(text, value.span().end);
        out.put(lines, "");
    } else {
        remove_block(text, value, out);
    }
}

fn remove_block(text: &str, value: &Spanned<DeValue<'_>>, out: &mut Splices) {
    match value.get_ref() {
        DeValue::Table(table) => {
            let span = value.span();
            if text[span.clone()].starts_with('[') {
                out.put(line_start(text, span.start)..next_line(text, span.end), "");
            }
            table.iter().for_each(|entry| remove_lines(text, entry, out));
        }
        DeValue::Array(items) => items.iter().for_each(|item| remove_block(text, item, out)),
        _ => {}
    }
}
