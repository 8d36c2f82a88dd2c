//! How many three-guarantees verdicts one core gives in a second.

use super::stopwatch;
use engine::{Judge, VerdictFacts};
use rulebook::Release;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

/// Long enough that the first, cold verdicts do not count.
const SPAN: Duration = Duration::from_secs(3);

/// The rate over the pack's own examples, and how many there are; `None` without any.
pub fn per_second(release: &Release) -> Option<(f64, usize)> {
    let facts: Vec<VerdictFacts> = release
        .examples
        .iter()
        .filter(|example| example.process.is_none())
        .filter_map(|example| serde_json::from_value(Json::Object(example.given.clone())).ok())
        .collect();
    if facts.is_empty() {
        return None;
    }
    let calendars = BTreeMap::new();
    let judge = Judge::new(release, &calendars);
    let mut next = facts.iter().cycle();
    let (times, took) = stopwatch::repeated(SPAN, || {
        if let Some(facts) = next.next() {
            let _ = black_box(judge.judge(facts));
        }
    });
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
    let rate = times as f64 / took.as_secs_f64();
    Some((rate, facts.len()))
}
