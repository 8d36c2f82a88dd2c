//! A verdict example: facts in `given`, fields of the verdict in `then`.
//!
//! `then = { refused = "fault" }` expects that the facts are refused, and at which fact.

use super::expect::differs;
use super::{failure, trace};
use crate::verdict::VerdictFacts;
use crate::warranty::{FactsRefused, Judge};
use base::Text;
use rulebook::model::Example;
use rulebook::{Release, Traces};
use serde_json::Value as Json;

/// Runs the example; an error says what was expected and what came.
pub fn run(release: &Release, example: &Example, traces: &mut Traces) -> Result<(), Text> {
    let given = Json::Object(example.given.clone());
    let mut judge = Judge::new(release, &release.calendars);
    // A company's example proves the company's rules; one that speaks of the law asks both.
    let company = release.law.as_ref().is_some_and(|law| law.packs.len() < release.packs.len());
    if company && !example.then.contains_key("law") {
        judge = judge.alone();
    }
    let answer = VerdictFacts::read(&given).and_then(|facts| {
        trace::words(&facts, traces);
        judge.judge(&facts)
    });
    let wanted = example.then.get("refused").and_then(Json::as_str);
    match (answer, wanted) {
        (Err(refused), Some(field)) => same_field(&refused, field),
        (Err(refused), None) => Err(failure(
            format!("事实被拒绝：{}", refused.sentence.zh),
            format!("the facts were refused: {}", refused.sentence.en),
        )),
        (Ok(verdict), Some(field)) => Err(failure(
            format!("应拒绝事实“{field}”，实际判定为 {:?}", verdict.row),
            format!("`{field}` should be refused, the verdict was {:?}", verdict.row),
        )),
        (Ok(verdict), None) => {
            trace::why(&verdict.why, traces);
            trace::rows(release, &verdict, traces);
            let got = serde_json::to_value(&verdict).unwrap_or_default();
            let wanted = Json::Object(example.then.clone());
            differs("", &wanted, &got).map_or(Ok(()), Err)
        }
    }
}

fn same_field(refused: &FactsRefused, field: &str) -> Result<(), Text> {
    if refused.field == field {
        return Ok(());
    }
    Err(failure(
        format!("应拒绝事实“{field}”，实际拒绝“{}”", refused.field),
        format!("`{field}` should be refused, `{}` was", refused.field),
    ))
}
