//! The case machine: a command against a case gives a decision or a refusal.
//!
//! Pure and total: whatever is asked, the answer is one of the three of [`Outcome`]. Every command
//! first fires what was due before it; the timer is an empty command.

mod approving;
mod capacity;
mod children;
mod counting;
mod effects;
mod granting;
mod handing;
mod judging;
mod late;
mod migrating;
mod offers;
mod passing;
mod postings;
mod refuse;
mod refuse_grants;
pub(crate) mod requires;
mod run;
mod timing;

pub use approving::{missing, seated};
pub use capacity::{Asking, Capacity, actor_refusal, may_act, office};
pub use handing::HANDED_ON;
pub use judging::verdict_facts;
pub use migrating::{Migrated, Migration, migrate};
pub use offers::offers;
pub use passing::DEADLINE_WARNING;
pub use refuse::who;
pub use requires::decides_offer;
pub use timing::{next_wake, rule_of};

use crate::case::{CaseState, TrackState};
use crate::command::{Actor, ChildEnd, Command, Opening};
use crate::decision::{Decision, Followup, Outcome, Refusal};
use crate::facts::Facts;
use crate::grants::Grants;
use crate::scope::View;
use base::{Instant, Text};
use rulebook::Release;
use run::Run;
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet};

/// Decides a command. `case` is `None` to open one; `release` is the one the case is pinned to.
///
/// A refusal changes nothing; what time did meanwhile is decided by [`advance`].
pub fn decide(
    release: &Release,
    case: Option<&CaseState>,
    facts: &Facts,
    command: &Command,
    now: Instant,
) -> Outcome {
    let Some(case) = case.cloned().or_else(|| draft(release, command, now)) else {
        return nothing_to_open(command);
    };
    let opens = case.tracks.is_empty() || !case.tracks.contains_key("main");
    let Some(process) = release.processes.get(&case.process) else {
        return Outcome::Refused(Box::new(refuse::unknown_process(&case)));
    };
    let mut run = Run::new(release, process, facts, command, case, now);
    if !opens {
        run.advance();
    }
    if let Some(end) = command.child.as_ref().filter(|_| !opens) {
        return run.child_ended(end);
    }
    if let Some(handing) = command.handing.as_ref().filter(|_| !opens) {
        return run.hand(handing);
    }
    let Some(id) = command.action.as_deref() else {
        let fired = !run.entries.is_empty();
        return if fired { Outcome::Decided(Box::new(run.finish())) } else { Outcome::Ignored };
    };
    let action = process.action(id).filter(|action| opens == (action.id == "open"));
    let Some(action) = action else {
        let unknown = refuse::unknown_action(&run.case, process, id);
        return Outcome::Refused(Box::new(unknown));
    };
    if opens {
        run.enter_initial();
    }
    match run.act(action) {
        Ok(()) => Outcome::Decided(Box::new(run.finish())),
        Err(refused) => Outcome::Refused(refused),
    }
}

/// The same as [`decide`], for an answer that nobody applies: what would happen.
pub fn preview(
    release: &Release,
    case: Option<&CaseState>,
    facts: &Facts,
    command: &Command,
    now: Instant,
) -> Outcome {
    decide(release, case, facts, command, now)
}

/// Lets time pass: fires what was due before `now`; `None` when nothing was.
pub fn advance(
    release: &Release,
    case: &CaseState,
    facts: &Facts,
    now: Instant,
) -> Option<Decision> {
    match decide(release, Some(case), facts, &Command::timer(now), now) {
        Outcome::Decided(decision) => Some(*decision),
        Outcome::Refused(_) | Outcome::Ignored => None,
    }
}

/// What is open now and to whom, without a command: after a change of rules, people or time.
pub fn offers_now(
    release: &Release,
    case: &CaseState,
    facts: &Facts,
    now: Instant,
) -> Vec<crate::decision::Offer> {
    let Some(process) = release.processes.get(&case.process) else { return Vec::new() };
    let command = Command::timer(now);
    let mut view = View::new(release, process, facts, &command, now);
    view.refresh(case);
    offers(&view, case, process)
}

/// A case about to be opened: side tracks in their first states, main not begun.
pub(crate) fn draft(release: &Release, command: &Command, now: Instant) -> Option<CaseState> {
    let opening = command.opening.as_ref()?;
    let at = if command.late.is_some() { command.occurred_at } else { now };
    let first = |state: &str| TrackState {
        state: state.to_owned(),
        since: at,
        entry: 1,
        last_occurred: at,
    };
    let tracks = release
        .processes
        .get(&opening.process)
        .map(|process| process.tracks.iter().map(|t| (t.id.clone(), first(&t.initial))).collect());
    Some(CaseState {
        id: None,
        number: None,
        process: opening.process.clone(),
        release: release.hash.clone(),
        org: opening.org,
        version: 0,
        opened_at: at,
        opener: command.actor.person,
        owner: command.actor.person,
        assignee: None,
        unit: opening.unit,
        customer: opening.customer,
        parent: opening.parent,
        tracks: tracks.unwrap_or_default(),
        data: Map::new(),
        doers: BTreeMap::new(),
        grants: Grants::default(),
        acts: BTreeMap::new(),
        heard: BTreeSet::new(),
        counted: Vec::new(),
        deadlines: Vec::new(),
        closed_at: None,
    })
}

fn nothing_to_open(command: &Command) -> Outcome {
    let refusal = Refusal {
        code: "unknown-process".to_owned(),
        process: String::new(),
        state: String::new(),
        action: command.action.clone().unwrap_or_default().chars().take(80).collect(),
        rule: String::new(),
        clauses: Vec::new(),
        sentence: Text::new("没有指明要开的流程", "no process to open is named"),
        remedy: None,
        grade: None,
        fields: Vec::new(),
        account: None,
    };
    Outcome::Refused(Box::new(refusal))
}

impl Command {
    /// The empty command: only lets time pass.
    pub fn timer(now: Instant) -> Self {
        Self {
            action: None,
            opening: None,
            form: Map::new(),
            reason: None,
            actor: Actor::system(),
            occurred_at: now,
            late: None,
            child: None,
            handing: None,
        }
    }

    /// The command that tells a parent that its child ended.
    pub fn child_ended(end: ChildEnd, now: Instant) -> Self {
        Self { child: Some(end), ..Self::timer(now) }
    }

    /// The command that opens the child of a [`Followup::Open`], under the release in force now.
    pub fn open_child(parent: &CaseState, followup: &Followup, now: Instant) -> Option<Self> {
        let Followup::Open { process, form } = followup else { return None };
        Some(Self {
            action: Some("open".to_owned()),
            opening: Some(Opening {
                process: process.clone(),
                org: parent.org,
                unit: parent.unit,
                customer: parent.customer,
                parent: parent.id,
            }),
            form: form.clone(),
            ..Self::timer(now)
        })
    }
}
