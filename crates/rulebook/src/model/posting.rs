//! Posting templates with the rulebook's own expressions: `postings.toml`, see `docs/ledger.md`.

use crate::expr::{Expr, Type, Value};
use ledger::{Answer, Template, VarKind};

/// A posting template (记账模板) of a rulebook.
pub type PostingTemplate = Template<Expr>;

/// The type of a variable in the expressions of a template.
pub fn var_type(kind: VarKind) -> Type {
    match kind {
        VarKind::Key => Type::Text,
        VarKind::Money => Type::Money,
        VarKind::Pieces => Type::Quantity,
        VarKind::Serials => Type::List(Box::new(Type::Text)),
        VarKind::Number => Type::Number,
        VarKind::YesNo => Type::Bool,
    }
}

/// Whether an effect may give a value of this type to a variable of that kind. A key may be a whole
/// number, such as a year.
pub fn may_be(kind: VarKind, given: &Type) -> bool {
    given.fits(&var_type(kind)) || (kind == VarKind::Key && given.fits(&Type::Number))
}

/// The word a value makes in a path; `None` where it makes none.
pub fn key_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) if number.is_integer() => Some(number.normalize().to_string()),
        _ => None,
    }
}

/// What an expression of a template answers.
pub fn answer_of(value: Value) -> Answer {
    match value {
        Value::Money(number) | Value::Number(number) => Answer::Number(number),
        Value::List(items) => {
            let text = |item| if let Value::Text(text) = item { Some(text.into()) } else { None };
            Answer::Serials(items.into_iter().filter_map(text).collect())
        }
        _ => Answer::Missing,
    }
}
