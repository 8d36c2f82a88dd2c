//! What programs of others are told: signed, in order, nothing twice by itself and nothing missed.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

mod double;
mod held;
mod robots;

use data_encoding::BASE64;
use double::{Does, Double, Heard, allowing};
use server::webhooks::signing::signatures;
use testkit::{Actor, Json, TestApp, json};

const SYMPTOM: &str = "骑到半路没电";

async fn made(test: &TestApp, address: &str, events: &[&str]) -> (String, String) {
    let admin = test.administrator().await;
    let form = json!({
        "org": unit(test, "CB"), "name": "ERP", "address": address, "events": events,
        "processes": ["repair_order"],
    });
    let reply = admin.post("webhooks", form).await.expect(201);
    (reply.str("/webhook/id"), reply.str("/secret"))
}

fn unit(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).unwrap().id.to_string()
}

async fn round(test: &TestApp) {
    test.settled().await;
    server::reconcile::run_webhooks(&test.app).await;
}

/// Moves the clock, and lets subscriptions be told.
async fn later(test: &TestApp, seconds: i64) {
    test.app.config().clock.set(test.now().plus_seconds(seconds));
    round(test).await;
}

fn signed(heard: &Heard, secret: &str) -> bool {
    let key = BASE64.decode(secret.strip_prefix("whsec_").unwrap().as_bytes()).unwrap();
    let expect = signatures(&[key], &heard.id, heard.seconds, &heard.text);
    heard.signature.split(' ').any(|one| one == expect)
}

async fn row(admin: &Actor<'_>) -> Json {
    admin.get("webhooks").await.expect(200).at("/items/0")
}

/// State, status and reason of each try, the first first.
async fn tried(admin: &Actor<'_>, id: &str) -> Vec<(String, Json, String)> {
    let list = admin.get(&format!("webhooks/{id}/tries")).await.expect(200).at("/items");
    let one = |one: &Json| {
        let why = one["why"].as_str().unwrap_or_default();
        let why = why.split(':').next().unwrap_or_default().to_owned();
        (one["state"].as_str().unwrap().to_owned(), one["status"].clone(), why)
    };
    list.as_array().unwrap().iter().rev().map(one).collect()
}

fn try_of(state: &str, status: Json, why: &str) -> (String, Json, String) {
    (state.to_owned(), status, why.to_owned())
}

#[tokio::test]
async fn events_come_signed_in_order_and_without_personal_data() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let advisor = test.advisor().await;
    let vehicle = test.sold(12).await;
    let before = advisor.open_repair(&vehicle, SYMPTOM).await;
    let (id, secret) = made(&test, &double.address(), &["case.opened", "case.acted"]).await;
    assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
    let case = advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    crate::access::judged(&advisor, &case).await;
    round(&test).await;
    let heard = double.heard();
    let said: Vec<_> = heard.iter().map(Heard::said).collect();
    assert_eq!(said[0].0, "case.opened");
    assert!(said.len() > 3 && said[1..].iter().all(|(event, _)| event == "case.acted"), "{said:?}");
    let page = advisor.case(&case).await.expect(200);
    for one in &heard {
        assert!(signed(one, &secret), "{one:?}");
        assert_eq!(one.seconds, test.now().timestamp().as_second());
        let data = one.json()["data"].clone();
        assert_eq!(data["case"], case.as_str());
        assert_eq!(data["number"], page.at("/number"));
        assert_eq!((&data["process"], &data["org"]), (&json!("repair_order"), &json!("CB")));
        for secret in ["王小明", "138", SYMPTOM, "LRFR", &before] {
            assert!(!one.text.contains(secret), "{secret}: {}", one.text);
        }
    }
    let last = heard.last().unwrap();
    assert_eq!(last.json()["data"]["subject"], "judge");
    assert_eq!(last.said().1, "estimating", "where it stands behind the step");
    let numbers: std::collections::BTreeSet<_> = heard.iter().map(|one| &one.id).collect();
    assert_eq!(numbers.len(), heard.len(), "each has its own number");
    round(&test).await;
    later(&test, 3600).await;
    assert_eq!(double.heard(), [], "nothing twice by itself");

    let admin = test.administrator().await;
    assert!(!admin.get("webhooks").await.expect(200).text().contains(&secret), "shown once");
    let tries = admin.get(&format!("webhooks/{id}/tries")).await.expect(200);
    let again = format!("webhooks/{id}/tries/{}/again", tries.str("/items/0/id"));
    let reply = admin.post(&again, json!({})).await.expect(200);
    assert_eq!((reply.str("/state"), reply.at("/status")), ("taken".into(), json!(204)));
    let again = double.heard();
    assert_eq!((again[0].id.as_str(), again.len()), (last.id.as_str(), 1), "the same number");
    assert_eq!(again[0].text, last.text);

    let other = test.stranger().await.open_repair(&test.sold(12).await, SYMPTOM).await;
    round(&test).await;
    assert_eq!(double.heard(), [], "{other} is another station's");
}

#[tokio::test]
async fn what_is_not_taken_holds_back_what_follows_and_is_told_again() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let (advisor, admin) = (test.advisor().await, test.administrator().await);
    let (id, _) = made(&test, &double.address(), &["case.opened"]).await;
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    double.does(&[Does::Says(500), Does::Leads, Does::Sleeps, Does::Talks]);
    for wait in [0, 5, 60] {
        later(&test, wait).await;
    }
    let first = double.heard();
    assert!(first.len() == 3 && first.iter().all(|one| one.id == first[0].id), "{first:?}");
    let shown = row(&admin).await;
    assert!(shown["failing_since"].is_string() && shown["next_at"].is_string());
    later(&test, 299).await;
    assert_eq!(double.heard(), [], "its wait is not over");
    later(&test, 1).await;
    let rest = double.heard();
    assert_eq!(rest.len(), 2);
    assert!(rest[0].id == first[0].id && rest[1].id != first[0].id, "in order");
    assert_eq!(row(&admin).await["failing_since"], Json::Null);
    let expect = [
        try_of("failed", json!(500), "refused"),
        try_of("failed", json!(302), "redirect"),
        try_of("unknown", Json::Null, "no_answer"),
        try_of("taken", json!(200), ""),
        try_of("taken", json!(204), ""),
    ];
    assert_eq!(tried(&admin, &id).await, expect);
}

#[tokio::test]
async fn a_receiver_that_takes_no_more_is_left_alone_and_its_owner_hears() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let (advisor, admin) = (test.advisor().await, test.administrator().await);
    let (id, _) = made(&test, &double.address(), &["case.opened"]).await;
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    double.does(&[Does::Says(410)]);
    round(&test).await;
    let shown = row(&admin).await;
    assert_eq!((&shown["state"], &shown["why"]), (&json!("resting"), &json!("gone")));
    let told = admin.get("messages").await.expect(200);
    assert!(told.str("/items/0/body").contains("ERP"), "{}", told.text());
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    later(&test, 3600).await;
    assert_eq!(double.heard().len(), 1, "it rests");
    admin.post(&format!("webhooks/{id}/resume"), json!({ "skip": false })).await.expect(200);
    round(&test).await;
    assert_eq!(double.heard().len(), 2, "nothing is missed");

    // Three days without an answer.
    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    double.does(&[Does::Says(503); 20]);
    for _ in 0..15 {
        later(&test, 43_200).await;
    }
    let admin = test.administrator().await;
    let shown = row(&admin).await;
    assert_eq!((&shown["state"], &shown["why"]), (&json!("resting"), &json!("failing")));
    assert!(double.heard().len() < 12);
    admin.post(&format!("webhooks/{id}/resume"), json!({ "skip": true })).await.expect(200);
    later(&test, 3600).await;
    assert_eq!(double.heard(), [], "what happened meanwhile is left out");
    admin.post(&format!("webhooks/{id}/end"), json!({})).await.expect(204);
    assert_eq!(admin.get("webhooks").await.expect(200).at("/items"), json!([]));
}

#[tokio::test]
async fn a_new_secret_signs_beside_the_one_before_for_a_day() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let admin = test.administrator().await;
    let (id, old) = made(&test, &double.address(), &["case.opened"]).await;
    let new = admin.post(&format!("webhooks/{id}/secret"), json!({})).await.expect(200);
    let new = new.str("/secret");
    assert_ne!(old, new);
    let ask = async || {
        admin.post(&format!("webhooks/{id}/test"), json!({})).await.expect(200);
        let heard = double.heard().pop().unwrap();
        assert_eq!(heard.said().0, "webhook.test");
        (signed(&heard, &old), signed(&heard, &new))
    };
    assert_eq!(ask().await, (true, true));
    test.app.config().clock.set(test.now().plus_seconds(24 * 3600 - 60));
    let admin = test.administrator().await;
    admin.post(&format!("webhooks/{id}/test"), json!({})).await.expect(200);
    assert!(signed(&double.heard().pop().unwrap(), &old));
    test.app.config().clock.set(test.now().plus_seconds(120));
    let admin = test.administrator().await;
    admin.post(&format!("webhooks/{id}/test"), json!({})).await.expect(200);
    let heard = double.heard().pop().unwrap();
    assert!(!signed(&heard, &old) && signed(&heard, &new));
}

#[tokio::test]
async fn two_nodes_tell_an_event_once_and_a_restart_in_between_tells_it_again() {
    let double = Double::start().await;
    let test = TestApp::telling(allowing(), None).await;
    let (advisor, admin) = (test.advisor().await, test.administrator().await);
    let (id, _) = made(&test, &double.address(), &["case.opened"]).await;
    let other = server::App::start(test.app.config().clone()).await.unwrap();
    for _ in 0..5 {
        advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    }
    for _ in 0..2 {
        test.settled().await;
        let (one, two) = (&test.app, &other);
        tokio::join!(server::reconcile::run_webhooks(one), server::reconcile::run_webhooks(two));
    }
    let heard = double.heard();
    let numbers: std::collections::BTreeSet<_> = heard.iter().map(|one| &one.id).collect();
    assert_eq!((heard.len(), numbers.len()), (5, 5), "{heard:?}");

    advisor.open_repair(&test.sold(12).await, SYMPTOM).await;
    let hook: i64 = id.parse().unwrap();
    test.settled().await;
    let turn = other.store().take_turn(hook, test.now()).await.unwrap().unwrap();
    other.store().begin_telling(&turn, &turn.told[0], test.now()).await.unwrap().unwrap();
    round(&test).await;
    assert_eq!(double.heard(), [], "the other node has it");
    later(&test, 301).await;
    assert_eq!(double.heard().len(), 1, "it went down, and another one takes over");
    let tries = tried(&admin, &id).await;
    let cut_off = try_of("unknown", Json::Null, "cut off by a restart");
    assert_eq!(tries.iter().filter(|one| **one == cut_off).count(), 1, "{tries:?}");
    assert_eq!(tries.len(), 7);
    other.store().close().await;
}

#[tokio::test]
async fn nobody_is_told_inside_the_own_network() {
    let double = Double::start().await;
    let test = TestApp::new().await;
    let admin = test.administrator().await;
    let form = |address: &str| {
        json!({
            "org": unit(&test, "CB"), "name": "ERP", "address": address,
            "events": ["case.opened"],
        })
    };
    for address in [
        double.address().as_str(),
        "https://127.0.0.1/",
        "https://10.0.0.7/hooks",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00:ec2::254]/",
        "http://erp.example.com/",
        "not an address",
    ] {
        let reply = admin.post("webhooks", form(address)).await.expect(422);
        assert_eq!(reply.str("/code"), "form-invalid", "{address}");
    }
    // A name is looked up when it is told, and leads home.
    let port = double.address().rsplit(':').next().unwrap().to_owned();
    let reply = admin.post("webhooks", form(&format!("https://localhost:{port}"))).await;
    let id = reply.expect(201).str("/webhook/id");
    let reply = admin.post(&format!("webhooks/{id}/test"), json!({})).await.expect(200);
    assert_eq!(reply.str("/state"), "failed");
    assert!(reply.str("/why").starts_with("not_allowed: "), "{}", reply.text());
    assert_eq!(double.heard(), []);
    for (name, value) in [
        ("events", json!([])),
        ("events", json!(["case.sung"])),
        ("processes", json!(["nothing"])),
        ("name", json!(" ")),
        ("org", json!("org_00000000000000000000000000")),
    ] {
        let mut bad = form("https://erp.example.com/");
        bad[name] = value;
        let reply = admin.post("webhooks", bad).await;
        assert!(reply.status.is_client_error(), "{name}");
    }
    test.advisor().await.get("webhooks").await.expect(403);
}
