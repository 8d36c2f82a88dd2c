//! `sanbao bench`: the figures of `docs/performance.md`, with commit and machine.

mod decide;
mod desk;
mod entering;
mod grown;
mod http;
mod keeping;
mod large;
mod load;
mod machine;
mod onserver;
mod page;
mod parts;
mod peer;
mod postings;
mod raw;
mod replay;
mod screen;
mod served;
mod statements;
mod station;
mod stopwatch;
mod tables;
mod verdicts;

use crate::args::BenchArgs;
use crate::packs;
use crate::say::Unusable;
use base::Lang;
use load::{Load, Plan};
use page::Page;
use serde_json::json;
use served::{Failed, Served};
use station::{Station, Told};
use std::path::PathBuf;
use std::process::ExitCode;

/// The process whose statements are shown: the main job.
const PROCESS: &str = "repair_order";

/// Measures, prints the page and writes it where asked.
pub fn run(args: &BenchArgs, lang: Lang) -> ExitCode {
    let text = |page: Page| {
        if args.large { page.section("In a large company", grown::ABOUT) } else { page.text() }
    };
    let done = measure(args).map(text).and_then(|text| {
        print!("{text}");
        match &args.write {
            Some(file) => std::fs::write(file, text).map_err(|error| {
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

fn measure(args: &BenchArgs) -> Result<Page, Unusable> {
    let mut page = Page::default();
    if args.large {
        let kept = args.folder.as_deref();
        return grown::measure(kept, &mut page).map(|()| page).map_err(Failed::say);
    }
    if !args.served {
        engine_and_store(args, &mut page)?;
    }
    if args.pure {
        return Ok(page);
    }
    served(args, &mut page).map_err(Failed::say)?;
    if let Some(seconds) = args.build_seconds {
        page.figure(
            "clean release build",
            format!("{seconds} s"),
            "`npm ci`, web client and binary from an empty clone, packages fetched before",
        );
    }
    Ok(page)
}

/// What needs no server.
fn engine_and_store(args: &BenchArgs, page: &mut Page) -> Result<(), Unusable> {
    let law = args.law.is_dir().then(|| args.law.clone());
    let dirs: Vec<PathBuf> = law.into_iter().chain([args.rulebook.clone()]).collect();
    let compiled = rulebook::compile(&packs::read(&dirs)?);
    let release = compiled.release.ok_or_else(|| {
        let shown = args.rulebook.display();
        Unusable::new(
            format!("“{shown}”有错误；先运行 sanbao check"),
            format!("`{shown}` has errors; run `sanbao check` first"),
        )
    })?;
    verdicts::measure(&release, page);
    decide::measure(&release, PROCESS, page);
    large::measure(page).map_err(Failed::say)?;
    tables::measure(page);
    if args.pure {
        return Ok(());
    }
    replay::measure(&release, page);
    for (name, value, how) in postings::measure().map_err(Failed::say)? {
        page.figure(&name, value, how);
    }
    keeping::measure(page).map_err(Failed::say)
}

/// What a running server is measured by.
fn served(args: &BenchArgs, page: &mut Page) -> Result<(), Failed> {
    let mut served = Served::start()?;
    page.figure(
        "first start to ready",
        format!("{:.1} s", served.ready.as_secs_f64()),
        "empty folder, packs compiled, demo data made by ordinary commands",
    );
    let station = Station::enter(&served)?;
    let cases = opening(args, &station, (&served.process().to_string(), ""), page)?;
    acting(args, &station, &cases, "", page)?;
    beside_the_peer(args, &station, &cases, page)?;
    entering::measure(&served, page)?;
    screen::measure(&served, page)?;
    page.statements(&statements::of_process(&station.metrics()?, PROCESS));
    if let Some(mib) = machine::memory_mib(served.process(), "VmHWM") {
        page.figure(
            "most memory held by the server",
            format!("{mib} MiB"),
            "after all of the above",
        );
    }
    raw::measure(served.rest(), None, "", page)?;
    let again = served.restart()?;
    page.figure(
        "second start to ready",
        format!("{:.2} s", again.as_secs_f64()),
        "the same folder with all the cases just opened",
    );
    page.peer_start(again.as_secs_f64());
    Station::enter(&served)?;
    if let Some(mib) = machine::memory_mib(served.process(), "VmRSS") {
        page.figure(
            "memory after the second start",
            format!("{mib} MiB"),
            "signed in, one list read",
        );
        page.peer_memory(mib);
    }
    drop(served);
    onserver::measure(args, page)
}

/// Opening a case at many connections; the cases.
fn opening(
    args: &BenchArgs,
    station: &Station,
    (process, on): (&str, &str),
    page: &mut Page,
) -> Result<Vec<String>, Failed> {
    let connections = args.connections;
    let warm = Plan { connections, requests: connections * 4, kept: true, pace: None };
    station.open("warm", warm, Told::Page)?;
    let plan = Plan { requests: args.cases, ..warm };
    let how = format!(
        "{connections} connections, {} cases, journal, deadlines and offers committed before the \
         answer; client and server share the machine",
        plan.requests
    );
    let before = (machine::cpu_ms(process), machine::cpu_of_postgres());
    let (_, load) = station.open("brief", plan, Told::Done)?;
    let used = machine::cpu_ms(process) - before.0;
    let theirs = machine::cpu_of_postgres() - before.1;
    let each = |ms: f64| ms / f64::from(u32::try_from(load.requests()).unwrap_or(u32::MAX));
    let beside = if on.is_empty() {
        String::new()
    } else {
        format!("; {:.2} ms in the database's processes", each(theirs))
    };
    page.load(
        &format!("opening a case over HTTP{on}"),
        &load,
        &format!("{how}; `Prefer: return=minimal`"),
    );
    page.figure(
        &format!("CPU of it, server{on}"),
        format!("{:.2} ms", each(used)),
        format!("both cores, all threads of the server{beside}"),
    );
    let half = Plan { pace: Some(load.rate() / 2.0), ..plan };
    let (_, load) = station.open("half", half, Told::Done)?;
    page.load(
        &format!("the same at half that load{on}"),
        &load,
        "each measured from the moment it was due",
    );
    let (cases, load) = station.open("open", plan, Told::Page)?;
    page.load(&format!("opening a case over HTTP, its page told{on}"), &load, &how);
    Ok(cases)
}

/// The next steps of those cases: commands with a form each, the verdict among them.
fn acting(
    args: &BenchArgs,
    station: &Station,
    cases: &[String],
    on: &str,
    page: &mut Page,
) -> Result<(), Failed> {
    let all = json!({ "card": true, "card_matches": true, "invoice": true });
    let steps = [
        (
            "double_check",
            json!({
                "identity_confirmed": true, "evidence": all,
                "condition": { "exterior": true, "power": true, "brakes": true, "lights": true,
                    "belongings": true },
            }),
        ),
        (
            "diagnose",
            json!({
                "reproduced": true, "component": "li_battery", "fault": "low_capacity",
                "capacity": { "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 },
            }),
        ),
        ("judge", json!({ "evidence": all })),
    ];
    for (action, form) in steps {
        let load = station.act(cases, args.connections, action, &form)?;
        let how = match action {
            "judge" => {
                "verdict given, explained, its paper printed in the same transaction; as above"
            }
            _ => "form checked, decided and committed before the answer; `Prefer: return=minimal`",
        };
        page.load(&format!("commands, `{action}`{on}"), &load, how);
    }
    Ok(())
}

/// The jobs that another system was measured by too.
fn beside_the_peer(
    args: &BenchArgs,
    station: &Station,
    cases: &[String],
    page: &mut Page,
) -> Result<(), Failed> {
    let requests = args.cases.div_ceil(4);
    let plan = Plan { connections: peer::CLIENTS, requests, kept: false, pace: None };
    let (_, opened): (_, Load) = station.open("peer", plan, Told::Page)?;
    page.peer("open a repair order", &opened, peer::CLAIM_CREATE);
    page.peer("read a case with its acts", &station.read(cases, plan)?, peer::CLAIM_READ);
    page.peer("list 20 cases of a state", &station.list(plan)?, peer::CLAIM_LIST);
    Ok(())
}
