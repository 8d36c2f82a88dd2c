//! What the provider of text messages reports later stands with the message; who was not reached is
//! listed for a person.

use super::double::Double;
use super::{TOLD, estimated, shown};
use axum::body::Body;
use axum::http::Request;
use testkit::{Json, Reply, TestApp, json};

const WORD: &str = "0123456789abcdefghij";

async fn reports(test: &TestApp, word: &str, body: &Json) -> Reply {
    let request = Request::post(format!("/api/v1/callbacks/sms/{word}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()));
    test.send(request.unwrap()).await
}

fn one(reference: &str, success: bool) -> Json {
    let (code, said) =
        if success { ("DELIVERED", "用户接收成功") } else { ("MK:0001", "空号") };
    json!({ "phone_number": "13800000000", "send_time": "2017-01-01 00:00:00",
            "report_time": "2017-01-01 00:00:00", "success": success, "err_code": code,
            "err_msg": said, "sms_size": "1", "biz_id": reference, "out_id": "" })
}

#[tokio::test]
async fn a_report_says_whether_the_telephone_got_it() {
    let double = Double::start().await;
    let test = TestApp::telling(double.reporting(&TOLD, WORD), None).await;
    let advisor = test.advisor().await;
    let case = estimated(&test, &advisor).await;
    test.post().await;
    let told = async |case: &str| advisor.get(&format!("cases/{case}/told")).await.expect(200);
    assert_eq!(told(&case).await.at("/items/0/deliveries/0/report"), Json::Null);
    // A wrong word, numbers nobody knows, what is no report: nothing changes.
    reports(&test, "0123456789abcdefghiX", &json!([one("7^0", false)])).await.expect(404);
    let odd = json!([one("8^0", false), one("", false), 7, { "success": true }]);
    reports(&test, WORD, &odd).await.expect(200);
    reports(&test, WORD, &json!({ "biz_id": "7^0" })).await.expect(200);
    assert_eq!(told(&case).await.at("/items/0/deliveries/0/report"), Json::Null);
    let said = reports(&test, WORD, &json!([one("7^0", true)])).await.expect(200);
    assert_eq!((said.at("/code"), said.at("/result")), (json!(0), json!(0)));
    let seen = told(&case).await;
    assert_eq!(seen.str("/items/0/deliveries/0/report"), "delivered");
    assert_eq!(seen.str("/items/0/deliveries/0/reported_at"), test.now().to_string());
    // The first report stands.
    reports(&test, WORD, &json!([one("7^0", false)])).await.expect(200);
    assert_eq!(told(&case).await.str("/items/0/deliveries/0/report"), "delivered");
    assert_eq!(shown(&advisor, &case).await.0, "sent");
    assert_eq!(advisor.get("deliveries").await.expect(200).at("/items"), json!([]));
}

#[tokio::test]
async fn who_did_not_get_it_is_telephoned() {
    let double = Double::start().await;
    let test = TestApp::telling(double.reporting(&TOLD, WORD), None).await;
    let advisor = test.advisor().await;
    let case = estimated(&test, &advisor).await;
    test.post().await;
    for _ in 0..2 {
        reports(&test, WORD, &json!([one("7^0", false)])).await.expect(200);
    }
    let expect = ("dead".into(), json!("undelivered"), json!(["sent"]));
    assert_eq!(shown(&advisor, &case).await, expect);
    let dead = advisor.get("deliveries").await.expect(200);
    assert_eq!(dead.str("/items/0/deliveries/0/report_why"), "空号 (MK:0001)");
    let id = dead.str("/items/0/id");
    advisor.post(&format!("deliveries/{id}/done"), json!({})).await.expect(204);
    assert_eq!(advisor.get("deliveries").await.expect(200).at("/items"), json!([]));
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}
