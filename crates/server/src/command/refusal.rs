//! A refusal of the engine as a problem, with the words of its clauses.

use crate::problem::Problem;
use crate::view::words::clause_label;
use engine::Refusal;
use rulebook::Release;
use serde_json::{Value as Json, json};

/// The problem of a refusal.
pub fn problem_of(release: &Release, refusal: &Refusal) -> Problem {
    let mut problem = Problem::of_code(&refusal.code)
        .sentence(refusal.sentence.clone())
        .remedy(refusal.remedy.clone())
        .rule(&refusal.rule, refusal.grade.and_then(|g| serde_json::to_value(g).ok()))
        .with("process", json!(refusal.process))
        .with("state", json!(refusal.state))
        .with("action", json!(refusal.action));
    for id in &refusal.clauses {
        problem = problem.clause(clause(release, id));
    }
    for field in &refusal.fields {
        problem = problem.field(&field.field, &field.code, field.sentence.clone());
    }
    problem
}

/// A clause with its words in both languages; the problem picks one when it is written.
fn clause(release: &Release, id: &str) -> Json {
    match release.clauses.iter().find(|c| c.id == id) {
        Some(c) => json!({
            "id": c.id,
            "number": c.number,
            "label": clause_label(release, id),
            "text": { "zh": c.zh, "en": c.en },
        }),
        None => json!({ "id": id, "number": id, "label": id, "text": "" }),
    }
}
