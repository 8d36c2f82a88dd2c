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
    for bytes in [b"frame,model\n1,2".as_slice(), b"PK\x03\x04broken", b""] {
        let reply = department.upload("imports", "x.xlsx", XLSX, bytes).await.expect(422);
        assert!(reply.refused("import-unreadable").str("/detail").contains(".xlsx"));
    }
    let advisor = test.advisor().await;
    advisor.upload("imports", "x.xlsx", XLSX, CLEAN).await.expect(403).refused("forbidden");
}
