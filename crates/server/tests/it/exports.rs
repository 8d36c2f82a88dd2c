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

/// The values of a key in every row of a list, page by page, three at a time.
async fn listed(actor: &Actor<'_>, path: &str, key: &str) -> Vec<String> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = actor.get(&format!("{path}limit=3{cursor}")).await.expect(200);
        let items = page.at("/items").as_array().cloned().unwrap_or_default();
        all.extend(
            items.iter().map(|row| row.pointer(key).and_then(Json::as_str).unwrap_or("").into()),
        );
        let next = page.str("/next");
        if next.is_empty() {
            return all;
        }
        cursor = format!("&cursor={next}");
    }
}

fn column(rows: &[Vec<String>], nth: usize) -> Vec<String> {
    rows[1..].iter().map(|row| row[nth].clone()).collect()
}

#[tokio::test]
async fn the_registers_go_out_as_they_are_shown() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    for month in 1..9 {
        test.sold(month).await;
    }
    let vehicles = |filter: Json| {
        json!({ "list": "units", "filter": filter, "columns": [
            { "key": "frame_no", "title": "车架号" }, { "key": "customer.name_masked", "title": "车主" },
            { "key": "sold_on", "title": "售出" }, { "key": "org", "title": "网点" },
        ] })
    };
    let rows = sheet(&lina, vehicles(json!({}))).await;
    let shown = listed(&lina, "units?", "/frame_no").await;
    assert!(shown.len() >= 8, "{shown:?}");
    assert_eq!(column(&rows, 0), shown, "the rows and their order are those of the page");
    assert!(rows[1][1].contains('*'), "masked as on the page: {:?}", rows[1]);
    let whole: Vec<&String> =
        rows.iter().flatten().filter(|cell| cell.contains("王小明")).collect();
    assert!(whole.is_empty(), "{whole:?}");
    // The page's filter narrows the sheet in the same way.
    let late = rows[1..].iter().map(|row| row[2].clone()).max().expect("a day");
    let since = sheet(&lina, vehicles(json!({ "from": late }))).await;
    let found = listed(&lina, &format!("units?from={late}&"), "/frame_no").await;
    assert_eq!(column(&since, 0), found);
    assert!(!found.is_empty() && found.len() < shown.len(), "{found:?}");
    let model = sheet(&lina, vehicles(json!({ "model": "no-such-model" }))).await;
    assert_eq!(model.len(), 1);
    let one = sheet(&lina, vehicles(json!({ "q": shown[2] }))).await;
    assert_eq!(column(&one, 0), [shown[2].clone()]);

    let customers = json!({ "list": "customers", "columns": [
        { "key": "id", "title": "档案" }, { "key": "name_masked", "title": "姓名" },
        { "key": "phone_masked", "title": "电话" }, { "key": "org", "title": "网点" },
    ] });
    let rows = sheet(&lina, customers.clone()).await;
    assert_eq!(column(&rows, 0), listed(&lina, "customers?", "/id").await);
    assert!(rows.len() > 1 && rows[1..].iter().all(|row| row[1].contains('*')), "{rows:?}");

    // Another station has registers of its own.
    let stranger = test.stranger().await;
    let theirs = sheet(&stranger, vehicles(json!({}))).await;
    assert!(theirs[1..].iter().all(|row| !shown.contains(&row[0])), "{theirs:?}");
    assert_eq!(sheet(&stranger, customers).await.len(), 1);
}

#[tokio::test]
async fn prices_and_parts_go_out_in_the_words_of_their_page() {
    let test = TestApp::new().await;
    let head = test.sign_in("songyuan").await;
    let asked = json!({ "list": "prices", "filter": { "kind": "labour" }, "columns": [
        { "key": "code", "title": "编码" },
        { "key": "kind", "title": "类别", "words": { "labour": "工时" } },
        { "key": "prices.2.amount", "title": "零售价", "fen": true },
    ] });
    let rows = sheet(&head, asked).await;
    let shown = listed(&head, "prices?kind=labour&", "/code").await;
    assert_eq!(column(&rows, 0), shown);
    assert!(!shown.is_empty() && rows[1][1] == "工时", "{:?}", rows[1]);
    let first = head.get("prices?kind=labour&limit=1").await.expect(200);
    let fen = first.at("/items/0/prices/2/amount").as_i64().expect("a price");
    let (yuan, cents) = (fen / 100, fen % 100);
    let shown = rows[1][2].parse::<f64>().map(|amount| format!("{amount:.2}"));
    assert_eq!(shown, Ok(format!("{yuan}.{cents:02}")));

    // What the page narrows by itself is narrowed in the sheet too.
    let parts = |class: &str| {
        json!({ "list": "parts", "only": { "class": class },
            "columns": [{ "key": "code", "title": "编码" }] })
    };
    let wearing = column(&sheet(&head, parts("wearing")).await, 0);
    assert_eq!(wearing, listed(&head, "parts?class=wearing&", "/code").await);
    assert_eq!(sheet(&head, parts("no-such")).await.len(), 1);
}
