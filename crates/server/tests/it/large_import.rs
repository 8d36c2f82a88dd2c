//! A large workbook: read and written in the background, stopped when asked, seen only when whole.

use rust_xlsxwriter::Workbook;
use testkit::{Actor, Json, TestApp, json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const HEAD: [&str; 3] = ["姓名", "手机号", "地址"];
/// Times a page asks before it gives up: nothing waits on the clock.
const ASKED: usize = 20_000;

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
