//! Drafts of the rulebook: edited, reviewed by another, published for a day, in force from its
//! midnight.

use axum::http::Method;
use testkit::{Actor, Json, Reply, TestApp, json};

/// Begins a draft; its address.
async fn begin(actor: &Actor<'_>) -> String {
    let body = json!({ "title": "电池容量", "reason": "厂部通知" });
    let draft = actor.post("rulebook/drafts", body).await.expect(201);
    assert_eq!(draft.str("/state"), "open");
    format!("rulebook/drafts/{}", draft.str("/id"))
}

/// Sends a change made on the draft's present version.
async fn change(actor: &Actor<'_>, method: Method, draft: &str, path: &str, body: Json) -> Reply {
    let version = actor.get(draft).await.expect(200).at("/version");
    let request = actor.request(method, &format!("{draft}/{path}"));
    actor.send(request.header("if-match", format!("\"v{version}\"")), &body).await
}

async fn step(actor: &Actor<'_>, draft: &str, step: &str, body: Json) -> Reply {
    change(actor, Method::POST, draft, step, body).await
}

/// The rows of a table, with one cell changed.
fn with_cell(sheet: &Reply, row: &str, column: &str, cell: &str) -> Json {
    let sheet = sheet.json();
    let columns = sheet["columns"].as_array().expect("columns");
    let at = columns.iter().position(|c| c["name"] == column).expect("the column");
    let mut rows = sheet["rows"].as_array().expect("rows").clone();
    for known in &mut rows {
        known.as_object_mut().expect("a row").remove("from");
        if known["id"] == row {
            known["cells"][at] = cell.into();
        }
    }
    json!({ "rows": rows })
}

const TABLE: &str = "tables/ebike-maker/coverage";

fn facts(test: &TestApp, capacity: u32) -> Json {
    let today = test.app.today().to_string();
    json!({
        "product": "ebike", "component": "li_battery", "fault": "low_capacity",
        "invoice_date": today, "reported_on": today, "sale_channel": "store",
        "evidence": {"invoice": true, "card": true, "card_matches": true},
        "measurements": {"capacity_pct": capacity},
    })
}

#[tokio::test]
async fn an_edited_table_is_reviewed_by_another_and_holds_from_midnight() {
    let test = TestApp::new().await;
    let (editor, manager) = (test.sign_in("linxia").await, test.sign_in("guoqiang").await);
    let draft = begin(&editor).await;
    let sheet = editor.get(&format!("{draft}/{TABLE}")).await.expect(200);
    assert_eq!(sheet.at("/columns/0/name"), "component");
    assert!(sheet.at("/columns/0/choices/0/key").is_string(), "{}", sheet.text());
    let rows = sheet.json()["rows"].clone();
    let row =
        rows.as_array().expect("rows").iter().find(|row| row["cells"].to_string().contains("< 60"));
    let row = row.expect("the row of the battery")["id"].as_str().expect("an id").to_owned();
    let wish = with_cell(&sheet, &row, "measurements.capacity_pct", "< 70");
    let checked = json!({
        "kind": "table", "pack": "ebike-maker", "table": "coverage", "content": wish.clone(),
    });
    let seen = editor.post(&format!("{draft}/check"), checked).await.expect(200);
    assert_eq!(seen.at("/version"), 1, "checking keeps nothing");
    let saved = change(&editor, Method::PUT, &draft, TABLE, wish).await.expect(200);
    assert_eq!(saved.at("/version"), 2);
    assert!(saved.at("/changes").to_string().contains("70"), "{}", saved.text());
    let tried = editor.post(&format!("{draft}/try"), json!({ "facts": facts(&test, 65) })).await;
    let tried = tried.expect(200);
    assert_eq!(tried.at("/differs"), true, "{}", tried.text());
    assert_eq!(tried.str("/draft/remedy"), "replace");
    step(&editor, &draft, "submit", json!({})).await.expect(200);
    step(&editor, &draft, "submit", json!({})).await.expect(409).refused("draft-state");
    editor.post(&format!("{draft}/approve"), json!({})).await.expect(403);
    step(&manager, &draft, "approve", json!({"reason": "同意"})).await.expect(200);
    let examples = manager.post(&format!("{draft}/examples"), json!({})).await.expect(200);
    assert_eq!(examples.at("/failed").as_array().map(Vec::len), Some(1), "{}", examples.text());
    step(&manager, &draft, "publish", json!({})).await.refused("draft-examples-fail");
    step(&manager, &draft, "return", json!({})).await.expect(422);
    step(&manager, &draft, "return", json!({"reason": "示例要改"})).await.expect(200);
    // The example at the boundary says what shall hold now.
    let file = "files/ebike-maker/examples%2Fverdicts-electrical-parts.toml";
    let written = editor.get(&format!("{draft}/{file}")).await.expect(200).str("/text");
    let written = written.replace("capacity_pct = 60 }", "capacity_pct = 70 }");
    change(&editor, Method::PUT, &draft, file, json!({ "text": written })).await.expect(200);
    step(&editor, &draft, "submit", json!({})).await.expect(200);
    step(&manager, &draft, "approve", json!({})).await.expect(200);
    let past = json!({ "effective_on": "2026-11-20" });
    step(&manager, &draft, "publish", past).await.refused("release-day");
    let tomorrow = json!({ "effective_on": "2026-11-22" });
    let done = step(&manager, &draft, "publish", tomorrow).await.expect(200);
    assert_eq!(done.str("/state"), "published");
    assert_eq!(done.str("/release/effective"), "2026-11-22");
    assert_eq!(done.at("/release/in_force"), false);
    let told = done.at("/review").to_string();
    assert!(told.contains("由 1.0.0 升为 1.0.1"), "{told}");
    let judged = |reply: Reply| (reply.at("/covered"), reply.str("/rulebook/version"));
    let ask = |test: &TestApp| facts(test, 65);
    let before = judged(editor.post("verdicts", ask(&test)).await.expect(200));
    assert_eq!(before, (Json::from(false), "1.0.0".to_owned()));
    test.pass(14 * 60 - 1).await;
    let (editor, manager) = (test.sign_in("linxia").await, test.sign_in("guoqiang").await);
    let before = judged(editor.post("verdicts", ask(&test)).await.expect(200));
    assert_eq!(before.1, "1.0.0", "a minute before midnight the old one holds");
    test.pass(1).await;
    let after = judged(editor.post("verdicts", ask(&test)).await.expect(200));
    assert_eq!(after, (Json::from(true), "1.0.1".to_owned()));
    let late = step(&manager, &draft, "take-back", json!({"reason": "不要了"})).await;
    late.expect(409).refused("draft-state");
    let verified = test.app.store().verify(None).await.expect("a walk");
    assert!(verified.problems.is_empty(), "{verified:?}");
}

/// Edits one cell, hands the draft in, approves it; ready to be published.
async fn approved(editor: &Actor<'_>, manager: &Actor<'_>, draft: &str, cell: &str) {
    let sheet = editor.get(&format!("{draft}/{TABLE}")).await.expect(200);
    let wish = with_cell(&sheet, "vehicle-exchange", "days_since_start", cell);
    change(editor, Method::PUT, draft, TABLE, wish).await.expect(200);
    step(editor, draft, "submit", json!({})).await.expect(200);
    step(manager, draft, "approve", json!({})).await.expect(200);
}

#[tokio::test]
async fn of_two_drafts_the_later_goes_on_from_the_release_of_the_earlier() {
    let test = TestApp::new().await;
    let (editor, manager) = (test.sign_in("linxia").await, test.sign_in("guoqiang").await);
    let (one, two) = (begin(&editor).await, begin(&editor).await);
    approved(&editor, &manager, &one, "< 8").await;
    approved(&editor, &manager, &two, "[0..7]").await;
    let tomorrow = || json!({ "effective_on": "2026-11-22" });
    step(&manager, &one, "publish", tomorrow()).await.expect(200);
    let behind = step(&manager, &two, "publish", tomorrow()).await.expect(409);
    assert_eq!(behind.code(), "draft-behind");
    // Taken back before its day, the release gives way to the other draft, and back.
    step(&manager, &one, "take-back", json!({"reason": "改期"})).await.expect(200);
    assert_eq!(manager.get(&two).await.at("/behind"), false);
    let later = json!({ "effective_on": "2026-11-25" });
    let done = step(&manager, &one, "publish", later).await.expect(200);
    assert_eq!(done.str("/release/effective"), "2026-11-25");
    step(&manager, &two, "return", json!({"reason": "合入"})).await.expect(200);
    let open = step(&editor, &two, "rebase", json!({})).await.expect(409);
    assert_eq!(open.code(), "draft-conflict");
    let key = open.str("/conflicts/0/key");
    assert_eq!(key, "ebike-maker/tables/coverage.csv#vehicle-exchange");
    assert_eq!(open.at("/conflicts").as_array().map(Vec::len), Some(1), "{}", open.text());
    let resolve = json!({ "resolve": { key: "mine" } });
    let laid = step(&editor, &two, "rebase", resolve).await.expect(200);
    assert_eq!(laid.at("/behind"), false);
    let changes = laid.at("/changes").to_string();
    assert!(changes.contains("< 8") && changes.contains("[0..7]"), "{changes}");
}

#[tokio::test]
async fn a_bad_edit_is_kept_and_told_and_another_s_change_is_not_lost() {
    let test = TestApp::new().await;
    let editor = test.sign_in("linxia").await;
    let draft = begin(&editor).await;
    let sheet = editor.get(&format!("{draft}/{TABLE}")).await.expect(200);
    let wish = with_cell(&sheet, "vehicle-exchange", "days_since_start", "<= bad [");
    let saved = change(&editor, Method::PUT, &draft, TABLE, wish.clone()).await.expect(200);
    assert_eq!(saved.at("/clean"), false);
    let findings = saved.json()["findings"].as_array().cloned().unwrap_or_default();
    let here = findings.iter().any(|found| found["cell"]["row"] == "vehicle-exchange");
    assert!(here, "{}", saved.text());
    let kept = editor.get(&format!("{draft}/{TABLE}")).await.expect(200);
    assert!(kept.text().contains("<= bad ["), "nothing is lost");
    let old = editor.request(Method::PUT, &format!("{draft}/{TABLE}"));
    let stale = editor.send(old.header("if-match", "\"v1\""), &wish).await;
    stale.expect(412).refused("precondition-failed");
    editor.put(&format!("{draft}/{TABLE}"), wish).await.expect(428);
    let foreign =
        change(&editor, Method::PUT, &draft, "files/common/roles.toml", json!({"text": ""}));
    foreign.await.expect(422).refused("draft-foreign-pack");
    let out =
        change(&editor, Method::PUT, &draft, "files/ebike-maker/..%2Fx.toml", json!({"text": ""}));
    out.await.expect(422).refused("draft-unreadable");
    // What is inherited is overridden in the own pack.
    let values = json!({ "pack": "ebike-maker", "values": { "busy_from": 5 } });
    change(&editor, Method::PUT, &draft, "parameters", values).await.expect(200);
    let message = "messages/ebike-maker/reply_overdue";
    let keys = json!({ "keys": { "title": { "zh": "请答复", "en": "Please reply" } } });
    change(&editor, Method::PUT, &draft, message, keys).await.expect(200);
    assert_eq!(editor.get(&format!("{draft}/{message}")).await.str("/keys/title/zh"), "请答复");
    let files = editor.get(&draft).await.at("/files").to_string();
    assert!(!files.contains("common"), "{files}");
}

#[tokio::test]
async fn a_draft_goes_out_as_folders_and_comes_back_the_same() {
    let test = TestApp::new().await;
    let editor = test.sign_in("linxia").await;
    let draft = begin(&editor).await;
    let values = json!({ "pack": "ebike-maker", "values": { "service_radius": 40 } });
    change(&editor, Method::PUT, &draft, "parameters", values).await.expect(200);
    let zip = editor.get(&format!("{draft}/export")).await.expect(200);
    let path = "rulebook/drafts/import?title=back&reason=test";
    let upload = |bytes: Vec<u8>| {
        let editor = &editor;
        async move { editor.upload(path, "packs.zip", "application/zip", &bytes).await }
    };
    let back = upload(zip.bytes.clone()).await.expect(201);
    let (a, b) = (editor.get(&draft).await.at("/changes"), back.at("/changes"));
    assert_eq!(a, b);
    assert!(a.to_string().contains("40"), "{a}");
    upload(b"no archive".to_vec()).await.expect(422).refused("draft-unreadable");
    let archive = |name: &str, body: &[u8]| {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("x/rulebook.toml", options).expect("an entry");
        zip.start_file(name, options).expect("an entry");
        zip.write_all(body).expect("a body");
        zip.finish().expect("an archive").into_inner()
    };
    upload(archive("x/../../etc/passwd", b"")).await.refused("draft-unreadable");
    let bomb = archive("x/standard.md", &vec![b'a'; 3 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    upload(bomb).await.expect(413);
}

#[tokio::test]
async fn open_cases_move_to_a_release_by_name_and_once() {
    let test = TestApp::new().await;
    let unit = test.sold(12).await;
    let case = test.advisor().await.open_repair(&unit, "不走车").await;
    let (editor, manager) = (test.sign_in("linxia").await, test.sign_in("guoqiang").await);
    let draft = begin(&editor).await;
    approved(&editor, &manager, &draft, "< 8").await;
    let today = json!({ "effective_on": "2026-11-21" });
    let done = step(&manager, &draft, "publish", today).await.expect(200);
    let to = done.str("/release/release/hash");
    let order = |dry: bool| {
        json!({ "name": "2026年末换版", "reason": "统一口径", "to": to, "dry_run": dry,
                "process": "repair_order" })
    };
    let migrate = |dry: bool| manager.post("rulebook/migrations", order(dry));
    let dry = migrate(true).await.expect(200);
    assert_eq!((dry.at("/moved"), dry.str("/cases/0/id")), (Json::from(1), case.clone()));
    let moved = migrate(false).await.expect(200);
    assert_eq!(moved.at("/moved"), 1, "a dry run moved nothing: {}", moved.text());
    let again = migrate(false).await.expect(200);
    assert_eq!((again.at("/moved"), again.at("/already")), (Json::from(0), Json::from(1)));
    let stored =
        test.app.store().case(case.parse().expect("an id"), &store::Scope::company()).await;
    assert_eq!(stored.expect("the case").state.release, to);
    editor.post("rulebook/migrations", order(true)).await.expect(403);
    let verified = test.app.store().verify(None).await.expect("a walk");
    assert!(verified.problems.is_empty(), "{verified:?}");
}
