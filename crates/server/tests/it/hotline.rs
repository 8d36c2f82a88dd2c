//! The hotline: who calls is known by the number, what was promised stands beside it, and a call
//! that was not answered is on the list by when it is due.

use testkit::{Json, TestApp, json};

fn call(matter: &str) -> Json {
    json!({ "call_kind": "fault", "call_matter": matter, "number_read_back": true })
}

#[tokio::test]
async fn a_caller_is_known_by_the_number_with_what_is_open_and_promised() {
    let test = TestApp::new().await;
    let (unit, lina) = (test.sold(3).await, test.advisor().await);
    let case = lina.open_repair(&unit, "充不进电").await;
    lina.open("phone_log", Some(&unit), call("修好了没有")).await.expect(201);
    let owner = lina.get(&format!("units/{unit}")).await.expect(200).str("/owner/id");
    let id = owner.parse().expect("an id");
    let customer = test.app.store().customer(id).await.expect("the owner");
    let phone = customer.phone.expect("a number").reveal().to_owned();

    let found = lina.get(&format!("hotline/callers?q={phone}")).await.expect(200);
    assert_eq!(found.at("/items").as_array().map(Vec::len), Some(1));
    assert_eq!(found.str("/items/0/id"), owner);
    assert!(found.str("/items/0/phone_masked").contains('*'));
    assert!(!found.text().contains(&phone), "the number stays masked");
    assert_eq!(found.str("/items/0/vehicles/0/id"), unit);
    assert_eq!(found.str("/items/0/open/0/id"), case);
    assert_eq!(found.str("/items/0/calls/0/matter"), "修好了没有");

    // Another station learns whose number it is, as it would at its counter, and none of our cases.
    let other = test.stranger().await.get(&format!("hotline/callers?q={phone}")).await.expect(200);
    assert_eq!(other.str("/items/0/id"), owner);
    assert_eq!(other.at("/items/0/open"), json!([]));
    assert_eq!(other.at("/items/0/calls"), json!([]));
    // Nobody is turned away for a number that is not known.
    let nobody = lina.get("hotline/callers?q=13900000001").await.expect(200);
    assert_eq!(nobody.at("/items"), json!([]));
    lina.get("hotline/callers?q=1").await.refused("bad-request");
}

#[tokio::test]
async fn calls_to_be_returned_stand_by_when_they_are_due() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let later = lina.open("phone_log", None, call("配件多久到")).await.expect(201).str("/id");
    let mut form = call("刹车响");
    form["call_back_at"] = json!(test.now().plus_seconds(3600).to_string());
    form["customer_phone"] = json!("13977001234");
    let sooner = lina.open("phone_log", None, form).await.expect(201).str("/id");
    let back = lina.get("hotline/back").await.expect(200);
    assert_eq!(back.str("/items/0/id"), sooner, "a promise within the hour comes first");
    assert_eq!(back.str("/items/1/id"), later);
    assert_eq!(back.str("/items/0/promised_at"), test.now().plus_seconds(3600).to_string());
    lina.act(&sooner, "answer_call", json!({ "call_answer": "带来看看" })).await.expect(200);
    let back = lina.get("hotline/back").await.expect(200);
    assert_eq!(back.at("/items").as_array().map(Vec::len), Some(1));
    assert_eq!(test.stranger().await.get("hotline/back").await.expect(200).at("/items"), json!([]));
}

#[tokio::test]
async fn the_script_greets_by_the_company_and_leaves_the_caller_to_be_filled() {
    let test = TestApp::new().await;
    let script = test.advisor().await.get("hotline/script").await.expect(200);
    assert_eq!(script.str("/items/0/process"), "phone_log");
    let said = script.str("/items/0/steps/0/say/zh");
    assert!(!said.contains("{{") && said.contains('好'), "{said}");
    assert!(script.text().contains("{{ caller.phone }}"));
    assert_eq!(script.str("/items/0/steps/2/field"), "call_kind");
}
