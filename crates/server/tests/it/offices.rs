//! Two approvers over HTTP, one of them by a deputy; a to-do handed on; an override by the unit
//! above.

use testkit::{Actor, Json, TestApp, json};

/// A loss that the station's manager and the team leader write off together.
const LOSS: &str = r#"
id = "loss"
title = { zh = "报损单", en = "Loss" }
number = "BS{yyyy}-{seq:4}"
subject = "none"
area = "stock"

[start]
title = { zh = "报损", en = "Report a loss" }
to = "reported"
by = ["service_advisor"]

[[state]]
id = "reported"
title = { zh = "待核准", en = "To be approved" }
kind = "working"

[[state]]
id = "approved"
title = { zh = "已核准", en = "Approved" }
kind = "working"

[[state]]
id = "filed"
title = { zh = "已归档", en = "Filed" }
kind = "done"

[[action]]
id = "approve"
title = { zh = "核准报损", en = "Approve the loss" }
from = ["reported"]
to = "approved"

[action.approvals]
all_of = ["station_manager", "team_leader"]

[[action]]
id = "file"
title = { zh = "归档", en = "File" }
from = ["approved"]
to = "filed"
by = ["station_manager"]

[[action.require]]
id = "counted"
when = "data.counted = true"
grade = "block"
refuse = { zh = "没有清点", en = "Nobody counted" }
clause = ["CM-9.4"]

[[action]]
id = "spare"
title = { zh = "免清点", en = "Spare the count" }
from = ["approved"]
by = ["above:asd_manager"]
lifts = ["file/counted"]
clause = ["CM-9.4"]

[[action]]
id = "count"
title = { zh = "清点", en = "Count" }
from = ["approved"]
by = ["station_manager"]
effects = [{ set = "counted", value = "true" }]
"#;

/// A server on whose release the station can report losses.
async fn with_losses() -> TestApp {
    let test = TestApp::new().await;
    let app = &test.app;
    let mut packs = app.releases().current(app.today()).expect("a release").sources.clone();
    let pack = packs.iter_mut().find(|pack| pack.dir.ends_with("ebike-maker")).expect("the pack");
    pack.files.insert("processes/loss.toml".into(), LOSS.into());
    let (today, now) = (app.today(), app.now());
    let published = app.releases().publish(app.store(), &packs, today, now).await;
    if let Err(server::release::PublishError::Findings(found)) = &published {
        let said: Vec<String> =
            found.iter().map(|f| format!("{} {}", f.at, f.sentence.en)).collect();
        panic!("{}", said.join("\n"));
    }
    published.expect("it is right");
    test
}

/// What lies with somebody of a case: the to-do row of that action.
async fn to_do(actor: &Actor<'_>, case: &str, action: &str) -> Option<Json> {
    let rows = actor.get("offers").await.expect(200).json();
    let rows = rows["items"].as_array().cloned().unwrap_or_default();
    rows.into_iter().find(|row| row["case"]["id"] == json!(case) && row["action"] == json!(action))
}

/// An action as the page of a case shows it to somebody.
async fn shown(actor: &Actor<'_>, case: &str, action: &str) -> Json {
    let page = actor.case(case).await.expect(200).json();
    let actions = page["actions"].as_array().cloned().unwrap_or_default();
    actions.into_iter().find(|row| row["id"] == json!(action)).unwrap_or_default()
}

async fn deputy(test: &TestApp, login: &str, from: &str, to: &str) -> Json {
    json!({ "deputy": test.person(login).await, "from": from, "to": to, "reason": "出差" })
}

#[tokio::test]
async fn two_approve_and_a_deputy_stands_in_for_one() {
    let test = with_losses().await;
    let (advisor, manager) = (test.advisor().await, test.manager().await);
    let (leader, technician) = (test.team_leader().await, test.sign_in("zhaolei").await);
    let case = advisor.open("loss", None, json!({})).await.expect(201).str("/id");
    technician.act(&case, "approve", json!({})).await.expect(422).refused("not-your-role");

    let page = manager.act(&case, "approve", json!({})).await.expect(200);
    assert_eq!(page.str("/tracks/0/state/id"), "reported", "one of two moves nothing");
    let approve = shown(&manager, &case, "approve").await;
    assert_eq!(approve["approvals"]["given"][0]["person"]["name"], "刘洋");
    assert_eq!(approve["approvals"]["given"][0]["role"]["zh"], "站长");
    assert_eq!(approve["approvals"]["missing"][0]["zh"], "班组长");
    assert_eq!(approve["approvals"]["mine"], true);
    let again = manager.act(&case, "approve", json!({})).await.expect(422);
    assert!(again.text().contains("还等：班组长"), "{}", again.text());
    again.refused("already-approved");
    assert!(to_do(&manager, &case, "approve").await.is_none(), "nothing is left for the manager");
    assert!(to_do(&leader, &case, "approve").await.is_some(), "the leader's is missing");
    assert!(to_do(&technician, &case, "approve").await.is_none());

    let named = deputy(&test, "zhaolei", "2026-11-21", "2026-11-22").await;
    leader.post("me/deputies", named.clone()).await.expect(201);
    leader.post("me/deputies", named).await.expect(422).refused("form-invalid");
    let row = to_do(&technician, &case, "approve").await.expect("the deputy sees it");
    assert_eq!(row["deputy_for"]["name"], "王军");
    assert_eq!(shown(&technician, &case, "approve").await["on_behalf"]["name"], "王军");
    let page = technician.act(&case, "approve", json!({})).await.expect(200).json();
    assert_eq!(page["tracks"][0]["state"]["id"], "approved");
    let entries = page["timeline"].as_array().expect("a timeline").clone();
    let last = entries.iter().find(|e| e["event"] == "action").expect("it is done");
    assert_eq!(
        (&last["actor"]["name"], &last["on_behalf"]["name"]),
        (&json!("赵磊"), &json!("王军"))
    );
    assert!(entries.iter().any(|e| e["event"] == "approved" && e["actor"]["name"] == "刘洋"));
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

#[tokio::test]
async fn a_deputy_holds_an_office_for_some_days_and_within_reach() {
    let test = with_losses().await;
    let (advisor, leader) = (test.advisor().await, test.team_leader().await);
    let technician = test.sign_in("zhaolei").await;
    let case = advisor.open("loss", None, json!({})).await.expect(201).str("/id");
    // Not for others, not to strangers, not in the past, not for oneself.
    let other = deputy(&test, "zhaolei", "2026-11-21", "2026-11-22").await;
    technician.post("deputies", other.clone()).await.expect(403);
    for (login, from, to) in [
        ("hejing", "2026-11-21", "2026-11-22"),
        ("zhaolei", "2026-11-19", "2026-11-20"),
        ("zhaolei", "2026-11-23", "2026-11-22"),
        ("wangjun", "2026-11-21", "2026-11-22"),
    ] {
        let body = deputy(&test, login, from, to).await;
        leader.post("me/deputies", body).await.expect(422).refused("form-invalid");
    }
    // The manager may name one for a member of the station.
    let manager = test.manager().await;
    let mut body = other;
    body["person"] = json!(test.person("wangjun").await);
    body["from"] = json!("2026-11-22");
    let id = manager.post("deputies", body).await.expect(201).str("/id");
    assert!(to_do(&technician, &case, "approve").await.is_none(), "from tomorrow on");
    test.pass(24 * 60).await;
    let (leader, technician) = (test.team_leader().await, test.sign_in("zhaolei").await);
    assert!(to_do(&technician, &case, "approve").await.is_some(), "tomorrow has come");
    let listed = leader.get("me/deputies").await.expect(200);
    assert_eq!(listed.str("/items/0/status"), "holds");
    assert_eq!(listed.str("/items/0/reason"), "出差");
    assert_eq!(listed.str("/items/0/named_by/name"), "刘洋");
    let stranger = test.sign_in("gaofei").await;
    let others = stranger.get("deputies").await.expect(200);
    assert_eq!(others.at("/items"), json!([]), "the other station's people are none of his");
    stranger.post(&format!("deputies/{id}/end"), json!({})).await.expect(404);
    technician.post(&format!("me/deputies/{id}/end"), json!({})).await.expect(404);
    leader.post(&format!("me/deputies/{id}/end"), json!({})).await.expect(204);
    assert!(to_do(&technician, &case, "approve").await.is_none(), "the leader is back");
    technician.act(&case, "approve", json!({})).await.expect(422).refused("not-your-role");
}

#[tokio::test]
async fn a_to_do_is_handed_on_and_the_unit_above_lets_a_requirement_pass() {
    let test = with_losses().await;
    let (advisor, manager) = (test.advisor().await, test.manager().await);
    let case = advisor.open("loss", None, json!({})).await.expect(201).str("/id");
    manager.act(&case, "approve", json!({})).await.expect(200);
    test.team_leader().await.act(&case, "approve", json!({})).await.expect(200);
    manager.act(&case, "file", json!({})).await.expect(422).refused("require-failed");

    manager.act_because(&case, "spare", json!({}), "急").await.expect(422).refused("not-your-role");
    let above = test.sign_in("guoqiang").await;
    assert!(to_do(&above, &case, "spare").await.is_some(), "it lies with the unit above");
    assert_eq!(shown(&above, &case, "spare").await["needs_reason"], true);
    above.act(&case, "spare", json!({})).await.expect(422).refused("reason-needed");
    above.act_because(&case, "spare", json!({}), "年底结账").await.expect(200);
    let file = shown(&manager, &case, "file").await;
    assert_eq!(file["blocked"], json!(null));
    assert_eq!(file["passes"][0]["reason"], "年底结账");
    assert_eq!(file["passes"][0]["person"]["name"], "郭强");

    let path = format!("cases/{case}/actions/file/handover");
    let to = |id: String, reason: &str| json!({ "to": id, "reason": reason });
    let stranger = to(test.person("hejing").await, "外出");
    manager.post(&path, stranger).await.expect(422).refused("unknown-person");
    let lina = test.person("lina").await;
    manager.post(&path, to(lina.clone(), " ")).await.expect(422).refused("reason-needed");
    assert_eq!(shown(&manager, &case, "file").await["may_hand_on"], true);
    manager.post(&path, to(lina, "外出")).await.expect(200);
    let row = to_do(&advisor, &case, "file").await.expect("it lies with her");
    assert_eq!(row["handed_by"]["name"], "刘洋");
    assert!(to_do(&manager, &case, "file").await.is_none(), "the manager is rid of it");
    let told = advisor.get("messages").await.expect(200);
    assert_eq!(told.str("/items/0/title"), "转办给您：归档");
    let page = advisor.act(&case, "file", json!({})).await.expect(200).json();
    let entries = page["timeline"].as_array().expect("a timeline").clone();
    let last = entries.iter().find(|e| e["subject"] == "file" && e["event"] == "action");
    let last = last.expect("it is filed");
    assert_eq!(last["on_behalf"]["name"], "刘洋");
    let why = last["why"].to_string();
    assert!(why.contains("require_lifted") && why.contains("年底结账"), "{why}");
    assert!(entries.iter().any(|e| e["event"] == "handed_on" && e["reason"] == "外出"));
}
