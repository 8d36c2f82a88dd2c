//! What a table answers, with the reasons.

use crate::expr::Value;
use base::Text;
use std::collections::BTreeMap;

/// Three-valued truth: a test of a missing fact is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tri {
    /// It does not hold.
    No,
    /// A fact is missing.
    Unknown,
    /// It holds.
    Yes,
}

impl From<bool> for Tri {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// How a table answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Answer {
    /// There is an answer; missing facts could not change it.
    Decided,
    /// A missing fact could change the answer; the hit names it.
    Undetermined,
    /// No row fits: a gap of the table.
    #[default]
    NoRow,
    /// Rows contradict each other under hit policy *unique* or *any*.
    Conflict,
    /// An input is not of the kind its column tests; [`Hit::problem`] says which.
    Failed,
}

/// The answer of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hit {
    /// How it answered.
    pub answer: Answer,
    /// Id of the row that decided; with *collect* the first, with a conflict none.
    pub row: Option<String>,
    /// Clauses of the rows that decided, in row order, each once.
    pub clauses: Vec<String>,
    /// Output column to value; empty unless decided.
    pub outputs: BTreeMap<String, Value>,
    /// Inputs that are missing and could change the answer, as paths: `measurements.capacity_pct`.
    pub missing: Vec<String>,
    /// Why there is no answer, when it failed, conflicts or fits no row.
    pub problem: Option<Text>,
    /// The rows that decided and those that might have, cell by cell.
    pub considered: Vec<RowWhy>,
}

/// A row in the why of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct RowWhy {
    /// Its id.
    pub row: String,
    /// Its clauses.
    pub clauses: Vec<String>,
    /// Whether it fits.
    pub fits: Tri,
    /// Its cells that test something.
    pub cells: Vec<CellWhy>,
}

/// A cell in the why of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct CellWhy {
    /// The column.
    pub column: String,
    /// The test as written: `< 60`.
    pub test: String,
    /// The value it was asked of.
    pub value: Value,
    /// Whether it holds.
    pub holds: Tri,
}
