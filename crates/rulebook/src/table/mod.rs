//! Decision tables: rows of unary tests, read from CSV, checked as boxes, evaluated first to last.
//!
//! A cell asks its input: empty asks nothing; `a|b` one of these; `not(a|b)` none of these; `< 60`,
//! `[30 d..90 d)` an order; `yes`, `no`; `null` a missing fact. Of a list (`causes`) a key asks
//! whether it is a member. Asked of a missing fact, a cell is *unknown*: a row above the hit that
//! is only unknown leaves the answer undetermined, unless it says the same.

mod bits;
mod bulk;
mod cell;
mod check;
mod csv_text;
pub mod excel;
mod fast;
mod hit;
mod naive;
mod read;
mod rule;
mod sidecar;
mod unary;

#[cfg(test)]
mod tests;

pub use bulk::{Bulk, BulkAnswer};
pub use cell::Kind;
pub use check::{Domain, check};
pub(crate) use csv_text::csv_line;
pub use hit::{Answer, CellWhy, Hit, RowWhy, Tri};
pub use rule::Ruling;
pub use sidecar::{Aggregate, Policy};
pub(crate) use unary::is_plain_text;

use crate::Finding;
use crate::expr::{Expr, Value};
use base::{Clauses, Text, Word};

/// A compiled decision table (决策表).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Key: the file's name.
    pub id: String,
    /// Name.
    pub title: Option<Text>,
    /// Clauses it stands on as a whole.
    pub clause: Vec<String>,
    /// Which of the rows that fit answers.
    pub policy: Policy,
    /// What becomes of several answers.
    pub aggregate: Aggregate,
    /// Whether some row must always fit: then a gap is an error.
    pub total: bool,
    /// Input columns in order.
    pub inputs: Vec<Input>,
    /// Output columns in order.
    pub outputs: Vec<Output>,
    /// What each output is when no row fits, under *collect*.
    otherwise: Vec<Option<Value>>,
    rows: Vec<Row>,
    fast: fast::Fast,
}

/// An input column.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its header.
    pub name: Word,
    /// Its label.
    pub title: Option<Text>,
    /// What it asks about.
    pub expr: Expr,
    /// What its cells are about.
    pub kind: Kind,
}

/// An output column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its header, without the arrow.
    pub name: String,
    /// Its label.
    pub title: Option<Text>,
    /// What its cells are.
    pub kind: Kind,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its id.
    pub id: Word,
    /// Its path, as answers name it: `coverage/battery-low`.
    pub path: Word,
    /// The clauses it stands on.
    pub clauses: Clauses,
    /// Its line in the CSV file.
    pub line: u32,
    /// What it gives, by output column.
    pub outputs: Vec<Value>,
    tests: Vec<cell::Test>,
}

impl Row {
    /// The cells as written, by input column; empty where nothing is asked.
    pub fn cells(&self) -> impl Iterator<Item = &Word> {
        self.tests.iter().map(|test| &test.text)
    }
}

/// What a table is put together from.
struct Parts {
    id: String,
    title: Option<Text>,
    clause: Vec<String>,
    policy: Policy,
    aggregate: Aggregate,
    total: bool,
    inputs: Vec<Input>,
    outputs: Vec<Output>,
    otherwise: Vec<Option<Value>>,
    rows: Vec<Row>,
}

impl Table {
    /// Reads `tables/<id>.csv` and, where there is one, its sidecar `tables/<id>.toml`. The places
    /// of findings name the file relative to the pack; the loader puts the folder before them.
    pub fn parse(id: &str, csv: &str, sidecar: Option<&str>) -> Result<Self, Vec<Finding>> {
        read::read(id, csv, sidecar)
    }

    fn assemble(parts: Parts) -> Self {
        let complete_rows = parts.rows.iter().all(|row| row.tests.len() == parts.inputs.len());
        debug_assert!(complete_rows, "every row has a test for each input");
        let fast = fast::Fast::compile(parts.inputs.iter().map(|i| i.kind), &parts.rows);
        Self {
            id: parts.id,
            title: parts.title,
            clause: parts.clause,
            policy: parts.policy,
            aggregate: parts.aggregate,
            total: parts.total,
            inputs: parts.inputs,
            outputs: parts.outputs,
            otherwise: parts.otherwise,
            rows: parts.rows,
            fast,
        }
    }

    /// Row ids with their clauses and lines in the CSV file, in order: what carries which clause.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &[String], u32)> {
        self.rows.iter().map(|row| (row.id.as_str(), &*row.clauses, row.line))
    }

    /// The row at an index of a [`Ruling`].
    pub fn row(&self, index: usize) -> Option<&Row> {
        self.rows.get(index)
    }

    /// The row of that id.
    pub fn named(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table without one row, for mutation tests: what if this rule did not exist?
    #[must_use]
    pub fn without(&self, row: &str) -> Self {
        let mut table = self.clone();
        table.rows.retain(|known| known.id != row);
        table.fast = fast::Fast::compile(table.inputs.iter().map(|i| i.kind), &table.rows);
        table
    }

    /// The facts its inputs read, as paths, each once; for fact plans.
    pub fn paths(&self) -> Vec<Vec<String>> {
        let mut paths: Vec<Vec<String>> = Vec::new();
        for path in self.inputs.iter().flat_map(|input| input.expr.paths()) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }
}
