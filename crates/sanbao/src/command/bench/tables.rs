//! How long one decision of a table takes, compiled and asked cell by cell.

use super::page::Page;
use super::parts::{BULK, Facts, PARTS, coverage, facts, in_bulk};
use super::stopwatch;
use rulebook::table::Ruling;
use std::hint::black_box;
use std::time::Duration;

/// Long enough that the first, cold decisions do not count.
const SPAN: Duration = Duration::from_millis(700);

/// Nanoseconds a decision of a small table and of a large one.
pub fn measure(page: &mut Page) {
    for parts in [3, PARTS] {
        let table = coverage(parts);
        let facts = facts(parts);
        let compiled = nanoseconds(&facts, |facts| table.rule(facts));
        let naive = nanoseconds(&facts, |facts| table.rule_cell_by_cell(facts));
        for (way, value) in [("compiled", compiled), ("asked cell by cell", naive)] {
            page.figure(
                "one decision of a table",
                format!("{value:.0} ns"),
                format!("{way}: {} rows, 5 columns, hit policy first, facts in turn", table.len()),
            );
        }
    }
    let rate = in_bulk();
    page.figure(
        "facts through a table in bulk",
        format!("{:.1} million/s", rate / 1e6),
        format!("one core, {BULK} facts in columns, {} rows, 5 columns", 3 * PARTS + 2),
    );
}

fn nanoseconds(facts: &[Facts], decide: impl Fn(&Facts) -> Ruling) -> f64 {
    let mut next = facts.iter().cycle();
    let (times, took) = stopwatch::repeated(SPAN, || {
        if let Some(facts) = next.next() {
            let _ = black_box(decide(facts));
        }
    });
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
    let each = took.as_nanos() as f64 / times as f64;
    each
}
