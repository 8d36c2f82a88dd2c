//! An event that is never taken: it is shown, told again at once, or skipped by a person.

use super::double::{Does, Double, Heard, allowing};
use super::{SYMPTOM, later, made, round, row, tried};
use testkit::{Json, TestApp, json};

#[tokio::test]
async fn an_event_that_is_never_taken_is_skipped_by_a_person_with_a_reason() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let (advisor, admin) = (test.advisor().await, test.administrator().await);
    let (id, _) = made(&test, &double.address(), &["case.opened"]).await;
    let case = advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    let number = advisor.case(&case).await.expect(200).str("/number");
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    double.does(&[Does::Says(422); 6]);
    for wait in [0, 5, 60, 300] {
        later(&test, wait).await;
    }
    let shown = row(&admin).await;
    assert_eq!((&shown["held"]["tries"], &shown["held"]["stopped"]), (&json!(4), &json!(false)));
    assert!(!admin.get("messages").await.expect(200).text().contains("ERP"), "nobody is told yet");
    // At once, without waiting for its time: the fifth try, and its owner hears.
    let now = format!("webhooks/{id}/now");
    admin.post(&now, json!({})).await.expect(200);
    round(&test).await;
    let shown = row(&admin).await;
    assert_eq!((&shown["held"]["tries"], &shown["held"]["stopped"]), (&json!(5), &json!(true)));
    assert_eq!(shown["held"]["case"]["number"], number.as_str());
    assert_eq!((&shown["held"]["event"], &shown["state"]), (&json!("case.opened"), &json!("on")));
    assert!(admin.get("messages").await.expect(200).text().contains("停在一个事件上"));

    let skip = format!("webhooks/{id}/skip");
    let message = shown["held"]["message"].as_str().unwrap();
    admin.post(&skip, json!({ "message": message, "reason": "" })).await.refused("form-invalid");
    let other = json!({ "message": "evt_1", "reason": "对方不收" });
    admin.post(&skip, other).await.refused("stale-version");
    let asked = json!({ "message": message, "reason": "对方系统没有这种单据" });
    let heard = double.heard();
    assert!(heard.len() == 5 && heard.iter().all(|one| one.id == message), "{heard:?}");
    double.does(&[]);
    let after = admin.post(&skip, asked.clone()).await.expect(200);
    assert_eq!((after.at("/held"), after.at("/failing_since")), (Json::Null, Json::Null));
    round(&test).await;
    let rest: Vec<Heard> = double.heard();
    assert_eq!(rest.len(), 1, "what follows is told");
    assert_ne!(rest[0].id, message);
    let told = admin.get(&format!("webhooks/{id}/tries")).await.expect(200);
    let of = told.at("/items");
    let skipped = of.as_array().unwrap().iter().find(|one| one["state"] == "skipped").unwrap();
    assert_eq!(skipped["why"], "对方系统没有这种单据");
    assert!(skipped["person"]["name"].is_string() && skipped["message"] == message, "{skipped}");
    admin.post(&skip, asked).await.refused("stale-version");
    assert_eq!(tried(&admin, &id).await.len(), 7);
    let clean = test.app.store().verify(None).await.unwrap();
    assert_eq!((clean.subscriptions, clean.problems.len()), (1, 0), "{:?}", clean.problems);
}
