//! What is open now and to whom: the to-do rows.

use super::approving::missing;
use super::requires;
use crate::case::CaseState;
use crate::decision::Offer;
use crate::grants::Vote;
use crate::scope::View;
use base::{Instant, PersonId};
use rulebook::model::{Action, Grade, Process, Trigger};

/// The offers of a case as it stands. The view must have no form.
pub fn offers(view: &View<'_>, case: &CaseState, process: &Process) -> Vec<Offer> {
    process
        .actions
        .iter()
        .filter(|action| action.on_child.is_none())
        .filter(|action| requires::is_open(view, case, action))
        .map(|action| offer(view, case, process, action))
        .collect()
}

fn offer(view: &View<'_>, case: &CaseState, process: &Process, action: &Action) -> Offer {
    let fails = |grade: Grade| {
        action.requires.iter().find(|require| {
            require.grade == grade
                && requires::decides_offer(&require.when)
                && requires::lifted(view.release, case, action, require).is_none()
                && !require.when.eval(view).is_true()
        })
    };
    let blocked = fails(Grade::Block).or_else(|| fails(Grade::Reason));
    let votes = case.grants.votes(&action.id);
    let by = open_to(case, action);
    Offer {
        action: action.id.clone(),
        person: only_person(case, &by),
        by,
        handed: case.grants.handed.get(&action.id).cloned(),
        approved: votes.iter().flat_map(Vote::people).collect(),
        todo: action.todo,
        due_at: due_at(case, process, action),
        blocked: blocked.map(|require| requires::refusal(view, case, action, require)),
    }
}

/// To whom it is open: of several approvers those still missing; to nobody else while one person
/// has it by name.
fn open_to(case: &CaseState, action: &Action) -> Vec<String> {
    if let Some(approvals) = &action.approvals {
        let missing = missing(approvals, case.grants.votes(&action.id));
        return missing.into_iter().map(str::to_owned).collect();
    }
    let handed = case.grants.handed.contains_key(&action.id);
    if handed { Vec::new() } else { action.by.clone() }
}

/// The one person who may, when the action is for nobody else.
fn only_person(case: &CaseState, by: &[String]) -> Option<PersonId> {
    match by {
        [by] => match by.as_str() {
            "@assignee" => case.assignee,
            "@opener" => case.opener,
            "@owner" => case.owner,
            _ => None,
        },
        _ => None,
    }
}

/// The earliest open deadline the action would stop.
fn due_at(case: &CaseState, process: &Process, action: &Action) -> Option<Instant> {
    let from = case.tracks.get(&action.track).map(|t| format!("{}.{}", action.track, t.state));
    let to = action.to.as_ref().map(|to| format!("{}.{to}", action.track));
    let stops = |trigger: &Trigger| match trigger {
        Trigger::Action(id) => *id == action.id,
        Trigger::Leave(state) => to.is_some() && from.as_ref() == Some(state) && to != from,
        Trigger::Enter(state) => to.as_ref() == Some(state),
        Trigger::Customer => false,
    };
    case.deadlines
        .iter()
        .filter(|d| d.status.is_open() && d.due_at != Instant::NEVER)
        .filter(|d| {
            let rule = process.deadlines.iter().find(|rule| rule.id == d.deadline);
            rule.is_some_and(|rule| rule.stops.iter().any(stops))
        })
        .map(|d| d.due_at)
        .min()
}
