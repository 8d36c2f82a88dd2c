//! Old parts that go back to the maker: each counts once.

use testkit::{Actor, Json, Reply, TestApp, json};

/// A station asks for new tubes for old ones with these labels.
async fn asked(keeper: &Actor<'_>, labels: &[&str]) -> Reply {
    let row =
        json!({ "part": "TUB-16", "quantity": labels.len(), "serials": labels, "cause": "开裂" });
    let form: Json = json!({ "offered": [row], "claim_kind": "repair" });
    keeper.open("old_for_new", None, form).await
}

#[tokio::test]
async fn a_label_counts_once_and_the_second_case_is_told_of_the_first() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let first = asked(&keeper, &["WX202610-0007", "WX202610-0009"]).await.expect(201);
    let number = first.str("/number");
    let second = asked(&keeper, &["WX202610-0009"]).await;
    let said = second.expect(422).text();
    assert!(said.contains("WX202610-0009") && said.contains(&number), "{said}");
    assert!(said.contains("CM-25.4"), "{said}");
    let english = keeper.english();
    let said = asked(&english, &["WX202610-0007"]).await.expect(422).text();
    assert!(said.contains("was used already: see") && said.contains(&number), "{said}");

    // What was withdrawn may be used again; the refusal then names the case that has it now.
    let keeper = test.sign_in("wufang").await;
    let form = json!({ "withdrawal_reason": "写错了件" });
    keeper.act(&first.str("/id"), "withdraw", form).await.expect(200);
    let third = asked(&keeper, &["WX202610-0009"]).await.expect(201).str("/number");
    let said = asked(&keeper, &["WX202610-0009"]).await.expect(422).text();
    assert!(said.contains(&third) && !said.contains(&number), "{said}");
}

#[tokio::test]
async fn each_piece_names_its_label() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let row = json!({ "part": "TUB-16", "quantity": 2, "serials": ["WX1"], "cause": "开裂" });
    let form = json!({ "offered": [row], "claim_kind": "repair" });
    let said = keeper.open("old_for_new", None, form).await.expect(422).text();
    assert!(said.contains("offered[0].serials") && said.contains("旧件标签"), "{said}");
}

fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).expect("a unit").id.to_string()
}

/// What an account holds, in fen.
async fn holds(actor: &Actor<'_>, path: &str) -> Option<i64> {
    let found = actor.get(&format!("accounts?prefix={path}")).await.expect(200).at("/items");
    let own = |row: &&Json| row["account"]["path"] == *path;
    found.as_array().into_iter().flatten().find(own).and_then(|row| row["balance"].as_i64())
}

/// The maker has forty tubes.
async fn stocked(maker: &Actor<'_>) {
    let rows = json!([{ "part": "TUB-16", "quantity": 40 }]);
    let form = json!({ "supplier": "F1", "received": rows });
    maker.open("stock_receipt", None, form).await.expect(201);
}

#[tokio::test]
async fn a_station_buys_by_telephone_and_the_parts_leave_on_the_payment_slip_only() {
    let test = TestApp::new().await;
    let (maker, finance) = (test.sign_in("linxia").await, test.sign_in("tangli").await);
    let keeper = test.sign_in("wufang").await;
    stocked(&maker).await;
    let wanted = json!([{ "part": "TUB-16", "quantity": 4 }]);
    let form = json!({ "notice_by": "phone", "buyer_kind": "unit", "buyer": org(&test, "CB"),
        "wanted": wanted });
    let case = maker.open("part_purchase", None, form).await.expect(201).str("/id");
    let page = maker.act(&case, "prepare", json!({})).await.expect(200);
    assert_eq!(page.at("/data/lines/0/price_class"), json!("ex_factory"), "{}", page.text());
    let owes = format!("station/CB/owes/purchase/{}", page.str("/number"));
    assert_eq!(holds(&finance, &owes).await, Some(4800));
    let sent = json!({ "carrier": "德邦", "waybill": "DP1" });
    let early = maker.act(&case, "ship", sent.clone()).await;
    assert_eq!(early.code(), "not-allowed-now", "{}", early.text());
    let short = json!({ "paid_amount": 4700, "means": "transfer", "receipt_no": "H-1" });
    let refused = finance.act(&case, "pay", short).await.expect(422).text();
    assert!(refused.contains("EB-8.3.2a"), "{refused}");
    let paid = json!({ "means": "transfer", "receipt_no": "H-1" });
    finance.act(&case, "pay", paid).await.expect(200);
    assert_eq!(holds(&finance, &owes).await, Some(0));
    maker.act(&case, "ship", sent).await.expect(200);
    keeper.act(&case, "receive", json!({})).await.expect(200);
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

#[tokio::test]
async fn a_loan_stays_within_its_quota_and_is_paid_down() {
    let test = TestApp::new().await;
    let (maker, finance) = (test.sign_in("linxia").await, test.sign_in("tangli").await);
    stocked(&maker).await;
    let agent = org(&test, "A01");
    let tubes = |pieces: u32| json!([{ "part": "TUB-16", "quantity": pieces }]);
    let ask = |pieces: u32| json!({ "agent": agent, "wanted": tubes(pieces) });
    let lend = json!({ "carrier": "德邦", "waybill": "DP7" });
    let case = maker.open("parts_loan", None, ask(10)).await.expect(201).str("/id");
    let none = maker.act(&case, "issue", lend.clone()).await;
    assert_eq!(none.code(), "posting-refused", "no quota yet: {}", none.text());
    assert_eq!(none.str("/clauses/0/id"), "EB-8.1.1a");
    let quota = json!({ "agent": agent, "new_agent": true, "per_vehicle": 150,
        "quota_vehicles": 100, "sales_volume": 900, "distance_km": 210, "repair_frequency": 3 });
    maker.open("loan_quota", None, quota).await.expect(201);
    maker.act(&case, "issue", lend.clone()).await.expect(200);
    assert_eq!(holds(&finance, "station/A01/loan").await, Some(12000));
    let more = maker.open("parts_loan", None, ask(3)).await.expect(201).str("/id");
    let over = maker.act(&more, "issue", lend).await;
    assert_eq!(over.code(), "posting-refused", "{}", over.text());
    maker.act(&case, "receive", json!({})).await.expect(200);
    let rest = json!({ "means": "transfer", "receipt_no": "H-9" });
    finance.act(&case, "settle", rest).await.expect(200);
    assert_eq!(holds(&finance, "station/A01/loan").await, Some(0));
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}
