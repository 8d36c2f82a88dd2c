//! Decision tables: rows of unary tests, read from CSV, checked as boxes, evaluated first to last.

use serde::{Deserialize, Serialize};

/// A compiled decision table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Key: the file's name.
    pub id: String,
}
