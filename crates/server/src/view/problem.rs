//! The problem body, for the OpenAPI document; `crate::problem` writes it.

use super::ClauseView;
use serde::Serialize;
use utoipa::ToSchema;

/// A refusal (RFC 9457): what is wrong, by which clause, and what would make it pass.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Names the kind.
    pub r#type: String,
    /// What it is, in the caller's language.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code of `errors.toml`.
    pub code: String,
    /// What is wrong here and what would be right.
    pub detail: String,
    /// Clauses that ask for it.
    pub clauses: Vec<ClauseView>,
    /// Fields with their own sentences.
    pub fields: Vec<FieldProblem>,
    /// What would make it pass.
    pub remedy: Option<String>,
    /// The rule, `assign/certified`.
    pub rule: Option<String>,
    /// `block`, `reason`, `note`.
    pub grade: Option<String>,
    /// Names the request in the log.
    pub request_id: String,
    /// For stale versions: the version now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i64>,
    /// For a workbook without a header row: somebody may say which column is which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub columns: Option<bool>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field; lines as `lines[2].unit_price`.
    pub field: String,
    /// Stable code.
    pub code: String,
    /// What is wrong and what would be right.
    pub detail: String,
}
