//! How many three-guarantees verdicts one core gives in a second, and explains.

use super::page::Page;
use super::stopwatch;
use base::Lang;
use base::time::Zone;
use engine::why::Reader;
use engine::{Judge, VerdictFacts};
use rulebook::Release;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

/// Long enough that the first, cold verdicts do not count.
const SPAN: Duration = Duration::from_secs(2);

/// Over the pack's own examples in turn: with the law as a company has it, by the company's rules
/// alone, and with every step put into a sentence.
pub fn measure(release: &Release, page: &mut Page) {
    let facts: Vec<VerdictFacts> = release
        .examples
        .iter()
        .filter(|example| example.process.is_none())
        .filter_map(|example| serde_json::from_value(Json::Object(example.given.clone())).ok())
        .collect();
    if facts.is_empty() {
        return;
    }
    let calendars = BTreeMap::new();
    let lawful = Judge::new(release, &calendars);
    let alone = lawful.clone().alone();
    let zone = Zone::default();
    let reader = Reader { release, process: None, zone: &zone, lang: Lang::Zh };
    let name = "three-guarantees verdicts per second on one core";
    let each = format!("the pack's own {} examples in turn", facts.len());
    let steps = "explained by every step with its values and clauses";
    let mut figure = |rate: f64, how: String| page.figure(name, format!("{rate:.0}"), how);
    if release.law.is_some() {
        figure(
            rate(&facts, |facts| lawful.judge(facts)),
            format!("{each}, law included, {steps}; budget 300,000"),
        );
    }
    figure(rate(&facts, |facts| alone.judge(facts)), format!("{each}, without the law, {steps}"));
    let spoken = rate(&facts, |facts| {
        lawful.judge(facts).map(|mut verdict| {
            verdict.speak(reader);
            verdict
        })
    });
    figure(spoken, format!("{each}, law included, {steps}, each put into a Chinese sentence"));
}

fn rate<T>(facts: &[VerdictFacts], judge: impl Fn(&VerdictFacts) -> T) -> f64 {
    let mut next = facts.iter().cycle();
    let (times, took) = stopwatch::repeated(SPAN, || {
        if let Some(facts) = next.next() {
            drop(black_box(judge(facts)));
        }
    });
    #[expect(clippy::cast_precision_loss, reason = "a rate is shown with three digits")]
    let rate = times as f64 / took.as_secs_f64();
    rate
}
