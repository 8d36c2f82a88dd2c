//! An acknowledged command survives `kill -9`: this test binary runs itself as the writer, and is
//! killed in the middle of writes again and again.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support;
use crate::support::ledger::{posting, settle_and_apply};
use crate::support::{Bench, NOW, master_key};
use base::{CaseId, Instant};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use store::{Config, Database, Scope, Store};

/// Kills per database; `SANBAO_KILLS` asks for more.
const KILLS: usize = 60;
/// Writers that always have a command in flight.
const WRITERS: i64 = 6;

#[test]
fn an_acknowledged_command_survives_kills_on_sqlite() {
    let runtime = runtime();
    let folder = support::folder();
    runtime.block_on(async { survive(support::sqlite(&folder), &folder).await });
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_acknowledged_command_survives_kills_on_postgres() {
    let Some(url) = support::postgres_url() else {
        eprintln!("left out: PostgreSQL (SANBAO_TEST_POSTGRES is not set)");
        return;
    };
    let runtime = runtime();
    let folder = support::folder();
    runtime.block_on(async {
        survive(support::postgres(&url, &folder).await, &folder).await;
        support::drop_schema(&url, &folder).await;
    });
    std::fs::remove_dir_all(folder).unwrap();
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

fn kills() -> usize {
    #[expect(clippy::disallowed_methods, reason = "a long run is asked for by the environment")]
    let asked = std::env::var("SANBAO_KILLS").ok().and_then(|kills| kills.parse().ok());
    asked.unwrap_or(0).max(KILLS)
}

async fn survive(config: Config, folder: &Path) {
    Bench::open(config.clone()).await.store.close().await;
    let mut acknowledged: HashMap<CaseId, i64> = HashMap::new();
    let kills = kills();
    for round in 0..kills {
        let mut child = writer(&config, folder);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut left = 1 + (round * 7) % 40;
        let mut killed = false;
        // After the kill the pipe still holds what was acknowledged before it.
        while let Some(Ok(line)) = lines.next() {
            let Some((id, version)) = acknowledgement(&line) else { continue };
            let known = acknowledged.entry(id).or_insert(0);
            *known = version.max(*known);
            left = left.saturating_sub(1);
            if left == 0 && !killed {
                if round % 3 == 2 {
                    end_connections(&config).await;
                }
                child.kill().unwrap();
                killed = true;
            }
        }
        child.wait().unwrap();
        assert!(killed, "round {round}: the writer ended by itself");
        if round % 10 == 9 {
            check(&config, &acknowledged).await;
        }
    }
    assert!(acknowledged.len() > kills, "{} cases", acknowledged.len());
    check(&config, &acknowledged).await;
}

/// Everything acknowledged is there, at least as far, and everything that is there is whole.
async fn check(config: &Config, acknowledged: &HashMap<CaseId, i64>) {
    let store = Store::open(config.clone()).await.unwrap();
    for (id, version) in acknowledged {
        let case = store.case(*id, &Scope::company()).await.unwrap();
        assert!(case.state.version >= *version, "{id}: {} < {version}", case.state.version);
        let entries = store.timeline(*id).await.unwrap();
        assert_eq!(i64::try_from(entries.len()), Ok(case.state.version), "{id}");
        assert_eq!(case.state.deadlines.len(), 1, "{id}");
        let posted = store.case_transactions(*id, &Scope::company()).await.unwrap();
        assert_eq!(posted.len(), 1, "{id}");
    }
    let report = store.verify(None).await.unwrap();
    assert_eq!(report.problems, []);
    assert!(report.cases >= acknowledged.len() as u64);
    store.close().await;
}

/// Ends the writer's connections from the server's side, so that it is killed in that state too.
async fn end_connections(config: &Config) {
    let Database::Postgres(url) = &config.database else { return };
    let (client, driver) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(driver);
    let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE application_name = 'kill-test' AND pid <> pg_backend_pid()";
    client.batch_execute(sql).await.unwrap();
}

fn acknowledgement(line: &str) -> Option<(CaseId, i64)> {
    let (_, rest) = line.split_once("ack ")?;
    let (id, version) = rest.split_once(' ')?;
    Some((id.parse().ok()?, version.trim().parse().ok()?))
}

fn writer(config: &Config, folder: &Path) -> Child {
    let place = match &config.database {
        Database::Sqlite(path) => path.display().to_string(),
        Database::Postgres(url) => format!("{url}&application_name=kill-test"),
    };
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::writer_process", "--ignored", "--nocapture", "--test-threads=1"])
        .env("SANBAO_KILL_DATABASE", place)
        .env("SANBAO_KILL_FILES", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "the process that the tests above start and kill"]
fn writer_process() {
    #[expect(clippy::disallowed_methods, reason = "the parent test says so by the environment")]
    let (place, files) =
        (std::env::var("SANBAO_KILL_DATABASE"), std::env::var("SANBAO_KILL_FILES"));
    let (Ok(place), Ok(files)) = (place, files) else { return };
    let database = if place.starts_with("postgres") {
        Database::Postgres(place)
    } else {
        Database::Sqlite(place.into())
    };
    let config = Config { database, files: files.into(), master_key: master_key() };
    runtime().block_on(async {
        let bench = Bench::again(config).await;
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            let bench = bench.clone();
            writers.push(tokio::spawn(async move { write_for_ever(&bench, number).await }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
    });
}

/// Opens cases and moves them; says so only after the store did.
async fn write_for_ever(bench: &Bench, number: i64) {
    let mut at = NOW.0 + number;
    loop {
        let mut change = bench.opening().await;
        // Numbers are never drawn twice, by whichever process.
        let number = change.case.decision.case.number.clone().unwrap();
        let part = format!("supplier/F/BAT -> stock/HQ/BAT BAT#{number}");
        let parts = posting(&[&part, "supplier/F/TUBE -> stock/HQ/TUBE 2:TUBE"]);
        change.case.decision.postings = vec![parts];
        let Ok(opened) = settle_and_apply(&bench.store, &change, Instant(at)).await else { return };
        say(opened.case, opened.version);
        for state in ["diagnosing", "repairing", "delivered"] {
            at += 1000;
            let change = bench.moving(opened.case, state, Instant(at)).await;
            let Ok(moved) = bench.store.apply(&change, Instant(at)).await else { return };
            say(opened.case, moved.version);
        }
    }
}

fn say(case: CaseId, version: i64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ack {case} {version}").unwrap();
    out.flush().unwrap();
}
