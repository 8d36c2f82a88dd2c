//! What is shown with the subject of a case while it stands somewhere (留意).

use super::failure;
use crate::case::CaseState;
use base::Text;
use rulebook::Traces;
use rulebook::model::{Process, Step};

/// The fields shown now: those of the state that are filled, where there is a file to show them on.
fn shown<'a>(process: &'a Process, case: &'a CaseState) -> Vec<&'a str> {
    let subject = match process.subject.as_str() {
        "unit" => case.unit.is_some(),
        "customer" => case.customer.is_some(),
        _ => false,
    };
    let main = case.tracks.get("main").filter(|_| subject);
    main.into_iter()
        .flat_map(|at| process.heeded(&at.state, &case.data))
        .map(|(id, _)| id)
        .collect()
}

/// Where something is shown the state bites; where the case stands elsewhere it lets pass.
pub fn trace(process: &Process, case: &CaseState, traces: &mut Traces) {
    let main = case.tracks.get("main").map(|at| at.state.as_str());
    for state in process.states.iter().filter(|state| !state.heed.is_empty()) {
        let path = format!("{}/{}.{}/heed", process.id, state.track, state.id);
        if main != Some(state.id.as_str()) {
            traces.passed.insert(path);
        } else if !shown(process, case).is_empty() {
            traces.bit.insert(path);
        }
    }
}

/// Compares with what the step expects.
pub fn check(process: &Process, case: &CaseState, step: &Step) -> Result<(), Text> {
    let Some(wanted) = &step.heeded else { return Ok(()) };
    let got = shown(process, case);
    if got.len() == wanted.len() && wanted.iter().all(|field| got.contains(&field.as_str())) {
        return Ok(());
    }
    let (wanted, got) = (wanted.join(", "), got.join(", "));
    Err(failure(
        format!("随档案显示的应为“{wanted}”，实际为“{got}”"),
        format!("`{wanted}` should be shown with the subject, it is `{got}`"),
    ))
}
