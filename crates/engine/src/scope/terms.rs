//! The terms of a vehicle's parts (剩余三包期), as expressions read them: the arithmetic of the
//! coverage bars, asked by who hands a vehicle on.

use crate::facts::Facts;
use crate::warranty::{Judge, coverage_bars};
use base::time::days_between;
use base::{Day, Text, Word};
use rulebook::Release;
use rulebook::expr::Value;
use std::collections::BTreeMap;

/// The fact `terms`: one row for the parts that share a term.
pub(super) fn terms(release: &Release, facts: &Facts, today: Day) -> Value {
    let judge = Judge::new(release, &facts.calendars);
    let found = coverage_bars(&judge, facts, today);
    let rows = found.bars.into_iter().map(|bar| {
        let title = match &bar.fault_group {
            Some(group) => Text::new(
                format!("{}（{}）", bar.title.zh, group.zh),
                format!("{} ({})", bar.title.en, group.en),
            ),
            None => bar.title,
        };
        let left = days_between(today, bar.ends);
        Value::Record(BTreeMap::from([
            ("title".to_owned(), Value::Text(Word::read(&title.zh))),
            ("title_en".to_owned(), Value::Text(Word::read(&title.en))),
            ("ends".to_owned(), Value::Date(bar.ends)),
            ("days_left".to_owned(), Value::Number(left.into())),
        ]))
    });
    Value::List(rows.collect())
}
