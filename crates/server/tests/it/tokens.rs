//! Tokens of programs: what they may, who makes and ends them, and what they leave on record.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use axum::body::Body;
use axum::http::{Method, Request, header};
use testkit::{Actor, Json, Reply, TestApp, json};

const PASSWORD: &str = "demo1234";

fn unit(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).unwrap().id.to_string()
}

fn form(test: &TestApp, rights: &[&str], code: &str) -> Json {
    json!({
        "name": "ERP", "permissions": rights, "org": unit(test, code), "ends_on": "2026-12-31",
        "password": PASSWORD,
    })
}

/// Makes a token of one's own; its id and the token.
async fn made(actor: &Actor<'_>, form: Json) -> (String, String) {
    let reply = actor.post("me/tokens", form).await.expect(201);
    (reply.str("/id"), reply.str("/token"))
}

async fn change(actor: &Actor<'_>, id: &str, roles: Json, with: Json) -> Reply {
    let page = actor.get(&format!("people/{id}")).await.expect(200);
    let mut form = json!({
        "name": page.str("/person/name"), "org": page.str("/person/org/id"), "roles": roles,
        "active": true,
    });
    for (key, value) in with.as_object().unwrap() {
        form[key] = value.clone();
    }
    let version = page.at("/version");
    let request = actor.request(Method::PUT, &format!("people/{id}"));
    let request = request.header(header::IF_MATCH, format!("\"v{version}\""));
    actor.send(request, &form).await
}

#[tokio::test]
async fn a_program_does_what_its_token_says_and_the_record_names_it() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let rights = ["case_read", "case_act", "unit_read"];
    let (id, token) = made(&lina, form(&test, &rights, "CB")).await;
    assert!(token.starts_with("sanbao_") && token.len() == 63, "{token}");
    let list = lina.get("me/tokens").await.expect(200);
    assert!(!list.text().contains(&token), "it is shown once");
    assert_eq!(list.at("/items/0/last_used_at"), Json::Null);
    assert!(token.starts_with(&list.str("/items/0/shown")));

    let program = Actor::program(&test, &token);
    let me = program.get("me").await.expect(200);
    assert_eq!(me.at("/permissions"), json!(rights));
    let vehicle = test.sold(12).await;
    let case = program.open_repair(&vehicle, "异响").await;
    let page = lina.case(&case).await.expect(200);
    assert_eq!(page.str("/timeline/0/actor/name"), me.str("/person/name"));
    assert_eq!(page.str("/timeline/0/via"), "ERP");
    // What she does herself is told from it.
    lina.post(&format!("cases/{case}/notes"), json!({ "text": "看过" })).await.expect(201);
    program.post(&format!("cases/{case}/notes"), json!({ "text": "称过" })).await.expect(201);
    let page = lina.case(&case).await.expect(200).json();
    let notes = page["timeline"].as_array().unwrap().iter().filter(|e| e["event"] == "noted");
    let through: Vec<&Json> = notes.map(|entry| &entry["via"]).collect();
    assert_eq!(through, [&Json::Null, &json!("ERP")]);
    let list = lina.get("me/tokens").await.expect(200);
    assert!(!list.str("/items/0/last_used_at").is_empty());

    // What it was not given, and what is never given.
    let refused = program.get("customers?q=王小明").await.expect(403).refused("forbidden");
    assert_eq!(refused.str("/permission"), "customer_read");
    for (method, path) in [
        (Method::PUT, "me/password"),
        (Method::POST, "me/tokens"),
        (Method::GET, "me/tokens"),
        (Method::DELETE, "session"),
        (Method::POST, "me/second-factor"),
    ] {
        let reply = program.send(program.request(method, path), &json!({})).await;
        assert_eq!(reply.expect(403).code(), "person-only", "{path}");
    }
    lina.post(&format!("me/tokens/{id}/end"), json!({})).await.expect(200);
    let gone = program.get("me").await.expect(401);
    assert_eq!(gone.code(), "token-refused");
    assert!(gone.str("/detail").contains("停用"));
}

#[tokio::test]
async fn nobody_gives_a_token_what_they_have_not_or_what_no_program_has() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let good = form(&test, &["case_read"], "CB");
    for (key, value, field) in [
        ("password", json!("wrong"), "password"),
        ("name", json!(" "), "name"),
        ("permissions", json!([]), "permissions"),
        ("permissions", json!(["people_write"]), "permissions"),
        ("permissions", json!(["unmask"]), "permissions"),
        ("permissions", json!(["price_edit"]), "permissions"),
        ("org", json!(unit(&test, "BJ")), "permissions"),
        ("org", json!("org_0000000000001"), "org"),
        ("ends_on", json!("2026-11-20"), "ends_on"),
        ("ends_on", json!("2027-11-22"), "ends_on"),
    ] {
        let mut form = good.clone();
        form[key] = value;
        let refused = lina.post("me/tokens", form).await.expect(422);
        assert_eq!(refused.str("/fields/0/field"), field, "{key}: {}", refused.text());
    }
    let mut last = good.clone();
    last["ends_on"] = json!("2027-11-21");
    made(&lina, last).await;
    let admin = test.administrator().await;
    for right in ["people_write", "system_admin", "rulebook_publish", "rulebook_approve"] {
        let refused = admin.post("me/tokens", form(&test, &[right], "HQ")).await.expect(422);
        assert!(refused.str("/detail").contains("不能交给令牌"), "{}", refused.text());
    }
    for _ in 0..19 {
        made(&lina, good.clone()).await;
    }
    let full = lina.post("me/tokens", good).await.expect(422);
    assert!(full.str("/detail").contains("20"), "{}", full.text());
}

#[tokio::test]
async fn what_its_person_loses_a_token_loses_at_once() {
    let test = TestApp::new().await;
    let (lina, admin) = (test.advisor().await, test.administrator().await);
    let (_, token) = made(&lina, form(&test, &["case_read", "case_act"], "CB")).await;
    let program = Actor::program(&test, &token);
    let (id, here) = (test.person("lina").await, unit(&test, "CB"));
    let held = || json!([{ "role": "service_advisor", "org": here }]);
    let other = json!([{ "role": "storekeeper", "org": here }]);
    program.get("cases").await.expect(200);
    change(&admin, &id, other, json!({})).await.expect(200);
    let acts = program.open("repair_order", None, json!({})).await;
    assert_ne!(acts.status.as_u16(), 201, "{}", acts.text());
    change(
        &admin,
        &id,
        json!([{ "role": "service_advisor", "org": unit(&test, "BJ") }]),
        json!({}),
    )
    .await
    .expect(200);
    program.get("cases").await.expect(403).refused("forbidden");
    change(&admin, &id, held(), json!({ "away_until": "2026-11-25" })).await.expect(200);
    let away = program.get("cases").await.expect(403);
    assert!(away.str("/detail").contains("2026-11-25"), "{}", away.text());
    change(&admin, &id, held(), json!({ "active": false })).await.expect(200);
    let blocked = program.get("cases").await.expect(401);
    assert_eq!(blocked.code(), "token-refused");
    change(&admin, &id, held(), json!({})).await.expect(200);
    program.get("cases").await.expect(200);
    // The last day is whole; then it ends by itself.
    test.app.config().clock.set(testkit::instant("2026-12-31T15:59:59Z"));
    program.get("cases").await.expect(200);
    test.app.config().clock.set(testkit::instant("2026-12-31T16:00:00Z"));
    assert!(program.get("cases").await.expect(401).str("/detail").contains("过期"));
}

#[tokio::test]
async fn wrong_tokens_are_counted_and_a_right_one_beside_them_works() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let (_, token) = made(&lina, form(&test, &["case_read"], "CB")).await;
    let cut = Actor::program(&test, &token[..60]);
    for _ in 0..5 {
        let refused = cut.get("cases").await.expect(401);
        assert_eq!(refused.code(), "token-refused");
        assert!(refused.str("/detail").contains("抄写完整"));
    }
    let waits = cut.get("cases").await.expect(429);
    assert_eq!(waits.code(), "locked-out");
    assert!(!waits.header("retry-after").is_empty());
    let right = Actor::program(&test, &token);
    right.get("cases").await.expect(200);
    test.advisor().await;
    // A cookie beside it does not help a wrong token along, nor a foreign page.
    let session = lina.request(Method::GET, "/api/v1/cases");
    let both = session.header(header::AUTHORIZATION, "Bearer sanbao_nothing").body(Body::empty());
    assert_eq!(test.send(both.unwrap()).await.expect(401).code(), "token-refused");
    let anonymous = Request::post("/api/v1/cases").header(header::AUTHORIZATION, "Basic x");
    let anonymous = test.send(anonymous.body(Body::from("{}")).unwrap()).await;
    assert_eq!(anonymous.expect(403).code(), "csrf");
}

#[tokio::test]
async fn a_program_has_an_account_that_nobody_signs_in_to() {
    let test = TestApp::new().await;
    let (manager, station) = (test.manager().await, unit(&test, "CB"));
    let person = json!({
        "name": "进销存", "org": station, "active": true,
        "roles": [{ "role": "storekeeper", "org": station }],
    });
    let added = manager.post("people", json!({ "login": "erp", "person": person })).await;
    let added = added.expect(201);
    let (id, link) = (added.str("/id"), added.str("/invitation/path"));
    let path = format!("people/{id}/tokens");
    let page = manager.get(&path).await.expect(200);
    assert_eq!(page.at("/may_make"), json!(true));
    let reply = manager.post(&path, form(&test, &["stock_read"], "CB")).await.expect(201);
    let program = Actor::program(&test, &reply.str("/token"));
    program.get("stock?warehouse=CB").await.expect(200);
    let history = manager.get(&format!("people/{id}")).await.expect(200);
    assert_eq!(history.str("/history/0/event"), "token_made");
    assert_eq!(history.str("/history/0/token"), "ERP");

    // A colleague signs in: nobody makes tokens for them, but whoever manages them ends one.
    let colleague = test.person("lina").await;
    let hers = format!("people/{colleague}/tokens");
    assert_eq!(manager.get(&hers).await.expect(200).at("/may_make"), json!(false));
    manager.post(&hers, form(&test, &["case_read"], "CB")).await.expect(403);
    let advisor = test.advisor().await;
    let (token, secret) = made(&advisor, form(&test, &["case_read"], "CB")).await;
    manager.post(&format!("{hers}/{token}/end"), json!({})).await.expect(200);
    Actor::program(&test, &secret).get("cases").await.expect(401);
    manager.post(&format!("{hers}/{token}/end"), json!({})).await.expect(404);
    test.technician().await.get(&hers).await.expect(403);

    // Who takes the account over by its link ends what was made before.
    let accept = json!({ "token": link.split_once('#').unwrap().1,
        "password": "maple-kettle-orbit-92" });
    let accept = Request::post("/api/v1/invitations/accept")
        .header("x-sanbao", "1")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(accept.to_string()));
    test.send(accept.unwrap()).await.expect(200);
    program.get("stock?warehouse=CB").await.expect(401);
}
