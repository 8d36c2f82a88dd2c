//! Which facts an expression reads.

use super::Value;
use super::ast::{Kind, Node, Test};

/// Paths from the root of the scope, each once, in order of reading.
pub(super) fn paths(node: &Node) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    walk(node, &mut Vec::new(), &mut |read| {
        if let Some(path) = chain(read).filter(|path| !found.contains(path)) {
            found.push(path);
        }
    });
    found
}

/// Whether `name` is read and not bound inside.
pub(super) fn mentions(node: &Node, name: &str) -> bool {
    let mut found = false;
    walk(node, &mut Vec::new(), &mut |read| found |= root(read) == Some(name));
    found
}

/// The name that a chain of fields begins at.
fn root(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Name(name) => Some(name),
        Kind::Field(inner, _) => root(inner),
        _ => None,
    }
}

/// The names of a chain of fields that begins at a name: `form.technician.roles`.
pub(super) fn chain(node: &Node) -> Option<Vec<String>> {
    match &node.kind {
        Kind::Name(name) => Some(vec![name.clone()]),
        Kind::Field(inner, name) => {
            let mut path = chain(inner)?;
            path.push(name.clone());
            Some(path)
        }
        _ => None,
    }
}

/// What a value can come from as it stands: the fact's path, or `None` where it is computed. The
/// branches of `if` give several; `null` gives nothing.
pub(super) fn origins(node: &Node) -> Vec<Option<Vec<String>>> {
    match &node.kind {
        Kind::If(_, yes, no) => {
            let mut all = origins(yes);
            all.extend(origins(no));
            all
        }
        Kind::Literal(Value::Null) => Vec::new(),
        _ => vec![chain(node)],
    }
}

/// Every chain of fields whose first name is not bound inside.
fn walk(node: &Node, bound: &mut Vec<String>, found: &mut dyn FnMut(&Node)) {
    if let Some(root) = root(node) {
        if !bound.iter().any(|name| name == root) {
            found(node);
        }
        return;
    }
    match &node.kind {
        Kind::Literal(_) | Kind::Name(_) => {}
        Kind::Field(a, _) | Kind::Neg(a) | Kind::Not(a) | Kind::IsNull(a) => {
            walk(a, bound, found);
        }
        Kind::And(a, b)
        | Kind::Or(a, b)
        | Kind::Arith(_, a, b)
        | Kind::Compare(_, a, b)
        | Kind::Index(a, b) => {
            walk(a, bound, found);
            walk(b, bound, found);
        }
        Kind::Between(a, b, c) | Kind::If(a, b, c) => {
            for node in [a, b, c] {
                walk(node, bound, found);
            }
        }
        Kind::List(items) | Kind::Call(_, items) => {
            for node in items {
                walk(node, bound, found);
            }
        }
        Kind::In(a, tests) => {
            walk(a, bound, found);
            for test in tests {
                match test {
                    Test::Member(node) | Test::Compare(_, node) => walk(node, bound, found),
                    Test::Range { low, high, .. } => {
                        walk(low, bound, found);
                        walk(high, bound, found);
                    }
                }
            }
        }
        Kind::Filter(list, inner) => {
            walk(list, bound, found);
            under(inner, "item", bound, found);
        }
        Kind::Quantified { name, list, holds, .. } => {
            walk(list, bound, found);
            under(holds, name, bound, found);
        }
    }
}

fn under(node: &Node, name: &str, bound: &mut Vec<String>, found: &mut dyn FnMut(&Node)) {
    bound.push(name.to_owned());
    walk(node, bound, found);
    bound.pop();
}

/// The constants a node can give as they stand.
pub(super) fn constants(node: &Node, found: &mut Vec<super::Value>) {
    match &node.kind {
        Kind::Literal(value) => found.push(value.clone()),
        Kind::If(_, then, otherwise) => {
            constants(then, found);
            constants(otherwise, found);
        }
        _ => {}
    }
}
