//! Parts over HTTP: received, shipped, checked in, issued by serial; what the books do not hold
//! cannot go out, whoever is quicker.

use testkit::{Actor, Json, TestApp, json};

/// Id of an organisation unit.
async fn org(actor: &Actor<'_>, code: &str) -> String {
    let all = actor.get("orgs").await.expect(200).json();
    let rows = all.as_array().or_else(|| all["items"].as_array()).expect("units");
    let found = rows.iter().find(|row| row["code"] == code).expect("the unit");
    found["id"].as_str().expect("an id").to_owned()
}

async fn receive(actor: &Actor<'_>, rows: Json) -> String {
    let form = json!({ "supplier": "F1", "received": rows });
    actor.open("stock_receipt", None, form).await.expect(201).str("/id")
}

fn shipment(to: &str, waybill: &str, rows: &Json) -> Json {
    json!({ "ship_to": to, "carrier": "顺丰", "waybill": waybill, "shipped": rows })
}

#[tokio::test]
async fn a_battery_travels_by_serial_from_the_maker_onto_a_vehicle() {
    let test = TestApp::new().await;
    let maker = test.sign_in("linxia").await;
    let keeper = test.sign_in("wufang").await;
    let station = org(&maker, "CB").await;
    receive(&maker, json!([{ "part": "BAT-48-20", "serials": ["N1", "N2"] }])).await;

    // The same number cannot come in twice, nor leave from where it is not.
    let again =
        json!({ "supplier": "F1", "received": [{ "part": "BAT-48-20", "serials": ["N1"] }] });
    maker.open("stock_receipt", None, again).await.refused("posting-refused");
    let elsewhere = shipment(&station, "SF1", &json!([{ "part": "BAT-48-20", "serials": ["X9"] }]));
    let refused = maker.open("stock_transfer", None, elsewhere).await;
    assert_eq!(refused.at("/clauses/0/id"), "CM-9.5");
    assert!(refused.str("/detail").contains("X9"), "{}", refused.text());
    refused.refused("posting-refused");

    let form = shipment(&station, "SF1", &json!([{ "part": "BAT-48-20", "serials": ["N1"] }]));
    let transfer = maker.open("stock_transfer", None, form).await.expect(201).str("/id");
    // More than was shipped does not arrive.
    let more = json!({ "arrived": [{ "part": "BAT-48-20", "serials": ["N1", "N2"] }] });
    keeper.act(&transfer, "receive", more).await.refused("require-failed");
    keeper.act(&transfer, "receive", json!({})).await.expect(200);

    let unit = test.sold(20).await;
    let advisor = test.advisor().await;
    let case = advisor.open_repair(&unit, "充满电只能骑十公里").await;
    until_routed(&test, &case).await;
    let stolen = json!({ "issued": [{ "part": "BAT-48-20", "serials": ["N2"] }] });
    keeper.act(&case, "issue_parts", stolen).await.refused("posting-refused");
    let form = json!({ "issued": [{ "part": "BAT-48-20", "serials": ["N1"] }] });
    keeper.act(&case, "issue_parts", form).await.expect(200);
    // What a preview says is what the command would say.
    let form = json!({ "form": { "put_back": [{ "part": "BAT-48-20", "serials": ["N2"] }] } });
    let preview = keeper.post(&format!("cases/{case}/actions/give_back_parts/preview"), form).await;
    assert_eq!(preview.expect(200).str("/problem/code"), "posting-refused");

    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

async fn until_routed(test: &TestApp, case: &str) {
    let advisor = test.advisor().await;
    let condition = json!({
        "exterior": true, "power": true, "brakes": true, "lights": true, "belongings": true,
    });
    let photos = advisor.photos(&["front", "back", "plate", "odometer"]).await;
    let form = json!({ "identity_confirmed": true, "condition": condition, "photos_in": photos });
    advisor.act(case, "double_check", form).await.expect(200);
    let capacity = json!({ "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 });
    let form = json!({ "reproduced": true, "component": "li_battery", "fault": "low_capacity",
        "capacity": capacity });
    advisor.act(case, "diagnose", form).await.expect(200);
    let evidence = json!({ "card": true, "card_matches": true, "invoice": true });
    advisor.act(case, "judge", json!({ "evidence": evidence })).await.expect(200);
    let promised = test.now().plus_seconds(4 * 3600).to_string();
    let lines = json!([{ "id": "1", "kind": "part", "item": "BAT-48-20", "quantity": 1000 }]);
    let form = json!({ "lines": lines, "promised_at": promised });
    advisor.act(case, "estimate", form).await.expect(200);
    let form = json!({ "confirmation_signature": advisor.signature().await });
    advisor.act(case, "confirm", form).await.expect(200);
    advisor.act(case, "route", json!({})).await.expect(200);
}

#[tokio::test]
async fn of_many_hands_on_the_last_piece_one_gets_it() {
    let test = TestApp::new().await;
    let maker = test.sign_in("linxia").await;
    let station = org(&maker, "CB").await;
    receive(&maker, json!([{ "part": "TUB-16", "quantity": 1 }])).await;
    let ship = |waybill: &'static str| {
        let form = shipment(&station, waybill, &json!([{ "part": "TUB-16", "quantity": 1 }]));
        maker.open("stock_transfer", None, form)
    };
    let (a, b, c, d) = tokio::join!(ship("A"), ship("B"), ship("C"), ship("D"));
    let codes: Vec<String> = [a, b, c, d]
        .iter()
        .map(|reply| if reply.status == 201 { "shipped".to_owned() } else { reply.code() })
        .collect();
    let shipped = codes.iter().filter(|code| *code == "shipped").count();
    assert_eq!(shipped, 1, "{codes:?}");
    let refused = codes.iter().filter(|code| *code == "posting-refused").count();
    assert_eq!(refused, 3, "{codes:?}");
}

#[tokio::test]
async fn a_count_is_approved_by_another_and_a_receipt_is_reversed_once() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let head = test.manager().await;
    let receipt = receive(&keeper, json!([{ "part": "TUB-16", "quantity": 12 }])).await;
    let form = json!({ "counted": [{ "part": "TUB-16", "quantity": 10 }] });
    let count = keeper.open("stocktake", None, form).await.expect(201).str("/id");
    keeper.act(&count, "approve", json!({})).await.refused("not-your-role");
    head.act(&count, "approve", json!({})).await.refused("require-failed");
    let told = json!({ "counted": [{ "part": "TUB-16", "quantity": 10, "reason": "破损" }] });
    head.act(&count, "approve", told).await.expect(200);
    // Two of the twelve are gone: the receipt cannot be taken back as a whole.
    let why = json!({ "reversal_reason": "录错" });
    head.act(&receipt, "undo", why).await.refused("posting-refused");
}
