//! Expressions: a closed, statically typed subset of FEEL. Parsed when the file is read, typed when
//! the rulebook is checked, evaluated without any way to fail but a missing fact.
//!
//! A missing fact is null and spreads: a comparison with it is null, `and` and `or` follow Kleene's
//! logic, a condition that is null does not hold. Only `x = null` and `is_null(x)` ask for it.

mod ast;
mod builtin;
mod check;
mod error;
mod eval;
mod functions;
mod guards;
mod json;
mod lex;
mod literal;
mod mistakes;
mod ops;
mod parse;
mod paths;
pub(crate) mod possible;
mod said;
mod scope;
mod show;
pub(crate) mod suggest;
mod types;
mod value;

#[cfg(test)]
pub(crate) mod tests;

pub use builtin::{Builtin, Param, Shape, builtins};
pub use error::ExprError;
pub use json::Mismatch;
pub use said::{Names, length_words};
pub use scope::Scope;
pub use value::{Type, Value};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the built-in function of that name makes of a list: `sum`, `min`, `max`.
pub(crate) fn aggregate(name: &str, items: Vec<Value>) -> Value {
    let nothing = BTreeMap::new();
    builtin::find(name)
        .map_or(Value::Null, |found| found.apply(&[Cow::Owned(Value::List(items))], &nothing))
}

/// The words and signs that mean something by themselves; the manual's grammar has each of them.
#[cfg(test)]
fn words() -> impl Iterator<Item = &'static str> {
    let kept = ["function", ":", "{", "}"];
    parse::KEYWORDS.into_iter().chain(lex::SIGNS).filter(move |word| !kept.contains(word))
}

/// An expression of a rulebook: its text and what the parser made of it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Expr(Arc<Parsed>);

#[derive(Debug)]
struct Parsed {
    source: String,
    tree: Result<ast::Node, ExprError>,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.0.source == other.0.source
    }
}

impl Expr {
    /// Parses `source`. Never fails: what is wrong is kept and reported by the checker, so that all
    /// findings of a rulebook come at once.
    pub fn parse(source: &str) -> Self {
        Self(Arc::new(Parsed { source: source.to_owned(), tree: parse::parse(source) }))
    }

    /// The text as written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// What the parser could not read, with the place and what would be right.
    pub fn syntax_error(&self) -> Option<&ExprError> {
        self.0.tree.as_ref().err()
    }

    /// The type of the result where the names of `scope` (a [`Type::Record`]) can be read; or what
    /// is wrong: a syntax error, an unknown name with the nearest known ones, operands that do not
    /// go together.
    pub fn check(&self, scope: &Type) -> Result<Type, ExprError> {
        let tree = self.0.tree.as_ref().map_err(Clone::clone)?;
        let nothing = BTreeMap::new();
        let names = if let Type::Record(names) = scope { names } else { &nothing };
        check::Checker::new(names).check(tree)
    }

    /// Like [`check`](Self::check), where only `wanted` will do: a condition gives [`Type::Bool`].
    pub fn check_as(&self, scope: &Type, wanted: &Type) -> Result<Type, ExprError> {
        let found = self.check(scope)?;
        if found.fits(wanted) {
            return Ok(found);
        }
        let (want, got) = (wanted.words(), found.words());
        Err(ExprError::new(
            "expr-type",
            0,
            format!("这里要{}，表达式却是{}", want.zh, got.zh),
            format!("{} is asked for here, the expression gives {}", want.en, got.en),
        ))
    }

    /// The first division whose divisor may be zero, so that a zero would read as a missing fact;
    /// `if x != 0 then …`, `x > 0 and …`, `max(x, 1)` and `coalesce(…)` guard it.
    pub fn unguarded_division(&self) -> Option<ExprError> {
        self.0.tree.as_ref().ok().and_then(guards::unguarded)
    }

    /// The facts it reads, as paths from the root of the scope, each once in order of reading:
    /// `["form", "technician", "certificate", "valid"]`. Fact plans are made from these.
    pub fn paths(&self) -> Vec<Vec<String>> {
        self.0.tree.as_ref().map(paths::paths).unwrap_or_default()
    }

    /// Whether it reads something of that root: `form`.
    pub fn mentions(&self, root: &str) -> bool {
        self.0.tree.as_ref().is_ok_and(|tree| paths::mentions(tree, root))
    }

    /// The constants it can give as they stand: of `if x then 30 else 0` both.
    pub fn constants(&self) -> Vec<Value> {
        let mut found = Vec::new();
        if let Ok(tree) = &self.0.tree {
            paths::constants(tree, &mut found);
        }
        found
    }

    /// Where its value can come from as it stands: `data.phone` and `if x then data.phone else
    /// null` give the path of the phone, `"tel " + data.phone` gives `None` (it is computed).
    pub fn origins(&self) -> Vec<Option<Vec<String>>> {
        self.0.tree.as_ref().map(paths::origins).unwrap_or_default()
    }

    /// The path of the fact that is its value over `scope`, when it passes one on as it stands.
    pub fn origin(&self, scope: &dyn Scope) -> Option<Vec<String>> {
        let tree = self.0.tree.as_ref().ok()?;
        eval::origin(tree, eval::Env::new(scope))
    }

    /// The value over `scope`. Total: a missing fact, an overflow, a division by zero and an
    /// expression with a syntax error are [`Value::Null`].
    pub fn eval(&self, scope: &dyn Scope) -> Value {
        match &self.0.tree {
            Ok(tree) => eval::eval(tree, eval::Env::new(scope)).into_owned(),
            Err(_) => Value::Null,
        }
    }

    /// Like [`eval`](Self::eval), without copying a fact that is read as it stands.
    pub fn eval_ref<'v>(&'v self, scope: &'v dyn Scope) -> Cow<'v, Value> {
        match &self.0.tree {
            Ok(tree) => eval::eval(tree, eval::Env::new(scope)),
            Err(_) => Cow::Owned(Value::Null),
        }
    }

    /// Each fact read with its value, for the *why*: `("data.capacity.value", 58)`.
    pub fn explain(&self, scope: &dyn Scope) -> Vec<(String, Value)> {
        self.paths()
            .into_iter()
            .map(|path| {
                let value = eval::read(scope, &path).into_owned();
                (path.join("."), value)
            })
            .collect()
    }

    /// Which rows decide that it does not hold: the path of the list of an `every` and the places
    /// in it that fail, counted from 0. `None` when it holds or no list decides.
    pub fn failing(&self, scope: &dyn Scope) -> Option<(Vec<String>, Vec<usize>)> {
        let tree = self.0.tree.as_ref().ok()?;
        eval::failing(tree, eval::Env::new(scope))
    }

    /// The facts it reads that are missing, as dotted paths.
    pub fn missing(&self, scope: &dyn Scope) -> Vec<String> {
        self.explain(scope).into_iter().filter(|(_, v)| v.is_null()).map(|(path, _)| path).collect()
    }
}

impl Expr {
    /// The expression in words, with names instead of keys. What the parser cannot read stays as
    /// it is written.
    pub fn said(&self, names: &dyn Names) -> base::Text {
        match &self.0.tree {
            Ok(tree) => said::said(tree, names),
            Err(_) => base::Text::new(self.source(), self.source()),
        }
    }
}

impl Serialize for Expr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.source())
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|source| Self::parse(&source))
    }
}
