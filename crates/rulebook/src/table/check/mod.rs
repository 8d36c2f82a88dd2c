//! Everything wrong with a table that can be read: first the types, then the rows as boxes.
//!
//! Each input column is cut into regions within which no cell changes its answer; a row is a box of
//! regions. Boxes show gaps, overlaps and rows that can never fire, each with a counter-example.
//! The search counts its steps and says when it gave up.

mod boxes;
mod columns;
mod regions;
mod types;

use super::{Policy, Table};
use crate::expr::Type;
use crate::{Finding, Place};
use boxes::Search;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What values an input can have at all, where its type does not say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// These keys.
    Keys(Vec<String>),
    /// Numbers from the one to the other, both included; `None` is without end.
    Numbers(Option<Decimal>, Option<Decimal>),
}

/// Steps after which the search gives up: a few tenths of a second.
const BUDGET: usize = 300_000;

/// Everything wrong with a table whose inputs read `scope` (a [`Type::Record`]): cells of the wrong
/// type, keys that do not exist, gaps, overlaps, rows that can never fire, columns that change
/// nothing; each with a counter-example. `domains` narrows an input column by its name or path.
pub fn check(table: &Table, scope: &Type, domains: &BTreeMap<String, Domain>) -> Vec<Finding> {
    check_within(table, scope, domains, BUDGET)
}

/// [`check`] with a budget of its own.
pub(super) fn check_within(
    table: &Table,
    scope: &Type,
    domains: &BTreeMap<String, Domain>,
    budget: usize,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut axes = Vec::new();
    for column in 0..table.inputs.len() {
        if let Some(axis) = types::axis(table, column, scope, domains, &mut findings) {
            axes.push(axis);
        }
    }
    // Boxes over columns of the wrong type would only repeat in other words what is wrong.
    if findings.iter().any(|finding| finding.level == crate::Level::Error) {
        return findings;
    }
    let mut search = Search::new(table, axes, budget);
    search.never_fires(&mut findings);
    match table.policy {
        Policy::Unique | Policy::Any => search.overlaps(&mut findings),
        Policy::First | Policy::Collect => {}
    }
    if table.total {
        search.gap(&mut findings);
    }
    // A row that is out of reach makes its columns idle; that would only repeat it.
    if findings.iter().all(|finding| finding.level != crate::Level::Error) {
        search.idle_columns(&mut findings);
    }
    if search.gave_up() {
        findings.push(Finding::note(
            "table-search-gave-up",
            place(table, 1),
            format!("表太大，查了 {budget} 步仍未查完空档、重叠和多余的行；可拆成几张小表"),
            format!(
                "the table is too large: after {budget} steps the search for gaps, overlaps and \
                 idle rows gave up; split it into smaller tables"
            ),
        ));
    }
    findings
}

fn place(table: &Table, line: u32) -> Place {
    Place::new(format!("tables/{}.csv", table.id), line)
}
