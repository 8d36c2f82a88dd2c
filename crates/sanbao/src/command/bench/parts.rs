//! The table of parts by which tables are measured, and the facts it is asked about. The workspace
//! that measures other engines, `bench/peers`, reads this very file: all are asked the same.

use super::stopwatch;
use base::Word;
use rulebook::expr::Value;
use rulebook::table::{Bulk, Table};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hint::black_box;

/// Parts of the larger table; each has three rows.
pub const PARTS: usize = 60;
/// Facts of the measurement in bulk.
pub const BULK: usize = 4_000_000;

/// What is known of one vehicle's fault, by name.
pub type Facts = BTreeMap<String, Value>;

/// A table of coverage as a maker of so many parts would write it.
pub fn coverage(parts: usize) -> Table {
    Table::parse("coverage", &csv(parts), None).expect("the table of the measurement is right")
}

/// Its text.
pub fn csv(parts: usize) -> String {
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
    csv
}

/// Every part with every fault, known and unknown cause, in and out of term.
pub fn facts(parts: usize) -> Vec<Facts> {
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

/// Facts a second over columns of facts, on one core: each distinct value is classed once, and each
/// fact looks its classes up anew, as a replay of past verdicts does.
pub fn in_bulk() -> f64 {
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
