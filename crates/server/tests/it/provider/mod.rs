//! Signing in through an identity provider: who gets in, who does not and why, what it stands for.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

mod browser;
mod double;
mod own;

use axum::http::{Method, header};
use browser::Browser;
use double::{Double, Signing};
use testkit::{Json, TestApp, json};

const BY_LOGIN: &str = "passwords = true\n[link]\nclaim = \"preferred_username\"\n";
const LINKED_ONLY: &str = "passwords = false\n[link]\nclaim = \"preferred_username\"\n";

async fn events(test: &TestApp, login: &str) -> Vec<String> {
    let id = test.app.store().login(login).await.unwrap().unwrap().0.id;
    let events = test.app.store().person_events(id, 50).await.unwrap();
    events.into_iter().map(|event| event.event).collect()
}

async fn assert_whole(test: &TestApp) {
    let found = test.app.store().verify(None).await.unwrap();
    assert_eq!(found.problems, Vec::new(), "what is on record fits");
}

#[tokio::test]
async fn who_is_known_by_the_agreed_claim_gets_in_and_is_linked_once() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_LOGIN), None).await;
    let door = test.anonymous(Method::GET, "/api/v1/door").await.expect(200);
    assert_eq!(door.str("/provider/zh"), "公司账号");

    let mut browser = Browser::new(&test, &double);
    let way = browser.begin(json!({})).await;
    assert!(way.location.starts_with(&format!("{}/login?response_type=code", double.issuer())));
    assert_eq!(way.value("redirect_uri"), "https%3A%2F%2Fservice.example.cn%2Farrived");
    assert_eq!(
        (way.value("code_challenge_method"), way.value("prompt")),
        ("S256".into(), String::new())
    );
    let claims = browser.claims(&way, "LiNa");
    let me = browser.back(&way, claims).await.expect(200);
    assert_eq!(me.str("/person/login"), "lina");
    assert_eq!(me.str("/provider/identity/name"), "LiNa");
    assert!(
        me.str("/provider/sign_out").starts_with(&format!("{}/out?client_id", double.issuer()))
    );
    browser.ask(Method::GET, "offers", json!({})).await.expect(200);
    assert_eq!(events(&test, "lina").await[0], "identity_linked");

    // The next time the number alone counts, whatever the name is by then.
    let mut other = Browser::new(&test, &double);
    let way = other.begin(json!({})).await;
    let mut claims = other.claims(&way, "LiNa");
    claims["preferred_username"] = json!("admin");
    assert_eq!(other.back(&way, claims).await.expect(200).str("/person/login"), "lina");
    assert_eq!(events(&test, "lina").await.iter().filter(|e| *e == "identity_linked").count(), 1);

    // Nobody takes over who is linked already, and nobody is made.
    let way = other.begin(json!({})).await;
    let mut claims = other.claims(&way, "lina2");
    claims["preferred_username"] = json!("lina");
    other.back(&way, claims).await.expect(409).refused("provider-other");
    for stranger in ["nobody", "", "li na"] {
        let way = other.begin(json!({})).await;
        let mut claims = other.claims(&way, "x1");
        claims["preferred_username"] = json!(stranger);
        other.back(&way, claims).await.expect(403).refused("provider-unknown");
    }
    assert_whole(&test).await;
}

#[tokio::test]
async fn what_does_not_hold_opens_nothing() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_LOGIN), None).await;
    let now = test.now().timestamp().as_second();
    let issuer = double.issuer();
    let untrusted: [(&str, Json); 10] = [
        ("nonce", json!("of another attempt")),
        ("nonce", Json::Null),
        ("aud", json!("another")),
        ("aud", json!(["sanbao", "another"])),
        ("azp", json!("another")),
        ("iss", json!(format!("{issuer}/"))),
        ("exp", json!(now - 61)),
        ("iat", json!(now + 120)),
        ("iat", json!(now - 3600)),
        ("sub", json!("")),
    ];
    for (name, value) in untrusted {
        let mut browser = Browser::new(&test, &double);
        let way = browser.begin(json!({})).await;
        let mut claims = browser.claims(&way, "lina");
        claims[name] = value.clone();
        let reply = browser.back(&way, claims).await;
        reply.expect(403).refused("provider-untrusted");
        browser.ask(Method::GET, "me", json!({})).await.expect(401);
    }
    for signing in [Signing::None, Signing::Shared, Signing::Stranger] {
        let mut browser = Browser::new(&test, &double);
        let way = browser.begin(json!({})).await;
        let claims = browser.claims(&way, "lina");
        let reply = browser.back_by(&way, claims, signing).await.expect(403);
        reply.refused("provider-untrusted");
    }
    assert_eq!(events(&test, "lina").await, ["added"]);
}

#[tokio::test]
async fn a_way_is_for_one_browser_once_and_soon() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_LOGIN), None).await;
    let mut browser = Browser::new(&test, &double);
    let mut other = Browser::new(&test, &double);

    // Another browser has no cookie, or one of its own.
    let way = browser.begin(json!({})).await;
    let claims = browser.claims(&way, "lina");
    other.back(&way, claims.clone()).await.expect(401).refused("not-signed-in");
    other.begin(json!({})).await;
    other.back(&way, claims.clone()).await.expect(409).refused("provider-start-again");

    // What was brought once is brought in vain.
    let code = double.grants(&way.value("code_challenge"), claims, Signing::Right);
    let body = json!({ "state": way.value("state"), "code": code });
    let kept = browser.cookies.clone();
    browser.bring(body.clone()).await.expect(200);
    browser.cookies = kept;
    browser.bring(body).await.expect(409).refused("provider-start-again");
    let again = json!({ "state": "made up", "code": "x" });
    browser.bring(again).await.expect(409).refused("provider-start-again");

    // A code of another way fails its proof, and the way is used up with it.
    let first = browser.begin(json!({})).await;
    let claims = browser.claims(&first, "lina");
    let stolen = double.grants("of somebody else", claims.clone(), Signing::Right);
    let body = json!({ "state": first.value("state"), "code": stolen });
    browser.bring(body).await.expect(403).refused("provider-refused");
    browser.back(&first, claims).await.expect(409).refused("provider-start-again");

    // Sent back without a code; from somebody else; too late.
    let way = browser.begin(json!({})).await;
    let body = json!({ "state": way.value("state"), "error": "access_denied" });
    browser.bring(body).await.expect(403).refused("provider-refused");
    let way = browser.begin(json!({})).await;
    let body = json!({ "state": way.value("state"), "code": "x", "iss": "https://evil.example" });
    browser.bring(body).await.expect(403).refused("provider-untrusted");
    let way = browser.begin(json!({})).await;
    let claims = browser.claims(&way, "lina");
    test.pass(16).await;
    browser.back(&way, claims).await.expect(409).refused("provider-start-again");
}

#[tokio::test]
async fn keys_turn_and_a_flood_of_unknown_ones_asks_once_a_minute() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_LOGIN), None).await;
    let mut browser = Browser::new(&test, &double);
    browser.enter("lina").await.expect(200);
    assert_eq!(double.keys_asked(), 1);
    test.pass(2).await;
    double.turn_key();
    browser.enter("lina").await.expect(200);
    assert_eq!(double.keys_asked(), 2);
    for _ in 0..3 {
        let way = browser.begin(json!({})).await;
        let claims = browser.claims(&way, "lina");
        browser.back_by(&way, claims, Signing::Stranger).await.expect(403);
    }
    assert_eq!(double.keys_asked(), 2);
    test.pass(2).await;
    let way = browser.begin(json!({})).await;
    let claims = browser.claims(&way, "lina");
    browser.back_by(&way, claims, Signing::Stranger).await.expect(403);
    assert_eq!(double.keys_asked(), 3);
}

#[tokio::test]
async fn a_provider_that_is_away_keeps_nobody_with_a_password_out() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_LOGIN), None).await;
    double.is_away(true);
    let mut browser = Browser::new(&test, &double);
    let away = browser.ask(Method::POST, "session/provider", json!({})).await;
    away.expect(503).refused("provider-away");
    test.advisor().await.get("me").await.expect(200);
    double.is_away(false);
    test.pass(1).await;
    browser.enter("lina").await.expect(200);
    // Where none is set up, there is none to ask.
    let plain = TestApp::new().await;
    let none = plain.anonymous(Method::POST, "/api/v1/session/provider").await;
    none.expect(404).refused("not-found");
    assert_eq!(plain.anonymous(Method::GET, "/api/v1/door").await.at("/provider"), Json::Null);
}

#[tokio::test]
async fn who_left_is_refused_by_password_and_by_provider() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(LINKED_ONLY), None).await;
    let mut browser = Browser::new(&test, &double);
    browser.enter("lina").await.expect(200);

    // Linked: the password, right or wrong, opens no more, and no link sets a new one.
    let body = json!({ "login": "lina", "password": "demo1234" });
    let mut other = Browser::new(&test, &double);
    other.ask(Method::POST, "session", body).await.expect(403).refused("provider-only");
    let body = json!({ "login": "lina", "password": "wrong" });
    other.ask(Method::POST, "session", body).await.expect(401).refused("wrong-login");
    other.by_password("wangjun").await;
    let admin = test.administrator().await;
    let id = test.person("lina").await;
    let refused = admin.post(&format!("people/{id}/invitation"), json!({})).await;
    refused.expect(403).refused("provider-only");

    // An administrator sees the identity and lets it go: signed out, and back to the password.
    let page = admin.get(&format!("people/{id}")).await.expect(200);
    assert_eq!(page.str("/identity/name"), "lina");
    let page = admin.delete(&format!("people/{id}/identity")).await.expect(200);
    assert_eq!(
        (page.at("/identity"), page.str("/history/0/event")),
        (Json::Null, "identity_unlinked".into())
    );
    browser.ask(Method::GET, "me", json!({})).await.expect(401);
    admin.delete(&format!("people/{id}/identity")).await.expect(404);
    test.advisor().await;

    // Whose account is ended comes in by neither.
    browser.enter("lina").await.expect(200);
    let page = admin.get(&format!("people/{id}")).await.expect(200);
    let version = page.at("/version");
    let org = page.str("/person/org/id");
    let form = json!({ "name": "李娜", "org": org, "active": false,
        "roles": [{ "role": "advisor", "org": org }] });
    let request = admin.request(Method::PUT, &format!("people/{id}"));
    let request = request.header(header::IF_MATCH, format!("\"v{version}\""));
    admin.send(request, &form).await.expect(200);
    browser.ask(Method::GET, "me", json!({})).await.expect(401);
    let refused = browser.enter("lina").await.expect(403).refused("provider-unknown");
    assert!(refused.str("/detail").contains("停用"), "{}", refused.text());
    assert_whole(&test).await;
}

#[tokio::test]
async fn the_providers_second_factor_counts_where_the_file_says_so_and_the_token_proves_it() {
    let double = Double::start().await;
    let counts = format!("{BY_LOGIN}[second_factor]\namr = [\"mfa\"]\nacr = [\"gold\"]\n");
    for (file, amr, acr, state) in [
        (counts.as_str(), json!(["pwd", "mfa"]), Json::Null, "provider"),
        (counts.as_str(), json!(["pwd"]), json!("gold"), "provider"),
        (counts.as_str(), json!(["pwd"]), json!("tin"), "needed"),
        (BY_LOGIN, json!(["mfa"]), json!("gold"), "needed"),
    ] {
        let test = TestApp::asking(double.settings(file), Some(strict())).await;
        let mut browser = Browser::new(&test, &double);
        let way = browser.begin(json!({})).await;
        let mut claims = browser.claims(&way, "liuyang");
        (claims["amr"], claims["acr"]) = (amr, acr);
        let me = browser.back(&way, claims).await.expect(200);
        assert_eq!(me.str("/second_factor"), state, "{file}");
        let open = if state == "provider" { 200 } else { 403 };
        browser.ask(Method::GET, "people", json!({})).await.expect(open);
    }
}

/// The packs, with managers of stations asked for a second factor.
fn strict() -> Vec<rulebook::PackSource> {
    let mut packs = server::embedded::packs();
    for pack in &mut packs {
        let Some(roles) = pack.files.get_mut("roles.toml") else { continue };
        let manager = "id = \"station_manager\"\n";
        *roles = roles.replace(manager, &format!("{manager}second_factor = true\n"));
    }
    packs
}
