//! The clauses something stands on.

use serde::{Deserialize, Serialize};
use std::ops::Deref;
use std::sync::Arc;

/// Numbers of clauses (条款号) in order, `EB-5.2.3`. The rule that was read, the answers that name
/// it and the steps that explain them share one list.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Clauses(Arc<[String]>);

impl Clauses {
    /// These clauses, then those.
    #[must_use]
    pub fn then(&self, others: &[String]) -> Self {
        match (self.is_empty(), others.is_empty()) {
            (_, true) => self.clone(),
            (true, _) => others.into(),
            _ => self.iter().chain(others).cloned().collect(),
        }
    }
}

impl Deref for Clauses {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl From<Vec<String>> for Clauses {
    fn from(clauses: Vec<String>) -> Self {
        Self(clauses.into())
    }
}

impl From<&[String]> for Clauses {
    fn from(clauses: &[String]) -> Self {
        Self(clauses.into())
    }
}

impl From<&Vec<String>> for Clauses {
    fn from(clauses: &Vec<String>) -> Self {
        clauses.as_slice().into()
    }
}

impl From<&Clauses> for Clauses {
    fn from(clauses: &Clauses) -> Self {
        clauses.clone()
    }
}

/// No clause.
impl From<[String; 0]> for Clauses {
    fn from(_: [String; 0]) -> Self {
        Self::default()
    }
}

impl FromIterator<String> for Clauses {
    fn from_iter<I: IntoIterator<Item = String>>(clauses: I) -> Self {
        Self(clauses.into_iter().collect())
    }
}

impl<'c> IntoIterator for &'c Clauses {
    type Item = &'c String;
    type IntoIter = std::slice::Iter<'c, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq<Vec<String>> for Clauses {
    fn eq(&self, other: &Vec<String>) -> bool {
        **self == **other
    }
}
