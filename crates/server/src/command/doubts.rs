//! What other records say against a case (疑点), where an act asks.

use crate::app::App;
use crate::problem::Answer;
use engine::{CaseState, Doubt, Facts};
use rulebook::model::Action;
use store::doubts::Suspect;

/// The fact an act asks by.
const DOUBTS: &str = "doubts";

/// The doubts about a case, where the act names them.
pub async fn asked(
    app: &App,
    action: &Action,
    case: Option<&CaseState>,
    facts: &Facts,
) -> Answer<Vec<Doubt>> {
    let Some((case, id)) = case.and_then(|case| Some((case, case.id?))) else {
        return Ok(Vec::new());
    };
    if !action.reads_any(&[DOUBTS]) {
        return Ok(Vec::new());
    }
    let suspect = Suspect {
        case: id,
        process: case.process.clone(),
        parent: case.parent,
        org: case.org,
        unit: case.unit,
        data: case.data.clone(),
        history: facts.history.clone(),
        now: app.now(),
        today: app.today(),
    };
    Ok(app.store().doubts(&suspect).await?)
}
