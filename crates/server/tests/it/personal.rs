//! A customer's own data: erased when nothing holds it any more, looked at by right and on record.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use testkit::{Actor, Json, Reply, TestApp, json};

/// Who answers for personal data in the test company.
const OFFICER: &str = "guoqiang";

fn kinds(reply: &Reply) -> Vec<String> {
    let held = reply.at("/held");
    held.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

fn events(reply: &Reply) -> Vec<String> {
    let events = reply.at("/events");
    events.as_array().unwrap().iter().map(|one| one["event"].as_str().unwrap().to_owned()).collect()
}

/// The owner of a vehicle.
async fn owner(actor: &Actor<'_>, unit: &str) -> String {
    actor.get(&format!("units/{unit}")).await.expect(200).str("/owner/id")
}

/// A customer with a closed case: looked at, given up.
async fn closed_case(test: &TestApp, unit: &str) -> String {
    let advisor = test.advisor().await;
    let case = advisor.open_repair(unit, "跑不远").await;
    let ending = json!({ "ending_reason": "customer_declines" });
    advisor.act(&case, "end_unrepaired", ending).await.expect(200);
    case
}

#[tokio::test]
async fn an_erasure_waits_for_what_holds_it_and_is_offered_again() {
    let test = TestApp::new().await;
    let unit = test.sold(12).await;
    let (advisor, officer) = (test.advisor().await, test.sign_in(OFFICER).await);
    let customer = owner(&advisor, &unit).await;
    let case = advisor.open_repair(&unit, "跑不远").await;
    let erasure = format!("customers/{customer}/erasure");
    let asked = json!({ "ground": "asked" });

    advisor.post(&erasure, asked.clone()).await.expect(403);
    let held = officer.post(&erasure, asked.clone()).await.expect(200);
    assert_eq!(kinds(&held), ["case", "warranty"], "{}", held.json());
    assert_eq!(held.at("/erased"), json!(false));
    assert_eq!(held.at("/held/0/subject"), json!(case));
    assert!(held.str("/held/1/through").starts_with("202"), "{}", held.json());
    assert_eq!(held.str("/request/ground"), "asked");
    let waiting = officer.get("erasures").await.expect(200);
    assert_eq!(waiting.str("/items/0/customer/id"), customer);
    assert!(!waiting.at("/items/0/held").as_array().unwrap().is_empty());

    let put = json!({ "reason": "(2026)苏01民初9号", "through": null });
    let held = officer.post(&format!("customers/{customer}/holds"), put).await.expect(200);
    assert_eq!(kinds(&held), ["case", "warranty", "hold"]);
    let subject = held.str("/held/2/subject");
    let lift = format!("customers/{customer}/holds/{subject}/lift");
    officer.post(&lift, json!({})).await.expect(200);
    officer.post(&lift, json!({})).await.expect(404);

    let back = officer.delete(&erasure).await.expect(200);
    assert_eq!(back.at("/request"), Json::Null);
    assert_eq!(
        events(&back)[..4],
        ["erasure_withdrawn", "hold_lifted", "held", "erasure_asked"].map(str::to_owned)
    );
    officer.delete(&erasure).await.expect(404);
    assert!(officer.get("erasures").await.expect(200).at("/items").as_array().unwrap().is_empty());
}

#[tokio::test]
async fn what_nothing_holds_is_erased_and_every_page_says_so() {
    let test = TestApp::new().await;
    let unit = test.sold(120).await;
    let (advisor, officer) = (test.advisor().await, test.sign_in(OFFICER).await);
    let customer = owner(&advisor, &unit).await;
    let case = closed_case(&test, &unit).await;
    let erasure = format!("customers/{customer}/erasure");
    let asked = json!({ "ground": "consent_withdrawn" });

    let held = officer.post(&erasure, asked.clone()).await.expect(200);
    assert_eq!(kinds(&held), ["retention"], "{}", held.json());
    assert_eq!(held.str("/held/0/through"), "2029-11-21");
    assert_eq!(held.str("/held/0/clause/id"), "CM-11.1");
    // Three years later it stands in the list as what may be done.
    test.pass(60 * 24 * (3 * 366)).await;
    let (advisor, officer) = (test.advisor().await, test.sign_in(OFFICER).await);
    let waiting = officer.get("erasures").await.expect(200);
    assert_eq!(waiting.at("/items/0/held"), json!([]));
    let done = officer.post(&erasure, asked.clone()).await.expect(200);
    assert_eq!((done.at("/erased"), done.at("/request")), (json!(true), Json::Null));
    assert_eq!(events(&done)[0], "erased");
    assert!(officer.get("erasures").await.expect(200).at("/items").as_array().unwrap().is_empty());
    officer.post(&erasure, asked).await.expect(200);

    for path in [
        format!("customers/{customer}"),
        format!("cases/{case}"),
        "cases".to_owned(),
        format!("units/{unit}"),
    ] {
        let page = advisor.get(&path).await.expect(200).json().to_string();
        assert!(page.contains("已删除 · Erased") && !page.contains("王*明"), "{path}: {page}");
    }
    let why = json!({ "reason": "回访" });
    let seen = advisor.post(&format!("customers/{customer}/unmask"), why).await.expect(200);
    assert_eq!(seen.at("/name"), Json::Null);
    for query in ["王小明", "wangxiaoming"] {
        let found = advisor.get(&format!("customers?q={query}")).await.expect(200);
        assert!(found.at("/items").as_array().unwrap().is_empty(), "{query}");
    }
    let page = advisor.case(&case).await.expect(200);
    for document in page.at("/documents").as_array().unwrap() {
        let paper = advisor.get(&format!("documents/{}", document["id"].as_str().unwrap())).await;
        assert!(paper.expect(404).str("/detail").contains("已删除"));
    }
    // Whoever comes with the vehicle next is somebody new.
    let again = advisor.open_repair(&unit, "刹车响").await;
    let again = advisor.case(&again).await.expect(200);
    assert_eq!(again.at("/customer"), Json::Null);
    let report = test.app.store().verify(None).await.unwrap();
    assert_eq!(report.problems, []);
}

#[tokio::test]
async fn every_look_at_a_customer_stands_on_record() {
    let test = TestApp::new().await;
    let unit = test.sold(12).await;
    let (advisor, officer) = (test.advisor().await, test.sign_in(OFFICER).await);
    let customer = owner(&advisor, &unit).await;
    let unmask = format!("customers/{customer}/unmask");
    advisor.open_repair(&unit, "跑不远").await;
    let technician = test.sign_in("zhaolei").await;
    technician.post(&unmask, json!({ "reason": "看看" })).await.expect(403);
    advisor.post(&unmask, json!({ "reason": "" })).await.expect(422);
    let stranger = test.sign_in("hejing").await;
    stranger.post(&unmask, json!({ "reason": "看看" })).await.expect(404);
    let seen = advisor.post(&unmask, json!({ "reason": "通知取车" })).await.expect(200);
    assert_eq!(seen.str("/name"), "王小明");

    advisor.get(&format!("customers/{customer}/record")).await.expect(403);
    let record = officer.get(&format!("customers/{customer}/record")).await.expect(200);
    let events = record.at("/events");
    let looks: Vec<&Json> =
        events.as_array().unwrap().iter().filter(|event| event["event"] == "unmasked").collect();
    assert_eq!(looks.len(), 1, "a refused look is none");
    assert_eq!(looks[0]["reason"], "通知取车");
    assert_eq!(looks[0]["by"]["name"], "李娜");
    assert_eq!(looks[0]["fields"], json!(["name", "phone"]));
}
