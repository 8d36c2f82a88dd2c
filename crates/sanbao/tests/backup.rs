//! The real binary is backed up while people work, and what was lost is restored beside it.

mod support;

use serde_json::{Value as Json, json};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use support::{Folder, Served};

fn sanbao(command: &str, file: &Path, data: &Path, options: &[&str]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_sanbao"));
    run.args(["--lang", "en", command]).arg(file).arg("--data").arg(data).args(options);
    run.output().expect("the binary is built for this test")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn upload(served: &Served, cookie: &str) -> String {
    let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
                Content-Type: application/pdf\r\n\r\n%PDF-1.7 of a backup\r\n--b--\r\n";
    let kept = served.send("POST", "files", cookie, "multipart/form-data; boundary=b", body);
    assert_eq!(kept.status, 201, "{}", kept.body);
    kept.json()["id"].as_str().expect("an id").to_owned()
}

/// What `doctor` says of a folder that was just backed up.
fn assert_well(data: &Path) {
    let mut doctor = Command::new(env!("CARGO_BIN_EXE_sanbao"));
    let found = doctor.args(["doctor", "--json", "--data"]).arg(data).output().expect("it runs");
    let lines: Vec<Json> = serde_json::from_slice(&found.stdout).expect("JSON");
    let level = |id: &str| lines.iter().find(|line| line["id"] == id).map(|line| &line["level"]);
    assert_eq!(level("backup"), Some(&json!("ok")), "{lines:?}");
    assert_eq!((level("schema"), level("key_fits")), (Some(&json!("ok")), Some(&json!("ok"))));
    assert_eq!(found.status.code(), Some(i32::from(lines.iter().any(|l| l["level"] == "error"))));
}

/// One object a line, by the template of the address: nothing of what was looked for.
fn assert_silent(said: &str, secrets: &[&str]) {
    let lines: Vec<Json> = said.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let routes = lines.iter().filter_map(|line| line["route"].as_str()).collect::<Vec<_>>();
    assert!(routes.contains(&"/api/v1/cases/{id}"), "{said}");
    assert!(!secrets.iter().any(|secret| said.contains(secret)), "{said}");
}

#[test]
fn a_backup_while_people_work_is_restored_and_served() {
    let folder = Folder::named("backup");
    let (data, zip) = (folder.0.join("data"), folder.0.join("backup.zip"));
    let new = folder.0.join("new");
    let served = Served::start(&data, &["--demo=day"]);
    let cookie = served.sign_in();
    let file = upload(&served, &cookie);
    let listed = served.ask("GET", "cases?limit=100", &cookie, "").json();
    let items = listed["items"].as_array().cloned().unwrap_or_default();
    let case = items[0]["id"].as_str().expect("a case").to_owned();
    let unit = items.iter().find_map(|c| c["unit"]["id"].as_str()).expect("a vehicle");
    let opening = json!({
        "process": "repair_order", "subject": { "unit": unit }, "form": { "symptom": "备份时报修" },
    });

    let done = AtomicBool::new(false);
    let made = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let opened = served.ask("POST", "cases", &cookie, &opening.to_string());
                assert_eq!(opened.status, 201, "{}", opened.body);
            }
        });
        let made = sanbao("backup", &zip, &data, &[]);
        done.store(true, Ordering::Relaxed);
        made
    });
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains("THE MASTER KEY"), "{}", text(&made.stdout));
    let manifest = sanbao("backup", &folder.0.join("second.zip"), &data, &["--json"]);
    let head = serde_json::from_slice::<Json>(&manifest.stdout).expect("JSON")["head"].clone();
    served.terminate();
    assert_eq!(served.end().0, Some(0));

    assert_well(&data);

    // Without the key beside it nothing is restored.
    let refused = sanbao("restore", &zip, &new, &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).contains("the backup does not hold the master key"));
    assert!(!new.exists());
    let key = data.join("master.key").display().to_string();
    let young = head.as_str().expect("a head");
    let refused = sanbao("restore", &data.join("sanbao.db"), &new, &["--master-key", &key]);
    assert!(text(&refused.stderr).contains("is no whole backup"), "{}", text(&refused.stderr));
    let restored = sanbao("restore", &zip, &new, &["--master-key", &key]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert!(text(&restored.stdout).ends_with("everything fits\n"), "{}", text(&restored.stdout));
    let again = sanbao("restore", &zip, &new, &["--expect", young]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("is not empty"), "{}", text(&again.stderr));

    let served = Served::start(&new, &["--log", "json"]);
    assert_eq!(served.ask("GET", "me", &cookie, "").status, 401, "nobody stays signed in");
    let cookie = served.sign_in();
    assert_eq!(served.ask("GET", &format!("cases/{case}"), &cookie, "").status, 200);
    let bytes = served.ask("GET", &format!("files/{file}"), &cookie, "");
    assert_eq!((bytes.status, bytes.body.as_str()), (200, "%PDF-1.7 of a backup"));
    assert_eq!(served.ask("GET", "units?q=13987654321", &cookie, "").status, 200);
    served.terminate();
    let (code, said) = served.end();
    assert_eq!(code, Some(0));
    assert_silent(&said, &["13987654321", &case]);
}
