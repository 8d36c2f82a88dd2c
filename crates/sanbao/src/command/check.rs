//! `sanbao check`: everything wrong with rulebooks, with file, line and a sentence.

use super::proof::Proof;
use crate::args::CheckArgs;
use crate::packs;
use base::{Lang, Text};
use rulebook::{Compiled, Finding, Level, PackCoverage};
use serde::Serialize;
use std::process::ExitCode;

/// Runs the command: 0 without errors, 1 with, 2 when the folders cannot be read.
pub fn run(args: &CheckArgs, lang: Lang) -> ExitCode {
    let packs = match packs::read(&args.dirs) {
        Ok(packs) => packs,
        Err(unusable) => return unusable.exit(lang),
    };
    let mut compiled = rulebook::compile(&packs);
    if let Some(release) = &compiled.release {
        compiled.findings.extend(engine::warranty::below_floor(release));
        compiled.findings.sort_by(|a, b| a.at.cmp(&b.at));
    }
    if args.coverage {
        // Each clause is named now, so the note that counts them says nothing more.
        compiled.findings.retain(|finding| finding.code != "uncovered-clauses");
        compiled.findings.append(&mut compiled.coverage.findings.clone());
        compiled.findings.sort_by(|a, b| a.at.cmp(&b.at));
    }
    let taken_away = prove(&mut compiled, args);
    if args.json {
        print_json(&compiled, lang);
    } else {
        print_text(&compiled, args.coverage, lang);
        if let Some((count, survivors)) = taken_away {
            let noticed = count - survivors;
            let text = Text::new(
                format!("去掉 {count} 条规则，{noticed} 条被示例发现，{survivors} 条没有"),
                format!("{count} rules taken away, {noticed} noticed, {survivors} not"),
            );
            println!("{}", text.get(lang));
        }
    }
    if compiled.has_errors() { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Runs the examples where their proof is asked for; how many rules were taken away, and how many
/// of them no example misses.
fn prove(compiled: &mut Compiled, args: &CheckArgs) -> Option<(usize, usize)> {
    if !(args.coverage || args.mutants || args.json) {
        return None;
    }
    let release = compiled.release.as_ref()?;
    let proof = Proof::new(release);
    proof.show(&mut compiled.coverage);
    let mut taken_away = None;
    if args.mutants {
        let (count, mut survivors) = proof.survivors();
        taken_away = Some((count, survivors.len()));
        compiled.findings.append(&mut survivors);
        compiled.findings.append(&mut proof.failed.clone());
        compiled.findings.sort_by(|a, b| a.at.cmp(&b.at));
    }
    taken_away
}

/// The shape of `--json`, fixed in `docs`: others script against it.
#[derive(Serialize)]
struct Report<'a> {
    packs: &'a [PackCoverage],
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    level: Level,
    file: &'a str,
    line: u32,
    code: &'a str,
    sentence: &'a str,
}

fn print_json(compiled: &Compiled, lang: Lang) {
    let findings = compiled.findings.iter().map(|finding| Row {
        level: finding.level,
        file: &finding.at.file,
        line: finding.at.line,
        code: finding.code,
        sentence: finding.sentence.get(lang),
    });
    let report = Report { packs: &compiled.coverage.packs, findings: findings.collect() };
    match serde_json::to_string_pretty(&report) {
        Ok(text) => println!("{text}"),
        Err(error) => eprintln!("{error}"),
    }
}

fn print_text(compiled: &Compiled, coverage: bool, lang: Lang) {
    for finding in &compiled.findings {
        println!("{}", sentence(finding, lang));
    }
    for pack in &compiled.coverage.packs {
        println!("{}", summary(pack, compiled).get(lang));
        if coverage {
            list(pack, lang);
        }
    }
    let errors = compiled.findings.iter().filter(|f| f.level == Level::Error).count();
    let notes = compiled.findings.len() - errors;
    let total = Text::new(
        format!("{errors} 个错误，{notes} 个提示"),
        format!("{errors} errors, {notes} notes"),
    );
    println!("{}", total.get(lang));
}

fn sentence(finding: &Finding, lang: Lang) -> String {
    let level = match (finding.level, lang) {
        (Level::Error, Lang::Zh) => "错误",
        (Level::Error, Lang::En) => "error",
        (Level::Note, Lang::Zh) => "提示",
        (Level::Note, Lang::En) => "note",
    };
    format!("{}: {level}[{}] {}", finding.at, finding.code, finding.sentence.get(lang))
}

fn summary(pack: &PackCoverage, compiled: &Compiled) -> Text {
    let hash = compiled.release.as_ref().map_or("", |release| &release.hash[..12]);
    Text::new(
        format!(
            "{} {}：{} 条，承载 {}，靠人 {}，未承载 {}；流程 {}，决策表 {}，示例 {} {hash}",
            pack.id,
            pack.version,
            pack.clauses,
            pack.enforced.len(),
            pack.people.len(),
            pack.uncovered.len(),
            pack.processes,
            pack.tables,
            pack.examples
        ),
        format!(
            "{} {}: {} clauses, {} enforced, {} left to people, {} uncovered; {} processes, {} \
             tables, {} examples {hash}",
            pack.id,
            pack.version,
            pack.clauses,
            pack.enforced.len(),
            pack.people.len(),
            pack.uncovered.len(),
            pack.processes,
            pack.tables,
            pack.examples
        ),
    )
}

fn list(pack: &PackCoverage, lang: Lang) {
    for (title, ids) in [
        (Text::new("承载", "enforced"), &pack.enforced),
        (Text::new("靠人", "left to people"), &pack.people),
        (Text::new("未承载", "uncovered"), &pack.uncovered),
        (Text::new("没有示例", "without example"), &pack.without_example),
    ] {
        if !ids.is_empty() {
            println!("  {} ({}): {}", title.get(lang), ids.len(), ids.join(" "));
        }
    }
}
