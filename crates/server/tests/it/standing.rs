//! Tags and grades of customers: put on by staff, followed from the file, on record.

use testkit::{Json, TestApp, json};

async fn registered(test: &TestApp) -> String {
    let form = json!({
        "name": "诸葛瑾", "phone": "13977001001", "consent": true,
    });
    test.advisor().await.post("customers", form).await.expect(201).str("/id")
}

fn body(tags: &[&str], were: &[&str]) -> Json {
    json!({ "tags": tags, "were": were })
}

#[tokio::test]
async fn a_tag_says_what_staff_heed_and_a_grade_follows_from_it() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let customer = registered(&test).await;
    let (standing, tags) =
        (format!("customers/{customer}/standing"), format!("customers/{customer}/tags"));
    let before = advisor.get(&standing).await.expect(200);
    assert_eq!((before.at("/grade"), before.at("/tags")), (Json::Null, json!([])));
    let after = advisor.put(&tags, body(&["large_print", "key_account"], &[])).await.expect(200);
    assert_eq!(after.str("/grade/id"), "a");
    assert_eq!(after.str("/tags/0/id"), "key_account");
    assert!(after.str("/tags/1/heed/zh").contains("大字"), "{}", after.text());

    // Somebody who looked before chooses again.
    let late = advisor.put(&tags, body(&["fleet"], &[])).await.expect(409);
    assert_eq!(late.str("/code"), "stale-version");
    let wrong = advisor.put(&tags, body(&["vip"], &["key_account", "large_print"])).await;
    assert_eq!(wrong.expect(422).str("/fields/0/field"), "tags");
    let less = advisor.put(&tags, body(&["large_print"], &["key_account", "large_print"])).await;
    assert_eq!(less.expect(200).at("/grade"), Json::Null, "the grade goes with its reason");

    let dealings = advisor.get(&format!("customers/{customer}/dealings")).await.expect(200);
    let tagged = dealings.text().matches("\"tagged\"").count();
    assert_eq!(tagged, 2, "each change is on record: {}", dealings.text());
    let stranger = test.stranger().await;
    stranger.get(&standing).await.expect(404);
    stranger.put(&tags, body(&[], &["large_print"])).await.expect(404);
}
