//! How long one decision of a table takes, compiled and asked cell by cell.

use super::page::Page;
use super::stopwatch;
use base::Word;
use rulebook::expr::Value;
use rulebook::table::{Bulk, Ruling, Table};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

/// Long enough that the first, cold decisions do not count.
const SPAN: Duration = Duration::from_millis(700);
/// Facts of the measurement in bulk.
const BULK: usize = 4_000_000;
/// Parts of the larger table; each has three rows.
const PARTS: usize = 60;

type Facts = BTreeMap<String, Value>;

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

/// Facts a second over columns of facts, on one core: each distinct value is classed once, and each
/// fact looks its classes up anew, as a replay of past verdicts does.
fn in_bulk() -> f64 {
    let table = coverage(PARTS);
    let distinct = facts(PARTS);
    let value = |fact: usize, head: &str| &distinct[fact % distinct.len()][head];
    let ((), took) = stopwatch::timed(|| {
        let mut bulk = Bulk::new(&table).expect("the table does not collect");
        let columns: Vec<Vec<u16>> = table
            .inputs
            .iter()
            .enumerate()
            .map(|(column, input)| {
                let class = |fact| bulk.class(column, value(fact, &input.name)).expect("its kind");
                let classes: Vec<u16> = (0..distinct.len()).map(class).collect();
                (0..BULK).map(|fact| classes[fact % classes.len()]).collect()
            })
            .collect();
        let columns: Vec<&[u16]> = columns.iter().map(Vec::as_slice).collect();
        let _ = black_box(bulk.rule(&columns));
    });
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
    let rate = BULK as f64 / took.as_secs_f64();
    rate
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

/// A table of coverage as a maker of so many parts would write it.
fn coverage(parts: usize) -> Table {
    let mut csv =
        String::from("id,clause,component,fault,in_term,capacity,causes,→covered,→remedy\n");
    for part in 0..parts {
        let _ = write!(
            csv,
            "spoiled-{part},,part_{part},,,,impact|misuse,no,repair_at_charge\n\
             broken-{part},,part_{part},leak|fracture,yes,,,yes,replace\n\
             weak-{part},,part_{part},low_capacity,yes,< 60,,yes,replace\n"
        );
    }
    csv.push_str("in-term,,,,yes,,,yes,repair\notherwise,,,,,,,no,repair_at_charge\n");
    Table::parse("coverage", &csv, None).expect("the table of the measurement is right")
}

/// Every part with every fault, known and unknown cause, in and out of term.
fn facts(parts: usize) -> Vec<Facts> {
    let text = |text: &str| Value::Text(Word::read(text));
    let mut all = Vec::new();
    for part in 0..parts {
        for (fault, cause, in_term) in [
            ("leak", None, true),
            ("low_capacity", None, true),
            ("noise", Some("impact"), true),
            ("fracture", None, false),
        ] {
            let causes = cause.into_iter().map(text).collect();
            all.push(Facts::from([
                ("component".to_owned(), text(&format!("part_{part}"))),
                ("fault".to_owned(), text(fault)),
                ("in_term".to_owned(), Value::Bool(in_term)),
                ("capacity".to_owned(), Value::Number((40 + part % 40).into())),
                ("causes".to_owned(), Value::List(causes)),
            ]));
        }
    }
    all
}
