//! Our own table, one fact after the other.

use crate::parts::{self, Facts};
use crate::{Answer, Engine, Failed, stopwatch};
use rulebook::expr::Value;
use rulebook::table::Table;
use std::hint::black_box;
use std::time::Duration;

/// The table as a release holds it.
pub struct Ours {
    table: Table,
    facts: Vec<Facts>,
}

impl Ours {
    /// Reads the table.
    pub fn read() -> Self {
        Self { table: parts::coverage(parts::PARTS), facts: parts::facts(parts::PARTS) }
    }

    fn outputs(&self, facts: &Facts) -> Option<&[Value]> {
        let ruling = self.table.rule(facts);
        Some(&self.table.row(*ruling.rows.first()?)?.outputs)
    }
}

impl Engine for Ours {
    fn name(&self) -> String {
        "Sanbao, one by one".to_owned()
    }

    fn how(&self) -> String {
        "the table as a release holds it, compiled".to_owned()
    }

    fn answer(&self, fact: usize) -> Result<Answer, Failed> {
        match self.outputs(&self.facts[fact]) {
            Some([Value::Bool(covered), Value::Text(remedy)]) => {
                Ok((*covered, remedy.as_str().to_owned()))
            }
            other => Err(format!("fact {fact}: {other:?}").into()),
        }
    }

    fn run(&self, span: Duration) -> (u64, Duration) {
        let mut next = self.facts.iter().cycle();
        stopwatch::repeated(span, || {
            let facts = next.next().expect("a cycle does not end");
            let _ = black_box(self.outputs(black_box(facts)));
        })
    }
}
