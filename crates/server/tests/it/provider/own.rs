//! One's own account and the provider: linked, confirmed, taken over, with a code, at a counter.

use super::browser::Browser;
use super::double::Double;
use super::{BY_LOGIN, assert_whole, events};
use axum::http::Method;
use server::auth::totp;
use testkit::{Json, TestApp, json};

const BY_HAND: &str = "passwords = true\n";

/// The code that an authenticator shows.
fn shown(secret: &str, now: base::Instant) -> String {
    let secret = totp::read(secret).unwrap();
    format!("{:06}", totp::code(&secret, totp::step(now)))
}

/// A token that may read cases, to be made by whoever asks.
async fn token(
    browser: &mut Browser<'_>,
    test: &TestApp,
    password: Option<&str>,
) -> testkit::Reply {
    let org = test.app.orgs().by_code("CB").unwrap().id.to_string();
    let body = json!({ "name": "对接", "permissions": ["case_read"], "org": org,
        "ends_on": "2026-12-01", "password": password });
    browser.ask(Method::POST, "me/tokens", body).await
}

#[tokio::test]
async fn who_knows_the_password_links_and_from_then_on_confirms_without_it() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_HAND), None).await;
    let mut browser = Browser::new(&test, &double);
    browser.enter("7").await.expect(403).refused("provider-unknown");
    browser.by_password("lina").await;
    let bare = json!({ "link": true });
    let refused = browser.ask(Method::POST, "me/provider", bare).await.expect(422);
    assert_eq!(refused.str("/fields/0/field"), "password");
    let wrong = json!({ "link": true, "password": "wrong" });
    browser.ask(Method::POST, "me/provider", wrong).await.expect(422);

    let way = browser.go(json!({ "link": true, "password": "demo1234" })).await;
    assert_eq!(way.value("prompt"), "login");
    // Somebody else signs in meanwhile: nothing is linked to them.
    let kept = browser.cookies.clone();
    browser.by_password("wangjun").await;
    let claims = browser.claims(&way, "7");
    browser.back(&way, claims).await.expect(409).refused("provider-start-again");
    browser.cookies = kept;
    let way = browser.go(json!({ "link": true, "password": "demo1234" })).await;
    let mut stale = browser.claims(&way, "7");
    stale["auth_time"] = json!(test.now().timestamp().as_second() - 600);
    browser.back(&way, stale).await.expect(403).refused("provider-untrusted");
    let way = browser.go(json!({ "link": true, "password": "demo1234" })).await;
    let claims = browser.claims(&way, "7");
    assert_eq!(browser.back(&way, claims).await.expect(200).str("/provider/identity/name"), "7");

    // By the provider, without a password: what asks for one asks for a fresh word instead.
    let mut other = Browser::new(&test, &double);
    let me = other.enter("7").await.expect(200);
    assert_eq!(me.str("/person/login"), "lina");
    token(&mut other, &test, None).await.expect(403).refused("confirm-needed");
    let now = test.now().timestamp().as_second();
    other.confirm("7", now - 600).await.expect(403).refused("provider-untrusted");
    other.confirm("8", now).await.expect(409).refused("provider-other");
    token(&mut other, &test, None).await.expect(403);
    let me = other.confirm("7", now).await.expect(200);
    assert!(!me.str("/provider/confirmed_until").is_empty());
    token(&mut other, &test, None).await.expect(201);
    // It is this session's, and soon over; the password goes on counting.
    token(&mut browser, &test, None).await.expect(403).refused("confirm-needed");
    test.pass(6).await;
    token(&mut other, &test, None).await.expect(403).refused("confirm-needed");
    token(&mut other, &test, Some("demo1234")).await.expect(201);

    // What is hers is nobody else's.
    let mut third = Browser::new(&test, &double);
    third.by_password("wangjun").await;
    let way = third.go(json!({ "link": true, "password": "demo1234" })).await;
    let claims = third.claims(&way, "7");
    third.back(&way, claims).await.expect(409).refused("provider-other");
    assert_whole(&test).await;
}

#[tokio::test]
async fn who_was_invited_comes_without_a_password_and_everything_of_before_is_over() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings("passwords = false\n"), None).await;
    let mut before = Browser::new(&test, &double);
    before.by_password("lina").await;
    token(&mut before, &test, Some("demo1234")).await.expect(201);
    let admin = test.administrator().await;
    let id = test.person("lina").await;
    let link = admin.post(&format!("people/{id}/invitation"), json!({})).await.expect(201);
    let link = link.str("/path").split_once('#').unwrap().1.to_owned();

    let mut browser = Browser::new(&test, &double);
    let made_up = json!({ "invitation": "made up" });
    browser.ask(Method::POST, "session/provider", made_up).await.expect(404);
    let way = browser.begin(json!({ "invitation": link })).await;
    let twice = browser.begin(json!({ "invitation": link })).await;
    let _ = way;
    let claims = browser.claims(&twice, "new-7");
    let me = browser.back(&twice, claims).await.expect(200);
    assert_eq!((me.str("/person/login"), me.at("/password")), ("lina".into(), json!(false)));
    before.ask(Method::GET, "me", json!({})).await.expect(401);
    browser.ask(Method::POST, "session/provider", json!({ "invitation": link })).await.expect(404);
    let password = json!({ "login": "lina", "password": "demo1234" });
    before.ask(Method::POST, "session", password).await.expect(401).refused("wrong-login");
    assert_eq!(events(&test, "lina").await[0], "identity_linked");
    let tokens = browser.ask(Method::GET, "me/tokens", json!({})).await.expect(200);
    assert_eq!(tokens.str("/items/0/state"), "ended");
    // Nobody makes a token in the name of somebody who signs in.
    let theirs = admin.get(&format!("people/{id}/tokens")).await.expect(200);
    assert_eq!(theirs.at("/may_make"), json!(false));
    assert_eq!(
        admin.get(&format!("people/{id}")).await.expect(200).str("/person/state"),
        "working"
    );
    assert_whole(&test).await;
}

#[tokio::test]
async fn the_code_of_the_phone_is_asked_for_where_the_providers_factor_does_not_count() {
    let double = Double::start().await;
    let file = format!("{BY_LOGIN}[second_factor]\namr = [\"mfa\"]\n");
    let test = TestApp::asking(double.settings(&file), None).await;
    let mut browser = Browser::new(&test, &double);
    browser.by_password("lina").await;
    let offered = browser.ask(Method::POST, "me/second-factor", json!({})).await.expect(200);
    let secret = offered.str("/secret");
    let body = json!({ "password": "demo1234", "secret": secret,
        "code": shown(&secret, test.now()) });
    browser.ask(Method::PUT, "me/second-factor", body).await.expect(204);
    test.pass(1).await;

    let mut other = Browser::new(&test, &double);
    let way = other.begin(json!({})).await;
    let claims = other.claims(&way, "lina");
    other.back(&way, claims.clone()).await.expect(401).refused("code-needed");
    other.ask(Method::GET, "me", json!({})).await.expect(401);
    // The provider's word is not asked for twice, nor is it enough.
    other.back(&way, claims).await.expect(401).refused("code-needed");
    let with = |code: &str| json!({ "state": way.value("state"), "second": code });
    other.bring(with("000000")).await.expect(401).refused("wrong-code");
    let mut thief = Browser::new(&test, &double);
    thief.begin(json!({})).await;
    thief.bring(with(&shown(&secret, test.now()))).await.expect(409);
    let me = other.bring(with(&shown(&secret, test.now()))).await.expect(200);
    assert_eq!((me.str("/person/login"), me.str("/second_factor")), ("lina".into(), "on".into()));

    let mut mfa = Browser::new(&test, &double);
    let way = mfa.begin(json!({})).await;
    let mut claims = mfa.claims(&way, "lina");
    claims["amr"] = json!(["pwd", "mfa"]);
    mfa.back(&way, claims).await.expect(200);

    // Guessing codes waits like guessing passwords.
    let mut guess = Browser::new(&test, &double);
    let way = guess.begin(json!({})).await;
    let claims = guess.claims(&way, "lina");
    guess.back(&way, claims).await.expect(401).refused("code-needed");
    for _ in 0..5 {
        guess.bring(json!({ "state": way.value("state"), "second": "111111" })).await.expect(401);
    }
    let body = json!({ "state": way.value("state"), "second": shown(&secret, test.now()) });
    guess.bring(body).await.expect(429);
}

#[tokio::test]
async fn an_address_counts_when_it_is_verified_and_of_the_company() {
    let double = Double::start().await;
    let file = "passwords = true\n[link]\nclaim = \"email\"\ndomain = \"example.cn\"\n";
    let test = TestApp::asking(double.settings(file), None).await;
    for (subject, said, asked, login) in [
        ("1", json!({ "email": "lina@example.cn" }), json!({}), None),
        ("1", json!({ "email": "lina@example.cn", "email_verified": false }), json!({}), None),
        ("1", json!({ "email": "lina@evil.cn", "email_verified": true }), json!({}), None),
        (
            "1",
            json!({ "email": "lina@example.cn@evil.cn", "email_verified": true }),
            json!({}),
            None,
        ),
        // The token is silent, and the answer about somebody else is not taken for it.
        (
            "1",
            json!({}),
            json!({ "sub": "2", "email": "lina@example.cn", "email_verified": true }),
            None,
        ),
        (
            "1",
            json!({}),
            json!({ "sub": "1", "email": "Lina@example.cn", "email_verified": true }),
            Some("lina"),
        ),
        (
            "3",
            json!({ "email": "wangjun@EXAMPLE.cn", "email_verified": true }),
            json!({}),
            Some("wangjun"),
        ),
    ] {
        double.says_about(asked);
        let mut browser = Browser::new(&test, &double);
        let way = browser.begin(json!({})).await;
        let mut claims = browser.claims(&way, subject);
        for (name, value) in said.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let reply = browser.back(&way, claims).await;
        match login {
            Some(login) => assert_eq!(reply.expect(200).str("/person/login"), login),
            None => drop(reply.expect(403).refused("provider-unknown")),
        }
    }
}

#[tokio::test]
async fn at_a_shared_counter_the_provider_asks_everybody_anew() {
    let double = Double::start().await;
    let test = TestApp::asking(double.settings(BY_LOGIN), None).await;
    let mut counter = Browser::new(&test, &double);
    counter.by_password("liuyang").await;
    let body = json!({ "name": "前台", "idle_seconds": 60, "per_act": false });
    counter.ask(Method::POST, "counters", body).await.expect(201);
    let way = counter.begin(json!({})).await;
    assert_eq!((way.value("prompt"), way.value("max_age")), ("login".into(), "0".into()));
    let mut claims = counter.claims(&way, "lina");
    claims["auth_time"] = json!(test.now().timestamp().as_second() - 300);
    counter.back(&way, claims).await.expect(403).refused("provider-untrusted");
    let me = counter.enter("lina").await.expect(200);
    assert_eq!(me.str("/counter/name"), "前台");
    assert_eq!(me.at("/provider/sign_out"), Json::Null, "it locks here, nothing more");
}
