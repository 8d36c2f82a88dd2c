//! What a company says of its customers: tags staff put on a file, and grades that follow from it.

use crate::expr::Expr;
use base::Text;
use serde::{Deserialize, Serialize};

/// A tag staff put on a customer's file (客户标签). `customers.toml`: `[[tag]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerTag {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What staff heed with such a customer; shown beside the tag at the desk and on each case.
    #[serde(default)]
    pub heed: Option<Text>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// A grade of customers (客户等级). `customers.toml`: `[[grade]]`, the highest first: a customer has
/// the first whose condition holds, or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomerGrade {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// When a customer has it: a condition over `customer` (vehicles owned, visits of
    /// the last 365 days, tags) and `params`.
    pub when: Expr,
    /// What staff do otherwise for such a customer (服务差异).
    #[serde(default)]
    pub heed: Option<Text>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// `customers.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomersFile {
    /// What staff put on a file (客户标签).
    #[serde(default)]
    pub tag: Vec<CustomerTag>,
    /// What follows from a file (客户等级), the highest first.
    #[serde(default)]
    pub grade: Vec<CustomerGrade>,
}
