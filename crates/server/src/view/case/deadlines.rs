//! Deadlines (时限) of a case.

use crate::view::{ClauseView, Words};
use base::{Instant, Lang};
use engine::why::span_words;
use engine::{CaseState, DeadlineStatus};
use rulebook::Release;
use rulebook::model::Process;
use serde::Serialize;
use utoipa::ToSchema;

/// A deadline as it stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Deadline)]
pub struct DeadlineView {
    id: String,
    deadline: String,
    title: Words,
    /// `pending`, `running`, `paused`, `breached`, `met`, `early`, `late`, `dropped`.
    #[schema(value_type = String)]
    status: DeadlineStatus,
    started_at: String,
    /// Null while its date is not known yet.
    due_at: Option<String>,
    /// The year whose holidays nobody has announced; the date is computed once they are known.
    waits_for_year: Option<i16>,
    /// Whether a warning was given and it is not yet over.
    warn: bool,
    clauses: Vec<ClauseView>,
    ended_at: Option<String>,
    /// Of a window: from when on it counts.
    opens_at: Option<String>,
    /// How long the clock has stood still so far, in seconds; a pause that goes on is not in it.
    paused_seconds: i64,
    /// Times it was broken.
    breaches: u32,
    /// Breaches annulled, because it had happened in time after all.
    annulled: u32,
    /// Steps of escalation taken since it broke, of how many.
    escalated: u32,
    escalations: u32,
    /// Approved extensions, each by how long; who and why stands in the timeline.
    extensions: Vec<Words>,
}

/// The deadlines of a case, open ones first, the earliest first.
pub fn deadlines(
    release: &Release,
    process: &Process,
    case: &CaseState,
    lang: Lang,
) -> Vec<DeadlineView> {
    let mut all: Vec<_> = case.deadlines.iter().collect();
    all.sort_by_key(|d| (!d.status.is_open(), d.due_at));
    let views = all.into_iter().enumerate().map(|(place, d)| {
        let rule = process.deadlines.iter().find(|rule| rule.id == d.deadline);
        // Word that a window has opened is no warning that it is about to close.
        let opens = rule.map_or(0, |rule| rule.warn.iter().filter(|w| w.opens).count());
        let opens = u32::try_from(opens).unwrap_or(0);
        DeadlineView {
            id: d.id.map_or_else(|| format!("due_{place}"), |id| id.to_string()),
            deadline: d.deadline.clone(),
            title: rule.map_or_else(|| Words::key(&d.deadline), |r| (&r.title).into()),
            status: d.status,
            started_at: d.started_at.to_string(),
            due_at: (d.due_at != Instant::NEVER).then(|| d.due_at.to_string()),
            waits_for_year: d.memory.unknown_year.filter(|_| d.status.is_open()),
            warn: d.warned > opens && d.status == DeadlineStatus::Running,
            clauses: rule.map(|r| ClauseView::all(release, &r.clause, lang)).unwrap_or_default(),
            ended_at: d.ended_at.map(|at| at.to_string()),
            opens_at: d.memory.opens_at.map(|at| at.to_string()),
            paused_seconds: d.memory.paused_seconds(),
            breaches: d.breaches,
            annulled: d.memory.annulled,
            escalated: d.memory.escalated,
            escalations: rule.map_or(0, |rule| u32::try_from(rule.escalate.len()).unwrap_or(0)),
            extensions: d.memory.extensions.iter().map(|e| span_words(e.by).into()).collect(),
        }
    });
    views.collect()
}
