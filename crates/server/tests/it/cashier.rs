//! Money at the counter: collected once whoever is quicker, counted by who took it, approved by
//! somebody else, and invoiced for what was paid.

use crate::journey::{assign, repair, until_assigned};
use testkit::{Json, Reply, TestApp, json};

/// An order out of its term, settled and to be paid at the counter.
async fn settled(test: &TestApp) -> String {
    let unit = test.sold(30).await;
    let case = until_assigned(test, &unit, 55).await;
    assign(test, &case, "chenqiang").await.expect(200);
    repair(test, &case).await;
    let points = json!({ "fault_solved": true, "parts_firm": true, "exterior_clean": true });
    let form = json!({ "reinspection": points });
    test.supervisor().await.act(&case, "reinspect", form).await.expect(200);
    let advisor = test.advisor().await;
    let form = json!({
        "fault_gone": true, "old_part_shown": true, "payment_means": "later",
        "settlement_signature": advisor.signature().await,
    });
    advisor.act(&case, "settle", form).await.expect(200);
    case
}

fn first(desk: &Reply) -> Json {
    desk.at("/due/0")
}

#[tokio::test]
async fn a_bill_is_collected_once_counted_by_its_taker_and_closed_by_another() {
    let test = TestApp::new().await;
    settled(&test).await;
    let (lina, manager) = (test.advisor().await, test.manager().await);
    let desk = lina.get("cashier").await.expect(200);
    let bill = first(&desk);
    let (id, due) = (bill["id"].as_str().expect("a bill").to_owned(), bill["amount"].as_i64());
    let due = due.expect("an amount");
    assert!(due > 10000 && bill["customer_masked"].as_str().is_some_and(|n| n.contains('*')));
    // A technician takes no money here, and nobody takes more than is due.
    let all = json!({ "wechat": due });
    test.technician().await.act(&id, "collect", all.clone()).await.refused("not-your-role");
    lina.act(&id, "collect", json!({ "wechat": due + 1 })).await.expect(422);
    // Two counters at once: one of them takes it.
    let (one, two) = tokio::join!(
        lina.act(&id, "collect", json!({ "cash": 5000 })),
        manager.act(&id, "collect", all.clone()),
    );
    assert_eq!([one.status, two.status].iter().filter(|s| s.is_success()).count(), 1);
    let left = first(&lina.get("cashier").await.expect(200));
    if let Some(left) = left["amount"].as_i64() {
        lina.act(&id, "collect", json!({ "wechat": left })).await.expect(200);
    } else {
        // The manager was quicker and took all of it; it is reversed and taken anew.
        let form = json!({ "back_wechat": due, "back_reason": "顾问已收" });
        manager.act(&id, "correct", form).await.expect(200);
        let form = json!({ "cash": 5000, "wechat": due - 5000 });
        lina.act(&id, "collect", form).await.expect(200);
    }
    let desk = lina.get("cashier").await.expect(200);
    assert_eq!(desk.at("/due"), json!([]));
    let sum: i64 = desk
        .at("/till")
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|s| s["amount"].as_i64())
        .sum();
    assert_eq!(sum, due);
    counted(&test, &id, due).await;
    invoiced(&test, &id).await;
    assert!(test.app.store().verify(None).await.expect("verified").problems.is_empty());
}

/// The close of a till that lacks ten yuan.
async fn counted(test: &TestApp, id: &str, due: i64) {
    let (lina, manager) = (test.advisor().await, test.manager().await);
    // Ten yuan are missing: not closed before it is explained, and never by who counted.
    let form = json!({ "n20": 2, "counted_wechat": due - 5000 });
    let close = lina.open("cashier_close", None, form.clone()).await.expect(201);
    assert_eq!(close.str("/tracks/0/state/id"), "differs", "{}", close.text());
    assert_eq!(close.at("/data/diff_cash"), json!(-1000));
    let close = close.str("/id");
    lina.open("cashier_close", None, form).await.expect(422);
    manager
        .act(&close, "explain", json!({ "cause_cash": "多找 10 元" }))
        .await
        .refused("not-your-role");
    lina.act(&close, "explain", json!({})).await.expect(422);
    lina.act(&close, "explain", json!({ "cause_cash": "多找 10 元" })).await.expect(200);
    // What is taken back meanwhile belongs to the next close.
    let form = json!({ "back_cash": 1000, "back_reason": "少收" });
    lina.act(id, "correct", form).await.expect(200);
    manager.act(&close, "close", json!({})).await.expect(200);
    manager.act(&close, "close", json!({})).await.refused("not-allowed-now");
    // The cash goes to the bank, never more of it than was closed.
    let slip = |fen: i64| json!({ "slip_no": "BK2611-0042", "deposit_amount": fen });
    lina.act(&close, "bank", slip(4001)).await.refused("posting-refused");
    let banked = lina.act(&close, "bank", slip(4000)).await.expect(200);
    assert_eq!(banked.str("/tracks/0/state/id"), "banked");
    let posted = lina.get(&format!("cases/{close}/postings")).await.expect(200);
    assert!(posted.text().contains("BK2611-0042"), "{}", posted.text());
    let desk = lina.get("cashier").await.expect(200);
    assert_eq!(desk.at("/till/0/amount"), json!(-1000), "{}", desk.text());
    assert_eq!(desk.at("/entries").as_array().map(Vec::len), Some(1));
}

/// An invoice, the red one, and the refund it makes way for.
async fn invoiced(test: &TestApp, id: &str) {
    let (lina, manager) = (test.advisor().await, test.manager().await);
    // An invoice for what was paid; the red one frees it again.
    let ask =
        json!({ "invoice_title": "杭州丰行配送有限公司", "tax_number": "91350100M000100Y43" });
    lina.act(id, "ask_invoice", ask).await.expect(200);
    let requests = test.open_cases("invoice_request").await;
    let request = requests.first().expect("a request").clone();
    manager.act(&request, "check", json!({})).await.expect(200);
    let book = manager.get("invoices.xlsx").await.expect(200);
    assert!(book.text().starts_with("PK"));
    let form = json!({ "invoice_no": "26332000000123456789" });
    manager.act(&request, "issue", form).await.expect(200);
    let form = json!({ "refund_allowed": 5000, "refund_reason": "多收" });
    manager.act(id, "allow_refund", form).await.expect(200);
    let back = json!({ "back_cash": 100, "back_reason": "多收" });
    lina.act(id, "refund", back.clone()).await.expect(422);
    lina.act(&request, "ask_red", json!({ "red_reason": "退款" })).await.expect(200);
    // The number stands already: with this very request.
    let form = json!({ "red_no": "26332000000123456789" });
    let twice = manager.act(&request, "reverse", form).await.expect(422);
    let number = lina.case(&request).await.expect(200).str("/number");
    assert!(twice.text().contains(&format!("已经登记过：见 {number}")), "{}", twice.text());
    let form = json!({ "red_no": "26332000000123456790" });
    manager.act(&request, "reverse", form).await.expect(200);
    test.pass(1).await;
    lina.act(id, "refund", back).await.expect(200);
}

#[tokio::test]
async fn a_blind_count_says_what_the_books_expect_once_it_was_entered() {
    let mut packs = server::embedded::packs();
    for pack in &mut packs {
        let Some(own) = pack.files.get_mut("rulebook.toml") else { continue };
        let Some(at) = own.find("id = \"blind_count\"") else { continue };
        let (before, after) = own.split_at(at);
        *own = format!("{before}{}", after.replacen("value = false", "value = true", 1));
    }
    let test = TestApp::ruled_by(packs).await;
    settled(&test).await;
    let lina = test.advisor().await;
    let bill = first(&lina.get("cashier").await.expect(200));
    let due = bill["amount"].as_i64().expect("an amount");
    let id = bill["id"].as_str().expect("a bill").to_owned();
    lina.act(&id, "collect", json!({ "cash": due })).await.expect(200);
    let desk = lina.get("cashier").await.expect(200);
    assert_eq!((desk.at("/blind"), desk.at("/till")), (json!(true), json!([])));
    let form = json!({ "n100": due / 10_000 });
    let asked = json!({ "process": "cashier_close", "form": form });
    let ahead = lina.post("cases/preview", asked).await.expect(200);
    assert_eq!((ahead.at("/ok"), ahead.at("/next")), (json!(true), json!(null)), "not by trying");
    let close = lina.open("cashier_close", None, form).await.expect(201);
    assert_eq!(close.at("/data/booked_cash"), json!(due), "now it is said");
}
