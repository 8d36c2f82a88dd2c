//! A verdict as shown: the interface's shape plus the words of its clauses.

use super::ClauseView;
use crate::app::App;
use base::{Lang, Word};
use engine::Verdict;
use engine::verdict::{LawLine, LawSide, ReleaseRef};
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
    /// What the law says beside the company; null without a law pack.
    law: Option<LawView>,
    /// Which release judged; null for verdicts of before releases were named.
    judged_by: Option<JudgedByView>,
}

/// The release that judged, and the one in force when the term started.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JudgedByView {
    release: ReleaseView,
    sale: ReleaseView,
}

/// A published release.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReleaseView {
    hash: String,
    /// In force from this day.
    effective: Option<String>,
    /// The company's pack with its version.
    version: String,
}

impl ReleaseView {
    fn of(release: &ReleaseRef) -> Self {
        Self {
            hash: release.hash.clone(),
            effective: release.effective.map(|day| day.to_string()),
            version: release.version.clone(),
        }
    }
}

/// The legal floor beside the company's rules.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LawView {
    rulebook: PackVersion,
    company: CompanyView,
    rows: Vec<LawLineView>,
    /// The row of the law that decides; null where the company's rules are no worse.
    decides: Option<String>,
}

/// The company's own answer, before the law.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CompanyView {
    covered: Option<bool>,
    remedy: Option<String>,
    payer: Option<String>,
    clauses: Vec<String>,
    /// Last day of the term by the company's rules.
    ends: Option<String>,
}

/// One rule of the law that speaks to these facts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LawLineView {
    row: String,
    /// `holds`, `verify` (shown, never decides), `open` (a fact is missing).
    standing: String,
    /// Law, article and date.
    source: String,
    clauses: Vec<String>,
    remedy: Option<String>,
    payer: Option<String>,
    ends: Option<String>,
    missing: Vec<String>,
}

/// A word, where there is one.
fn said(word: Option<&Word>) -> Option<String> {
    word.map(ToString::to_string)
}

impl LawView {
    fn of(law: &LawSide) -> Self {
        let company = &law.company;
        let day = |day: Option<base::Day>| day.map(|day| day.to_string());
        let row = |line: &LawLine| LawLineView {
            row: line.row.to_string(),
            standing: line.standing.as_str().to_owned(),
            source: line.source.to_string(),
            clauses: line.clauses.to_vec(),
            remedy: said(line.remedy.as_ref()),
            payer: said(line.payer.as_ref()),
            ends: day(line.ends),
            missing: line.missing.clone(),
        };
        Self {
            rulebook: PackVersion {
                id: law.rulebook.id.to_string(),
                version: law.rulebook.version.to_string(),
            },
            company: CompanyView {
                covered: company.covered,
                remedy: said(company.remedy.as_ref()),
                payer: said(company.payer.as_ref()),
                clauses: company.clauses.to_vec(),
                ends: day(company.ends),
            },
            rows: law.rows.iter().map(row).collect(),
            decides: said(law.decides.as_ref()),
        }
    }
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
            remedy: said(verdict.remedy.as_ref()),
            payer: said(verdict.payer.as_ref()),
            clauses: verdict.clauses.to_vec(),
            clause_texts: ClauseView::all(release, &verdict.clauses, lang),
            term: verdict.term.as_ref().map(|term| TermView {
                starts: term.starts.to_string(),
                start_basis: term.start_basis.to_string(),
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
                id: verdict.rulebook.id.to_string(),
                version: verdict.rulebook.version.to_string(),
            },
            row: said(verdict.row.as_ref()),
            law: verdict.law.as_deref().map(LawView::of),
            judged_by: verdict.judged_by.as_deref().map(|by| JudgedByView {
                release: ReleaseView::of(&by.release),
                sale: ReleaseView::of(&by.sale),
            }),
        }
    }
}
