//! Lists as workbooks (导出): as their pages show them, in the caller's scope and masked.

use calamine::{Reader as _, Xlsx};
use std::io::Cursor;
use testkit::{Actor, Json, TestApp, json};

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
