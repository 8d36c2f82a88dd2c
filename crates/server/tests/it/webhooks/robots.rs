//! Groups of the staff hear by their robots: many events in one message, signed, without names.

use super::double::{Does, Double, allowing};
use super::{SYMPTOM, later, round, row, tried, try_of, unit};
use testkit::{Json, TestApp, json};

const OK: Does = Does::Answers(r#"{"errcode":0,"errmsg":"ok"}"#);

fn form(test: &TestApp, kind: &str, address: &str) -> Json {
    json!({
        "org": unit(test, "CB"), "kind": kind, "name": "城北站长群",
        "address": format!("{address}?access_token=abcdefgh12345678"),
        "events": ["case.opened", "deadline.breached"],
    })
}

async fn made(test: &TestApp, kind: &str, address: &str) -> String {
    let admin = test.administrator().await;
    admin.post("robots", form(test, kind, address)).await.expect(201).str("/id")
}

#[tokio::test]
async fn a_group_hears_of_several_events_at_once_without_names() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let (advisor, admin) = (test.advisor().await, test.administrator().await);
    let id = made(&test, "wecom", &double.address()).await;
    let mut cases = vec![];
    for _ in 0..3 {
        cases.push(advisor.open_repair(&test.sold(12).await, SYMPTOM).await);
    }
    double.does(&[OK]);
    round(&test).await;
    let heard = double.heard();
    assert_eq!(heard.len(), 1, "one message: {heard:?}");
    let message = heard[0].json()["markdown"]["content"].as_str().unwrap().to_owned();
    assert!(message.starts_with("**城北站长群**\n> 建单\n> [服务工单 "), "{message}");
    for case in &cases {
        let number = advisor.case(case).await.expect(200).str("/number");
        let link = format!("{number}](https://service.example.cn/case/{case})");
        assert!(message.contains(&link), "{message}");
    }
    for secret in ["王小明", "王*明", "138", SYMPTOM, "LRFR"] {
        assert!(!message.contains(secret), "{secret}: {message}");
    }
    assert_eq!(tried(&admin, &id).await, vec![try_of("taken", json!(200), ""); 3]);
    // Twenty a minute at most: the next message keeps its distance.
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    double.does(&[OK]);
    round(&test).await;
    assert_eq!(double.heard(), []);
    later(&test, 4).await;
    assert_eq!(double.heard().len(), 1);
    // Whoever reads the list cannot speak in the group.
    let list = admin.get("webhooks").await.expect(200);
    assert!(!list.text().contains("abcdefgh"), "{}", list.text());
    assert_eq!(list.str("/items/0/address"), "127.0.0.1/…5678");
    let record = test.app.store().verify(None).await.unwrap();
    assert!(record.problems.is_empty(), "{:?}", record.problems);
}

#[tokio::test]
async fn a_group_chooses_the_deadlines_it_hears_of() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let admin = test.administrator().await;
    let page = admin.get("webhooks").await.expect(200);
    assert!(page.text().contains("确认后 5 分钟内流转"), "to choose from");
    let mut body = form(&test, "dingtalk", &double.address());
    body["events"] = json!(["deadline.breached"]);
    body["rules"] = json!(["repair_order/route_5min"]);
    body["secret"] = json!("SEC0123456789abcdef");
    let id = admin.post("robots", body.clone()).await.expect(201).str("/id");
    let advisor = test.advisor().await;
    let case = crate::messages::estimated(&test, &advisor).await;
    let signed = json!({ "confirmation_signature": advisor.signature().await });
    advisor.act(&case, "confirm", signed).await.expect(200);
    // Everything is overdue by then, and only what was chosen is told.
    test.pass(30 * 24 * 60).await;
    server::reconcile::run_once(&test.app).await;
    double.does(&[OK]);
    round(&test).await;
    let heard = double.heard();
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].query.contains("&timestamp=") && heard[0].query.contains("&sign="));
    let message = heard[0].json()["markdown"]["text"].as_str().unwrap().to_owned();
    assert!(message.contains("超过时限 · 确认后 5 分钟内流转"), "{message}");
    assert_eq!(message.matches("超过时限").count(), 1, "{message}");
    body["rules"] = json!(["repair_order/nothing"]);
    let admin = test.administrator().await;
    admin.post("robots", body).await.expect(422).refused("form-invalid");
    // What was chosen can be changed; the address stays when it is not written again.
    let version = row(&admin).await["version"].as_i64().unwrap();
    let change = json!({ "name": "群二", "events": ["case.opened"], "secret": "", "lang": "en" });
    let request = admin.request(axum::http::Method::PUT, &format!("robots/{id}"));
    let request = request.header("if-match", format!("\"v{version}\""));
    let changed = admin.send(request, &change).await.expect(200);
    assert_eq!(changed.str("/lang"), "en");
    double.does(&[OK]);
    admin.post(&format!("webhooks/{id}/test"), json!({})).await.expect(200);
    let heard = double.heard();
    assert!(heard[0].query == "access_token=abcdefgh12345678", "{}", heard[0].query);
    assert!(heard[0].text.contains("It works"), "{}", heard[0].text);
}

#[tokio::test]
async fn what_a_vendor_refuses_is_said_in_words() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let (advisor, admin) = (test.advisor().await, test.administrator().await);
    let id = made(&test, "feishu", &double.address()).await;
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    double.does(&[
        Does::Answers(r#"{"code":11232,"msg":"frequency limited"}"#),
        Does::Answers(r#"{"code":19024,"msg":"Key Words Not Found"}"#),
        Does::Answers(r#"{"code":19001,"msg":"incoming webhook access token invalid"}"#),
    ]);
    round(&test).await;
    later(&test, 30).await;
    assert_eq!(double.heard().len(), 1, "a minute of rest for who said it is too often");
    later(&test, 31).await;
    later(&test, 301).await;
    let tries = tried(&admin, &id).await;
    let expect = ["too_often", "keyword", "gone"].map(|why| try_of("failed", json!(200), why));
    assert_eq!(tries, expect);
    let shown = row(&admin).await;
    assert_eq!((&shown["state"], &shown["why"]), (&json!("resting"), &json!("gone")));
    let told = admin.get("messages").await.expect(200);
    assert!(told.str("/items/0/body").contains("移出群"), "{}", told.text());
    double.heard();
    double.does(&[Does::Answers(r#"{"StatusCode":0,"StatusMessage":"success"}"#)]);
    admin.post(&format!("webhooks/{id}/resume"), json!({ "skip": false })).await.expect(200);
    round(&test).await;
    let said = double.heard()[0].json();
    assert_eq!(said["msg_type"], "post");
    assert_eq!(said["content"]["post"]["zh_cn"]["content"][1][0]["tag"], "a");
}

#[tokio::test]
async fn a_robot_speaks_only_where_its_vendor_is() {
    let test = TestApp::new().await;
    let admin = test.administrator().await;
    let mut body = form(&test, "wecom", "https://erp.example.com/");
    let reply = admin.post("robots", body.clone()).await.expect(422);
    assert!(reply.text().contains("qyapi.weixin.qq.com"), "{}", reply.text());
    body["address"] = json!("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx");
    body["secret"] = json!("SEC1");
    admin.post("robots", body.clone()).await.expect(422).refused("form-invalid");
    body["secret"] = Json::Null;
    body["kind"] = json!("program");
    admin.post("robots", body.clone()).await.expect(422).refused("form-invalid");
    body["kind"] = json!("wecom");
    let robot = admin.post("robots", body).await.expect(201);
    assert_eq!(robot.str("/address"), "qyapi.weixin.qq.com/…7xxx");
    // It is no program: neither a secret nor another form.
    let id = robot.str("/id");
    admin.post(&format!("webhooks/{id}/secret"), json!({})).await.expect(404);
    test.advisor().await.get("webhooks").await.expect(403);
}
