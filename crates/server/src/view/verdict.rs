//! A verdict as shown: the interface's shape plus the words of its clauses.

use super::ClauseView;
use crate::app::App;
use base::Lang;
use engine::Verdict;
use engine::why::Reader;
use rulebook::Release;
use serde::Serialize;
use utoipa::ToSchema;

/// The three-guarantees verdict (三包判定).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Verdict)]
pub struct VerdictView {
    /// Null when a missing fact could change the answer.
    covered: Option<bool>,
    /// `repair`, `replace`, `exchange`, `refund`, `repair_at_charge`, `replace_at_charge`.
    remedy: Option<String>,
    /// `maker`, `customer`, `station`, `supplier`.
    payer: Option<String>,
    /// The first decides.
    clauses: Vec<String>,
    /// Their words in the caller's language.
    clause_texts: Vec<ClauseView>,
    term: Option<TermView>,
    /// Sentences in the caller's language.
    because: Vec<String>,
    missing: Vec<String>,
    triggers: Vec<TriggerView>,
    rulebook: PackVersion,
    row: Option<String>,
}

/// The term of the part.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TermView {
    starts: String,
    start_basis: String,
    ends: String,
    suspended_days: i64,
    days_left: i64,
}

/// How far a statutory trigger is.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TriggerView {
    id: String,
    count: i64,
    limit: i64,
    at: Option<String>,
    clause: String,
}

/// Which pack judged.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PackVersion {
    id: String,
    version: String,
}

impl VerdictView {
    /// The verdict in the caller's language.
    pub fn of(app: &App, release: &Release, verdict: &Verdict, lang: Lang) -> Self {
        let reader = Reader { release, process: None, zone: app.zone(), lang };
        let because = if verdict.why.is_empty() {
            verdict.because.clone()
        } else {
            reader.sentences(&verdict.why)
        };
        Self {
            covered: verdict.covered,
            remedy: verdict.remedy.clone(),
            payer: verdict.payer.clone(),
            clauses: verdict.clauses.clone(),
            clause_texts: ClauseView::all(release, &verdict.clauses, lang),
            term: verdict.term.as_ref().map(|term| TermView {
                starts: term.starts.to_string(),
                start_basis: term.start_basis.clone(),
                ends: term.ends.to_string(),
                suspended_days: term.suspended_days,
                days_left: term.days_left,
            }),
            because,
            missing: verdict.missing.clone(),
            triggers: verdict
                .triggers
                .iter()
                .map(|t| TriggerView {
                    id: t.id.clone(),
                    count: t.count,
                    limit: t.limit,
                    at: t.at.map(|day| day.to_string()),
                    clause: t.clause.clone(),
                })
                .collect(),
            rulebook: PackVersion {
                id: verdict.rulebook.id.clone(),
                version: verdict.rulebook.version.clone(),
            },
            row: verdict.row.clone(),
        }
    }
}
