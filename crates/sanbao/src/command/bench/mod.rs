//! `sanbao bench`: the figures of `docs/performance.md`, with commit and machine.

mod http;
mod machine;
mod opening;
mod screen;
mod served;
mod stopwatch;
mod verdicts;

use crate::args::BenchArgs;
use crate::packs;
use crate::say::Unusable;
use base::Lang;
use served::Served;
use std::fmt::Write as _;
use std::process::ExitCode;

/// One measured figure: what, how much, and how it was measured.
#[derive(Debug)]
struct Figure {
    name: &'static str,
    value: String,
    how: String,
}

/// Measures, prints the page and writes it where asked.
pub fn run(args: &BenchArgs, lang: Lang) -> ExitCode {
    let done = measure(args).map(|figures| page(&figures)).and_then(|page| {
        print!("{page}");
        match &args.write {
            Some(file) => std::fs::write(file, page).map_err(|error| {
                let shown = file.display();
                Unusable::new(
                    format!("写不了“{shown}”：{error}"),
                    format!("cannot write `{shown}`: {error}"),
                )
            }),
            None => Ok(()),
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(unusable) => unusable.exit(lang),
    }
}

fn measure(args: &BenchArgs) -> Result<Vec<Figure>, Unusable> {
    let mut figures = Vec::new();
    let compiled = rulebook::compile(&packs::read(std::slice::from_ref(&args.rulebook))?);
    let release = compiled.release.ok_or_else(|| {
        let shown = args.rulebook.display();
        Unusable::new(
            format!("“{shown}”有错误；先运行 sanbao check"),
            format!("`{shown}` has errors; run `sanbao check` first"),
        )
    })?;
    if let Some((rate, facts)) = verdicts::per_second(&release) {
        figures.push(Figure {
            name: "three-guarantees verdicts per second on one core",
            value: format!("{rate:.0}"),
            how: format!("the pack's own {facts} examples in turn, explanation included"),
        });
    }
    let mut served = Served::start().map_err(served::Failed::say)?;
    figures.push(Figure {
        name: "first start to ready",
        value: format!("{:.1} s", served.ready.as_secs_f64()),
        how: "empty folder, packs compiled, demo data made by ordinary commands".to_owned(),
    });
    figures.extend(opening::measure(&mut served, args).map_err(served::Failed::say)?);
    figures.extend(screen::measure(&served).map_err(served::Failed::say)?);
    if let Some(mib) = machine::peak_mib(served.process()) {
        figures.push(Figure {
            name: "most memory held by the server",
            value: format!("{mib} MiB"),
            how: "after all of the above".to_owned(),
        });
    }
    let again = served.restart().map_err(served::Failed::say)?;
    figures.push(Figure {
        name: "second start to ready",
        value: format!("{:.1} s", again.as_secs_f64()),
        how: "the same folder with all the cases just opened".to_owned(),
    });
    if let Some(seconds) = args.build_seconds {
        figures.push(Figure {
            name: "clean release build",
            value: format!("{seconds} s"),
            how: "`npm ci`, web client and binary from an empty clone, packages fetched before"
                .to_owned(),
        });
    }
    Ok(figures)
}

fn page(figures: &[Figure]) -> String {
    let mut page = String::from("# Performance\n\nWritten by `make bench`; do not edit.\n\n");
    for (name, text) in machine::lines() {
        let _ = writeln!(page, "- {name}: {text}");
    }
    page.push_str("\n| figure | measured | how |\n|---|---:|---|\n");
    for figure in figures {
        let _ = writeln!(page, "| {} | {} | {} |", figure.name, figure.value, figure.how);
    }
    page
}
