//! A station requests what ran low, the central warehouse approves and ships, the station follows
//! it; and what is above the quota of a van is refused in words.

use testkit::{Actor, Json, TestApp, json};

fn pieces(part: &str, quantity: u32) -> Json {
    json!({ "part": part, "quantity": quantity })
}

async fn receive(actor: &Actor<'_>, rows: Json) {
    let form = json!({ "supplier": "F1", "received": rows });
    actor.open("stock_receipt", None, form).await.expect(201);
}

/// Where a case stands, as its reader sees it.
async fn stands(actor: &Actor<'_>, case: &str) -> String {
    let reply = actor.get(&format!("cases/{case}")).await.expect(200);
    reply.str("/tracks/0/state/title/zh")
}

#[tokio::test]
async fn a_request_is_approved_shipped_and_checked_in_and_its_station_sees_every_step() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    receive(
        &maker,
        json!([pieces("TUB-16", 40), { "part": "BAT-48-20", "serials": ["N1", "N2"] }]),
    )
    .await;
    let rows = json!([pieces("TUB-16", 30), pieces("BAT-48-20", 2)]);
    maker.open("parts_request", None, json!({ "requested": rows })).await.refused("not-your-role");
    let case = keeper.open("parts_request", None, json!({ "requested": rows })).await;
    let case = case.expect(201).str("/id");
    assert_eq!(stands(&keeper, &case).await, "待核准");
    keeper.act(&case, "approve", json!({})).await.refused("not-your-role");

    // Who approves sees the central shelf, not the station's.
    let form = json!({ "form": {} });
    let preview = maker.post(&format!("cases/{case}/actions/approve/preview"), form).await;
    let fields = preview.expect(200).at("/form/fields");
    let field = fields.as_array().and_then(|fields| fields.first().cloned()).unwrap_or_default();
    let there = field["shelf"]["parts"].as_array().cloned().unwrap_or_default();
    let tubes = there.iter().find(|part| part["code"] == "TUB-16").cloned().unwrap_or_default();
    assert_eq!(tubes["on_hand"], json!(40));
    maker.act(&case, "approve", json!({})).await.expect(200);
    assert_eq!(stands(&keeper, &case).await, "备货");
    let told = keeper.get("messages").await.expect(200);
    assert!(told.text().contains("补货已核准"), "{}", told.text());

    let shipped = json!([pieces("TUB-16", 30), { "part": "BAT-48-20", "serials": ["N1", "N2"] }]);
    let form = json!({ "shipped": shipped, "carrier": "顺丰", "waybill": "SF9" });
    maker.act(&case, "ship", form).await.expect(200);
    assert_eq!(stands(&keeper, &case).await, "在途");
    let row = keeper.get("stock?part=TUB-16").await.expect(200);
    assert_eq!(row.at("/items/0/in_transit"), json!(30));
    keeper.act(&case, "receive", json!({})).await.expect(200);
    assert_eq!(stands(&keeper, &case).await, "已收货");
    let row = keeper.get("stock?part=BAT-48-20").await.expect(200);
    assert_eq!(row.at("/items/0/on_hand"), json!(2));

    // Another station sees nothing of it.
    let elsewhere = test.sign_in("gaofei").await;
    elsewhere.get(&format!("cases/{case}")).await.refused("not-found");
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

#[tokio::test]
async fn what_is_above_the_quota_of_a_van_is_refused_in_words() {
    let test = TestApp::new().await;
    let (keeper, head) = (test.sign_in("wufang").await, test.manager().await);
    receive(&keeper, json!([pieces("PAD-F", 9)])).await;
    let technician = test.person("chenqiang").await;
    let quota = json!({ "van_holder": technician, "quota": [pieces("PAD-F", 3)] });
    keeper.open("van_quota", None, quota.clone()).await.refused("not-your-role");
    head.open("van_quota", None, quota).await.expect(201);

    let unit = test.sold(3).await;
    let requested = test.now().to_string();
    let form =
        json!({ "symptom": "刹车不灵", "address": "江北路 8 号", "requested_at": requested });
    let advisor = test.advisor().await;
    let visit = advisor.open("on_site_commission", Some(&unit), form).await;
    let visit = visit.expect(201).str("/id");
    head.act(&visit, "receive", json!({})).await.expect(200);
    head.act(&visit, "dispatch", json!({ "technician": technician })).await.expect(200);
    let load = |n| json!({ "van_parts": [pieces("PAD-F", n)] });
    let refused = keeper.act(&visit, "load_van", load(4)).await;
    let detail = refused.str("/detail");
    assert!(detail.contains("陈强随车库") && detail.contains("还可增加 3 件"), "{detail}");
    assert!(!detail.contains("per_"), "no account number in {detail}");
    assert_eq!(refused.at("/clauses/0/id"), json!("CM-9.1"));
    refused.refused("posting-refused");
    keeper.act(&visit, "load_van", load(3)).await.expect(200);
}
