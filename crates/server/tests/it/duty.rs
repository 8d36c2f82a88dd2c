//! The duty roster: who is told at night, by the week and by single days; gaps fall to the head,
//! and two who change a roster at once do not lose each other's change.

use axum::body::Body;
use axum::http::{Method, Request, header};
use testkit::{Json, TestApp, json};

/// Asks without an account.
async fn asks(test: &TestApp, message: &str) {
    let body = json!({ "message": message, "agreed": true });
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/ask")
        .header("x-sanbao", "1")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    test.send(request).await.expect(201);
}

/// Lets the clock run to that time of the day.
async fn until(test: &TestApp, hour: i64) {
    let local = test.app.zone().local(test.now());
    let minutes = hour * 60 - i64::from(local.hour()) * 60 - i64::from(local.minute());
    test.pass((minutes + 1440) % 1440).await;
}

/// How many messages of that title somebody has.
async fn told(test: &TestApp, login: &str, title: &str) -> usize {
    let messages = test.sign_in(login).await.get("messages").await.expect(200).at("/items");
    let all = messages.as_array().cloned().unwrap_or_default();
    all.iter().filter(|message| message["title"] == title).count()
}

fn unit(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).expect("a unit").id.to_string()
}

fn every_day(version: i64, shifts: &Json) -> Json {
    json!({ "version": version, "weekdays": [1, 2, 3, 4, 5, 6, 7], "shifts": shifts })
}

#[tokio::test]
async fn at_night_whoever_is_on_duty_is_told_and_by_day_the_operators() {
    let test = TestApp::new().await;
    let (desk, xulei) = (unit(&test, "ASD"), test.person("xulei").await);
    until(&test, 23).await;
    asks(&test, "几点开门").await;
    assert_eq!(
        told(&test, "guoqiang", "非营业时间来信").await,
        1,
        "nobody is on duty: the head is told"
    );
    assert_eq!(told(&test, "xulei", "非营业时间来信").await, 0);

    let night = json!([{ "person": xulei, "from": "17:30", "to": "08:30" }]);
    let head = test.sign_in("guoqiang").await;
    let set = head.put(&format!("duty/{desk}"), every_day(0, &night)).await.expect(200);
    assert_eq!(set.at("/days/1/gaps"), json!([]), "the nights are covered");
    let now = test.sign_in("xulei").await.get("duty/now?desk=true").await.expect(200);
    assert_eq!(now.at("/open"), json!(false));
    assert_eq!(now.str("/on/0/person/name"), "徐蕾");
    asks(&test, "灯不亮").await;
    assert_eq!(told(&test, "xulei", "非营业时间来信").await, 1);
    assert_eq!(told(&test, "guoqiang", "非营业时间来信").await, 1, "the head sleeps");
    // After midnight it is still the shift that began the evening before.
    until(&test, 7).await;
    asks(&test, "电充不满").await;
    assert_eq!(told(&test, "xulei", "非营业时间来信").await, 2);
    until(&test, 10).await;
    asks(&test, "冬天续航").await;
    assert_eq!(told(&test, "xulei", "有新咨询").await, 1, "by day the operators are told");
    // One day has a plan of its own: nobody.
    let day = test.app.today().to_string();
    let alone = json!({ "version": 1, "days": [day], "shifts": [] });
    let head = test.sign_in("guoqiang").await;
    let page = head.put(&format!("duty/{desk}"), alone).await.expect(200);
    assert_eq!(page.at("/days/0/own"), json!(true));
    until(&test, 23).await;
    asks(&test, "还开门吗").await;
    assert_eq!(told(&test, "guoqiang", "非营业时间来信").await, 2, "a gap is the head's");
    let back = json!({ "version": 2, "days": [day], "as_the_week": true });
    let head = test.sign_in("guoqiang").await;
    let page = head.put(&format!("duty/{desk}"), back).await.expect(200);
    assert_eq!(page.at("/days/0/own"), json!(false));
    // Who looked before is told that somebody was faster.
    head.put(&format!("duty/{desk}"), every_day(2, &night)).await.refused("conflict");
}

#[tokio::test]
async fn a_broken_promise_of_an_operator_reaches_whoever_is_on_duty() {
    let test = TestApp::new().await;
    let (head, operator) = (test.sign_in("guoqiang").await, test.sign_in("xulei").await);
    let call = |minutes: i64| {
        json!({ "call_kind": "fault", "call_matter": "充不进电", "number_read_back": true,
            "call_back_at": test.now().plus_seconds(minutes * 60).to_string() })
    };
    operator.open("phone_log", None, call(60)).await.expect(201);
    test.pass(61).await;
    assert_eq!(
        told(&test, "guoqiang", "电话没有回").await,
        1,
        "nobody is on duty, and there is no head of a station"
    );
    let other = test.person("guoqiang").await;
    let whole = json!([{ "person": other, "from": "00:00", "to": "00:00" }]);
    head.put(&format!("duty/{}", unit(&test, "ASD")), every_day(0, &whole)).await.expect(200);
    operator.open("phone_log", None, call(60)).await.expect(201);
    test.pass(61).await;
    assert_eq!(told(&test, "guoqiang", "电话没有回").await, 2);
}

#[tokio::test]
async fn a_roster_is_the_units_own_and_what_makes_no_sense_is_refused() {
    let test = TestApp::new().await;
    let (head, lina) = (test.manager().await, test.advisor().await);
    let page = lina.get("duty").await.expect(200);
    assert_eq!(page.at("/may_edit"), json!(false));
    assert_eq!(page.at("/days").as_array().map(Vec::len), Some(14));
    assert_eq!(page.str("/days/0/gaps/0/to"), "08:30");
    let (own, elsewhere) = (page.str("/org/id"), unit(&test, "BJ"));
    let (me, stranger) = (test.person("lina").await, test.person("hejing").await);
    let shift =
        |person: &str, from: &str, to: &str| json!({ "person": person, "from": from, "to": to });
    lina.put(&format!("duty/{own}"), every_day(0, &json!([]))).await.expect(403);
    head.put(&format!("duty/{elsewhere}"), every_day(0, &json!([]))).await.expect(404);
    for (shifts, field) in [
        (json!([shift(&stranger, "18:00", "22:00")]), "person"),
        (json!([shift(&me, "18:00", "25:00")]), "from"),
        (json!([shift(&me, "18:00", "22:00"), shift(&me, "21:00", "23:00")]), "shifts"),
    ] {
        let reply = head.put(&format!("duty/{own}"), every_day(0, &shifts)).await.expect(422);
        assert_eq!(reply.str("/fields/0/field"), field);
    }
    for body in [
        json!({ "version": 0, "weekdays": [8], "shifts": [] }),
        json!({ "version": 0, "days": ["2020-01-01"], "shifts": [] }),
        json!({ "version": 0, "weekdays": [1], "days": ["2026-12-01"], "shifts": [] }),
        json!({ "version": 0 }),
    ] {
        head.put(&format!("duty/{own}"), body).await.expect(422);
    }
    let two = json!([shift(&me, "18:00", "22:00"), shift(&me, "00:00", "08:00")]);
    let page = head.put(&format!("duty/{own}"), every_day(0, &two)).await.expect(200);
    assert_eq!(page.str("/week/0/shifts/0/from"), "00:00");
    assert_eq!(page.str("/days/1/gaps/1/from"), "17:30");
}

#[tokio::test]
async fn who_is_away_is_stood_for() {
    let test = TestApp::new().await;
    let head = test.sign_in("guoqiang").await;
    let (desk, xulei) = (unit(&test, "ASD"), test.person("xulei").await);
    let whole = json!([{ "person": xulei, "from": "00:00", "to": "24:00" }]);
    head.put(&format!("duty/{desk}"), every_day(0, &whole)).await.expect(200);
    let today = test.app.today().to_string();
    let guoqiang = test.person("guoqiang").await;
    let away = json!({ "deputy": guoqiang, "from": today, "to": today, "reason": "出差" });
    test.sign_in("xulei").await.post("me/deputies", away).await.expect(201);
    let now = head.get("duty/now?desk=true").await.expect(200);
    assert_eq!(now.str("/on/0/person/id"), guoqiang);
    assert_eq!(now.str("/on/0/stands_for/id"), xulei);
}
