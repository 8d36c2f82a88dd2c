//! Examples (示例): the proof of a rulebook, run without a store, without a clock.
//!
//! A verdict example asks the judge; a story drives [`crate::decide`] through its steps. Both leave
//! traces: which rules bit and which were asked and let pass.

mod expect;
mod given;
mod graded;
mod heeded;
mod scheduled;
mod stock;
mod story;
mod tallied;
mod trace;
mod verdict;

use crate::{CaseState, Command, Facts};
use base::{Instant, Text};
use rulebook::model::Example;
use rulebook::{Release, Traces};

/// How one example went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleResult {
    /// Its name.
    pub name: String,
    /// File and line.
    pub at: String,
    /// What was expected and what came; `None` when it passed.
    pub failure: Option<Text>,
}

/// How the examples of a release went.
#[derive(Debug, Clone, Default)]
pub struct ExampleReport {
    /// One by one, in file order.
    pub results: Vec<ExampleResult>,
    /// What they show about each rule, for coverage and mutants.
    pub traces: Traces,
}

impl ExampleReport {
    /// How many passed and how many failed.
    pub fn counts(&self) -> (usize, usize) {
        let failed = self.results.iter().filter(|result| result.failure.is_some()).count();
        (self.results.len() - failed, failed)
    }
}

/// Runs every example of a release.
pub fn run(release: &Release) -> ExampleReport {
    let mut report = ExampleReport::default();
    for example in &release.examples {
        let (result, traces) = run_one(release, example);
        report.results.push(result);
        report.traces.join(traces);
    }
    report
}

/// Runs one example.
pub fn run_one(release: &Release, example: &Example) -> (ExampleResult, Traces) {
    let mut traces = Traces::default();
    let set = example.given.get("params").and_then(serde_json::Value::as_object);
    let changed = set.map(|set| given::with_params(release, set));
    let release = changed.as_ref().unwrap_or(release);
    let outcome = if example.process.is_some() || !example.steps.is_empty() {
        story::run(release, example, &mut traces)
    } else if example.graded {
        graded::run(release, example, &mut traces)
    } else if example.scorecard.is_some() {
        tallied::run(release, example, &mut traces)
    } else {
        verdict::run(release, example, &mut traces)
    };
    let result = ExampleResult {
        name: example.name.clone(),
        at: example.at.clone(),
        failure: outcome.err(),
    };
    (result, traces)
}

/// A command of a story with all that it is decided on.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The case as it then stood; `None` before it was opened.
    pub case: Option<CaseState>,
    /// What the store would have brought.
    pub facts: Facts,
    /// Who does what.
    pub command: Command,
    /// When.
    pub now: Instant,
}

/// The commands of a story, each as [`crate::decide`] is asked: what a measurement takes its time
/// of. A story that fails ends with the step that failed.
pub fn moments(release: &Release, example: &Example) -> Vec<Moment> {
    story::moments(release, example)
}

/// A failure in both languages.
fn failure(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}
