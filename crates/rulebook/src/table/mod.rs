//! Decision tables: rows of unary tests, read from CSV, checked as boxes, evaluated first to last.

mod hit;

pub use hit::{Answer, CellWhy, Hit, RowWhy, Tri};

use crate::Finding;
use crate::expr::{Scope, Type};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A compiled decision table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Key: the file's name.
    pub id: String,
}

/// What values an input can have at all, where its type does not say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// These keys.
    Keys(Vec<String>),
    /// Numbers from the one to the other, both included; `None` is without end.
    Numbers(Option<Decimal>, Option<Decimal>),
}

impl Table {
    /// Reads `tables/<id>.csv` and, where there is one, its sidecar `tables/<id>.toml`. The places
    /// of findings name the file relative to the pack; the loader puts the folder before them.
    pub fn parse(id: &str, csv: &str, sidecar: Option<&str>) -> Result<Self, Vec<Finding>> {
        let _ = (csv, sidecar);
        Ok(Self { id: id.to_owned() })
    }

    /// Row ids with their clauses and lines in the CSV file, in order: what carries which clause.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &[String], u32)> {
        std::iter::empty()
    }

    /// The facts its inputs read, as paths; for fact plans and for naming what is missing.
    pub fn paths(&self) -> Vec<Vec<String>> {
        Vec::new()
    }

    /// Answers over `scope`. Total and three-valued: see [`Hit`].
    pub fn evaluate(&self, scope: &dyn Scope) -> Hit {
        let _ = scope;
        Hit::default()
    }
}

/// Everything wrong with a table whose inputs read `scope` (a [`Type::Record`]): cells of the wrong
/// type, keys that do not exist, gaps, overlaps, rows that can never fire, columns that change
/// nothing; each with a counter-example. `domains` narrows an input column by its name.
pub fn check(table: &Table, scope: &Type, domains: &BTreeMap<String, Domain>) -> Vec<Finding> {
    let _ = (table, scope, domains);
    Vec::new()
}
