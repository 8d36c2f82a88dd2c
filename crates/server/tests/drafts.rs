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
}
