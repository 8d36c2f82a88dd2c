//! What the parser refuses for a reason of its own.

use super::{MAX_DEPTH, MAX_NODES};
use crate::expr::ExprError;

pub(super) fn range_alone(at: usize) -> ExprError {
    ExprError::new(
        "expr-syntax",
        at,
        "范围只能写在 in 之后，例如 x in [1..5)",
        "a range stands only behind `in`, as in x in [1..5)",
    )
}

pub(super) fn two_readings(at: usize) -> ExprError {
    ExprError::new(
        "expr-syntax",
        at,
        "** 旁边的负号或另一个 ** 有两种读法，请加括号，例如 (-2) ** 2 或 2 ** (3 ** 2)",
        "a minus or another ** beside ** can be read in two ways; write (-2) ** 2 or \
         2 ** (3 ** 2)",
    )
}

pub(super) fn too_large(at: usize) -> ExprError {
    ExprError::new(
        "expr-too-large",
        at,
        format!("表达式太长或嵌套太深（最多 {MAX_NODES} 个成分、{MAX_DEPTH} 层），请拆成计算字段"),
        format!(
            "the expression is too long or too deep ({MAX_NODES} parts and {MAX_DEPTH} levels are \
             the most); split it into computed fields"
        ),
    )
}
