//! Claims on the maker (三包索赔): what other records say against one, its review line by line, and the
//! monthly statement (结算单) that pays it.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::journey::{assign, checked, deliver, repair, until_assigned_with};
use testkit::{Json, Reply, TestApp, json};

/// The picture that one of the advisors used twice.
const SAME: u64 = 1 << 40;

/// A battery replaced at the maker's cost and delivered; the claim that opened with it.
async fn claimed(test: &TestApp) -> String {
    let unit = test.sold(20).await;
    let advisor = test.advisor().await;
    let mut photos = advisor.photos(&["front", "back", "plate"]).await;
    let odometer = json!({ "file": advisor.photo_of(SAME).await, "slot": "odometer" });
    photos.as_array_mut().unwrap().push(odometer);
    let case = until_assigned_with(test, &unit, 55, photos).await;
    assign(test, &case, "chenqiang").await.expect(200);
    repair(test, &case).await;
    let supervisor = test.supervisor().await;
    let all = checked(&supervisor.case(&case).await, "reinspect", "reinspection");
    supervisor.act(&case, "reinspect", json!({ "reinspection": all })).await.expect(200);
    deliver(test, &case).await;
    let mut open = test.open_cases("claim").await;
    open.sort();
    open.pop().unwrap()
}

/// The rows of a list with something said of each.
fn said(rows: &Json, what: &Json) -> Json {
    let each = |row: &Json| {
        let mut row = row.clone();
        for (key, value) in what.as_object().unwrap() {
            row[key] = value.clone();
        }
        row
    };
    rows.as_array().unwrap().iter().map(each).collect()
}

/// The rows a form shows, as a browser sends them back.
fn rows(page: &Reply, action: &str, field: &str) -> Json {
    let page = page.json();
    let of = |list: &Json, id: &str| {
        list.as_array().unwrap().iter().find(|one| one["id"] == id).cloned().unwrap()
    };
    of(&of(&page["actions"], action)["form"]["fields"], field)["value"].clone()
}

async fn approve(test: &TestApp, claim: &str) -> Reply {
    let maker = test.sign_in("linxia").await;
    let page = maker.case(claim).await.expect(200);
    let lines =
        said(&rows(&page, "review_claim", "claim_lines"), &json!({ "decision": "approve" }));
    let mut form = json!({ "claim_lines": lines, "claim_called": true });
    if page.at("/data/hits").as_array().is_some_and(|hits| !hits.is_empty()) {
        let hits = rows(&page, "review_claim", "hits");
        form["hits"] = said(&hits, &json!({ "finding": "两车同日维修，已核对" }));
    }
    maker.act(claim, "review_claim", form).await
}

#[tokio::test]
async fn a_picture_of_another_order_is_found_and_answered_before_a_claim_is_approved() {
    let test = TestApp::new().await;
    let manager = test.manager().await;
    let first = claimed(&test).await;
    let sent = json!({ "papers_complete": true });
    let page = manager.act(&first, "submit_claim", sent.clone()).await.expect(200);
    assert_eq!(page.at("/data/hits"), json!([]), "nothing speaks against the first");
    approve(&test, &first).await.expect(200);

    let second = claimed(&test).await;
    let page = manager.act(&second, "submit_claim", sent).await.expect(200);
    let hits = page.at("/data/hits");
    let photo = hits.as_array().unwrap().iter().find(|hit| hit["check"] == "photo").unwrap();
    let order = manager.case(photo["case"].as_str().unwrap()).await.expect(200);
    assert_eq!(order.at("/number"), photo["number"], "the hit leads to the other order");
    let own = page.at("/parent/id");
    let own = manager.case(own.as_str().unwrap()).await.expect(200);
    assert!(own.text().contains(photo["photos"][0].as_str().unwrap()), "the picture is told here");
    assert!(order.text().contains(photo["twins"][0].as_str().unwrap()), "and the same one there");

    let maker = test.sign_in("linxia").await;
    let page = maker.case(&second).await.expect(200);
    let lines = rows(&page, "review_claim", "claim_lines");
    let form = json!({ "claim_lines": said(&lines, &json!({ "decision": "approve" })),
        "claim_called": true });
    let refused = maker.act(&second, "review_claim", form).await.refused("require-failed");
    assert_eq!(refused.str("/fields/0/field"), "hits");
    assert_eq!(refused.str("/clauses/0/id"), "CM-30.2");
    // What the rules wrote cannot be written over.
    let dearer = said(&lines, &json!({ "decision": "approve", "amount": 9_999_900 }));
    let form = json!({ "claim_lines": dearer, "claim_called": true });
    maker.act(&second, "review_claim", form).await.refused("form-invalid");
    let page = approve(&test, &second).await.expect(200);
    assert_eq!(page.str("/tracks/0/state/id"), "approved");
    assert_eq!(page.str("/data/hits/0/finding"), "两车同日维修，已核对");
}

#[tokio::test]
async fn what_is_approved_stands_on_one_statement_until_it_is_paid() {
    let test = TestApp::new().await;
    let manager = test.manager().await;
    let claim = claimed(&test).await;
    manager.act(&claim, "submit_claim", json!({ "papers_complete": true })).await.expect(200);
    let approved = approve(&test, &claim).await.expect(200);
    let (number, sum) = (approved.at("/number"), approved.at("/data/approved_sum"));

    let statement = manager.open("fee_settlement", None, json!({})).await.expect(201).str("/id");
    let page = manager.case(&statement).await.expect(200);
    assert_eq!(page.at("/data/items/0/number"), number);
    assert_eq!(page.at("/data/items/0/case"), json!(claim));
    assert_eq!(page.at("/data/net_sum"), sum);
    // What stands on an open statement is not stated again: the next month finds nothing to state.
    test.pass_until("2026-12-01T02:00:00Z").await;
    assert_eq!(test.open_cases("fee_settlement").await, [statement.as_str()]);
    let manager = test.manager().await;

    let maker = test.sign_in("linxia").await;
    let checked = json!({ "checked_papers": true });
    maker.act(&statement, "check_statement", checked.clone()).await.expect(200);
    let lines = rows(&manager.case(&statement).await, "object_statement", "items");
    let form = json!({ "items": said(&lines, &json!({ "objection": "工时少算" })) });
    manager.act(&statement, "object_statement", form).await.expect(200);
    let refused = maker.act(&statement, "check_statement", checked).await;
    assert_eq!(refused.refused("require-failed").str("/fields/0/field"), "items");
    let lines = rows(&maker.case(&statement).await, "check_statement", "items");
    let form = json!({ "checked_papers": true,
        "items": said(&lines, &json!({ "reply": "按标准工时核准" })) });
    maker.act(&statement, "check_statement", form).await.expect(200);
    let form = json!({ "agreed_signature": manager.signature().await });
    manager.act(&statement, "agree_statement", form).await.expect(200);
    let finance = test.sign_in("tangli").await;
    let form = json!({ "paid_net": sum, "paid_means": "transfer", "invoice_no": "24320001",
        "voucher_no": "FK-77" });
    let done = finance.act(&statement, "pay_statement", form).await.expect(200);
    assert_eq!(done.str("/tracks/0/state/id"), "settled");
    let open = finance.get("accounts?prefix=station&in_use=true&limit=200").await.expect(200);
    assert!(!open.text().contains("/claims/"), "nothing approved is left unpaid: {}", open.text());
}

/// What the doubts of a claim say of a picture.
fn picture_of(page: &Reply) -> Json {
    let hits = page.at("/data/hits");
    let photo = hits.as_array().unwrap().iter().find(|hit| hit["check"] == "photo");
    photo.cloned().unwrap()
}

#[tokio::test]
async fn a_station_is_told_of_another_ones_case_but_not_of_which() {
    let test = TestApp::new().await;
    let other = test.stranger().await;
    // Each station counts its own numbers: this one's second is no number of the first's.
    other.open_repair(&test.sold(9).await, "异响").await;
    let order = other.open_repair(&test.sold(10).await, "异响").await;
    let page = other.case(&order).await.expect(200);
    let number = page.str("/number");
    let mut photos = other.photos(&["front", "back", "plate"]).await;
    let odometer = json!({ "file": other.photo_of(SAME).await, "slot": "odometer" });
    photos.as_array_mut().unwrap().push(odometer);
    let form = json!({ "identity_confirmed": true, "photos_in": photos,
        "condition": checked(&page, "double_check", "condition") });
    other.act(&order, "double_check", form).await.expect(200);

    let claim = claimed(&test).await;
    let manager = test.manager().await;
    let sent = manager.act(&claim, "submit_claim", json!({ "papers_complete": true })).await;
    let hit = picture_of(&sent.expect(200));
    assert_eq!(hit["number"], json!("其他站的单据"));
    assert_eq!((&hit["case"], &hit["twins"]), (&Json::Null, &Json::Null));
    let english = test.manager().await.english();
    let page = english.case(&claim).await.expect(200);
    assert_eq!(picture_of(&page)["number"], json!("another station's case"));
    assert!(!page.text().contains(&number), "nowhere on the page");
    let documents = page.at("/documents");
    let sheet = documents.as_array().unwrap().iter().find(|d| d["document"] == "claim_sheet");
    let sheet = format!("documents/{}", sheet.unwrap()["id"].as_str().unwrap());
    let sheet = manager.get(&sheet).await.expect(200).text();
    assert!(sheet.contains("其他站的单据") && !sheet.contains(&number), "nor on its paper");

    let maker = test.sign_in("linxia").await;
    let hit = picture_of(&maker.case(&claim).await.expect(200));
    assert_eq!((&hit["number"], &hit["case"]), (&json!(number), &json!(order)));
    let page = approve(&test, &claim).await.expect(200);
    assert_eq!(picture_of(&page)["number"], json!(number), "what was found stays as it was");
}

#[tokio::test]
async fn a_claim_that_was_sent_back_and_forgotten_lapses_by_itself() {
    let test = TestApp::new().await;
    let claim = claimed(&test).await;
    let manager = test.manager().await;
    manager.act(&claim, "submit_claim", json!({ "papers_complete": true })).await.expect(200);
    let maker = test.sign_in("linxia").await;
    let page = maker.case(&claim).await.expect(200);
    let lines = rows(&page, "review_claim", "claim_lines");
    let back = said(&lines, &json!({ "decision": "back", "why": "型号不符" }));
    let form = json!({ "claim_lines": back, "claim_called": true });
    let sent = maker.act(&claim, "review_claim", form).await.expect(200);
    assert_eq!(sent.str("/tracks/0/state/id"), "returned");

    test.pass(6 * 24 * 60).await;
    assert_eq!(test.open_cases("claim").await, [claim.as_str()]);
    test.pass(2 * 24 * 60).await;
    test.pass(1).await;
    let manager = test.manager().await;
    let page = manager.case(&claim).await.expect(200);
    assert_eq!(page.str("/tracks/0/state/id"), "lapsed");
    assert!(page.at("/children/0/number").as_str().is_some_and(|n| n.starts_with("YZ")));
    let told = manager.get("messages").await.expect(200).text();
    assert!(told.contains("索赔已作废"), "{told}");
    let finance = test.sign_in("tangli").await;
    let open = finance.get("accounts?prefix=station&in_use=true&limit=200").await.expect(200);
    assert!(!open.text().contains("/due/maker/"), "nothing is left due: {}", open.text());
}
