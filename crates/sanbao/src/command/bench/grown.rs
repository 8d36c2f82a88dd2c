//! What a counter waits for once the company is large: lists, search and to-dos of a server whose
//! database holds a million cases and five million vehicles, asked one after the other.

use super::desk::said;
use super::http::Connection;
use super::page::Page;
use super::served::{Failed, Served};
use super::station::{Station, Told};
use super::{Plan, load, machine, stopwatch};
use base::Instant;
use std::path::Path;
use store::{Config, Store};

/// What the section says of itself.
pub const ABOUT: &str = "Written by `make bench-large`: the demo company grown by vehicles written \
    as an import writes them, and by copies of\nits cases with their clocks and to-dos, one in two \
    hundred of them open; then asked over HTTP, one request after the other.";
/// A trial run has no use for so many.
const UNITS: usize = if cfg!(debug_assertions) { 20_000 } else { 5_000_000 };
const CASES: usize = if cfg!(debug_assertions) { 5_000 } else { 1_000_000 };
/// Cases after which memory is looked at for the first time.
const FIRST: usize = CASES / 10;
/// Says in its folder that a company was grown, and in how many seconds.
const MARK: &str = "grown";
/// Requests of each kind.
const ASKED: usize = 300;
/// Where the vehicles' ids begin: 2026-01-01.
const BEGAN: Instant = Instant(1_767_225_600_000_000);

/// What is asked, by whom, and which page: `{n}` is another vehicle each time.
const PAGES: [(&str, &str, &str); 11] = [
    ("list of cases, a station", "服务顾问", "/cases?limit=50"),
    ("list of closed cases, a station", "服务顾问", "/cases?limit=50&open=false"),
    ("list of open cases, a station", "服务顾问", "/cases?limit=50&open=true"),
    ("list of cases, the company", "公司领导", "/cases?limit=50"),
    (
        "list of delivered orders, the company",
        "公司领导",
        "/cases?limit=50&process=repair_order&state=delivered",
    ),
    ("search by a frame number", "服务顾问", "/units?q=GROW{n}&limit=20"),
    ("search by the last six", "服务顾问", "/units?q={six}&limit=20"),
    ("search by the last four, a station", "服务顾问", "/units?q={four}&limit=20"),
    ("search by the last four, the company", "公司领导", "/units?q={four}&limit=20"),
    ("workbench, a desk", "服务顾问", "/offers"),
    ("workbench, a head of station", "站长", "/offers"),
];

/// Founds the demo company, makes it large and asks; one that was kept is large already.
pub fn measure(kept: Option<&Path>, page: &mut Page) -> Result<(), Failed> {
    let mut served = kept.map_or_else(Served::start, Served::start_in)?;
    let mark = served.rest().join(MARK);
    if !mark.exists() {
        grow(served.rest(), 0, FIRST)?;
        served.restart()?;
        memory(&served, page, FIRST)?;
        let seconds = grow(served.rest(), UNITS, CASES - FIRST)?;
        std::fs::write(&mark, format!("{seconds:.0}"))?;
    }
    let ready = served.restart()?;
    let seconds = std::fs::read_to_string(&mark)?;
    page.figure(
        "start to ready, grown",
        format!("{:.2} s", ready.as_secs_f64()),
        format!("{CASES} cases and {UNITS} vehicles beside the demo's, made in {seconds} s"),
    );
    asking(&served, page)?;
    opening(&served, page)?;
    memory(&served, page, CASES)
}

/// Adds so many vehicles and cases to the company in a folder; how many seconds it took.
fn grow(folder: &Path, units: usize, cases: usize) -> Result<f64, Failed> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (done, took) = stopwatch::timed(|| {
        runtime.block_on(async {
            let store = Store::open(Config::in_folder(folder, None)?).await?;
            store.grow_units(units, BEGAN).await?;
            store.grow_cases(cases).await?;
            store.close().await;
            Ok(())
        })
    });
    done.map_err(said).map(|()| took.as_secs_f64())
}

/// Each page for a number of times, on one connection.
fn asking(served: &Served, page: &mut Page) -> Result<(), Failed> {
    for (name, role, path) in PAGES {
        let first = served.sign_in(role)?;
        let plan = Plan { connections: 1, requests: ASKED, kept: true, pace: None };
        let load = load::run(&first, plan, |connection, _, n| ask(connection, path, n))?;
        let value = format!("p50 {:.1} ms, p99 {:.1} ms", load.percentile(50), load.percentile(99));
        page.figure(name, value, format!("`{path}` as {role}, in turn; budget 20 ms"));
    }
    Ok(())
}

fn ask(connection: &mut Connection, path: &str, n: usize) -> Result<(), Failed> {
    // Far apart, so that each is read from another place.
    let unit = n * 15_485_863 % UNITS;
    let number = format!("{unit:08}");
    let path = path.replace("{n}", &number);
    let path = path.replace("{six}", &number[2..]).replace("{four}", &number[4..]);
    let answer = connection.send("GET", &format!("/api/v1{path}"), &[], "")?;
    let found = answer.json()["items"].as_array().is_some_and(|items| !items.is_empty());
    // In a trial run few vehicles end in the same four digits, perhaps none of the station.
    if answer.status == 200 && (found || cfg!(debug_assertions)) {
        return Ok(());
    }
    Err(Failed::new(format!("{path} answered {} and found nothing", answer.status)))
}

/// Opening a case beside all those.
fn opening(served: &Served, page: &mut Page) -> Result<(), Failed> {
    let plan = Plan { connections: 64, requests: 6_400, kept: true, pace: None };
    let (_, load) = Station::enter(served)?.open("grown", plan, Told::Done)?;
    page.load("opening a case, grown", &load, "64 connections, as above");
    Ok(())
}

fn memory(served: &Served, page: &mut Page, cases: usize) -> Result<(), Failed> {
    Station::enter(served)?;
    let mut lists = served.sign_in("公司领导")?;
    for _ in 0..20 {
        lists.send("GET", "/api/v1/cases?limit=50", &[], "")?;
    }
    if let Some(mib) = machine::memory_mib(served.process(), "VmRSS") {
        page.figure(
            &format!("memory at {cases} cases"),
            format!("{mib} MiB"),
            "resident; started, two signed in, lists read",
        );
    }
    Ok(())
}
