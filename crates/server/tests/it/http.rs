//! What every client may rely on: sessions, problems, keys, versions, files, headers.

use axum::body::Body;
use axum::http::{Method, Request, header};
use testkit::{Json, Reply, TestApp, json};

async fn sign_in(test: &TestApp, login: &str, password: &str) -> Reply {
    let body = json!({ "login": login, "password": password }).to_string();
    let request = Request::post("/api/v1/session")
        .header("x-sanbao", "1")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .expect("a request");
    test.send(request).await
}

#[tokio::test]
async fn a_session_ends_by_time_by_signing_out_and_not_by_guessing() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    assert_eq!(advisor.get("me").await.expect(200).str("/person/name"), "李娜");
    test.app.config().clock.set(test.now().plus_seconds(13 * 3600));
    let expired = advisor.get("me").await.expect(401).refused("session-expired");
    assert!(expired.header("content-type").starts_with("application/problem+json"));

    let again = test.advisor().await;
    again.delete("session").await.expect(204);
    again.get("me").await.expect(401);

    for login in ["lina", "nobody"] {
        for n in 0..5 {
            let reply = sign_in(&test, login, &format!("wrong{n}")).await;
            reply.expect(401).refused("wrong-login");
        }
        let locked = sign_in(&test, login, "demo1234").await.expect(429).refused("locked-out");
        assert!(locked.header("retry-after").parse::<u32>().is_ok_and(|s| s > 0 && s <= 900));
    }
    test.app.config().clock.set(test.now().plus_seconds(16 * 60));
    let cookie = sign_in(&test, "lina", "demo1234").await.expect(200);
    let cookie = cookie.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}

#[tokio::test]
async fn a_request_that_another_page_could_send_is_refused() {
    let test = TestApp::new().await;
    let request = Request::post("/api/v1/session")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(r#"{"login":"lina","password":"demo1234"}"#));
    test.send(request.expect("a request")).await.expect(403).refused("csrf");
}

#[tokio::test]
async fn problems_speak_the_callers_language_and_have_one_shape() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let reply = advisor.get("cases/case_0000000000001").await.expect(404);
    assert!(reply.str("/detail").contains("案件"), "{}", reply.text());
    for key in
        ["type", "title", "status", "code", "detail", "clauses", "fields", "remedy", "request_id"]
    {
        assert!(reply.json().get(key).is_some(), "{key}");
    }
    assert_eq!(reply.str("/request_id"), reply.header("x-request-id"));
    let english = test.advisor().await.english();
    let reply = english.get("cases/case_0000000000001").await;
    assert!(reply.str("/detail").contains("no such case"), "{}", reply.text());
    for (path, status) in [("cases/nonsense", 404), ("no/such/thing", 404), ("units?q=x", 422)] {
        advisor.get(path).await.expect(status);
    }
    advisor.get("/api/v2/anything").await.expect(404).refused("not-found");
    advisor.put("cases", json!({})).await.expect(405).refused("method-not-allowed");
    let body = advisor.post("cases", json!({ "process": "repair_order", "colour": 1 })).await;
    body.expect(422).refused("bad-request");
    let broken = advisor.request(Method::POST, "customers").header("content-type", "text/plain");
    let reply = test.send(broken.body(Body::from("x")).expect("a request")).await;
    reply.expect(415).refused("unsupported-type");
}

#[tokio::test]
async fn the_same_key_is_answered_the_same_and_opens_one_case() {
    let test = TestApp::new().await;
    let unit = test.sold(3).await;
    let advisor = test.advisor().await;
    let body = json!({
        "process": "repair_order", "subject": { "unit": unit }, "form": { "symptom": "异响" },
    });
    let send = |body: Json, key: &'static str| {
        let request = advisor.request(Method::POST, "cases").header("idempotency-key", key);
        let advisor = &advisor;
        async move { advisor.send(request, &body).await }
    };
    let first = send(body.clone(), "k1").await.expect(201);
    let second = send(body.clone(), "k1").await.expect(201);
    assert_eq!(first.str("/id"), second.str("/id"));
    let other = send(body.clone(), "k2").await.expect(201);
    assert_ne!(first.str("/id"), other.str("/id"));
    let mut changed = body.clone();
    changed["form"]["symptom"] = json!("别的");
    send(changed, "k1").await.expect(422).refused("idempotency-mismatch");
    // A refusal is repeated too, even when it would pass by now.
    let refused = json!({ "process": "repair_order", "subject": { "unit": unit }, "form": {} });
    let first = send(refused.clone(), "k3").await.expect(422).refused("form-invalid");
    let second = send(refused, "k3").await.expect(422).refused("form-invalid");
    assert_eq!(first.at("/fields"), second.at("/fields"));
    assert_eq!(first.str("/fields/0/field"), "symptom");
    assert_eq!(test.open_cases("repair_order").await.len(), 2);
}

#[tokio::test]
async fn who_prefers_little_is_told_where_it_stands() {
    let test = TestApp::new().await;
    let unit = test.sold(3).await;
    let advisor = test.advisor().await;
    let body = json!({
        "process": "repair_order", "subject": { "unit": unit }, "form": { "symptom": "异响" },
    });
    let little = |path: &str, key: &str| {
        let request = advisor.request(Method::POST, path).header("idempotency-key", key);
        request.header("prefer", "return=minimal")
    };
    let opened = advisor.send(little("cases", "k1"), &body).await.expect(204);
    assert_eq!(opened.header("preference-applied"), "return=minimal");
    let place = opened.header("location").to_owned();
    // Sent again it is the same case.
    let again = advisor.send(little("cases", "k1"), &body).await.expect(204);
    assert_eq!(again.header("location"), place);
    let path = place.trim_start_matches("/api/v1/").to_owned();
    assert_eq!(advisor.get(&path).await.expect(200).at("/version"), json!(1));
    let form = json!({ "form": { "identity_confirmed": true, "condition": {
        "exterior": true, "power": true, "brakes": true, "lights": true, "belongings": true } } });
    let act = format!("{path}/actions/double_check");
    let done = advisor.send(little(&act, "k2"), &form).await.expect(204);
    assert_eq!(done.header("location"), place);
    assert_eq!(advisor.get(&path).await.expect(200).at("/version"), json!(2));
    // A refusal is told whole.
    let refused = advisor.send(little(&act, "k3"), &form).await.expect(422);
    refused.refused("not-allowed-now");
}

#[tokio::test]
async fn two_people_on_one_case_never_overwrite_each_other() {
    let test = TestApp::new().await;
    let unit = test.sold(3).await;
    let (advisor, manager) = (test.advisor().await, test.manager().await);
    let case = advisor.open_repair(&unit, "异响").await;
    let page = advisor.case(&case).await;
    let tag = page.header("etag").to_owned();
    assert_eq!(tag, format!("\"v{}\"", page.at("/version")));
    let form = json!({ "form": { "identity_confirmed": true, "condition": {
        "exterior": true, "power": true, "brakes": true, "lights": true, "belongings": true } } });
    let path = format!("cases/{case}/actions/double_check");
    let request = manager.request(Method::POST, &path).header("if-match", &tag);
    manager.send(request, &form).await.expect(200);
    let request = advisor.request(Method::POST, &path).header("if-match", &tag);
    let stale = advisor.send(request, &form).await.expect(412).refused("precondition-failed");
    assert_eq!(stale.at("/current_version"), json!(2));
    // Without a version it is decided on what is there now: the step is over.
    advisor.post(&path, form.clone()).await.expect(422).refused("not-allowed-now");
    // A note leaves the version alone.
    let note = json!({ "text": "客户下午来取" });
    manager.post(&format!("cases/{case}/notes"), note).await.expect(201);
    let metrics = advisor.get("/metrics").await.expect(200).text();
    assert!(metrics.contains("sanbao_cases_open{process=\"repair_order\",state="), "{metrics}");
    let page = advisor.case(&case).await;
    assert_eq!(page.at("/version"), json!(2));
    let timeline = page.at("/timeline");
    let last = timeline.as_array().and_then(|all| all.last().cloned()).unwrap_or_default();
    assert_eq!(last["form_summary"][0]["text"], "客户下午来取");
}

#[tokio::test]
async fn files_are_what_they_are_and_not_what_they_say() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    for (kind, bytes) in [
        ("image/jpeg", b"<html><script>alert(1)</script>".as_slice()),
        ("image/png", b"\xff\xd8\xff\xe0 a jpeg that says png"),
        ("application/pdf", b"MZ\x90\x00 a program"),
        ("image/jpeg", b""),
    ] {
        let reply = advisor.upload("files", "x", kind, bytes).await;
        reply.expect(415).refused("unsupported-type");
    }
    let large = vec![0xff; 13 * 1024 * 1024];
    advisor.upload("files", "x.jpg", "image/jpeg", &large).await.expect(413).refused("too-large");
    let id = advisor.photo().await;
    let file = advisor.get(&format!("files/{id}")).await.expect(200);
    assert_eq!(file.header("content-type"), "image/jpeg");
    assert!(file.bytes.starts_with(&[0xff, 0xd8]));
    test.pass(25 * 60).await;
    server::reconcile::sweep(&test.app).await;
    test.advisor().await.get(&format!("files/{id}")).await.expect(404);
}

#[tokio::test]
async fn the_shell_is_served_with_its_headers() {
    let test = TestApp::empty().await;
    let get = |path: &'static str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        test.send(request)
    };
    for path in ["/healthz", "/readyz", "/metrics", "/", "/cases/anything", "/api/v1/openapi.json"]
    {
        let reply = get(path).await.expect(200);
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert!(reply.header("content-security-policy").contains("default-src 'self'"), "{path}");
    }
    assert!(get("/metrics").await.text().contains("sanbao_requests_total"));
}

#[tokio::test]
async fn reading_somebody_in_clear_needs_a_reason_and_a_right() {
    let test = TestApp::new().await;
    let unit = test.sold(3).await;
    let advisor = test.advisor().await;
    let owner = advisor.get(&format!("units/{unit}")).await.expect(200).str("/owner/id");
    let path = format!("customers/{owner}/unmask");
    advisor.post(&path, json!({ "reason": " " })).await.expect(422).refused("reason-needed");
    let clear = advisor.post(&path, json!({ "reason": "通知取车" })).await.expect(200);
    assert_eq!(clear.str("/name"), "王小明");
    let technician = test.technician().await;
    technician.post(&path, json!({ "reason": "看看" })).await.expect(403).refused("forbidden");
    let masked = technician.get(&format!("customers/{owner}")).await.expect(200);
    assert_eq!(masked.str("/name_masked"), "王*明");
    assert!(!masked.text().contains("王小明"));
}
