//! A new warranty card (补发保修卡) and papers entered late (补录).

use testkit::{Actor, Json, TestApp, json};

async fn asked(actor: &Actor<'_>, unit: &str, card: &str) -> Json {
    let page = actor.get(&format!("units/{unit}")).await.expect(200);
    json!({
        "frame_read": page.str("/frame_no"), "card_why": "lost",
        "owner_document": "identity_card", "owner_last4": "123X", "new_card": card,
    })
}

#[tokio::test]
async fn a_lost_card_is_void_and_still_leads_to_its_vehicle() {
    let test = TestApp::new().await;
    let (unit, other) = (test.sold(8).await, test.sold(9).await);
    let lina = test.advisor().await;
    let page = lina.get(&format!("units/{unit}")).await.expect(200);
    let form = asked(&lina, &unit, "NEW-CARD-1").await;
    let case = lina.open("card_reissue", Some(&unit), form).await.expect(201).str("/id");
    let case = lina.case(&case).await.expect(200);
    assert_eq!(case.str("/tracks/0/state/id"), "issued");
    assert!(!case.text().contains("123X"), "the document is sealed: {}", case.text());
    let after = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(after.str("/card_no"), "NEW-CARD-1");
    assert_eq!(after.at("/coverage/bars"), page.at("/coverage/bars"), "the terms stay");
    assert_eq!(after.str("/owner/id"), page.str("/owner/id"));
    let paper = lina.get(&format!("documents/{}", case.str("/documents/0/id"))).await.expect(200);
    let paper = paper.text();
    assert!(paper.contains("NEW-CARD-1") && paper.contains("王*明"), "{paper}");

    // The card that was given is replaced in its turn: void, found, and never good again.
    let form = asked(&lina, &unit, "NEW-CARD-2").await;
    lina.open("card_reissue", Some(&unit), form).await.expect(201);
    let found = lina.get("units?q=NEW-CARD-1").await.expect(200);
    assert_eq!(found.str("/items/0/id"), unit);
    assert_eq!(found.str("/items/0/void_card"), "NEW-CARD-1", "{}", found.text());
    let after = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(after.str("/cards/0/card_no"), "NEW-CARD-1", "{}", after.at("/cards"));
    for (unit, card) in [(&unit, "NEW-CARD-1"), (&other, "NEW-CARD-1"), (&other, "NEW-CARD-2")] {
        let form = asked(&lina, unit, card).await;
        let taken = lina.open("card_reissue", Some(unit), form).await.refused("conflict");
        assert!(taken.text().contains("一车一卡"), "{}", taken.text());
    }
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

/// What is said of a paper.
fn late(at: &str, photos: &Json) -> Json {
    json!({ "paper": "WX-0042", "reason": "停电", "occurred_at": at, "photos": photos })
}

#[tokio::test]
async fn a_paper_entered_late_is_checked_by_somebody_else() {
    let test = TestApp::new().await;
    let unit = test.sold(8).await;
    let lina = test.advisor().await;
    let photo = lina.photo().await;
    let at = test.now().plus_seconds(-3600).to_string();
    let body = |photos: Json| {
        json!({ "process": "repair_order", "subject": { "unit": unit },
            "form": { "symptom": "充不进电" }, "late": late(&at, &photos) })
    };
    lina.post("cases", body(json!(["file_0000000000000"]))).await.refused("form-invalid");
    lina.post("cases", body(json!(["x"]))).await.refused("form-invalid");
    let order = lina.post("cases", body(json!([photo]))).await.expect(201).str("/id");
    let checks = test.open_cases("late_entry").await;
    assert_eq!(checks.len(), 1);
    let check = lina.case(&checks[0]).await.expect(200);
    assert_eq!(check.str("/data/paper_no"), "WX-0042");
    assert_eq!(check.str("/data/late_why"), "停电");
    assert_eq!(check.str("/data/paper_photo/0/file"), photo);
    assert_eq!(check.str("/parent/id"), order, "{}", check.text());

    let manager = test.manager().await;
    let fine = json!({ "late_checked": { "paper": true, "order": true }, "moves_term": false });
    lina.act(&checks[0], "accept", fine.clone()).await.refused("not-your-role");
    let asks = json!({ "late_question": "谁接的车" });
    manager.act(&checks[0], "ask", asks).await.expect(200);
    let told = lina.get("messages").await.expect(200).text();
    assert!(told.contains("谁接的车"), "{told}");
    lina.act(&checks[0], "answer", json!({ "late_answer": "我接的" })).await.expect(200);
    let done = manager.act(&checks[0], "accept", fine).await.expect(200);
    assert_eq!(done.str("/tracks/0/state/id"), "accepted");
    // What is not late opens nothing.
    lina.open_repair(&test.sold(3).await, "不走").await;
    assert_eq!(test.open_cases("late_entry").await.len(), 0);
}
