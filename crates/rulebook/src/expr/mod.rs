//! Expressions: a closed, statically typed subset of FEEL. Parsed when the file is read, typed when
//! the rulebook is checked, evaluated without any way to fail but a missing fact.

mod value;

pub use value::{Type, Value};

use serde::{Deserialize, Serialize};

/// An expression of a rulebook: its text and what the parser made of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    source: String,
}

impl Expr {
    /// Parses `source`. Never fails: what is wrong is kept and reported by the checker, so that all
    /// findings of a rulebook come at once.
    pub fn parse(source: &str) -> Self {
        Self { source: source.to_owned() }
    }

    /// The text as written.
    pub fn source(&self) -> &str {
        &self.source
    }
}

impl Serialize for Expr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|source| Self::parse(&source))
    }
}
