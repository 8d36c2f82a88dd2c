//! The steps in the head of a case: those of the main track, then those of its side tracks.

use crate::view::Words;
use base::Instant;
use engine::CaseState;
use rulebook::model::{Process, State, StateKind};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A step in the head of the page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StepView {
    id: String,
    title: Words,
    /// `done`, `current`, `todo`.
    status: &'static str,
    entered_at: Option<String>,
}

/// The steps of a case. `entered` says when each state was last entered, by full name. What was
/// passed by and cannot come any more is left out.
pub fn steps(
    process: &Process,
    case: &CaseState,
    entered: &BTreeMap<String, Instant>,
) -> Vec<StepView> {
    let tracks = std::iter::once("main").chain(process.tracks.iter().map(|t| t.id.as_str()));
    tracks.flat_map(|track| of_track(process, case, entered, track)).collect()
}

fn of_track(
    process: &Process,
    case: &CaseState,
    entered: &BTreeMap<String, Instant>,
    track: &str,
) -> Vec<StepView> {
    let states: Vec<&State> = process.states.iter().filter(|s| s.track == track).collect();
    let now = case.tracks.get(track).map_or("", |t| t.state.as_str());
    let place = states.iter().position(|s| s.id == now);
    let kind = place.map(|p| states[p].kind);
    let over = kind.is_some_and(StateKind::is_final) || (track != "main" && case_is_over(case));
    // A state that is no step of its own belongs to the step before it; on a side track the steps
    // before it may have been passed by.
    let current = place.filter(|p| !states[*p].kind.is_final());
    let current = current.and_then(|p| (0..=p).rev().find(|i| states[*i].step));
    let standing = |i: usize, state: &State| {
        let was = entered.contains_key(&format!("{track}.{}", state.id));
        match current {
            Some(at) if at == i => Some("current"),
            Some(at) if i < at && (was || track == "main") => Some("done"),
            _ if over => was.then_some("done"),
            _ => Some("todo"),
        }
    };
    // Being dropped is no step anybody walks towards; it stands there once it has happened.
    let walked = |state: &State| {
        state.kind != StateKind::Cancelled || entered.contains_key(&format!("{track}.{}", state.id))
    };
    let steps = states.iter().enumerate().filter(|(_, state)| state.step && walked(state));
    steps
        .filter_map(|(i, state)| {
            let at = entered.get(&format!("{track}.{}", state.id));
            Some(StepView {
                id: state.id.clone(),
                title: (&state.title).into(),
                status: standing(i, state)?,
                entered_at: at.map(Instant::to_string),
            })
        })
        .collect()
}

/// Whether nothing begins on a side track any more.
fn case_is_over(case: &CaseState) -> bool {
    case.closed_at.is_some()
}
