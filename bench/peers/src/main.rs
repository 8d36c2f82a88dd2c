//! The table of parts of `sanbao bench`, asked of other engines of decision tables in the same run:
//! a section for `docs/performance.md` on standard output, or an error where an engine answers
//! otherwise than ours.

mod cells;
mod dsntk;
#[path = "../../../crates/sanbao/src/command/bench/machine.rs"]
#[expect(dead_code, reason = "no process is looked at here")]
mod machine;
mod ours;
#[path = "../../../crates/sanbao/src/command/bench/parts.rs"]
mod parts;
#[path = "../../../crates/sanbao/src/command/bench/stopwatch.rs"]
mod stopwatch;
mod zen;

use std::fmt::Write as _;
use std::time::Duration;

/// Long enough that the first, cold decisions do not count.
const SPAN: Duration = Duration::from_secs(3);

/// How the comparison is meant.
const NOTE: &str = "\
Written by `make bench-peers`, which builds the workspace `bench/peers`. All engines ran after\n\
each other in one process, on one core, on the same table and the same facts, each fact made\n\
ready in the engine's own form before. Before anything was measured all gave the same answer to\n\
every fact.\n";

type Failed = Box<dyn std::error::Error>;

/// An engine that has read the table and holds every fact in its own form.
trait Engine {
    /// Its name and version.
    fn name(&self) -> String;
    /// How it was asked.
    fn how(&self) -> String;
    /// What it says of one fact, read out of its answer.
    fn answer(&self, fact: usize) -> Result<Answer, Failed>;
    /// Lets it answer every fact in turn until `span` is over: how many, and in what time.
    fn run(&self, span: Duration) -> (u64, Duration);
}

/// Covered or not, and the remedy.
type Answer = (bool, String);

fn main() -> Result<(), Failed> {
    let ours = ours::Ours::read();
    let facts = parts::facts(parts::PARTS).len();
    let expect = (0..facts).map(|fact| ours.answer(fact)).collect::<Result<Vec<_>, _>>()?;
    let engines: [Box<dyn Engine>; 3] =
        [Box::new(ours), Box::new(zen::Zen::read()?), Box::new(dsntk::Dsntk::read()?)];
    for engine in &engines {
        for (fact, expect) in expect.iter().enumerate() {
            let got = engine.answer(fact)?;
            if got != *expect {
                let name = engine.name();
                return Err(format!("fact {fact}: {name} says {got:?}, not {expect:?}").into());
            }
        }
    }
    print!("{}", section(&engines, expect.len()));
    Ok(())
}

fn section(engines: &[Box<dyn Engine>], facts: usize) -> String {
    let rows = 3 * parts::PARTS + 2;
    let mut text = format!(
        "## Beside other engines of decision tables\n\n{NOTE}\
         The table has {rows} rows and is asked {facts} facts in turn.\n\n"
    );
    for (name, said) in machine::lines() {
        let _ = writeln!(text, "- {name}: {said}");
    }
    text.push_str("\n| engine | facts per second | beside ours one by one | how |\n");
    text.push_str("|---|---:|---:|---|\n");
    let rates: Vec<f64> = engines.iter().map(|engine| rate(engine.run(SPAN))).collect();
    let mut row = |name: &str, rate: f64, how: &str| {
        let times = rate / rates[0];
        let times =
            if times < 1.0 { format!("1 / {:.1}", 1.0 / times) } else { format!("{times:.1} ×") };
        let _ = writeln!(text, "| {name} | {:.3} million | {times} | {how} |", rate / 1e6);
    };
    row("Sanbao, in bulk", parts::in_bulk(), &format!("{} facts in columns", parts::BULK));
    for (engine, rate) in engines.iter().zip(&rates) {
        row(&engine.name(), *rate, &engine.how());
    }
    text
}

fn rate((times, took): (u64, Duration)) -> f64 {
    times as f64 / took.as_secs_f64()
}

/// The version of a package as this workspace locks it.
fn version(package: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let entry = lock.split_once(&format!("name = \"{package}\"\nversion = \""));
    entry.and_then(|(_, rest)| rest.split('"').next()).unwrap_or("of an unknown version")
}
