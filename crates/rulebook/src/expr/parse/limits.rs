//! What keeps the work of one expression small.

use crate::expr::ExprError;
use crate::expr::ast::{Kind, Node};

/// Refuses more than `most` walks over lists inside each other.
pub(super) fn walks(node: &Node, most: usize) -> Result<(), ExprError> {
    let inside = match &node.kind {
        Kind::Filter(list, inner) | Kind::Quantified { list, holds: inner, .. } => {
            walks(list, most)?;
            inner
        }
        _ => return node.children().into_iter().try_for_each(|child| walks(child, most)),
    };
    match most.checked_sub(1) {
        Some(left) => walks(inside, left),
        None => Err(ExprError::new(
            "expr-too-large",
            node.at,
            "some、every 和筛选 [ ] 最多套三层，请拆成计算字段",
            "some, every and filters [ ] stand at most three deep; split it into computed fields",
        )),
    }
}
