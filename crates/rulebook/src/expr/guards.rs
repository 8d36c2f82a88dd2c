//! Divisions that may have no answer: every divisor that is not a constant needs a test before it.

use super::ast::{Arith, Compare, Kind, Node, Test};
use super::paths::mentions;
use super::{ExprError, Value};
use std::cmp::Ordering;

/// The first division whose divisor may be zero where it stands.
pub(super) fn unguarded(node: &Node) -> Option<ExprError> {
    walk(node, &[])
}

/// `known` are nodes that are not zero here.
fn walk<'n>(node: &'n Node, known: &[&'n Node]) -> Option<ExprError> {
    let below = |known: &[&'n Node]| node.children().into_iter().find_map(|one| walk(one, known));
    match &node.kind {
        Kind::Arith(Arith::Div, _, divisor) if !is_safe(divisor, known) => {
            Some(may_be_zero(divisor))
        }
        Kind::Call(builtin, arguments) if builtin.name == "modulo" => {
            let unsafe_one = arguments.get(1).filter(|by| !is_safe(by, known));
            unsafe_one.map(may_be_zero).or_else(|| below(known))
        }
        // Whoever says what shall stand for null has thought of the zero.
        Kind::Call(builtin, arguments) if builtin.name == "coalesce" => {
            arguments.get(1).and_then(|otherwise| walk(otherwise, known))
        }
        Kind::IsNull(_) => None,
        Kind::Call(builtin, _) if builtin.name == "is_null" => None,
        Kind::If(condition, yes, no) => walk(condition, known)
            .or_else(|| walk(yes, &more(known, |found| holds(condition, found))))
            .or_else(|| walk(no, &more(known, |found| fails(condition, found)))),
        Kind::And(a, b) => walk(a, &more(known, |found| holds(b, found)))
            .or_else(|| walk(b, &more(known, |found| holds(a, found)))),
        Kind::Or(a, b) => walk(a, &more(known, |found| fails(b, found)))
            .or_else(|| walk(b, &more(known, |found| fails(a, found)))),
        Kind::Filter(list, inner) => {
            walk(list, known).or_else(|| walk(inner, &without(known, "item")))
        }
        Kind::Quantified { name, list, holds: inner, .. } => {
            walk(list, known).or_else(|| walk(inner, &without(known, name)))
        }
        _ => below(known),
    }
}

fn more<'n>(known: &[&'n Node], add: impl FnOnce(&mut Vec<&'n Node>)) -> Vec<&'n Node> {
    let mut found = known.to_vec();
    add(&mut found);
    found
}

/// What is known of other names once `name` means something else.
fn without<'n>(known: &[&'n Node], name: &str) -> Vec<&'n Node> {
    known.iter().copied().filter(|node| !mentions(node, name)).collect()
}

/// The side of zero a constant lies on; `None` for anything but a written amount.
fn side(node: &Node) -> Option<Ordering> {
    match &node.kind {
        Kind::Literal(Value::Number(n) | Value::Money(n)) => Some(n.cmp(&0.into())),
        Kind::Literal(Value::Seconds(n) | Value::Months(n)) => Some(n.cmp(&0)),
        Kind::Neg(inner) => side(inner).map(Ordering::reverse),
        _ => None,
    }
}

fn is_safe(divisor: &Node, known: &[&Node]) -> bool {
    if side(divisor).is_some_and(Ordering::is_ne) || known.iter().any(|one| same(one, divisor)) {
        return true;
    }
    match &divisor.kind {
        Kind::Neg(inner) => is_safe(inner, known),
        Kind::Arith(Arith::Mul, a, b) => is_safe(a, known) && is_safe(b, known),
        // `max(x, 1)` is never below one.
        Kind::Call(builtin, arguments) if builtin.name == "max" => {
            arguments.iter().any(|argument| side(argument) == Some(Ordering::Greater))
        }
        _ => false,
    }
}

/// Nodes that are not zero when `condition` is so.
fn holds<'n>(condition: &'n Node, found: &mut Vec<&'n Node>) {
    match &condition.kind {
        Kind::And(a, b) => [a, b].into_iter().for_each(|one| holds(one, found)),
        Kind::Not(inner) => fails(inner, found),
        Kind::Compare(compare, a, b) => compared(*compare, a, b, found),
        Kind::Between(a, low, _) if side(low) == Some(Ordering::Greater) => found.push(a),
        Kind::In(a, tests) if tests.iter().all(above_zero) => found.push(a),
        _ => {}
    }
}

/// Nodes that are not zero when `condition` is not so.
fn fails<'n>(condition: &'n Node, found: &mut Vec<&'n Node>) {
    match &condition.kind {
        Kind::Or(a, b) => [a, b].into_iter().for_each(|one| fails(one, found)),
        Kind::Not(inner) => holds(inner, found),
        Kind::Compare(compare, a, b) => compared(opposite(*compare), a, b, found),
        _ => {}
    }
}

const fn opposite(compare: Compare) -> Compare {
    match compare {
        Compare::Eq => Compare::Ne,
        Compare::Ne => Compare::Eq,
        Compare::Lt => Compare::Ge,
        Compare::Ge => Compare::Lt,
        Compare::Gt => Compare::Le,
        Compare::Le => Compare::Gt,
    }
}

/// `x` when the comparison with a constant on either side leaves zero out.
fn compared<'n>(compare: Compare, a: &'n Node, b: &'n Node, found: &mut Vec<&'n Node>) {
    let mirrored = match compare {
        Compare::Lt => Compare::Gt,
        Compare::Le => Compare::Ge,
        Compare::Gt => Compare::Lt,
        Compare::Ge => Compare::Le,
        same => same,
    };
    for (compare, asked, constant) in [(compare, a, b), (mirrored, b, a)] {
        if side(constant).is_some_and(|side| leaves_zero_out(compare, side)) {
            found.push(asked);
        }
    }
}

/// Whether no zero compares so with a constant on that side of zero.
fn leaves_zero_out(compare: Compare, side: Ordering) -> bool {
    match compare {
        Compare::Eq => side.is_ne(),
        Compare::Ne => side.is_eq(),
        Compare::Gt => side.is_ge(),
        Compare::Ge => side.is_gt(),
        Compare::Lt => side.is_le(),
        Compare::Le => side.is_lt(),
    }
}

fn above_zero(test: &Test) -> bool {
    match test {
        Test::Member(node) => match &node.kind {
            Kind::List(items) => items.iter().all(|item| side(item).is_some_and(Ordering::is_ne)),
            _ => side(node).is_some_and(Ordering::is_ne),
        },
        Test::Compare(compare, node) => {
            side(node).is_some_and(|side| leaves_zero_out(*compare, side))
        }
        Test::Range { low, low_in, .. } => match side(low) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => !low_in,
            _ => false,
        },
    }
}

/// Whether two nodes read alike, wherever they stand.
fn same(a: &Node, b: &Node) -> bool {
    let head = match (&a.kind, &b.kind) {
        (Kind::Literal(a), Kind::Literal(b)) => a == b,
        (Kind::Name(a), Kind::Name(b)) | (Kind::Field(_, a), Kind::Field(_, b)) => a == b,
        (Kind::Arith(a, ..), Kind::Arith(b, ..)) => a == b,
        (Kind::Compare(a, ..), Kind::Compare(b, ..)) => a == b,
        (Kind::Call(a, _), Kind::Call(b, _)) => a == b,
        (Kind::Filter(..), Kind::Filter(..))
        | (Kind::Index(..), Kind::Index(..))
        | (Kind::List(_), Kind::List(_))
        | (Kind::Neg(_), Kind::Neg(_)) => true,
        _ => false,
    };
    let (a, b) = (a.children(), b.children());
    head && a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| same(a, b))
}

fn may_be_zero(divisor: &Node) -> ExprError {
    let name = super::paths::chain(divisor).map_or_else(|| "x".to_owned(), |path| path.join("."));
    ExprError::new(
        "expr-unguarded-division",
        divisor.start(),
        format!("除数可能为 0，那时没有结果；请先判断，例如 if {name} != 0 then … else …"),
        format!(
            "the divisor may be zero and leave no answer; ask first, as in \
             if {name} != 0 then … else …"
        ),
    )
}
