//! What other cases say against one (疑点), for a reader who does not see them: that there is
//! something, not where. A station learns neither number nor pictures of another one's cases.

use crate::app::App;
use crate::problem::Answer;
use base::{CaseId, Text};
use rulebook::model::{Effect, Process};
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;
use store::Scope;

/// The fact by which rules write such rows.
const DOUBTS: &str = "doubts";

/// What stands in place of the number.
pub fn words() -> Text {
    Text::new("其他站的单据", "another station's case")
}

/// Takes from the answers of a case what the rows of its doubts tell of cases outside a scope;
/// `said` stands in place of their numbers.
pub async fn hide(
    app: &App,
    process: &Process,
    answers: &mut Map<String, Json>,
    scope: &Scope,
    said: &str,
) -> Answer<()> {
    let lists = lists(process);
    let rows = lists.iter().filter_map(|list| answers.get(*list)?.as_array()).flatten();
    let mut named: Vec<CaseId> = rows.filter_map(other).collect();
    if named.is_empty() {
        return Ok(());
    }
    named.sort_unstable();
    named.dedup();
    let seen = app.store().cases_seen(&named, scope).await?;
    for list in lists {
        for row in answers.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten() {
            let hidden = other(row).is_some_and(|case| !seen.contains(&case));
            if let Some(row) = row.as_object_mut().filter(|_| hidden) {
                row.remove("case");
                row.remove("twins");
                row.insert("number".to_owned(), said.into());
            }
        }
    }
    Ok(())
}

/// The fields that some act of a process fills from the fact.
fn lists(process: &Process) -> BTreeSet<&str> {
    let actions = process.actions.iter().chain([&process.start]);
    let filled = actions.flat_map(|action| &action.effects).filter_map(|effect| match effect {
        Effect::Set { set, value, .. } if value.mentions(DOUBTS) => Some(set.as_str()),
        _ => None,
    });
    filled.collect()
}

/// The other case that a row names.
fn other(row: &Json) -> Option<CaseId> {
    row.get("case")?.as_str()?.parse().ok()
}
