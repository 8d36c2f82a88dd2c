//! A whole vehicle exchanged: the customer has the other one with a term of its own, and the one
//! that came back is marked for life.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::campaigns;
use testkit::{Json, Reply, TestApp, json};

/// The organisation unit with that code.
fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).unwrap().id.to_string()
}

fn checked(what: &[&str]) -> Json {
    what.iter()
        .map(|part| ((*part).to_owned(), json!(true)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A case of an exchange, priced and ready to be carried out.
async fn priced(test: &TestApp, unit: &str) -> String {
    let today = test.app.today().to_string();
    let report = json!({
        "wish": "exchange", "dealer": org(test, "D0101"), "bought_on": today,
        "invoice_valid": true, "first_reported_on": today, "performance_fault": true,
        "beyond_repair": true, "quality": "车架焊口开裂",
        "whole": checked(&["vehicle", "accessories", "papers"]),
    });
    let clerk = test.sign_in("majun").await;
    let case = clerk.open("vehicle_return", Some(unit), report).await.expect(201).str("/id");
    for (login, action, form) in [
        ("zhengyan", "approve_sales", json!({ "opinion": "同意" })),
        (
            "linxia",
            "investigate",
            json!({ "investigated_whom": "经销单位", "investigation": "未改装,无碰撞" }),
        ),
        ("dengchao", "inspect", json!({ "inspection": "焊口虚焊", "recognised": true })),
        ("songyuan", "approve_company", json!({ "opinion": "同意" })),
        ("tangli", "set_price", json!({ "return_amount": 329_900, "price_basis": "发票金额" })),
    ] {
        test.sign_in(login).await.act(&case, action, form).await.expect(200);
    }
    case
}

fn carried_out(frame_no: &str) -> Json {
    let parts = ["battery", "charger", "controller", "display", "keys", "papers"];
    json!({ "new_frame_no": frame_no, "components_sent": checked(&parts) })
}

async fn vehicle(test: &TestApp, unit: &str) -> Reply {
    test.sign_in("linxia").await.get(&format!("units/{unit}")).await.expect(200)
}

#[tokio::test]
async fn an_exchange_gives_the_other_vehicle_and_marks_the_one_that_came_back() {
    let test = TestApp::new().await;
    let (returned, taken) = (test.sold(0).await, test.sold(3).await);
    let owner = vehicle(&test, &returned).await.str("/owner/id");
    let case = priced(&test, &returned).await;
    let maker = test.sign_in("linxia").await;

    // A vehicle of somebody else cannot be given, and nothing is half done.
    let frame = vehicle(&test, &taken).await.str("/frame_no");
    let refused = maker.act(&case, "carry_out", carried_out(&frame)).await.refused("conflict");
    assert!(refused.text().contains("请换一辆没有售出的新车"), "{}", refused.text());
    assert_eq!(vehicle(&test, &returned).await.str("/owner/id"), owner);
    assert_eq!(test.open_cases("return_acceptance").await.len(), 0);

    maker.act(&case, "carry_out", carried_out("LRFR6250990001")).await.expect(200);
    let back = vehicle(&test, &returned).await;
    assert!(back.at("/owner").is_null(), "{}", back.text());
    assert_eq!(back.str("/card_state"), "void");
    assert_eq!(back.str("/warnings/0/text/zh"), "退回的车，不得按新车登记");
    assert_eq!(back.str("/owners/0/case/number"), maker.case(&case).await.str("/number"));

    assert_eq!(test.open_cases("return_acceptance").await.len(), 1, "accepted when it arrives");

    // The other is theirs from today; its papers are reviewed, since nobody knew it.
    let found = maker.get("units?q=LRFR6250990001").await.expect(200);
    let given = vehicle(&test, &found.str("/items/0/id")).await;
    assert_eq!(given.str("/owner/id"), owner);
    assert_eq!(given.str("/invoice_date"), test.app.today().to_string());
    assert_eq!(given.at("/unverified"), json!(true));

    // What came back is given to nobody as new.
    let again = priced(&test, &found.str("/items/0/id")).await;
    let frame = back.str("/frame_no");
    maker.act(&again, "carry_out", carried_out(&frame)).await.refused("conflict");
    test.settled().await;
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn a_vehicle_whose_recall_is_not_done_is_given_to_nobody() {
    let test = TestApp::new().await;
    let unit = test.sold(0).await;
    campaigns::vehicles(&test, "QHELD", 1..2, false).await;
    campaigns::approved(&test, &campaigns::frames("QHELD", 1, 1)).await;
    test.pass(1).await;
    let case = priced(&test, &unit).await;
    let maker = test.sign_in("linxia").await;
    let refused = maker.act(&case, "carry_out", carried_out("QHELD000001")).await;
    assert_eq!(refused.refused("conflict").str("/fields/0/field"), "new_frame_no");
    maker.act(&case, "carry_out", carried_out("QFREE000001")).await.expect(200);
}

#[tokio::test]
async fn what_the_maker_refunds_pays_for_the_dealers_next_parts() {
    let test = TestApp::new().await;
    let unit = test.sold(0).await;
    let case = priced(&test, &unit).await;
    let (maker, finance) = (test.sign_in("linxia").await, test.sign_in("tangli").await);
    maker.act(&case, "carry_out", carried_out("LRFR6250990002")).await.expect(200);
    let rows = json!([{ "part": "TUB-16", "quantity": 40 }]);
    let form = json!({ "supplier": "F1", "received": rows });
    maker.open("stock_receipt", None, form).await.expect(201);
    let form = json!({ "notice_by": "phone", "buyer_kind": "unit", "buyer": org(&test, "D0101"),
        "wanted": [{ "part": "TUB-16", "quantity": 4 }] });
    let bought = maker.open("part_purchase", None, form).await.expect(201).str("/id");
    let page = maker.act(&bought, "prepare", json!({})).await.expect(200);
    let due = page.at("/data/amount_due").as_i64().unwrap();

    let ahead = finance.post(&format!("cases/{bought}/actions/pay/preview"), json!({})).await;
    let ahead = ahead.expect(200).text();
    assert!(ahead.contains("¥3,299.00"), "the form shows the credit: {ahead}");
    let more = json!({ "credit_used": due + 100, "paid_amount": 0 });
    finance.act(&bought, "pay", more).await.refused("require-failed");
    let page = finance.act(&bought, "pay", json!({})).await.expect(200);
    assert_eq!(page.at("/data/credit_used"), json!(due));
    assert_eq!(page.at("/data/paid_amount"), json!(0));
    let left = finance.get("accounts?prefix=station/D0101/goods_credit").await.expect(200);
    assert_eq!(left.at("/items/0/balance"), json!(329_900 - due), "{}", left.text());

    let back = json!({ "cancel_reason": "不要了" });
    finance.act(&bought, "refund", back).await.expect(200);
    let left = finance.get("accounts?prefix=station/D0101/goods_credit").await.expect(200);
    assert_eq!(left.at("/items/0/balance"), json!(329_900));
    test.settled().await;
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn the_case_belongs_to_the_dealer_who_sends_the_vehicle_back() {
    let test = TestApp::new().await;
    let unit = test.sold(0).await;
    let case = priced(&test, &unit).await;
    let dealer = test.sign_in("liuyang").await;
    assert_eq!(dealer.case(&case).await.expect(200).str("/org/id"), org(&test, "D0101"));
    test.stranger().await.case(&case).await.expect(404);
}
