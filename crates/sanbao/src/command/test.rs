//! `sanbao test`: runs the examples of rulebooks; the proof that a standard does what it says.

use crate::args::TestArgs;
use crate::packs;
use base::{Lang, Text};
use rulebook::Level;
use std::process::ExitCode;

/// Runs the command: 0 when all pass, 1 when one fails, 2 when there is nothing to run.
pub fn run(args: &TestArgs, lang: Lang) -> ExitCode {
    let packs = match packs::read(&args.dirs) {
        Ok(packs) => packs,
        Err(unusable) => return unusable.exit(lang),
    };
    let compiled = rulebook::compile(&packs);
    let Some(release) = &compiled.release else {
        for finding in compiled.findings.iter().filter(|f| f.level == Level::Error) {
            eprintln!("{}: {}", finding.at, finding.sentence.get(lang));
        }
        let broken = Text::new(
            "制度包有错误，示例无法运行；先运行 sanbao check",
            "the rulebook has errors, so its examples cannot run; run `sanbao check` first",
        );
        eprintln!("{}", broken.get(lang));
        return ExitCode::from(1);
    };
    let report = engine::example::run(release);
    for result in &report.results {
        match &result.failure {
            Some(text) => println!("FAIL {} {}: {}", result.at, result.name, text.get(lang)),
            None if args.verbose => println!("ok   {} {}", result.at, result.name),
            None => {}
        }
    }
    let (passed, failed) = report.counts();
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
