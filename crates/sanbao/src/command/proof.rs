//! What the examples prove for `sanbao check`: which clauses they show at work, and whether they
//! notice when a rule is taken away.

use engine::example::run_one;
use rulebook::model::{Carrier, Example};
use rulebook::mutants::{Mutant, mutants};
use rulebook::{Coverage, Finding, Place, Release, Traces};

/// The examples of a release as they ran.
pub struct Proof<'r> {
    release: &'r Release,
    /// Traces by example, in the order of the release.
    traces: Vec<Traces>,
    /// Examples that failed: nothing is proved by them.
    pub failed: Vec<Finding>,
}

impl<'r> Proof<'r> {
    /// Runs every example once.
    pub fn new(release: &'r Release) -> Self {
        let mut proof = Self { release, traces: Vec::new(), failed: Vec::new() };
        for example in &release.examples {
            let (result, traces) = run_one(release, example);
            if let Some(failure) = result.failure {
                let name = &result.name;
                proof.failed.push(Finding::error(
                    "example-fails",
                    place(&result.at),
                    format!("示例“{name}”不成立：{}", failure.zh),
                    format!("the example `{name}` fails: {}", failure.en),
                ));
            }
            proof.traces.push(traces);
        }
        proof
    }

    /// Corrects which clauses lack an example, by what the traces show.
    pub fn show(&self, coverage: &mut Coverage) {
        let mut all = Traces::default();
        self.traces.iter().for_each(|traces| all.join(traces.clone()));
        coverage.packs.iter_mut().for_each(|pack| all.apply(self.release, pack));
    }

    /// Takes each rule away in turn. How many were, and a finding for each that no example misses.
    pub fn survivors(&self) -> (usize, Vec<Finding>) {
        let mut count = 0;
        let mut findings = Vec::new();
        for mutant in mutants(self.release) {
            count += 1;
            if !self.noticed(&mutant) {
                findings.push(survivor(&mutant));
            }
        }
        (count, findings)
    }

    /// Whether an example fails without the rule. Only those that met it or name it can.
    fn noticed(&self, mutant: &Mutant) -> bool {
        let path = &mutant.carrier.path;
        let met = |traces: &Traces| traces.bit.contains(path) || traces.passed.contains(path);
        let named = |example: &Example| {
            example.steps.iter().any(|s| s.notified.contains(path) || s.printed.contains(path))
        };
        let examples = mutant.release.examples.iter().zip(&self.traces);
        let fails = |example| run_one(&mutant.release, example).0.failure.is_some();
        let asked = examples.filter(|(example, traces)| met(traces) || named(example));
        asked.map(|(example, _)| example).any(fails)
    }
}

fn survivor(mutant: &Mutant) -> Finding {
    let Carrier { kind, path, at } = &mutant.carrier;
    let clauses = mutant.clauses.join(", ");
    Finding::error(
        "mutant-survives",
        place(at),
        format!("去掉 {kind} {path}（{clauses}）后所有示例仍然成立；补一个它起作用的示例"),
        format!(
            "without the {kind} {path} ({clauses}) every example still passes; add one in which \
             it matters"
        ),
    )
}

/// `file:line` as a place.
fn place(at: &str) -> Place {
    let (file, line) = at.rsplit_once(':').unwrap_or((at, "1"));
    Place::new(file, line.parse().unwrap_or(1))
}
