//! A large workbook: read and written in the background, stopped when asked, seen only when whole.

use rust_xlsxwriter::Workbook;
use server::imports::customer_rows::Entered;
use std::fmt::Write as _;
use store::import::{CHUNK, ImportedUnit};
use testkit::{Actor, Json, TestApp, json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEAD: [&str; 3] = ["姓名", "手机号", "地址"];
/// Times a page asks before it gives up: nothing waits on the clock.
const ASKED: usize = 20_000;
/// One large workbook is read at a time in a process, and these tests share one.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Customers with addresses that do not pack well, so that few rows are a large file.
fn book(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0..).zip(HEAD) {
        sheet.write_string(0, column, text).expect("a cell");
    }
    let mut dice = 20_261_121_u64;
    for row in 1..=rows {
        let address: String = (0..190)
            .map(|_| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let place = u32::try_from(dice >> 40).unwrap_or(0) % 20_000;
                char::from_u32(0x4e00 + place).unwrap_or('路')
            })
            .collect();
        // The second row is wrong, whichever way it is read.
        let phone = if row == 2 { "139".to_owned() } else { format!("139{row:08}") };
        sheet.write_string(row, 0, "诸葛孔明").expect("a cell");
        sheet.write_string(row, 1, phone).expect("a cell");
        sheet.write_string(row, 2, address).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

async fn at_rest(actor: &Actor<'_>, path: &str) -> Json {
    for _ in 0..ASKED {
        let import = actor.get(path).await.expect(200).at("");
        if import["progress"].is_null() {
            return import;
        }
        tokio::task::yield_now().await;
    }
    panic!("the import does not come to rest");
}

#[tokio::test]
async fn a_large_workbook_is_read_and_written_in_the_background() {
    let _alone = ALONE.lock().await;
    let test = TestApp::new().await;
    let manager = test.sign_in("liuyang").await;
    let bytes = book(2_600);
    assert!(bytes.len() > 1024 * 1024, "{}", bytes.len());
    let import = manager.upload("imports?kind=customers", "大.xlsx", XLSX, &bytes).await;
    let import = import.expect(201);
    assert_eq!(import.str("/progress/phase"), "reading");
    let path = format!("imports/{}", import.str("/id"));
    let busy = manager.upload("imports?kind=customers", "又一份.xlsx", XLSX, &bytes).await;
    busy.expect(409).refused("busy");
    let staged = at_rest(&manager, &path).await;
    assert_eq!(staged["counts"], json!({ "accept": 2599, "reject": 1, "skip": 0 }), "{staged}");
    assert_eq!(staged["state"], "staged");

    let applying = manager.post(&format!("{path}/apply"), json!({})).await.expect(200);
    assert_eq!(applying.str("/progress/phase"), "writing");
    let hidden = manager.get("customers?q=13900000001").await.expect(200);
    assert_eq!(hidden.at("/items"), json!([]), "nobody sees a part of it");
    let applied = at_rest(&manager, &path).await;
    assert_eq!(applied["state"], "applied", "{applied}");
    for phone in ["13900000001", "13900002600"] {
        let found = manager.get(&format!("customers?q={phone}")).await.expect(200);
        assert_eq!(found.at("/items").as_array().map(Vec::len), Some(1), "{phone}");
    }
    let errors = manager.get(&format!("{path}/errors.xlsx")).await.expect(200);
    assert!(errors.bytes.len() > 1000);

    // The same again is stopped while it is read, and leaves nothing.
    let again = manager.upload("imports?kind=customers", "大.xlsx", XLSX, &bytes).await;
    let path = format!("imports/{}", again.expect(201).str("/id"));
    manager.delete(&path).await.expect(204);
    let gone = at_rest(&manager, &path).await;
    assert_eq!(gone["state"], "discarded");
    let rows = manager.get(&format!("{path}/rows")).await.expect(200);
    assert_eq!(rows.at("/items"), json!([]));

    // What is no workbook at all says so on the page it was uploaded to.
    let junk = vec![7_u8; 2 * 1024 * 1024];
    let mut import = manager.upload("imports?kind=customers", "x.xlsx", XLSX, &junk).await;
    for _ in 0..ASKED {
        // The one before is put down when its next batch is not wanted.
        if import.status != 409 {
            break;
        }
        tokio::task::yield_now().await;
        import = manager.upload("imports?kind=customers", "x.xlsx", XLSX, &junk).await;
    }
    let import = import.expect(201);
    let ended = at_rest(&manager, &format!("imports/{}", import.str("/id"))).await;
    assert_eq!(ended["state"], "discarded");
    assert!(ended["failed"].as_str().is_some_and(|said| said.contains(".xlsx")), "{ended}");
}

/// The server is killed after the first chunk: nobody sees a part, the next one writes the rest.
#[tokio::test]
async fn an_import_whose_server_was_killed_is_written_on_and_shown_whole() {
    let test = TestApp::new().await;
    let manager = test.sign_in("liuyang").await;
    let bytes = book(250);
    let import = manager.upload("imports?kind=customers", "中.xlsx", XLSX, &bytes).await;
    let import = import.expect(201);
    assert_eq!(import.at("/counts/accept"), json!(249));
    let (id, path) = (import.str("/id"), format!("imports/{}", import.str("/id")));
    let id: i64 = id.parse().expect("a number");

    // What the server had done when it was killed.
    let (store, now) = (test.app.store(), test.now());
    store.begin_applying(id, 249, now).await.expect("it begins");
    let most = u32::try_from(CHUNK).expect("small");
    let page = store.import_rows(id, Some("accept"), None, most).await.expect("rows");
    let unit = |mut row: store::import::StagedRow| -> ImportedUnit {
        let entry = row.values.remove("entry").expect("an entry");
        let entered: Entered = serde_json::from_value(entry).expect("a customer");
        (row.row, None, Some(entered.into()))
    };
    let chunk: Vec<ImportedUnit> = page.items.into_iter().map(unit).collect();
    let actor = store.import(id).await.expect("it is there").person;
    store.write_chunk(id, 0, &chunk, actor, now).await.expect("the first chunk");

    let halted = manager.get(&path).await.expect(200);
    assert_eq!(halted.str("/progress/phase"), "writing");
    assert_eq!(halted.at("/progress/done"), json!(CHUNK));
    let shown = async |phone: &str| {
        let found = manager.get(&format!("customers?q={phone}")).await.expect(200);
        found.at("/items").as_array().map_or(0, Vec::len)
    };
    assert_eq!(shown("13900000001").await, 0, "nobody sees a part of it");

    // Silent for two minutes: whoever runs now goes on with it.
    test.pass(3).await;
    let applied = at_rest(&manager, &path).await;
    assert_eq!((applied["state"].as_str(), &applied["failed"]), (Some("applied"), &Json::Null));
    for phone in ["13900000001", "13900000101", "13900000250"] {
        assert_eq!(shown(phone).await, 1, "{phone} once");
    }
}

/// A price list of one part: so many rows by star levels and days, more than a megabyte of them.
fn price_list(rows: i64) -> Vec<u8> {
    let filler = "-".repeat(480);
    let first = jiff::civil::date(2026, 11, 22);
    let mut text = String::from("编码,星级,零售价,生效日期,我们的备注\n");
    for row in 0..rows {
        let day = first + jiff::Span::new().days(row / 10);
        let (stars, yuan) = (row % 10, 1000 + row);
        writeln!(text, "BAT-48-20,{stars},{yuan}.00,{day},{filler}").expect("a line");
    }
    text.into_bytes()
}

#[tokio::test]
async fn a_large_price_list_takes_effect_in_one_moment_or_not_at_all() {
    let _alone = ALONE.lock().await;
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let entered = async || {
        let history = department.get("prices/BAT-48-20").await.expect(200);
        history.at("/rows").as_array().map_or(0, Vec::len)
    };
    let list = price_list(2_400);
    assert!(list.len() > 1024 * 1024, "{}", list.len());
    let stage = async || {
        let import = department.upload("imports?kind=prices", "价.csv", "text/csv", &list).await;
        let path = format!("imports/{}", import.expect(201).str("/id"));
        let staged = at_rest(&department, &path).await;
        assert_eq!(staged["counts"], json!({ "accept": 2400, "reject": 0, "skip": 0 }));
        path
    };

    // Stopped while it is written: what stands in the table is never seen, and nothing can go on.
    let path = stage().await;
    let applying = department.post(&format!("{path}/apply"), json!({})).await.expect(200);
    assert_eq!(applying.str("/progress/phase"), "writing");
    assert_eq!(entered().await, 0, "none before all");
    department.delete(&path).await.expect(204);
    let stopped = at_rest(&department, &path).await;
    assert_eq!(stopped["state"], "discarded", "{stopped}");
    assert_eq!(entered().await, 0);
    department.post(&format!("{path}/apply"), json!({})).await.expect(422);

    let path = stage().await;
    department.post(&format!("{path}/apply"), json!({})).await.expect(200);
    let applied = at_rest(&department, &path).await;
    assert_eq!((applied["state"].as_str(), &applied["failed"]), (Some("applied"), &Json::Null));
    let mut asked = 0;
    while entered().await == 0 && asked < ASKED {
        // The price book in memory is made anew a moment later.
        asked += 1;
        tokio::task::yield_now().await;
    }
    assert_eq!(entered().await, 2_400, "all of them at once");
    test.settled().await;
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}
