//! Customers from a workbook: judged row by row, seen only once all are written.

use crate::book::{XLSX, book};
use testkit::{Actor, Json, Reply, TestApp, json};

const HEAD: [&str; 6] = ["客户姓名", "联系电话", "住址", "身份证号", "同意回访", "网点编码"];

async fn staged(actor: &Actor<'_>, rows: &[[&str; 6]]) -> Reply {
    actor.upload("imports?kind=customers", "客户.xlsx", XLSX, &book(&HEAD, rows)).await.expect(201)
}

async fn found(actor: &Actor<'_>, q: &str) -> Vec<Json> {
    let items = actor.get(&format!("customers?q={q}")).await.expect(200).at("/items");
    items.as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn customers_are_judged_then_registered_all_at_once() {
    let test = TestApp::new().await;
    let manager = test.sign_in("liuyang").await;
    let rows = [
        ["诸葛孔明", "139 0571 0001", "杭州市西湖区文三路 1 号", "", "是", "CB"],
        ["诸葛孔明", "13905710001", "", "", "", "CB"],
        ["黄月英", "", "", "", "否", ""],
        ["", "13905710003", "", "", "", ""],
        ["姜维", "1.39E+10", "", "", "", ""],
        ["马超", "13905710005", "", "123456", "", ""],
        ["魏延", "13905710006", "", "", "也许", ""],
        ["庞统", "13905710007", "", "", "", "XX-99"],
    ];
    let import = staged(&manager, &rows).await;
    let counts = import.at("/counts");
    assert_eq!(counts, json!({ "accept": 2, "reject": 5, "skip": 1 }), "{}", import.text());
    let path = format!("imports/{}", import.str("/id"));
    let listed = manager.get(&format!("{path}/rows")).await.expect(200).at("/items");
    let kinds: Vec<&str> =
        listed.as_array().into_iter().flatten().filter_map(|r| r["kind"].as_str()).collect();
    let expect = [
        "phone_normalised",
        "same_customer",
        "phone_missing",
        "name_missing",
        "phone_digits_lost",
        "identity_invalid",
        "consent_unknown",
        "outlet_unknown",
    ];
    assert_eq!(kinds, expect);
    let shown = listed.to_string();
    assert!(!shown.contains("诸葛孔明") && !shown.contains("文三路 1"), "masked: {shown}");
    assert!(found(&manager, "13905710001").await.is_empty(), "nothing is written yet");
    let errors = manager.get(&format!("{path}/errors.xlsx")).await.expect(200);
    assert!(errors.bytes.len() > 1000);

    manager.post(&format!("{path}/apply"), json!({})).await.expect(200);
    let one = found(&manager, "13905710001").await;
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["name_masked"], "诸**明", "{}", one[0]);
    assert_eq!(one[0]["consent"], true);
    // The same workbook again says of whom it knows that it does.
    let again = staged(&manager, &rows[..1]).await;
    assert_eq!(again.at("/counts"), json!({ "accept": 0, "reject": 0, "skip": 1 }));
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}
