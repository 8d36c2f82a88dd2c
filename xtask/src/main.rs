//! `cargo xtask <command>`: the repository's own tools.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use xtask::{Finding, codegen, deps, repo, tidy};

const HELP: &str = "cargo xtask <command>

  tidy               house rules: sizes, words, boundaries, dependencies, licences
  codegen [--check] [BINARY]
                     write the derived files, or prove them fresh; BINARY is a built `sanbao`";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["tidy"] => run_tidy(),
        ["codegen", "--check", binary @ ..] => run_codegen(true, binary.first().map(Path::new)),
        ["codegen", binary @ ..] => run_codegen(false, binary.first().map(Path::new)),
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run_tidy() -> Result<(), String> {
    let root = repo::root();
    let files = repo::sources(&root).map_err(|error| error.to_string())?;
    let list = fs::read_to_string(root.join(tidy::exemptions::PATH)).unwrap_or_default();
    let mut findings =
        tidy::exemptions::apply(&list, tidy::exemptions::MAX_EXEMPTIONS, tidy::check(&files));
    findings.extend(deps::check(&root)?);
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    if lines.is_empty() { Ok(()) } else { Err(lines.join("\n")) }
}

fn run_codegen(check: bool, binary: Option<&Path>) -> Result<(), String> {
    let report = codegen::run(&repo::root(), check, binary)?;
    for step in &report.left_out {
        println!("left out: {step}");
    }
    for path in &report.changed {
        println!("{} {path}", if check { "stale" } else { "written" });
    }
    if check && !report.changed.is_empty() {
        return Err("run `cargo xtask codegen` and commit what it writes".to_owned());
    }
    Ok(())
}
