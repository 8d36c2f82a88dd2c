//! Lists as workbooks (导出): as their pages show them, in the caller's scope and masked.

use axum::http::{Method, header};
use calamine::{Reader as _, Xlsx};
use std::io::Cursor;
use testkit::{Actor, Json, TestApp, json};

/// What a page accepts that shows how far an export is.
const TOLD: &str = "application/vnd.sanbao.export";

fn cases(filter: &Json) -> Json {
    json!({ "list": "cases", "filter": filter, "columns": [
        { "key": "number", "title": "单号" }, { "key": "state", "title": "状态" },
        { "key": "customer_masked", "title": "客户" }, { "key": "opened_at", "title": "开单" },
    ] })
}

async fn sheet(actor: &Actor<'_>, asked: Json) -> Vec<Vec<String>> {
    let reply = actor.post("exports", asked).await.expect(200);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(reply.bytes.clone())).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[tokio::test]
async fn a_list_goes_out_as_its_page_shows_it() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let mut numbers = Vec::new();
    for month in 3..6 {
        let order = lina.open_repair(&test.sold(month).await, "不走").await;
        numbers.push(lina.case(&order).await.expect(200).str("/number"));
    }
    let rows = sheet(&lina, cases(&json!({ "area": "repair", "open": "true" }))).await;
    assert_eq!(rows[0], ["单号", "状态", "客户", "开单"]);
    let listed: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(listed, numbers.iter().rev().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(rows[1][2], "王*明", "masked as on the page");
    assert_eq!(rows[1][3].len(), "2026-11-21 14:05".len(), "{}", rows[1][3]);
    // The filter of the page is the filter of the sheet.
    let one = sheet(&lina, cases(&json!({ "q": numbers[0] }))).await;
    assert_eq!((one.len(), &one[1][0]), (2, &numbers[0]));
    // Another station takes out what it sees: nothing of this.
    let stranger = test.stranger().await;
    assert_eq!(sheet(&stranger, cases(&json!({ "area": "repair" }))).await.len(), 1);

    let wrong = json!({ "list": "cases", "columns": [] });
    lina.post("exports", wrong).await.refused("form-invalid");
    let accounts = json!({ "list": "accounts", "columns": [{ "key": "path", "title": "x" }] });
    lina.post("exports", accounts).await.expect(403);

    // Who took out what stands in their journal.
    let officer = test.sign_in("admin").await;
    let id = test.person("lina").await;
    let page = officer.get(&format!("people/{id}")).await.expect(200);
    assert!(page.text().contains("exported"), "{}", page.text());
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

#[tokio::test]
async fn more_than_a_page_goes_out_whole() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let unit = test.sold(3).await;
    for _ in 0..105 {
        lina.open_repair(&unit, "不走").await;
    }
    let rows = sheet(&lina, cases(&json!({ "area": "repair" }))).await;
    assert_eq!(rows.len(), 106);
}

/// What a page gets that shows how far it is: the lines, and the workbook between them.
async fn told(actor: &Actor<'_>, asked: &Json) -> (Vec<Json>, Vec<u8>) {
    let request = actor.request(Method::POST, "exports").header(header::ACCEPT, TOLD);
    let reply = actor.send(request, asked).await.expect(200);
    assert_eq!(reply.header("content-encoding"), "identity", "nobody collects it on the way");
    let (mut lines, mut book) = (Vec::new(), Vec::new());
    let mut rest: &[u8] = &reply.bytes;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line: Json = serde_json::from_slice(&rest[..end]).expect("a line");
        rest = &rest[end + 1..];
        let bytes = line["bytes"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        book.extend_from_slice(&rest[..bytes]);
        rest = &rest[bytes..];
        lines.push(line);
    }
    assert!(rest.is_empty(), "nothing stands behind the last line");
    (lines, book)
}

#[tokio::test]
async fn who_waits_is_told_how_far_it_is_and_what_is_wrong() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let unit = test.sold(3).await;
    for _ in 0..205 {
        lina.open_repair(&unit, "不走").await;
    }
    let (lines, bytes) = told(&lina, &cases(&json!({ "area": "repair" }))).await;
    let far: Vec<i64> = lines.iter().filter_map(|line| line["rows"].as_i64()).collect();
    assert_eq!(far, [100, 200]);
    assert_eq!(lines.last(), Some(&json!({ "end": 205 })));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    assert_eq!(range.rows().count(), 206);

    let accounts = json!({ "list": "accounts", "columns": [{ "key": "path", "title": "x" }] });
    let (lines, bytes) = told(&lina, &accounts).await;
    assert_eq!((lines.len(), bytes.len()), (1, 0));
    assert_eq!(lines[0]["problem"]["code"], json!("forbidden"), "{}", lines[0]);
}
