//! Importing sold vehicles over HTTP: looked at first, then written whole.

use testkit::{Json, TestApp, json};

const MESSY: &[u8] = include_bytes!("data/sold-vehicles-messy.xlsx");
const CLEAN: &[u8] = include_bytes!("data/sold-vehicles-1000.xlsx");
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[tokio::test]
async fn a_thousand_sales_are_imported_found_and_known_the_second_time() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let staged = department.upload("imports", "11月.xlsx", XLSX, CLEAN).await.expect(201);
    assert_eq!(staged.at("/counts"), json!({ "accept": 1000, "reject": 0, "skip": 0 }));
    assert_eq!(staged.str("/state"), "staged");
    let advisor = test.advisor().await;
    let nothing = advisor.get("units?q=LYLC1250110001").await.expect(200);
    assert_eq!(nothing.at("/items"), json!([]), "nothing is written before it is applied");

    let path = format!("imports/{}", staged.str("/id"));
    let applied = department.post(&format!("{path}/apply"), json!({})).await.expect(200);
    assert_eq!(applied.str("/state"), "applied");
    department.post(&format!("{path}/apply"), json!({})).await.expect(422).refused("import-state");
    department.delete(&path).await.expect(422).refused("import-state");

    let hit = advisor.get("units?q=LRFR6250910011").await.expect(200);
    assert_eq!(hit.str("/items/0/customer/name_masked"), "魏*丽");
    assert_eq!(hit.str("/items/0/sold_on"), "2025-11-19");
    let again = department.upload("imports", "again.xlsx", XLSX, CLEAN).await.expect(201);
    assert_eq!(again.at("/counts"), json!({ "accept": 0, "reject": 0, "skip": 1000 }));
    department.delete(&format!("imports/{}", again.str("/id"))).await.expect(204);
}

#[tokio::test]
async fn the_messy_workbook_shows_its_verdicts_and_gives_the_wrong_rows_back() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let staged = department.upload("imports", "乱.xlsx", XLSX, MESSY).await.expect(201);
    let path = format!("imports/{}", staged.str("/id"));
    assert_eq!(staged.at("/notes").as_array().map(Vec::len), Some(2), "hidden sheet, hidden row");
    let rows = department.get(&format!("{path}/rows")).await.expect(200).at("/items");
    let rows = rows.as_array().expect("rows").clone();
    let expected = include_str!("data/sold-vehicles-messy.expected.csv");
    for line in expected.lines().skip(1) {
        let parts: Vec<&str> = line.splitn(4, ',').collect();
        let number: i64 = parts[0].parse().expect("a row number");
        let row = rows.iter().find(|r| r["row"] == number).expect("a row");
        assert_eq!(row["verdict"], parts[2], "row {}: {}", parts[0], row["why"]);
    }
    assert!(!rows.iter().any(|r| r.to_string().contains("16278479249")), "phones are masked");
    let english = test.sign_in("linxia").await.english();
    let rejected = english.get(&format!("{path}/rows?verdict=reject")).await.at("/items");
    let first = rejected.as_array().and_then(|all| all.first().cloned()).unwrap_or_default();
    assert_eq!(first["why"], "ambiguous date 3/4/25 is not guessed");

    for cursor in ["-1", "abc", "9999999999999"] {
        let reply = department.get(&format!("{path}/rows?cursor={cursor}")).await;
        reply.expect(400).refused("cursor-unreadable");
    }
    let book = department.get(&format!("{path}/errors.xlsx")).await.expect(200);
    assert_eq!(book.header("content-type"), XLSX);
    let again = department.upload("imports", "errors.xlsx", XLSX, &book.bytes).await.expect(201);
    let wrong = staged.at("/counts/reject").as_i64().unwrap_or(-1);
    assert_eq!(sum(&again.at("/counts")), wrong, "every wrong row comes back");
}

fn sum(counts: &Json) -> i64 {
    counts.as_object().map_or(0, |map| map.values().filter_map(Json::as_i64).sum())
}

#[tokio::test]
async fn what_is_no_workbook_is_refused_with_what_would_be_right() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    for (bytes, right) in [
        (b"PK\x03\x04broken".as_slice(), ".xlsx"),
        (b"", ".xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为不加密的 .xlsx"),
        (b"<html><table>", "另存为 .xlsx"),
        (b"frame,model\n1,2", "车架号"),
        ("车架号,车型,购车人,手机号,购车日期,网点编码\nL1,\"R6\n,,\n".as_bytes(), "第 2 行的引号"),
    ] {
        let reply = department.upload("imports", "x.xlsx", XLSX, bytes).await.expect(422);
        let said = reply.refused("import-unreadable").str("/detail");
        assert!(said.contains(right), "{said}");
    }
    let advisor = test.advisor().await;
    advisor.upload("imports", "x.xlsx", XLSX, CLEAN).await.expect(403).refused("forbidden");
}

/// What somebody says of a workbook, as it stands in an address.
fn said(columns: &Json) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    let text = columns.to_string();
    text.bytes().flat_map(|byte| ['%', digit(byte >> 4), digit(byte & 15)]).collect()
}

#[tokio::test]
async fn columns_said_by_hand_are_remembered_and_can_be_forgotten() {
    let test = TestApp::new().await;
    let manager = test.sign_in("liuyang").await;
    let file = |n: u32| format!("2026 客户\n买主,联系方式,备注\n诸葛孔明,1390000000{n},老客户\n");
    let send = async |path: &str, n: u32| {
        manager.upload(path, "客户.csv", "text/csv", file(n).as_bytes()).await
    };
    let refused = send("imports?kind=customers", 1).await.expect(422);
    refused.refused("import-unreadable");

    // What is in the file, and what the columns may be.
    let look = send("imports/columns?kind=customers", 1).await.expect(200);
    assert_eq!((look.str("/sheet").as_str(), look.at("/header_row")), ("CSV", Json::Null));
    assert_eq!(look.at("/rows/1/row"), json!(2));
    assert_eq!(look.at("/rows/1/cells/1/text"), json!("联系方式"));
    assert_eq!(look.at("/keys/0"), json!({ "key": "name", "title": "姓名" }));

    let twice = json!({ "sheet": "CSV", "row": 2, "columns": { "0": "name", "1": "name" } });
    let path = |said: &str| format!("imports?kind=customers&columns={said}");
    send(&path(&said(&twice)), 1).await.expect(422).refused("form-invalid");
    let wrong = json!({ "sheet": "CSV", "row": 2, "columns": { "0": "shoe_size" } });
    send(&path(&said(&wrong)), 1).await.expect(422).refused("bad-request");
    let right = json!({ "sheet": "CSV", "row": 2, "columns": { "0": "name", "1": "phone" } });
    let staged = send(&path(&said(&right)), 1).await.expect(201);
    assert_eq!(staged.at("/counts"), json!({ "accept": 1, "reject": 0, "skip": 0 }));
    assert_eq!(staged.at("/columns/0/by"), json!("hand"));

    // The next file with these headings is read by itself, and says why.
    let next = send("imports?kind=customers", 2).await.expect(201);
    assert_eq!(next.at("/counts/accept"), json!(1));
    let column = json!({ "heading": "买主", "title": "姓名", "by": "remembered" });
    assert_eq!(next.at("/columns/0"), column);
    assert_eq!(next.at("/columns/2/title"), Json::Null);
    // Of another kind of import nothing is known.
    let list = manager.get("imports/headings?kind=customers").await.expect(200);
    assert_eq!(list.at("/items").as_array().map(Vec::len), Some(2), "{}", list.text());
    assert_eq!(list.at("/items/0/by"), json!("刘洋"));
    let other = manager.get("imports/headings?kind=people").await.expect(200);
    assert_eq!(other.at("/items"), json!([]));
    manager.get("imports/headings?kind=prices").await.expect(403);

    let forget = format!("imports/headings?kind=customers&heading={}", said(&json!("买主")));
    let forget = forget.replace("%22", "");
    manager.delete(&forget).await.expect(204);
    manager.delete(&forget).await.expect(404);
    send("imports?kind=customers", 3).await.expect(422).refused("import-unreadable");
}
