//! Where every item of a pack stands: logical path (`process/repair_order/action/assign`) to file
//! and line.

use crate::Place;
use std::collections::BTreeMap;

/// Byte offsets of the lines of a text.
#[derive(Debug, Clone)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    /// Counts the lines of `text`.
    pub fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self(std::iter::once(0).chain(breaks).collect())
    }

    /// The line of a byte offset, from 1.
    pub fn at(&self, offset: usize) -> u32 {
        u32::try_from(self.0.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }
}

/// The places of items by logical path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(BTreeMap<String, Place>);

impl Places {
    /// Remembers where `path` stands; a path once known is not moved. Returns whether it was new.
    pub fn add(&mut self, path: &str, at: Place) -> bool {
        if self.0.contains_key(path) {
            return false;
        }
        self.0.insert(path.to_owned(), at);
        true
    }

    /// Where `path` stands, or the nearest item around it.
    pub fn of(&self, path: &str) -> Place {
        let mut at = path;
        loop {
            if let Some(place) = self.0.get(at) {
                return place.clone();
            }
            match at.rsplit_once('/') {
                Some((outer, _)) => at = outer,
                None => return Place::default(),
            }
        }
    }

    /// Whether something stands at exactly this path.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Takes over `path` and everything below it, in place of what stood there.
    pub fn adopt(&mut self, from: &Self, path: &str) {
        self.forget(path);
        for (name, place) in from.below(path) {
            self.0.insert(name.clone(), place.clone());
        }
    }

    /// Takes over what is new below `path`; what stood there stays.
    pub fn join(&mut self, from: &Self, path: &str) {
        for (name, place) in from.below(path) {
            self.0.entry(name.clone()).or_insert_with(|| place.clone());
        }
    }

    /// Takes over everything below `path` of `from` under another name.
    pub fn graft(&mut self, from: &Self, path: &str, to: &str) {
        for (name, place) in from.below(path) {
            let name = format!("{to}{}", &name[path.len()..]);
            self.0.insert(name, place.clone());
        }
    }

    /// Forgets `path` and everything below it.
    pub fn forget(&mut self, path: &str) {
        self.0.remove(path);
        // `0` is the character after `/`: all that is below, and none of the many beside it.
        let below = format!("{path}/")..format!("{path}0");
        self.0.extract_if(below, |_, _| true).for_each(drop);
    }

    fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = (&'a String, &'a Place)> {
        let below = format!("{path}/");
        self.0
            .range(path.to_owned()..)
            .take_while(move |(name, _)| name.starts_with(path))
            .filter(move |(name, _)| *name == path || name.starts_with(&below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines() {
        let lines = Lines::of("a\nbc\n\nd");
        for (offset, line) in [(0, 1), (1, 1), (2, 2), (4, 2), (5, 3), (6, 4), (99, 4)] {
            assert_eq!(lines.at(offset), line, "offset {offset}");
        }
    }

    #[test]
    fn an_adopted_item_replaces_what_stood_there() {
        let mut all = Places::default();
        all.add("form/a", Place::new("old", 1));
        all.add("form/a/field/x", Place::new("old", 2));
        all.add("form/ab", Place::new("old", 3));
        let mut child = Places::default();
        child.add("form/a", Place::new("new", 7));
        all.adopt(&child, "form/a");
        assert_eq!(all.of("form/a/field/x"), Place::new("new", 7));
        assert_eq!(all.of("form/ab"), Place::new("old", 3));
    }
}
