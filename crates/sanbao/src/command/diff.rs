//! `sanbao diff`: what differs between two standards, in sentences.

use crate::args::DiffArgs;
use crate::packs;
use crate::say::Unusable;
use base::{Lang, Text};
use rulebook::{Level, Release};
use std::path::Path;
use std::process::ExitCode;

/// Runs the command: 0 when nothing differs, 1 when something does, 2 when one cannot be compared.
pub fn run(args: &DiffArgs, lang: Lang) -> ExitCode {
    let (before, after) = match (release(&args.before, lang), release(&args.after, lang)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(unusable), _) | (_, Err(unusable)) => return unusable.exit(lang),
    };
    let differences = rulebook::diff::diff(&before, &after);
    if args.json {
        match serde_json::to_string_pretty(&differences) {
            Ok(text) => println!("{text}"),
            Err(error) => eprintln!("{error}"),
        }
    } else {
        for sentence in differences.iter().flat_map(|difference| &difference.sentences) {
            println!("{}", sentence.get(lang));
        }
        let count = differences.len();
        let total = match count {
            0 => Text::new("没有差异", "nothing differs"),
            1 => Text::new("1 处差异", "1 item differs"),
            _ => Text::new(format!("{count} 处差异"), format!("{count} items differ")),
        };
        println!("{}", total.get(lang));
    }
    if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn release(dir: &Path, lang: Lang) -> Result<Release, Unusable> {
    let compiled = rulebook::compile(&packs::read(&[dir.to_path_buf()])?);
    let (findings, shown) = (compiled.findings, dir.display());
    compiled.release.ok_or_else(|| {
        for finding in findings.iter().filter(|f| f.level == Level::Error) {
            eprintln!("{}: {}", finding.at, finding.sentence.get(lang));
        }
        Unusable::new(
            format!("“{shown}”有错误，无法比较；先运行 sanbao check"),
            format!("`{shown}` has errors and cannot be compared; run `sanbao check` first"),
        )
    })
}
