//! The end of a shift: what one holds goes to who comes, one case at a time, and the person of
//! first contact stays.

use testkit::{Actor, Json, Reply, TestApp, json};

/// A question that a technician is to answer, taken by the advisor.
async fn asked(test: &TestApp, advisor: &Actor<'_>, of: &str) -> String {
    let form = json!({ "question": "充电器指示灯不亮" });
    let case = advisor.open("consultation", None, form).await.expect(201).str("/id");
    let form = json!({ "responder": test.person(of).await });
    advisor.act(&case, "pass_on", form).await.expect(200);
    case
}

fn people(page: &Reply) -> (Json, Json) {
    (page.at("/assignee/name"), page.at("/owner/name"))
}

async fn sheet(test: &TestApp, who: &Actor<'_>, comer: &str) -> Reply {
    let form = json!({ "comer": test.person(comer).await, "keys": 2, "cash": 12000,
        "told": "五点前要回电" });
    who.open("shift_handover", None, form).await
}

async fn signed(actor: &Actor<'_>, sheet: &str) -> Reply {
    let form = json!({ "agrees": { "cases": true, "vehicles": true, "keys": true },
        "cash_found": 12000 });
    actor.act(sheet, "check", form).await.expect(200);
    let form = json!({ "takeover_signature": actor.signature().await });
    actor.act(sheet, "take_over", form).await
}

#[tokio::test]
async fn a_shift_goes_to_who_comes_and_first_contact_stays() {
    let test = TestApp::new().await;
    let (lina, chen) = (test.advisor().await, test.technician().await);
    let zhao = test.sign_in("zhaolei").await;
    let (one, two) =
        (asked(&test, &lina, "chenqiang").await, asked(&test, &lina, "chenqiang").await);
    let preview = json!({ "process": "shift_handover", "form": {} });
    let preview = chen.post("cases/preview", preview).await.expect(200);
    let fields = preview.at("/form/fields");
    let held = fields.as_array().into_iter().flatten().find(|field| field["id"] == "held_cases");
    let held = held.expect("the open cases are there")["value"].clone();
    assert_eq!(held.as_array().map(Vec::len), Some(2), "{held}");
    assert!(held[0]["number"].is_string() && held[0]["assigned"] == true, "{held}");

    sheet(&test, &chen, "chenqiang").await.expect(422);
    let opened = sheet(&test, &chen, "zhaolei").await.expect(201);
    let id = opened.str("/id");
    assert_eq!(opened.at("/data/held_cases").as_array().map(Vec::len), Some(2));
    // Nothing moves before the signature; who comes is told.
    assert_eq!(people(&lina.case(&one).await.expect(200)).0, "陈强");
    let told = zhao.get("messages").await.expect(200).text();
    assert!(told.contains("请核对后签字接班"), "{told}");
    // Somebody else gets one of them meanwhile and keeps it.
    let form = json!({ "responder": test.person("sunyu").await });
    lina.act(&two, "pass_on", form).await.expect(200);
    let early = chen.act(&id, "take_over", json!({})).await;
    assert!(early.status.is_client_error(), "{}", early.text());
    let done = signed(&zhao, &id).await.expect(200);
    assert_eq!(done.str("/tracks/0/state/id"), "taken_over", "{}", done.text());
    test.pass(1).await;

    let page = lina.case(&one).await.expect(200);
    assert_eq!(people(&page), (json!("赵磊"), json!("李娜")));
    let entry = page.at("/timeline").as_array().and_then(|all| all.last().cloned());
    let entry = entry.expect("an entry");
    assert_eq!(entry["event"], "handed_over", "{entry}");
    assert!(entry["title"]["zh"].as_str().is_some_and(|title| title.contains("交接班")));
    let said = entry["form_summary"].to_string();
    assert!(said.contains("陈强") && said.contains("赵磊"), "{said}");
    assert_eq!(people(&lina.case(&two).await.expect(200)).0, "孙宇");
    // The work goes on where it was: the to-do is the one of who came.
    let form = json!({ "answer": "换保险丝" });
    chen.act(&one, "answer", form.clone()).await.refused("not-your-role");
    zhao.act(&one, "answer", form).await.expect(200);
    assert!(test.app.store().verify(None).await.expect("verified").problems.is_empty());
}

#[tokio::test]
async fn a_shift_nobody_takes_over_moves_nothing_and_is_told_to_the_manager() {
    let test = TestApp::new().await;
    let (lina, chen) = (test.advisor().await, test.technician().await);
    let case = asked(&test, &lina, "chenqiang").await;
    let id = sheet(&test, &chen, "zhaolei").await.expect(201).str("/id");
    test.pass(31).await;
    let told = test.manager().await.get("messages").await.expect(200).text();
    assert!(told.contains("没有人接"), "{told}");
    chen.act(&id, "refuse", json!({ "why_not": "没有到岗" })).await.expect(200);
    test.pass(1).await;
    assert_eq!(people(&lina.case(&case).await.expect(200)).0, "陈强");
}
