//! Who pays, beside the guarantees: what the maker is asked for from an order, and what stands
//! between a station and the maker.

use crate::journey::{assign, repair, until_assigned};
use testkit::{Actor, Json, TestApp, json};

fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).expect("a unit").id.to_string()
}

/// What an account holds, in fen.
async fn holds(actor: &Actor<'_>, path: &str) -> i64 {
    let found = actor.get(&format!("accounts?prefix={path}")).await.expect(200).at("/items");
    let own = |row: &&Json| row["account"]["path"] == *path;
    let row = found.as_array().into_iter().flatten().find(own);
    row.and_then(|row| row["balance"].as_i64()).unwrap_or_default()
}

async fn verified(test: &TestApp) {
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

#[tokio::test]
async fn an_order_asks_the_maker_and_hears_what_was_approved() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let order = until_assigned(&test, &unit, 55).await;
    let (lina, office) = (test.advisor().await, test.sign_in("guoqiang").await);
    let asks = json!({ "preauth_why": "amount", "fault_seen": "容量 55%",
        "fault_photos": lina.photos(&["fault", "plate"]).await });
    lina.act(&order, "ask_preauth", asks).await.expect(200);
    let asked = test.open_cases("pre_authorisation").await.remove(0);
    let page = office.case(&asked).await.expect(200);
    assert_eq!(page.at("/data/asked/0/payer"), json!("maker"), "{}", page.at("/data"));
    let paper = office.get(&format!("documents/{}", page.str("/documents/0/id"))).await;
    assert!(paper.expect(200).text().contains("申请人 李娜"), "the paper names who asked");
    let sum = page.at("/data/asked");
    let sum: i64 = sum.as_array().into_iter().flatten().filter_map(|l| l["amount"].as_i64()).sum();
    office.act(&asked, "approve_lines", json!({})).await.expect(200);
    test.pass(1).await;
    let page = lina.case(&order).await.expect(200);
    assert_eq!(page.at("/data/preauth_sum"), json!(sum), "{}", page.at("/data"));
    assert!(test.open_cases("pre_authorisation").await.is_empty(), "it is used for its order");
}

#[tokio::test]
async fn goodwill_is_carried_out_once_and_its_lines_are_not_charged_again() {
    let test = TestApp::new().await;
    let unit = test.sold(26).await;
    let order = until_assigned(&test, &unit, 55).await;
    let lina = test.advisor().await;
    let asks = json!({ "goodwill_why": "just_past" });
    let page = lina.act(&order, "ask_goodwill", asks).await.expect(200);
    assert!(page.at("/data/past_days").as_i64().is_some_and(|days| days > 0), "{}", page.text());
    let number = page.str("/number");
    let goodwill = test.open_cases("goodwill").await.remove(0);
    let (office, head) = (test.sign_in("linxia").await, test.sign_in("guoqiang").await);
    let shares = json!({ "goodwill_history": "老客户", "maker_share": 50, "dealer_share": 20,
        "customer_share": 30 });
    let page = office.act(&goodwill, "assess_goodwill", shares).await.expect(200);
    let (maker, customer) = (page.at("/data/maker_part"), page.at("/data/customer_part"));
    let leader = test.sign_in("songyuan").await;
    let above = head.act(&goodwill, "grant", json!({})).await.refused("require-failed");
    assert!(above.text().contains("CM-28.3"), "{}", above.text());
    leader.act(&goodwill, "grant", json!({})).await.expect(200);
    let unsigned = lina.act(&goodwill, "carry_out_goodwill", json!({})).await;
    assert_eq!(unsigned.code(), "require-failed", "{}", unsigned.text());
    let signed = json!({ "share_signature": lina.signature().await });
    let page = lina.act(&goodwill, "carry_out_goodwill", signed).await.expect(200);
    assert_eq!(page.at("/data/goodwill_for"), json!(number));
    let account = format!("station/CB/goodwill/{}", page.str("/number"));
    assert_eq!(json!(holds(&head, &account).await), maker);
    let due = format!("station/CB/due/customer/{}", page.str("/number"));
    assert_eq!(json!(holds(&head, &due).await), customer);
    test.pass(1).await;

    assign(&test, &order, "chenqiang").await.expect(200);
    repair(&test, &order).await;
    let points = json!({ "fault_solved": true, "parts_firm": true, "exterior_clean": true });
    let supervisor = test.supervisor().await;
    supervisor.act(&order, "reinspect", json!({ "reinspection": points })).await.expect(200);
    let page = lina.case(&order).await.expect(200);
    let lines = |payer: &str| -> Json {
        let sheet = page.at("/data/lines");
        let told = |l: &Json| {
            json!({ "id": l["id"], "item": l["item"], "quantity": l["quantity"], "payer": payer,
                "reason": "善意索赔" })
        };
        sheet.as_array().into_iter().flatten().map(told).collect()
    };
    let settle = |lines: Json, signature: Json| {
        json!({ "fault_gone": true, "old_part_shown": true, "actual": lines,
            "payment_means": "none", "settlement_signature": signature })
    };
    let again = settle(lines("customer"), lina.signature().await);
    let again = lina.act(&order, "settle", again).await.refused("require-failed");
    assert!(again.text().contains("CM-28.5"), "{}", again.text());
    let once = settle(lines("station"), lina.signature().await);
    lina.act(&order, "settle", once).await.expect(200);
    verified(&test).await;
}

/// The maker has forty tubes.
async fn stocked(maker: &Actor<'_>) {
    let rows = json!([{ "part": "TUB-16", "quantity": 40 }]);
    let form = json!({ "supplier": "F1", "received": rows });
    maker.open("stock_receipt", None, form).await.expect(201);
}

#[tokio::test]
async fn a_region_is_not_closed_while_its_agent_has_parts_on_loan() {
    let test = TestApp::new().await;
    let (maker, finance) = (test.sign_in("linxia").await, test.sign_in("tangli").await);
    let head = test.sign_in("guoqiang").await;
    stocked(&maker).await;
    let agent = org(&test, "A01");
    let account = json!({ "dealer": agent });
    let account = maker.open("float_account", None, account).await.expect(201).str("/id");
    let quota = json!({ "agent": agent, "new_agent": true, "per_vehicle": 150,
        "quota_vehicles": 100, "sales_volume": 900, "distance_km": 210, "repair_frequency": 3 });
    maker.open("loan_quota", None, quota).await.expect(201);
    let ask = json!({ "agent": agent, "wanted": [{ "part": "TUB-16", "quantity": 2 }] });
    let loan = maker.open("parts_loan", None, ask).await.expect(201).str("/id");
    let lend = json!({ "carrier": "德邦", "waybill": "DP7" });
    maker.act(&loan, "issue", lend).await.expect(200);
    maker.act(&loan, "receive", json!({})).await.expect(200);

    let end = json!({ "end_reason": "停止销售" });
    let open = head.act(&account, "end_region", end.clone()).await.refused("require-failed");
    assert!(open.text().contains("EB-3.2c"), "{}", open.text());

    let form = json!({ "faulty": [{ "part": "TUB-16", "quantity": 2, "serials": ["WX1", "WX2"] }],
        "papers": { "sticker": true, "third_copy": true }, "pickup_no": "TH-1" });
    let none = maker.act(&loan, "offset", form).await;
    assert_eq!(none.code(), "posting-refused", "the agent has no old tubes: {}", none.text());
    let rest = json!({ "means": "transfer", "receipt_no": "H-9" });
    finance.act(&loan, "settle", rest).await.expect(200);
    assert_eq!(holds(&finance, "station/A01/loan").await, 0);
    head.act(&account, "end_region", end.clone()).await.expect(200);
    finance.act(&account, "end_region", end).await.expect(200);
    verified(&test).await;
}
