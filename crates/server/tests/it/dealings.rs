//! What there was with a customer stands in one list, and a number without a name is one file.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use testkit::{Actor, Json, TestApp, json};

fn call(matter: &str, phone: &str) -> Json {
    json!({ "call_kind": "fault", "call_matter": matter, "number_read_back": true,
        "customer_phone": phone })
}

async fn owner(actor: &Actor<'_>, unit: &str) -> String {
    actor.get(&format!("units/{unit}")).await.expect(200).str("/owner/id")
}

fn kinds(page: &Json) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_there_was_stands_in_one_list_the_latest_first() {
    let test = TestApp::new().await;
    let (unit, lina) = (test.sold(3).await, test.advisor().await);
    let customer = owner(&lina, &unit).await;
    test.pass(1).await;
    let order = lina.open_repair(&unit, "充不进电").await;
    test.pass(1).await;
    let mut asked = call("修好了没有", "");
    asked.as_object_mut().unwrap().remove("customer_phone");
    lina.open("phone_log", Some(&unit), asked).await.expect(201);
    let path = format!("customers/{customer}/dealings");
    let page = lina.get(&path).await.expect(200).json();
    assert_eq!(kinds(&page), ["call", "visit", "file", "bought"], "{page}");
    assert_eq!(page["items"][0]["matter"], "修好了没有");
    assert_eq!(page["items"][1]["case"]["id"], json!(order));
    assert_eq!(page["items"][1]["matter"], "充不进电");
    assert_eq!(page["items"][2]["event"]["event"], "registered");
    assert_eq!(page["items"][3]["unit"]["id"], json!(unit));
    assert_eq!(page["next"], Json::Null);
    let visits = lina.get(&format!("customers/{customer}")).await.expect(200).at("/visits");
    assert_eq!(visits["count"], 1);
    assert_eq!(visits["first_at"], visits["last_at"]);

    // Another station does not see the file, and a page begins where one ended.
    test.stranger().await.get(&path).await.refused("not-found");
    lina.get(&format!("{path}?cursor=x")).await.refused("cursor-unreadable");
}

#[tokio::test]
async fn a_long_list_comes_in_pages_without_gaps() {
    let test = TestApp::new().await;
    let (unit, lina) = (test.sold(3).await, test.advisor().await);
    let customer = owner(&lina, &unit).await;
    // All in one instant, so that the order is by id alone.
    for number in 0..40 {
        let mut asked = call(&format!("第{number}次"), "");
        asked.as_object_mut().unwrap().remove("customer_phone");
        lina.open("phone_log", Some(&unit), asked).await.expect(201);
    }
    let path = format!("customers/{customer}/dealings");
    let mut matters = Vec::new();
    let (mut at, mut pages) = (path.clone(), 0);
    loop {
        let page = lina.get(&at).await.expect(200).json();
        pages += 1;
        let items = page["items"].as_array().unwrap();
        matters.extend(items.iter().filter_map(|item| item["matter"].as_str().map(str::to_owned)));
        let Some(next) = page["next"].as_str() else { break };
        at = format!("{path}?cursor={next}");
    }
    let expected: Vec<String> = (0..40).rev().map(|number| format!("第{number}次")).collect();
    assert_eq!((matters, pages), (expected, 2));
}

#[tokio::test]
async fn a_number_without_a_name_is_one_file_until_somebody_gives_the_name() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let phone = "13977004321";
    for matter in ["打不着火", "还是打不着火"] {
        lina.open("phone_log", None, call(matter, phone)).await.expect(201);
    }
    let found = lina.get(&format!("hotline/callers?q={phone}")).await.expect(200);
    assert_eq!(found.at("/items").as_array().map(Vec::len), Some(1), "{}", found.text());
    assert_eq!(found.at("/items/0/calls").as_array().map(Vec::len), Some(2));
    assert_eq!(found.at("/items/0/name_masked"), Json::Null);
    let file = found.str("/items/0/id");

    let mut named = call("我来报个名字", phone);
    named["customer_name"] = json!("周大福");
    lina.open("phone_log", None, named).await.expect(201);
    let found = lina.get(&format!("hotline/callers?q={phone}")).await.expect(200);
    assert_eq!(found.at("/items").as_array().map(Vec::len), Some(1), "{}", found.text());
    assert_eq!(found.str("/items/0/id"), file, "the file is the same and has a name now");
    assert_eq!(found.str("/items/0/name_masked"), "周*福");
    let by_name = lina.get("customers?q=周大福").await.expect(200);
    assert_eq!(by_name.str("/items/0/id"), file);
    let page = lina.get(&format!("customers/{file}/dealings")).await.expect(200).json();
    assert_eq!(kinds(&page).iter().filter(|kind| *kind == "call").count(), 3);
    let completed = page["items"].as_array().unwrap().iter().any(|item| {
        item["event"]["event"] == "completed" && item["event"]["fields"] == json!(["name"])
    });
    assert!(completed, "{page}");
    // Somebody else at the same number is somebody else.
    let mut other = call("我是他太太", phone);
    other["customer_name"] = json!("陈小芳");
    lina.open("phone_log", None, other).await.expect(201);
    let found = lina.get(&format!("hotline/callers?q={phone}")).await.expect(200);
    assert_eq!(found.at("/items").as_array().map(Vec::len), Some(2));
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}
