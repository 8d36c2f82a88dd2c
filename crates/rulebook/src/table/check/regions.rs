//! A column cut into regions: sets of values which every cell of the column answers alike.

use super::super::bits::Bits;
use super::super::cell::{Asked, Kind, Test};
use super::super::fast;
use super::super::{Table, Tri};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// An input column with its regions.
#[derive(Debug)]
pub(super) struct Axis {
    pub column: usize,
    pub regions: Vec<Region>,
    /// Whether every value lies in one of the regions; else only some of the many there are.
    pub exact: bool,
}

/// Values alike for every cell.
#[derive(Debug, Clone)]
pub(super) struct Region {
    /// The rows whose cell holds.
    pub rows: Bits,
    /// One of the values, as a sentence shows it, Chinese and English.
    pub sample: (String, String),
}

impl Region {
    fn new(rows: Bits, sample: impl Into<String>) -> Self {
        let sample = sample.into();
        Self { rows, sample: (sample.clone(), sample) }
    }
}

fn tests(table: &Table, column: usize) -> Vec<&Test> {
    table.rows.iter().map(|row| &row.tests[column]).collect()
}

/// Keys that the column's cells name, in order.
pub(super) fn named(table: &Table, column: usize) -> BTreeSet<&str> {
    tests(table, column).into_iter().flat_map(Test::keys).map(String::as_str).collect()
}

fn holding(tests: &[&Test], holds: impl Fn(&Test) -> bool) -> Bits {
    Bits::of(tests.len(), |row| holds(tests[row]))
}

fn holds_key(test: &Test, key: Option<&str>) -> bool {
    match &test.asked {
        Asked::Any => true,
        Asked::Keys(keys) => key.is_some_and(|key| keys.iter().any(|k| k == key)) != test.not,
        Asked::Ranges(_) => false,
    }
}

/// One key at a time; `known` are all keys there are, where that is known.
pub(super) fn of_keys(table: &Table, column: usize, known: Option<&[String]>) -> Vec<Region> {
    let tests = tests(table, column);
    let named = named(table, column);
    let key = |key: &str| Region::new(holding(&tests, |test| holds_key(test, Some(key))), key);
    let mut regions: Vec<Region> = match known {
        Some(known) => known.iter().map(|k| key(k)).collect(),
        None => named.iter().map(|k| key(k)).collect(),
    };
    if known.is_none() {
        let rows = holding(&tests, |test| holds_key(test, None));
        let sample = ("（其他值）".to_owned(), "(something else)".to_owned());
        regions.push(Region { rows, sample });
    }
    finish(&tests, regions)
}

/// Yes and no.
pub(super) fn of_bool(table: &Table, column: usize) -> Vec<Region> {
    let tests = tests(table, column);
    let one = |key: &str, zh: &str, en: &str| Region {
        rows: holding(&tests, |test| holds_key(test, Some(key))),
        sample: (zh.to_owned(), en.to_owned()),
    };
    let regions = vec![one("true", "是", "yes"), one("false", "否", "no")];
    finish(&tests, regions)
}

/// With more keys than this, lists of them are too many to look at each.
const MOST_KEYS: usize = 8;

/// Whether [`of_lists`] leaves out no list that some cell answers in its own way. Without `not(…)`
/// more members only make more cells hold, so that the single keys and all together say it all.
pub(super) fn lists_are_exact(table: &Table, column: usize) -> bool {
    named(table, column).len() <= MOST_KEYS || tests(table, column).iter().all(|test| !test.not)
}

/// Lists of keys: none, each alone, all together; where a cell asks with `not(…)`, every set of
/// keys, or pairs when those are too many.
pub(super) fn of_lists(table: &Table, column: usize, known: Option<&[String]>) -> Vec<Region> {
    let tests = tests(table, column);
    let named: Vec<&str> = named(table, column)
        .into_iter()
        .filter(|key| known.is_none_or(|known| known.iter().any(|k| k == key)))
        .collect();
    let list = |keys: &[&str]| {
        let rows = holding(&tests, |test| match &test.asked {
            Asked::Any => true,
            Asked::Keys(asked) => asked.iter().any(|k| keys.contains(&k.as_str())) != test.not,
            Asked::Ranges(_) => false,
        });
        Region::new(rows, format!("[{}]", keys.join(", ")))
    };
    let mut regions = vec![list(&[])];
    regions.extend(named.iter().map(|key| list(&[key])));
    let asks_for_none = tests.iter().any(|test| test.not);
    if asks_for_none && named.len() <= MOST_KEYS {
        let mut sets: Vec<u32> = (0..1_u32 << named.len()).collect();
        sets.sort_by_key(|set| set.count_ones());
        for set in sets {
            let members = named.iter().enumerate().filter(|(nth, _)| set & (1 << nth) != 0);
            regions.push(list(&members.map(|(_, key)| *key).collect::<Vec<_>>()));
        }
    } else if asks_for_none {
        for (at, first) in named.iter().enumerate() {
            regions.extend(named[at + 1..].iter().map(|second| list(&[first, second])));
        }
    }
    regions.push(list(&named));
    finish(&tests, regions)
}

/// Stretches of the line of numbers between the ends of ranges, within `low` and `high`.
pub(super) fn of_line(
    table: &Table,
    column: usize,
    kind: Kind,
    (low, high): (Option<Decimal>, Option<Decimal>),
) -> Vec<Region> {
    let tests = tests(table, column);
    let line = fast::line(&tests);
    let mut regions = Vec::new();
    for (nth, rows) in line.stretches.iter().enumerate() {
        let before = (nth > 0).then(|| line.points[(nth - 1) / 2]);
        let after = line.points.get(nth / 2).copied();
        let on_point = nth % 2 == 1;
        let inside = |at: &Decimal| {
            let within = low.is_none_or(|low| *at >= low) && high.is_none_or(|high| *at <= high);
            let strictly = before.is_none_or(|b| *at > b) && after.is_none_or(|a| *at < a);
            within && (on_point || strictly)
        };
        let tries = if on_point {
            after.into_iter().collect()
        } else {
            between(kind, before, after).chain(low).chain(high).collect::<Vec<_>>()
        };
        if let Some(sample) = tries.into_iter().find(inside) {
            regions.push(Region::new(rows.clone(), kind.show(sample)));
        }
    }
    finish(&tests, regions)
}

/// Values to show for a stretch between two points, plain ones first. Days and lengths of time are
/// whole, so that there may be none.
fn between(
    kind: Kind,
    before: Option<Decimal>,
    after: Option<Decimal>,
) -> impl Iterator<Item = Decimal> {
    let steps: &[i64] = match kind {
        Kind::Time => &[86_400, 3600, 60, 1],
        Kind::Money => &[100, 1],
        _ => &[1],
    };
    let stepped = steps.iter().map(|step| Decimal::from(*step)).flat_map(move |step| {
        [before.and_then(|b| b.checked_add(step)), after.and_then(|a| a.checked_sub(step))]
    });
    let whole = matches!(kind, Kind::Date | Kind::Time | Kind::Months);
    let middle = before
        .zip(after)
        .filter(|_| !whole)
        .and_then(|(b, a)| a.checked_sub(b)?.checked_div(Decimal::TWO)?.checked_add(b));
    stepped.flatten().chain(middle.map(|m| m.normalize())).chain([Decimal::ZERO])
}

/// Adds the missing fact where a cell names it, and joins regions which all cells answer alike.
fn finish(tests: &[&Test], mut regions: Vec<Region>) -> Vec<Region> {
    if tests.iter().any(|test| test.null) {
        let rows = holding(tests, |test| test.on_null() == Tri::Yes);
        regions.push(Region { rows, sample: ("（缺失）".into(), "(missing)".into()) });
    }
    let mut seen = BTreeSet::new();
    regions.retain(|region| seen.insert(region.rows.clone()));
    regions
}
