//! Evaluation. Facts are borrowed, never copied; only what is computed is owned.

use super::ast::{Compare, Kind, Node, Test};
use super::ops::{self, every, some};
use super::paths::chain;
use super::{Scope, Value};
use rust_decimal::prelude::ToPrimitive;
use std::borrow::Cow;

/// Names bound by filters, `some` and `every`, innermost first, over the facts.
#[derive(Clone, Copy)]
pub(super) struct Env<'v> {
    scope: &'v dyn Scope,
    bound: Option<&'v Bound<'v>>,
}

struct Bound<'v> {
    name: &'v str,
    value: &'v Value,
    outer: Option<&'v Bound<'v>>,
}

static NULL: Value = Value::Null;

impl<'v> Env<'v> {
    pub fn new(scope: &'v dyn Scope) -> Self {
        Self { scope, bound: None }
    }

    fn get(&self, name: &str) -> &'v Value {
        let mut bound = self.bound;
        while let Some(one) = bound {
            if one.name == name {
                return one.value;
            }
            bound = one.outer;
        }
        self.scope.get(name).unwrap_or(&NULL)
    }
}

/// Whether `node` holds with `name` bound to `value`.
fn holds_for(node: &Node, env: Env<'_>, name: &str, value: &Value) -> Option<bool> {
    let bound = Bound { name, value, outer: env.bound };
    truth(node, Env { scope: env.scope, bound: Some(&bound) })
}

/// The path of the fact a node passes on as it stands.
pub(super) fn origin(node: &Node, env: Env<'_>) -> Option<Vec<String>> {
    match &node.kind {
        Kind::If(when, yes, no) => {
            origin(if truth(when, env) == Some(true) { yes } else { no }, env)
        }
        _ => chain(node),
    }
}

/// A yes/no in three values.
pub(super) fn truth(node: &Node, env: Env<'_>) -> Option<bool> {
    match &node.kind {
        Kind::And(a, b) => every([a, b].into_iter().map(|term| truth(term, env))),
        Kind::Or(a, b) => some([a, b].into_iter().map(|term| truth(term, env))),
        Kind::Not(a) => truth(a, env).map(|yes| !yes),
        Kind::IsNull(a) => Some(eval(a, env).is_null()),
        Kind::Compare(compare, a, b) => ops::compare(*compare, &eval(a, env), &eval(b, env)),
        Kind::Between(a, low, high) => {
            let value = eval(a, env);
            every([
                ops::compare(Compare::Ge, &value, &eval(low, env)),
                ops::compare(Compare::Le, &value, &eval(high, env)),
            ])
        }
        Kind::In(a, tests) => {
            let value = eval(a, env);
            if value.is_null() {
                return None;
            }
            some(tests.iter().map(|one| test(one, &value, env)))
        }
        Kind::Quantified { every: all, name, list, holds } => match &*eval(list, env) {
            Value::List(items) => {
                let terms = items.iter().map(|item| holds_for(holds, env, name, item));
                if *all { every(terms) } else { some(terms) }
            }
            _ => None,
        },
        _ => match &*eval(node, env) {
            Value::Bool(yes) => Some(*yes),
            _ => None,
        },
    }
}

fn test(test: &Test, value: &Value, env: Env<'_>) -> Option<bool> {
    match test {
        Test::Compare(compare, node) => ops::compare(*compare, value, &eval(node, env)),
        Test::Range { low, low_in, high, high_in } => {
            let above = if *low_in { Compare::Ge } else { Compare::Gt };
            let below = if *high_in { Compare::Le } else { Compare::Lt };
            every([
                ops::compare(above, value, &eval(low, env)),
                ops::compare(below, value, &eval(high, env)),
            ])
        }
        Test::Member(node) => match &*eval(node, env) {
            Value::List(items) => some(items.iter().map(|item| ops::equal(value, item))),
            other => ops::equal(value, other),
        },
    }
}

pub(super) fn eval<'v>(node: &'v Node, env: Env<'v>) -> Cow<'v, Value> {
    Cow::Owned(match &node.kind {
        Kind::Literal(value) => return Cow::Borrowed(value),
        Kind::Name(name) => return Cow::Borrowed(env.get(name)),
        Kind::Field(inner, name) => return field(eval(inner, env), name),
        Kind::If(condition, yes, no) => {
            return if truth(condition, env) == Some(true) {
                eval(yes, env)
            } else {
                eval(no, env)
            };
        }
        Kind::List(items) => {
            Value::List(items.iter().map(|item| eval(item, env).into_owned()).collect())
        }
        Kind::Filter(list, condition) => match &*eval(list, env) {
            Value::List(items) => Value::List(
                items
                    .iter()
                    .filter(|item| holds_for(condition, env, "item", item) == Some(true))
                    .cloned()
                    .collect(),
            ),
            _ => Value::Null,
        },
        Kind::Index(list, index) => nth(&eval(list, env), &eval(index, env)),
        Kind::Neg(inner) => ops::neg(&eval(inner, env)),
        Kind::Arith(arith, a, b) => ops::arith(*arith, &eval(a, env), &eval(b, env), env.scope),
        Kind::Call(builtin, arguments) => {
            let arguments: Vec<Cow<'_, Value>> =
                arguments.iter().map(|argument| eval(argument, env)).collect();
            builtin.apply(&arguments, env.scope)
        }
        Kind::And(..)
        | Kind::Or(..)
        | Kind::Not(_)
        | Kind::IsNull(_)
        | Kind::Compare(..)
        | Kind::Between(..)
        | Kind::In(..)
        | Kind::Quantified { .. } => truth(node, env).map_or(Value::Null, Value::Bool),
    })
}

/// The list of an `every` that does not hold, as a path, and the places in it that fail; looked for
/// behind `and`, `or` and `if` where these do not hold either.
pub(super) fn failing(node: &Node, env: Env<'_>) -> Option<(Vec<String>, Vec<usize>)> {
    if truth(node, env) == Some(true) {
        return None;
    }
    match &node.kind {
        Kind::And(a, b) | Kind::Or(a, b) => failing(a, env).or_else(|| failing(b, env)),
        Kind::If(when, yes, no) => {
            failing(if truth(when, env) == Some(true) { yes } else { no }, env)
        }
        Kind::Quantified { every: true, name, list, holds } => {
            let path = chain(list)?;
            let Value::List(items) = &*eval(list, env) else { return None };
            let fails = |item: &Value| holds_for(holds, env, name, item) != Some(true);
            let places = items.iter().enumerate().filter(|(_, item)| fails(item));
            Some((path, places.map(|(place, _)| place).collect()))
        }
        _ => None,
    }
}

/// The fact of that path.
pub(super) fn read<'v>(scope: &'v dyn Scope, path: &[String]) -> Cow<'v, Value> {
    let Some((root, rest)) = path.split_first() else { return Cow::Borrowed(&NULL) };
    let root = Cow::Borrowed(scope.get(root).unwrap_or(&NULL));
    rest.iter().fold(root, |value, name| field(value, name))
}

/// The field of a record; of a list of records, the list of their fields.
fn field<'v>(value: Cow<'v, Value>, name: &str) -> Cow<'v, Value> {
    match value {
        Cow::Borrowed(Value::Record(fields)) => {
            fields.get(name).map_or(Cow::Borrowed(&NULL), Cow::Borrowed)
        }
        Cow::Owned(Value::Record(mut fields)) => {
            Cow::Owned(fields.remove(name).unwrap_or_default())
        }
        other => match &*other {
            Value::List(items) => Cow::Owned(Value::List(
                items.iter().map(|item| field(Cow::Borrowed(item), name).into_owned()).collect(),
            )),
            _ => Cow::Borrowed(&NULL),
        },
    }
}

fn nth(list: &Value, index: &Value) -> Value {
    let (Value::List(items), Value::Number(index)) = (list, index) else { return Value::Null };
    let Some(index) = index.to_i64().filter(|_| index.is_integer()) else { return Value::Null };
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let from_zero = if index > 0 { index - 1 } else { length.saturating_add(index) };
    let found = if index == 0 { None } else { usize::try_from(from_zero).ok() };
    found.and_then(|i| items.get(i)).cloned().unwrap_or_default()
}
