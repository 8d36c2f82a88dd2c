//! What stands granted on a case, as its page shows it: whose approval is there and whose missing,
//! to whom a to-do was handed on, which requirement may pass once.

use crate::view::{PersonRef, Words};
use base::{Lang, PersonId, Text};
use engine::{CaseState, Vote};
use rulebook::Release;
use rulebook::model::{Action, Process};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Names of people by printed id.
pub type Names = BTreeMap<String, String>;

/// A person with the name the page knows.
pub fn person(names: &Names, id: PersonId) -> PersonRef {
    PersonRef::new(id, names.get(&id.to_string()).map_or("", String::as_str))
}

/// The approvals of an action that several people do (会签、或签).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Approvals)]
pub struct ApprovalsView {
    /// Who approved, in the order they came.
    given: Vec<ApprovalView>,
    /// Roles of which one more would count.
    missing: Vec<Words>,
    /// How many it needs.
    needed: usize,
    /// Whether I approved.
    mine: bool,
}

/// One approval (同意).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Approval)]
pub struct ApprovalView {
    person: PersonRef,
    /// Whose office they held.
    on_behalf: Option<PersonRef>,
    /// For which seat.
    role: Option<Words>,
    at: String,
}

/// A to-do handed on (转办).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Handover)]
pub struct HandoverView {
    from: PersonRef,
    to: PersonRef,
    at: String,
    reason: String,
    /// Whether I may take it back.
    mine: bool,
}

/// A requirement that may pass once (特批放行).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Pass)]
pub struct PassView {
    /// What would refuse.
    refuse: Words,
    /// The action that lifts it.
    by: Words,
    person: Option<PersonRef>,
    at: String,
    reason: String,
}

/// A role or `@…` in words.
pub fn role(release: &Release, by: &str) -> Words {
    let word = |lang| engine::decide::who(release, by, lang);
    Text::new(word(Lang::Zh), word(Lang::En)).into()
}

/// The approvals of an action, when it asks for several.
pub fn approvals(
    release: &Release,
    case: &CaseState,
    action: &Action,
    me: PersonId,
    names: &Names,
) -> Option<ApprovalsView> {
    let approvals = action.approvals.as_ref()?;
    let votes = case.grants.votes(&action.id);
    let seats = engine::decide::seated(approvals, votes);
    let view = |(place, vote): (usize, &Vote)| {
        let seat = seats.iter().position(|taken| *taken == Some(place));
        let seat = seat.and_then(|seat| approvals.seats().get(seat));
        ApprovalView {
            person: person(names, vote.person),
            on_behalf: vote.on_behalf.map(|id| person(names, id)),
            role: seat.map(|seat| role(release, seat)),
            at: vote.at.to_string(),
        }
    };
    let missing = engine::decide::missing(approvals, votes);
    Some(ApprovalsView {
        given: votes.iter().enumerate().map(view).collect(),
        missing: missing.into_iter().map(|seat| role(release, seat)).collect(),
        needed: approvals.needed(),
        mine: votes.iter().flat_map(Vote::people).any(|person| person == me),
    })
}

/// To whom an action was handed on.
pub fn handover(
    case: &CaseState,
    action: &Action,
    me: PersonId,
    names: &Names,
) -> Option<HandoverView> {
    let handed = case.grants.handed.get(&action.id)?;
    Some(HandoverView {
        from: person(names, handed.from),
        to: person(names, handed.to),
        at: handed.at.to_string(),
        reason: handed.reason.clone(),
        mine: handed.from == me || handed.to == me,
    })
}

/// The requirements of an action that may pass once.
pub fn passes(
    process: &Process,
    case: &CaseState,
    action: &Action,
    names: &Names,
) -> Vec<PassView> {
    let own = case.grants.passes.iter().filter(|pass| pass.action() == action.id);
    let view = |pass: &engine::Pass| {
        let id = pass.require.rsplit('/').next().unwrap_or_default();
        let require = action.requires.iter().find(|require| require.id == id);
        let by = process.action(&pass.by);
        PassView {
            refuse: require.map_or_else(|| Words::key(id), |r| (&r.refuse).into()),
            by: by.map_or_else(|| Words::key(&pass.by), |action| (&action.title).into()),
            person: pass.person.map(|id| person(names, id)),
            at: pass.at.to_string(),
            reason: pass.reason.clone(),
        }
    };
    own.map(view).collect()
}

/// The refusals that an action lets pass once (特批放行): what its doer answers for.
pub fn lifted(process: &Process, action: &Action) -> Vec<Words> {
    let refusal = |lifted: &String| {
        let (action, require) = lifted.split_once('/')?;
        let requires = &process.action(action)?.requires;
        Some(Words::from(&requires.iter().find(|r| r.id == require)?.refuse))
    };
    action.lifts.iter().filter_map(refusal).collect()
}

/// Everybody whom the grants of a case name.
pub fn people(case: &CaseState) -> Vec<PersonId> {
    let grants = &case.grants;
    let votes = grants.votes.values().flatten().flat_map(Vote::people);
    let handed = grants.handed.values().flat_map(|handed| [handed.from, handed.to]);
    votes.chain(handed).chain(grants.passes.iter().filter_map(|pass| pass.person)).collect()
}
