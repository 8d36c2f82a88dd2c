//! The meaning of a table, as simply as it can be said: every cell of every row is asked in turn.
//! The compiled form is tested against this and measured beside it.

use super::fast::Matches;
use super::rule::Ruling;
use super::{Answer, Policy, Table, Tri};
use crate::expr::{Scope, Value};
use std::borrow::Cow;

impl Table {
    /// What [`rule`](Self::rule) answers, found cell by cell.
    pub fn rule_cell_by_cell(&self, scope: &dyn Scope) -> Ruling {
        let values: Vec<Cow<'_, Value>> =
            self.inputs.iter().map(|input| input.expr.eval_ref(scope)).collect();
        match self.matches_cell_by_cell(&values, self.policy == Policy::First) {
            Ok(matches) => self.judge(matches, |nth| Cow::Borrowed(&*values[nth])),
            Err(column) => {
                Ruling { answer: Answer::Failed, columns: vec![column], ..Ruling::default() }
            }
        }
    }

    /// The rows that fit; with `first`, up to the first that surely does. An error is the first
    /// column whose value is of another kind than its cells ask.
    pub(super) fn matches_cell_by_cell(
        &self,
        values: &[Cow<'_, Value>],
        first: bool,
    ) -> Result<Matches, usize> {
        for (nth, input) in self.inputs.iter().enumerate() {
            let refuses = self
                .rows
                .iter()
                .any(|row| row.tests[nth].holds(input.kind, &values[nth]).is_none());
            if refuses {
                return Err(nth);
            }
        }
        let mut found = Matches::default();
        for (at, row) in self.rows.iter().enumerate() {
            let cells = row.tests.iter().zip(&self.inputs).zip(values);
            let answers = cells.map(|((test, input), value)| {
                test.holds(input.kind, value).unwrap_or(Tri::Unknown)
            });
            match answers.min().unwrap_or(Tri::Yes) {
                Tri::No => {}
                Tri::Unknown => found.maybe.push(at),
                Tri::Yes => {
                    found.yes.push(at);
                    if first {
                        break;
                    }
                }
            }
        }
        Ok(found)
    }
}
