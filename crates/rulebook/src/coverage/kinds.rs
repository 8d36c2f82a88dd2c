//! Some clauses ask for a carrier of a certain kind: a term needs a clock, a form a paper.

use crate::model::{Carrier, Clause, ClauseKind};
use crate::{Finding, Place};

/// Kinds of clauses, the carriers that answer for them, and how these are called.
const NEEDS: &[(ClauseKind, &[&str], &str, &str)] = &[
    (
        ClauseKind::Deadline,
        &["deadline", "term-row", "term", "term-trigger"],
        "时限或期限",
        "a deadline or a term",
    ),
    (ClauseKind::Form, &["document", "form"], "单据或表单", "a document or a form"),
    (
        ClauseKind::Money,
        &["price", "require", "table-row", "posting", "approvals"],
        "价格、过账或金额规则",
        "a price, a posting or a rule about the amount",
    ),
    (
        ClauseKind::Score,
        &[
            "measure",
            "figure",
            "scorecard",
            "score-item",
            "score-condition",
            "score-level",
            "grade",
        ],
        "指标、评分项或等级",
        "a measure, a figure, an item of a scorecard or a grade",
    ),
    (ClauseKind::Notification, &["message", "deadline", "action"], "消息", "a message"),
];

/// The note that a clause is carried only by something of another kind.
pub(super) fn fits(clause: &Clause, at: Place, carriers: &[Carrier]) -> Option<Finding> {
    let (_, kinds, zh, en) = NEEDS.iter().find(|(kind, ..)| *kind == clause.kind)?;
    if carriers.iter().any(|carrier| kinds.contains(&carrier.kind.as_str())) {
        return None;
    }
    let id = &clause.id;
    Some(Finding::note(
        "clause-carrier-kind",
        at,
        format!("条款 {id} 应由{zh}承载，现在只由 {} 承载", carriers.first()?.path),
        format!("the clause {id} asks for {en}; only {} carries it", carriers.first()?.path),
    ))
}
