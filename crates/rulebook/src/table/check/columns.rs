//! Columns that change nothing: whatever they ask, the answer stays the same.

use super::super::bits::Bits;
use super::super::{Policy, Table};
use super::boxes::Search;
use super::place;
use crate::Finding;
use crate::expr::Value;
use std::collections::HashSet;

impl Search<'_> {
    /// Reports each column without which the table would answer the same.
    pub fn idle_columns(&mut self, findings: &mut Vec<Finding>) {
        for axis in 0..self.axes.len() {
            let others: Vec<usize> = (0..self.axes.len()).filter(|other| *other != axis).collect();
            let rows = self.all_rows();
            let matters = self.matters(axis, &others, &rows, &mut HashSet::new());
            if self.gave_up() {
                return;
            }
            if !matters {
                let name = &self.table.inputs[self.axes[axis].column].name;
                findings.push(Finding::note(
                    "table-idle-column",
                    place(self.table, 1),
                    format!("列 {name} 不影响任何结果，可以删去"),
                    format!("the column {name} changes no answer; it can go"),
                ));
            }
        }
    }

    /// Whether the answer can differ between two regions of `axis`, the others being equal.
    fn matters(
        &mut self,
        axis: usize,
        others: &[usize],
        rows: &Bits,
        seen: &mut HashSet<(usize, Bits)>,
    ) -> bool {
        let column = self.axes[axis].column;
        let asks = rows.iter().any(|row| !self.table.rows[row].tests[column].is_any());
        if !asks || !seen.insert((others.len(), rows.clone())) || !self.step() {
            return false;
        }
        let Some((next, rest)) = others.split_first() else {
            let regions = &self.axes[axis].regions;
            let mut answers =
                regions.iter().map(|region| answer(self.table, &rows.and(&region.rows)));
            let first = answers.next();
            return answers.any(|other| Some(&other) != first.as_ref());
        };
        (0..self.axes[*next].regions.len()).any(|region| {
            let left = rows.and(&self.axes[*next].regions[region].rows);
            self.matters(axis, rest, &left, seen)
        })
    }
}

/// What the table says when exactly these rows fit.
fn answer<'t>(table: &'t Table, rows: &Bits) -> Vec<&'t [Value]> {
    let outputs = |row: usize| table.rows[row].outputs.as_slice();
    match table.policy {
        Policy::First | Policy::Any => rows.first().map(outputs).into_iter().collect(),
        Policy::Unique | Policy::Collect => rows.iter().map(outputs).collect(),
    }
}
