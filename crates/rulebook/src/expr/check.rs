//! Types: what an expression gives, or why its parts do not go together.

use super::ast::{Arith, Compare, Kind, Node, Test};
use super::builtin::{Builtin, Shape};
use super::mistakes::{
    cannot_negate, index_is_no_number, list_in_list, never_equal, no_arith, not_comparable,
    not_yes_no, unknown_key, wrong_argument,
};
use super::{ExprError, Type, Value, suggest};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

type Checked = Result<Type, ExprError>;

/// The names an expression may read, and those bound inside it, innermost last.
pub(super) struct Checker<'s> {
    scope: &'s BTreeMap<String, Type>,
    bound: Vec<(String, Type)>,
}

impl<'s> Checker<'s> {
    pub fn new(scope: &'s BTreeMap<String, Type>) -> Self {
        Self { scope, bound: Vec::new() }
    }

    pub fn check(&mut self, node: &Node) -> Checked {
        match &node.kind {
            Kind::Literal(value) => Ok(literal(value)),
            Kind::Name(name) => self.name(node.at, name),
            Kind::Field(inner, name) => {
                let of = self.check(inner)?;
                field(node.at, &of, name, &path(inner))
            }
            Kind::Filter(list, condition) => {
                let of = self.check(list)?;
                let item = item_of(list.start(), &of)?;
                self.under("item", item, |checker| checker.yes_no(condition))?;
                Ok(of)
            }
            Kind::Index(list, index) => {
                let of = self.check(list)?;
                let item = item_of(list.start(), &of)?;
                match self.check(index)? {
                    Type::Any | Type::Number | Type::Quantity => Ok(item),
                    _ => Err(index_is_no_number(index.start())),
                }
            }
            Kind::List(items) => self.list(items),
            Kind::Neg(inner) => match self.check(inner)? {
                of if of == Type::Any || of == Type::Number || is_amount(&of) => Ok(of),
                _ => Err(cannot_negate(node.at)),
            },
            Kind::IsNull(inner) => {
                self.check(inner)?;
                Ok(Type::Bool)
            }
            Kind::Not(inner) => self.yes_no(inner),
            Kind::And(a, b) | Kind::Or(a, b) => {
                self.yes_no(a)?;
                self.yes_no(b)
            }
            Kind::Arith(arith, a, b) => self.arith(node.at, *arith, a, b),
            Kind::Compare(compare, a, b) => {
                let left = self.check(a)?;
                let right = self.check(b)?;
                comparable(node.at, *compare, (a, &left), (b, &right))
            }
            Kind::Between(a, low, high) => {
                let of = self.check(a)?;
                for end in [low, high] {
                    let bound = self.check(end)?;
                    comparable(end.start(), Compare::Le, (a, &of), (end, &bound))?;
                }
                Ok(Type::Bool)
            }
            Kind::In(a, tests) => {
                let of = self.check(a)?;
                tests.iter().try_for_each(|test| self.test(a, &of, test))?;
                Ok(Type::Bool)
            }
            Kind::If(condition, yes, no) => {
                self.yes_no(condition)?;
                let (yes_type, no_type) = (self.check(yes)?, self.check(no)?);
                joined(no.start(), (yes, &yes_type), (no, &no_type))
            }
            Kind::Quantified { name, list, holds, .. } => {
                let of = self.check(list)?;
                let item = item_of(list.start(), &of)?;
                self.under(name, item, |checker| checker.yes_no(holds))
            }
            Kind::Call(builtin, arguments) => self.call(node.at, builtin, arguments),
        }
    }

    fn under(&mut self, name: &str, of: Type, check: impl FnOnce(&mut Self) -> Checked) -> Checked {
        self.bound.push((name.to_owned(), of));
        let checked = check(self);
        self.bound.pop();
        checked
    }

    fn name(&self, at: usize, name: &str) -> Checked {
        let bound = self.bound.iter().rev().find(|(bound, _)| bound == name).map(|(_, of)| of);
        if let Some(of) = bound.or_else(|| self.scope.get(name)) {
            return Ok(plain(of));
        }
        if name == "item" {
            return Err(ExprError::new(
                "expr-unknown-name",
                at,
                "item 只能写在列表的筛选 [ ] 里",
                "`item` stands only inside the filter [ ] of a list",
            ));
        }
        let known = self.bound.iter().map(|(bound, _)| bound).chain(self.scope.keys());
        let (zh, en) = suggest::nearest(name, known.map(String::as_str));
        let in_item = self.bound.iter().any(|(_, of)| match of {
            Type::Record(fields) => fields.contains_key(name),
            _ => false,
        });
        let (zh, en) = match self.bound.last() {
            Some((bound, _)) if in_item => {
                (format!("；请写 {bound}.{name}"), format!("; write {bound}.{name}"))
            }
            _ => (zh, en),
        };
        Err(ExprError::new(
            "expr-unknown-name",
            at,
            format!("没有名为 {name} 的事实{zh}。文字请加引号：\"{name}\""),
            format!("there is no fact {name}{en}. Text needs quotes: \"{name}\""),
        ))
    }

    /// A condition.
    fn yes_no(&mut self, node: &Node) -> Checked {
        match self.check(node)? {
            Type::Bool | Type::Any => Ok(Type::Bool),
            other => Err(not_yes_no(node.start(), &other)),
        }
    }

    fn list(&mut self, items: &[Node]) -> Checked {
        let mut of = Type::Any;
        for item in items {
            let one = self.check(item)?;
            of = of.join(&one).ok_or_else(|| {
                let (first, this) = (of.words(), one.words());
                ExprError::new(
                    "expr-type",
                    item.start(),
                    format!("列表的各项要同类：前面是{}，这一项是{}", first.zh, this.zh),
                    format!(
                        "the items of a list are of one kind: before stands {}, this is {}",
                        first.en, this.en
                    ),
                )
            })?;
        }
        Ok(Type::List(Box::new(of)))
    }

    fn test(&mut self, subject: &Node, of: &Type, test: &Test) -> Result<(), ExprError> {
        match test {
            Test::Compare(compare, node) => {
                let right = self.check(node)?;
                comparable(node.start(), *compare, (subject, of), (node, &right))?;
            }
            Test::Range { low, high, .. } => {
                for end in [low, high] {
                    let bound = self.check(end)?;
                    comparable(end.start(), Compare::Le, (subject, of), (end, &bound))?;
                }
            }
            Test::Member(node) => {
                if let Type::List(item) = of {
                    return Err(list_in_list(subject.start(), item));
                }
                // Each key of a written list is checked by itself, so that one slip is found.
                if let Kind::List(items) = &node.kind {
                    for item in items {
                        let one = self.check(item)?;
                        comparable(item.start(), Compare::Eq, (subject, of), (item, &one))?;
                    }
                } else {
                    let right = self.check(node)?;
                    let right = if let Type::List(item) = right { *item } else { right };
                    comparable(node.start(), Compare::Eq, (subject, of), (node, &right))?;
                }
            }
        }
        Ok(())
    }

    fn arith(&mut self, at: usize, arith: Arith, a: &Node, b: &Node) -> Checked {
        let left = self.check(a)?;
        let right = self.check(b)?;
        let sum = matches!(arith, Arith::Add | Arith::Sub);
        match result(arith, &left, &right) {
            Some(of) => Ok(of),
            None if sum && is_zero(a) && is_amount(&right) => Ok(right),
            None if sum && is_zero(b) && is_amount(&left) => Ok(left),
            None => Err(no_arith(at, arith, &left, &right)),
        }
    }

    fn call(&mut self, at: usize, builtin: &'static Builtin, arguments: &[Node]) -> Checked {
        let mut types =
            arguments.iter().map(|argument| self.check(argument)).collect::<Result<Vec<_>, _>>()?;
        let lone_list = matches!(types.as_slice(), [Type::List(_) | Type::Any]);
        if builtin.spread && !lone_list {
            types = vec![self.list(arguments)?];
        }
        for (i, (param, of)) in builtin.params.iter().zip(&types).enumerate() {
            if !param.shape.takes(of) {
                let place = arguments.get(i).map_or(at, Node::start);
                return Err(wrong_argument(place, builtin, param.shape, param.name, of));
            }
        }
        let first = types.first().cloned().unwrap_or(Type::Any);
        Ok(match builtin.result {
            Shape::Bool | Shape::Bools => Type::Bool,
            Shape::Number | Shape::NumberOrMoney => Type::Number,
            Shape::Text => Type::Text,
            Shape::Date | Shape::DateLike => Type::Date,
            Shape::Instant => Type::Instant,
            Shape::Same => first,
            Shape::Item => match first {
                Type::List(item) => *item,
                _ => Type::Any,
            },
            Shape::Both => {
                let second = types.get(1).cloned().unwrap_or(Type::Any);
                return joined(at, (&arguments[0], &first), (&arguments[1], &second));
            }
            Shape::Numbers => Type::List(Box::new(Type::Number)),
            Shape::Texts => Type::List(Box::new(Type::Text)),
            Shape::Any | Shape::Amount | Shape::TextOrList => Type::Any,
            Shape::List | Shape::Lists | Shape::Amounts | Shape::Ordered => {
                Type::List(Box::new(Type::Any))
            }
        })
    }
}

fn literal(value: &Value) -> Type {
    match value {
        Value::Null => Type::Any,
        Value::Bool(_) => Type::Bool,
        Value::Number(_) => Type::Number,
        Value::Money(_) => Type::Money,
        Value::Text(text) => Type::Choice(vec![text.to_string()]),
        Value::Date(_) => Type::Date,
        Value::Instant(_) => Type::Instant,
        Value::Seconds(_) => Type::Seconds,
        Value::Months(_) => Type::Months,
        Value::List(_) => Type::List(Box::new(Type::Any)),
        Value::Record(_) => Type::Record(BTreeMap::new()),
    }
}

/// A quantity is a number as soon as an expression reads it.
fn plain(of: &Type) -> Type {
    if *of == Type::Quantity { Type::Number } else { of.clone() }
}

/// The dotted path of a node, for a sentence; empty when it is no path.
fn path(node: &Node) -> String {
    match &node.kind {
        Kind::Name(name) => name.clone(),
        Kind::Field(inner, name) => match path(inner) {
            outer if outer.is_empty() => name.clone(),
            outer => format!("{outer}.{name}"),
        },
        _ => String::new(),
    }
}

fn field(at: usize, of: &Type, name: &str, path: &str) -> Checked {
    match of {
        Type::Any => Ok(Type::Any),
        Type::List(item) => Ok(Type::List(Box::new(field(at, item, name, path)?))),
        Type::Record(fields) => fields.get(name).map(plain).ok_or_else(|| {
            let (zh, en) = suggest::nearest(name, fields.keys().map(String::as_str));
            ExprError::new(
                "expr-unknown-name",
                at,
                format!("{path} 没有 {name}{zh}"),
                format!("{path} has no {name}{en}"),
            )
        }),
        other => {
            let words = other.words();
            Err(ExprError::new(
                "expr-type",
                at,
                format!("{path} 是{}，后面不能写 .{name}", words.zh),
                format!("{path} is {}; .{name} cannot follow it", words.en),
            ))
        }
    }
}

fn item_of(at: usize, of: &Type) -> Checked {
    match of {
        Type::Any => Ok(Type::Any),
        Type::List(item) => Ok((**item).clone()),
        other => {
            let words = other.words();
            Err(ExprError::new(
                "expr-type",
                at,
                format!("这里要一个列表，却是{}", words.zh),
                format!("a list should stand here, this is {}", words.en),
            ))
        }
    }
}

fn is_zero(node: &Node) -> bool {
    node.kind == Kind::Literal(Value::Number(Decimal::ZERO))
}

fn is_amount(of: &Type) -> bool {
    matches!(of, Type::Money | Type::Seconds | Type::Months)
}

/// What an operation gives; `None` when the operands do not go together.
fn result(arith: Arith, a: &Type, b: &Type) -> Option<Type> {
    use Type::{Any, Choice, Date, Instant, Money, Months, Number, Seconds, Text};
    Some(match (arith, a, b) {
        (_, Any, Any) => Any,
        (Arith::Div, Any, of) | (Arith::Div, of, Any) if is_amount(of) || *of == Number => Any,
        (Arith::Mul, Any, of) | (Arith::Mul, of, Any) if is_amount(of) => of.clone(),
        (Arith::Mul, Any, Number) | (Arith::Mul, Number, Any) => Any,
        (Arith::Add | Arith::Sub, Any, of) | (Arith::Add, of, Any) if result_any(of) => Any,
        (Arith::Sub, of, Any) if result_any(of) => Any,
        (_, Number, Number)
        | (Arith::Pow, Any, Number)
        | (Arith::Pow, Number, Any)
        | (Arith::Div, Money, Money)
        | (Arith::Div, Seconds, Seconds)
        | (Arith::Div, Months, Months) => Number,
        (Arith::Add | Arith::Sub, Money, Money) => Money,
        (Arith::Add | Arith::Sub, Seconds, Seconds)
        | (Arith::Sub, Date, Date)
        | (Arith::Sub, Instant, Instant) => Seconds,
        (Arith::Add | Arith::Sub, Months, Months) => Months,
        (Arith::Add, Text | Choice(_), Text | Choice(_)) => Text,
        (Arith::Add | Arith::Sub, Date, Seconds | Months)
        | (Arith::Add, Seconds | Months, Date) => Date,
        (Arith::Add | Arith::Sub, Instant, Seconds | Months)
        | (Arith::Add, Seconds | Months, Instant) => Instant,
        (Arith::Mul | Arith::Div, Money | Seconds | Months, Number) => a.clone(),
        (Arith::Mul, Number, Money | Seconds | Months) => b.clone(),
        _ => return None,
    })
}

fn result_any(of: &Type) -> bool {
    !matches!(of, Type::Bool | Type::List(_) | Type::Record(_))
}

fn comparable(at: usize, compare: Compare, a: (&Node, &Type), b: (&Node, &Type)) -> Checked {
    let (left, right) = (a.1, b.1);
    if let (Type::Choice(known), Type::Choice(asked)) = (left, right)
        && !compare.is_order()
        && !known.iter().any(|key| asked.contains(key))
    {
        let literal = |node: &Node| matches!(node.kind, Kind::Literal(_));
        return Err(match (literal(a.0), literal(b.0)) {
            (false, true) => unknown_key(b.0.at, &asked[0], known, &path(a.0)),
            (true, false) => unknown_key(a.0.at, &known[0], asked, &path(b.0)),
            (true, true) | (false, false) => never_equal(at, known, asked),
        });
    }
    let zero = (is_zero(a.0) && is_amount(right)) || (is_zero(b.0) && is_amount(left));
    let ordered = !compare.is_order() || (left.is_ordered() && right.is_ordered());
    if zero || (ordered && left.join(right).is_some()) {
        return Ok(Type::Bool);
    }
    Err(not_comparable(at, compare, left, right))
}

fn joined(at: usize, a: (&Node, &Type), b: (&Node, &Type)) -> Checked {
    if is_zero(a.0) && is_amount(b.1) {
        return Ok(b.1.clone());
    }
    if is_zero(b.0) && is_amount(a.1) {
        return Ok(a.1.clone());
    }
    a.1.join(b.1).ok_or_else(|| {
        let (one, other) = (a.1.words(), b.1.words());
        ExprError::new(
            "expr-type",
            at,
            format!("两个分支要同类：一个是{}，另一个是{}", one.zh, other.zh),
            format!("both branches give one kind: one is {}, the other {}", one.en, other.en),
        )
    })
}
