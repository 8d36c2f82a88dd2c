//! A full disk, as a client meets it: said in words, nothing half-done, and the same request
//! succeeds once there is room again.

use axum::http::Method;
use std::process::Command;
use testkit::{Actor, Json, Reply, TestApp, json};

/// Bytes that may still be written when the disk begins to be full.
const ROOM: u64 = 300_000;

#[test]
fn a_full_disk_is_said_loses_nothing_and_passes() {
    if Command::new("prlimit").arg("--version").output().is_err() {
        eprintln!("left out: the full disk (prlimit is not installed)");
        return;
    }
    let program = std::env::current_exe().expect("this test");
    // A limit on file size stands for the full disk; ignoring its signal makes it an error.
    let status = Command::new("bash")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(program)
        .args(["--exact", "full::process_on_a_full_disk", "--ignored", "--nocapture"])
        .env("SANBAO_FULL_DISK", "1")
        .env_remove("SANBAO_TEST_POSTGRES")
        .status();
    assert!(status.expect("bash runs").success());
}

#[test]
#[ignore = "the process that the test above starts with its file-size signal ignored"]
fn process_on_a_full_disk() {
    #[expect(clippy::disallowed_methods, reason = "the parent test says so by the environment")]
    if std::env::var("SANBAO_FULL_DISK").is_err() {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(full());
}

async fn full() {
    let test = TestApp::new().await;
    let unit = test.sold(3).await;
    let advisor = test.advisor().await;
    let first = advisor.open_repair(&unit, "异响").await;

    limit(&(largest_file(&test) + ROOM).to_string());
    let mut opened = vec![first.clone()];
    let refused = loop {
        let reply = open(&advisor, &unit, opened.len()).await;
        if reply.status != 201 {
            break reply;
        }
        opened.push(reply.str("/id"));
        assert!(opened.len() < 2_000, "the limit never bit");
    };
    let refused = refused.expect(503).refused("read-only");
    assert!(refused.str("/detail").contains("磁盘已满"), "{}", refused.text());
    assert!(opened.len() > 1, "some still fitted");

    // From here not a byte more: an act and a photo are refused as clearly, and leave nothing.
    limit("1");
    let act = format!("cases/{first}/actions/double_check");
    advisor.post(&act, double_check()).await.expect(503).refused("read-only");
    let photo = advisor.upload("files", "x.jpg", "image/jpeg", &picture()).await;
    photo.expect(503).refused("read-only");
    assert_eq!(half_written(&test.folder().join("files")), Vec::<String>::new());

    // Reading goes on, and shows exactly what was acknowledged.
    let page = advisor.case(&first).await.expect(200);
    assert_eq!(
        (page.at("/version"), page.str("/tracks/0/state/id")),
        (json!(1), "received".into())
    );
    assert_eq!(sorted(test.open_cases("repair_order").await), sorted(opened.clone()));

    limit("unlimited");
    let later = open(&advisor, &unit, opened.len()).await.expect(201).str("/id");
    assert!(!opened.contains(&later));
    assert_eq!(open(&advisor, &unit, opened.len()).await.expect(201).str("/id"), later);
    opened.push(later);
    advisor.post(&act, double_check()).await.expect(200);
    advisor.upload("files", "x.jpg", "image/jpeg", &picture()).await.expect(201);
    assert_eq!(sorted(test.open_cases("repair_order").await), sorted(opened));
    let report = test.app.store().verify(None).await.expect("it can be verified");
    assert_eq!(report.problems, []);
}

async fn open(advisor: &Actor<'_>, unit: &str, number: usize) -> Reply {
    let body = json!({
        "process": "repair_order", "subject": { "unit": unit },
        "form": { "symptom": "充不进电".repeat(100) },
    });
    let request = advisor.request(Method::POST, "cases");
    advisor.send(request.header("idempotency-key", format!("full-{number}")), &body).await
}

fn double_check() -> Json {
    json!({ "form": { "identity_confirmed": true, "condition": {
        "exterior": true, "power": true, "brakes": true, "lights": true, "belongings": true } } })
}

/// Lets this process write files up to so many bytes; nothing is killed for trying more.
fn limit(bytes: &str) {
    let done = Command::new("prlimit")
        .args(["--pid", &std::process::id().to_string(), &format!("--fsize={bytes}:unlimited")])
        .status();
    assert!(done.expect("prlimit runs").success());
}

fn largest_file(test: &TestApp) -> u64 {
    let entries = std::fs::read_dir(test.folder()).expect("the data folder").flatten();
    entries.filter_map(|e| Some(e.metadata().ok()?.len())).max().unwrap_or(0)
}

fn half_written(folder: &std::path::Path) -> Vec<String> {
    let folders = std::fs::read_dir(folder).into_iter().flatten().flatten();
    folders
        .flat_map(|folder| std::fs::read_dir(folder.path()).into_iter().flatten().flatten())
        .map(|file| file.path().display().to_string())
        .collect()
}

fn picture() -> Vec<u8> {
    let drawn = image::RgbImage::from_fn(640, 480, |x, y| {
        let noise = |n: u32| u8::try_from((x * 31 + y * n) % 251).unwrap_or(0);
        image::Rgb([noise(17), noise(91), noise(53)])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    drawn.write_to(&mut out, image::ImageFormat::Jpeg).expect("a picture");
    out.into_inner()
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}
