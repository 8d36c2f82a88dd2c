//! The compiled form: per column a lookup from the value to the set of rows whose cell holds; the
//! rows that fit are the intersection. Tested against asking each cell in turn.

use super::bits::{Bits, rows_of};
use super::cell::{Asked, Kind, Test, key_of};
use super::{Row, Tri};
use crate::expr::Value;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Words of 64 rows that are cut down side by side, without memory of their own.
const BLOCK: usize = 4;

/// A compiled table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Fast {
    rows: usize,
    columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq)]
struct Column {
    kind: Kind,
    /// Rows whose cell asks something.
    asks: Bits,
    /// Rows that hold, and that are unknown, when the fact is missing.
    null: (Bits, Bits),
    lookup: Lookup,
}

#[derive(Debug, Clone, PartialEq)]
enum Lookup {
    /// No cell of the column asks anything.
    Any,
    Keys(Keys),
    Line(Line),
}

#[derive(Debug, Clone, PartialEq)]
struct Keys {
    /// The keys that cells name, the shortest first; each has its place in the two lists below. A
    /// search among the few a column has is quicker than a hash, and lengths tell most apart.
    known: Vec<String>,
    /// Rows that hold for the key.
    holds: Vec<Bits>,
    /// Rows whose test names the key, outside and inside `not(…)`.
    named: Vec<(Bits, Bits)>,
    /// Rows that hold for any other key.
    other: Bits,
    /// Rows that ask nothing.
    any: Bits,
    /// Rows with `not(…)`.
    not: Bits,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// The ends of all ranges, in order.
    pub points: Vec<Decimal>,
    /// Rows that hold below the first point, on it, between it and the second, on the second, …
    pub stretches: Vec<Bits>,
}

/// The rows that fit: those that do, and those that may.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Matches {
    pub yes: Vec<usize>,
    pub maybe: Vec<usize>,
}

impl Fast {
    pub fn compile(kinds: impl Iterator<Item = Kind>, rows: &[Row]) -> Self {
        let columns = kinds.enumerate().map(|(nth, kind)| {
            let tests: Vec<&Test> = rows.iter().map(|row| &row.tests[nth]).collect();
            column(kind, &tests)
        });
        Self { rows: rows.len(), columns: columns.collect() }
    }

    /// The rows that fit what `value` gives for each column; with `first`, up to the first that
    /// surely does. An error is the column whose value is of another kind.
    pub fn matches<'v>(
        &self,
        value: impl Fn(usize) -> Cow<'v, Value>,
        first: bool,
    ) -> Result<Matches, usize> {
        let mut found = Matches::default();
        let words = self.rows.div_ceil(64);
        for start in (0..words).step_by(BLOCK) {
            let mut sets = [[!0_u64; 2]; BLOCK];
            let sets = &mut sets[..BLOCK.min(words - start)];
            if self.rows < (start + sets.len()) * 64 {
                sets[self.rows / 64 - start] = [(1 << (self.rows % 64)) - 1; 2];
            }
            for (nth, column) in self.columns.iter().enumerate() {
                if column.lookup == Lookup::Any {
                    continue;
                }
                let value = value(nth);
                // Where no row that is left asks, it is only seen that the value is of its kind.
                let asked =
                    sets.iter().zip(start..).any(|([_, may], at)| may & column.asks.word(at) != 0);
                if !asked && column.takes(&value) {
                    continue;
                }
                let pick = column.pick(&value).ok_or(nth)?;
                for (at, [yes, may]) in sets.iter_mut().enumerate() {
                    let (holds, unknown) = pick.word(start + at);
                    *yes &= holds;
                    *may &= holds | unknown;
                }
            }
            for (at, [yes, may]) in sets.iter().enumerate() {
                let mut maybe = may & !yes;
                let hit = yes & yes.wrapping_neg();
                if first && hit != 0 {
                    maybe &= hit - 1;
                }
                found.maybe.extend(rows_of(start + at, maybe));
                found.yes.extend(rows_of(start + at, if first { hit } else { *yes }));
                if first && hit != 0 {
                    return Ok(found);
                }
            }
        }
        Ok(found)
    }
}

impl Fast {
    /// The rows that hold and those that are unknown for one value of a column; `None` when it is
    /// of another kind.
    pub fn sets(&self, column: usize, value: &Value) -> Option<(Bits, Bits)> {
        let pick = self.columns[column].pick(value)?;
        let set = |of: fn((u64, u64)) -> u64| {
            Bits::of(self.rows, |row| of(pick.word(row / 64)) & (1 << (row % 64)) != 0)
        };
        Some((set(|(holds, _)| holds), set(|(_, unknown)| unknown)))
    }
}

/// What one column says of a value.
enum Pick<'c> {
    All,
    Rows(&'c Bits),
    Missing(&'c Bits, &'c Bits),
    Members { keys: &'c Keys, found: Vec<usize>, unknown: bool },
}

impl Pick<'_> {
    /// Rows that hold and rows that are unknown, of the `nth` 64.
    fn word(&self, nth: usize) -> (u64, u64) {
        match self {
            Self::All => (!0, 0),
            Self::Rows(rows) => (rows.word(nth), 0),
            Self::Missing(yes, unknown) => (yes.word(nth), unknown.word(nth)),
            Self::Members { keys, found, unknown } => {
                let (mut inside, mut outside) = (0, 0);
                for key in found {
                    let (named, excluded) = &keys.named[*key];
                    inside |= named.word(nth);
                    outside |= excluded.word(nth);
                }
                let any = keys.any.word(nth);
                if *unknown {
                    return (any | inside, !(any | inside | outside));
                }
                (any | inside | (keys.not.word(nth) & !outside), 0)
            }
        }
    }
}

impl Keys {
    fn place(&self, key: &str) -> Option<usize> {
        let by_length = |known: &String| (known.len(), known.as_str()).cmp(&(key.len(), key));
        self.known.binary_search_by(by_length).ok()
    }
}

impl Column {
    /// Whether the value is of a kind that its cells can be asked about.
    fn takes(&self, value: &Value) -> bool {
        match (&self.lookup, value) {
            (Lookup::Any, _) | (_, Value::Null) => true,
            (Lookup::Keys(_), Value::List(_)) => false,
            (Lookup::Keys(_), value) => key_of(self.kind, value).is_some(),
            (Lookup::Line(_), value) => self.kind.point(value).is_some(),
        }
    }

    fn pick(&self, value: &Value) -> Option<Pick<'_>> {
        Some(match (&self.lookup, value) {
            (Lookup::Any, _) => Pick::All,
            (_, Value::Null) => Pick::Missing(&self.null.0, &self.null.1),
            (Lookup::Keys(keys), Value::List(items)) if self.kind == Kind::Text => {
                members(keys, items)?
            }
            (Lookup::Keys(keys), _) if keys.known.is_empty() => Pick::Rows(&keys.other),
            (Lookup::Keys(keys), value) => {
                let key = key_of(self.kind, value)?;
                Pick::Rows(keys.place(key).map_or(&keys.other, |at| &keys.holds[at]))
            }
            (Lookup::Line(line), value) => {
                let point = self.kind.point(value)?;
                let nth = match line.points.binary_search(&point) {
                    Ok(on) => 2 * on + 1,
                    Err(before) => 2 * before,
                };
                Pick::Rows(&line.stretches[nth])
            }
        })
    }
}

fn members<'c>(keys: &'c Keys, items: &[Value]) -> Option<Pick<'c>> {
    let mut found = Vec::new();
    let mut unknown = false;
    for item in items {
        match item {
            Value::Text(text) => found.extend(keys.place(text)),
            Value::Null => unknown = true,
            _ => return None,
        }
    }
    Some(Pick::Members { keys, found, unknown })
}

fn column(kind: Kind, tests: &[&Test]) -> Column {
    let rows = |holds: &dyn Fn(&Test) -> bool| Bits::of(tests.len(), |row| holds(tests[row]));
    let null =
        (rows(&|test| test.on_null() == Tri::Yes), rows(&|test| test.on_null() == Tri::Unknown));
    let lookup = if tests.iter().all(|test| test.is_any()) {
        Lookup::Any
    } else if kind.is_ordered() {
        Lookup::Line(line(tests))
    } else {
        Lookup::Keys(keys(tests))
    };
    let asks = rows(&|test| !test.is_any());
    Column { kind, asks, null, lookup }
}

fn keys(tests: &[&Test]) -> Keys {
    let rows = |holds: &dyn Fn(&Test) -> bool| Bits::of(tests.len(), |row| holds(tests[row]));
    let names = |test: &Test, key: &str| match &test.asked {
        Asked::Keys(keys) => keys.iter().any(|k| k == key),
        _ => false,
    };
    let mut all = BTreeSet::new();
    for test in tests {
        if let Asked::Keys(keys) = &test.asked {
            all.extend(keys.iter().map(|key| (key.len(), key.as_str())));
        }
    }
    let mut compiled = Keys {
        known: all.iter().map(|(_, key)| (*key).to_owned()).collect(),
        holds: Vec::new(),
        named: Vec::new(),
        other: rows(&|test| test.is_any() || test.not),
        any: rows(&|test| test.is_any()),
        not: rows(&|test| test.not),
    };
    for (_, key) in all {
        compiled.holds.push(rows(&|test| test.is_any() || names(test, key) != test.not));
        compiled.named.push((
            rows(&|test| !test.not && names(test, key)),
            rows(&|test| test.not && names(test, key)),
        ));
    }
    compiled
}

/// Cuts the line at every end of a range and asks each stretch.
pub(super) fn line(tests: &[&Test]) -> Line {
    let mut points = Vec::new();
    for test in tests {
        if let Asked::Ranges(ranges) = &test.asked {
            points.extend(ranges.iter().flat_map(|r| [r.low, r.high]).flatten().map(|end| end.0));
        }
    }
    points.sort_unstable();
    points.dedup();
    let stretches = (0..=2 * points.len())
        .map(|nth| {
            Bits::of(tests.len(), |row| match &tests[row].asked {
                Asked::Ranges(ranges) => {
                    ranges.iter().any(|range| covers(range, &points, nth)) != tests[row].not
                }
                _ => true,
            })
        })
        .collect();
    Line { points, stretches }
}

/// Whether a range holds on the whole `nth` stretch; its ends are among the points, so it holds on
/// all of a stretch or on none of it.
fn covers(range: &super::cell::Range, points: &[Decimal], nth: usize) -> bool {
    if nth % 2 == 1 {
        return range.holds(points[nth / 2]);
    }
    let (before, after) = (nth / 2, nth / 2);
    let above = range.low.is_none_or(|(low, _)| before > 0 && low <= points[before - 1]);
    let below = range.high.is_none_or(|(high, _)| after < points.len() && high >= points[after]);
    above && below
}
