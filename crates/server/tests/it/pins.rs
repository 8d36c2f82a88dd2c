//! A shared counter: what opens it, for whom, how long, and what it leaves in the journal.

use axum::body::Body;
use axum::http::{Method, Request, header};
use std::cell::RefCell;
use std::collections::BTreeMap;
use testkit::{Json, Reply, TestApp, json};

/// A browser with its cookies.
struct Browser<'a> {
    test: &'a TestApp,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    fn new(test: &'a TestApp) -> Self {
        Self { test, cookies: RefCell::default() }
    }

    async fn ask(&self, method: Method, path: &str, body: Json) -> Reply {
        self.ask_as(method, path, body, None).await
    }

    async fn ask_as(&self, method: Method, path: &str, body: Json, person: Option<&str>) -> Reply {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/{path}"))
            .header("x-sanbao", "1")
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/json");
        if let Some(person) = person {
            request = request.header("x-sanbao-person", person);
        }
        let request = request.body(Body::from(body.to_string())).expect("a request");
        let reply = self.test.send(request).await;
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            let pair = cookie.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie");
            self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
        }
        reply
    }

    async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, json!({})).await
    }

    async fn post(&self, path: &str, body: Json) -> Reply {
        self.ask(Method::POST, path, body).await
    }

    async fn sign_in(&self, login: &str) -> Reply {
        self.post("session", json!({ "login": login, "password": "demo1234" })).await
    }

    async fn pin(&self, login: &str, pin: &str) -> Reply {
        let person = self.test.person(login).await;
        self.post("counter/unlock", json!({ "person": person, "pin": pin })).await
    }

    async fn lock(&self) {
        self.ask(Method::DELETE, "session", json!({})).await.expect(204);
    }
}

fn new(per_act: bool) -> Json {
    json!({ "name": "前台一号机", "idle_seconds": 120, "per_act": per_act })
}

async fn set_pin(test: &TestApp, login: &str, pin: &str) {
    let me = test.sign_in(login).await;
    me.put("me/pin", json!({ "password": "demo1234", "pin": pin })).await.expect(204);
}

/// A counter of the northern station, opened by its manager.
async fn opened(test: &TestApp, per_act: bool) -> Browser<'_> {
    let desk = Browser::new(test);
    desk.sign_in("liuyang").await.expect(200);
    desk.post("counters", new(per_act)).await.expect(201);
    desk.get("me").await.expect(401);
    desk
}

#[tokio::test]
async fn a_pin_is_set_with_the_password_and_easy_ones_are_not_taken() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    assert_eq!(lina.get("me").await.expect(200).at("/pin"), "off");
    for (password, pin, field) in [
        ("demo1235", "4927", "password"),
        ("demo1234", "1234", "pin"),
        ("demo1234", "0000", "pin"),
        ("demo1234", "12", "pin"),
        ("demo1234", "49a7", "pin"),
    ] {
        let refused = lina.put("me/pin", json!({ "password": password, "pin": pin })).await;
        assert_eq!(refused.expect(422).str("/fields/0/field"), field, "{pin}");
    }
    lina.put("me/pin", json!({ "password": "demo1234", "pin": "4927" })).await.expect(204);
    assert_eq!(lina.get("me").await.expect(200).at("/pin"), "on");
    lina.post("me/pin/end", json!({ "password": "wrong" })).await.expect(422);
    lina.post("me/pin/end", json!({ "password": "demo1234" })).await.expect(204);
    assert_eq!(lina.get("me").await.expect(200).at("/pin"), "off");
}

#[tokio::test]
async fn a_counter_shows_nothing_but_who_may_step_up_until_somebody_does() {
    let test = TestApp::new().await;
    for (login, pin) in [("lina", "4927"), ("liuyang", "7041"), ("hejing", "8302")] {
        set_pin(&test, login, pin).await;
    }
    let desk = opened(&test, true).await;
    let lock = desk.get("counter").await.expect(200);
    assert_eq!((lock.str("/name"), lock.at("/people/2")), ("前台一号机".into(), Json::Null));
    assert!(!lock.text().contains("何静"), "another station's people: {}", lock.text());
    for path in ["cases", "units?q=0001", "customers?q=王小明", "offers", "events", "people"] {
        assert_eq!(desk.get(path).await.expect(401).code(), "not-signed-in", "{path}");
    }
    Browser::new(&test).get("counter").await.refused("not-signed-in");

    // Who works elsewhere is nobody here, whatever their PIN.
    desk.pin("hejing", "8302").await.expect(401).refused("wrong-pin");
    desk.pin("chenqiang", "4927").await.expect(401).refused("wrong-pin");
    desk.pin("lina", "4928").await.expect(401).refused("wrong-pin");
    let me = desk.pin("lina", "4927").await.expect(200);
    assert_eq!((me.str("/person/name"), me.at("/counter/pin")), ("李娜".into(), json!(true)));
    desk.get("cases").await.expect(200);
    // The next one takes over; before that, time does.
    assert_eq!(desk.pin("liuyang", "7041").await.expect(200).str("/person/login"), "liuyang");
    test.pass(1).await;
    desk.post("counter/stay", json!({})).await.expect(204);
    test.pass(1).await;
    desk.get("cases").await.expect(200);
    test.pass(1).await;
    desk.get("cases").await.expect(401);
    desk.get("counter").await.expect(200);
}

#[tokio::test]
async fn one_act_one_pin_and_the_journal_says_whose_and_where() {
    let test = TestApp::new().await;
    for (login, pin) in [("lina", "4927"), ("wangjun", "7041")] {
        set_pin(&test, login, pin).await;
    }
    let unit = test.sold(3).await;
    let desk = opened(&test, true).await;
    let lina = desk.pin("lina", "4927").await.expect(200).str("/person/id");
    let form = json!({ "symptom": "骑行中断电" });
    let body = json!({ "process": "repair_order", "subject": { "unit": unit }, "form": form });
    let case = desk.post("cases", body.clone()).await.expect(201).str("/id");
    // The outcome may be read, nothing more be done, and staying on does not prolong it.
    desk.get(&format!("cases/{case}")).await.expect(200);
    desk.post("cases", body.clone()).await.expect(401).refused("counter-locked");
    let note = format!("cases/{case}/notes");
    desk.post(&note, json!({ "text": "等人" })).await.expect(401).refused("counter-locked");
    desk.post("counter/stay", json!({})).await.expect(204);
    test.pass(1).await;
    desk.get(&format!("cases/{case}")).await.expect(401);

    desk.pin("wangjun", "7041").await.expect(200);
    // A window that still shows the first person sends nothing in the name of the second.
    let stale = desk.ask_as(Method::POST, &note, json!({ "text": "等人" }), Some(&lina)).await;
    stale.expect(409).refused("other-person");
    desk.post(&note, json!({ "text": "客户等在店里" })).await.expect(201);
    let boss = test.manager().await;
    let page = boss.case(&case).await.expect(200);
    let timeline = page.at("/timeline");
    let told: Vec<_> = timeline.as_array().into_iter().flatten().collect();
    let of = |event: &str| told.iter().find(|entry| entry["event"] == event).expect("an entry");
    for (event, name) in [("opened", "李娜"), ("noted", "王军")] {
        let entry = of(event);
        assert_eq!(entry["actor"]["name"], name, "{entry}");
        assert_eq!(entry["counter"], json!({ "name": "前台一号机", "pin": true }), "{entry}");
    }
    // At one's own machine nothing of it is said.
    boss.post(&note, json!({ "text": "知道了" })).await.expect(201);
    let page = boss.case(&case).await.expect(200);
    let last = page.at("/timeline").as_array().and_then(|all| all.last().cloned());
    assert_eq!(last.expect("an entry")["counter"], Json::Null);
    assert!(test.app.store().verify(None).await.expect("verified").problems.is_empty());
}

#[tokio::test]
async fn without_a_lock_per_act_one_goes_on_until_nobody_does_anything() {
    let test = TestApp::new().await;
    set_pin(&test, "lina", "4927").await;
    let (unit, desk) = (test.sold(3).await, opened(&test, false).await);
    desk.pin("lina", "4927").await.expect(200);
    let body = json!({ "process": "repair_order", "subject": { "unit": unit },
        "form": { "symptom": "异响" } });
    let case = desk.post("cases", body).await.expect(201).str("/id");
    let note = format!("cases/{case}/notes");
    desk.post(&note, json!({ "text": "客户等在店里" })).await.expect(201);
    desk.lock().await;
    desk.post(&note, json!({ "text": "再说" })).await.expect(401);
}

#[tokio::test]
async fn guessing_ends_at_the_password_for_the_person_and_for_the_counter() {
    let test = TestApp::new().await;
    let crowd = ["lina", "wangjun", "chenqiang", "zhoumin", "liuyang"];
    for login in crowd {
        set_pin(&test, login, "4927").await;
    }
    let desk = opened(&test, true).await;
    for guess in 0..4 {
        desk.pin("lina", &format!("501{guess}")).await.expect(401).refused("wrong-pin");
    }
    desk.pin("lina", "5014").await.expect(401).refused("pin-blocked");
    desk.pin("lina", "4927").await.expect(401).refused("pin-blocked");
    let lock = desk.get("counter").await.expect(200);
    let people = lock.at("/people");
    let lina = people.as_array().into_iter().flatten().find(|one| one["name"] == "李娜");
    assert_eq!(lina.expect("still there")["blocked"], true);
    let head = test.manager().await;
    let id = test.person("lina").await;
    let page = head.get(&format!("people/{id}")).await.expect(200);
    assert_eq!(page.str("/history/0/event"), "pin_blocked");
    // Days do not help; the password does.
    test.pass(3 * 24 * 60).await;
    desk.pin("lina", "4927").await.expect(401).refused("pin-blocked");
    let me = desk.sign_in("lina").await.expect(200);
    assert_eq!((me.at("/counter/pin"), me.at("/pin")), (json!(false), json!("blocked")));
    desk.pin("lina", "4927").await.expect(200);

    // From face to face: the counter itself takes no more PINs for a while.
    let mut tried = 0;
    'faces: for login in ["wangjun", "chenqiang", "zhoumin", "liuyang"] {
        for guess in 0..5 {
            tried += 1;
            let refused = desk.pin(login, &format!("501{guess}")).await.expect(401);
            if refused.str("/detail").contains("柜台") {
                break 'faces;
            }
        }
    }
    assert_eq!(tried, 20, "one right PIN before forgave nothing but itself");
    desk.pin("lina", "4927").await.expect(401).refused("pin-blocked");
    desk.sign_in("lina").await.expect(200);
    test.pass(16).await;
    desk.pin("lina", "4927").await.expect(200);
}

#[tokio::test]
async fn a_pin_manages_nobody_and_a_password_at_the_counter_does() {
    let test = TestApp::new().await;
    set_pin(&test, "liuyang", "7041").await;
    let desk = opened(&test, true).await;
    desk.pin("liuyang", "7041").await.expect(200);
    let id = test.person("lina").await;
    let org = test.manager().await.get("me").await.expect(200).str("/org/id");
    for (path, body) in [
        (format!("people/{id}/invitation"), json!({})),
        (format!("people/{id}/sign-out"), json!({})),
        ("counters".into(), new(true)),
        ("deputies".into(), json!({})),
        (
            "me/deputies".into(),
            json!({ "deputy": id, "from": "2026-11-22", "to": "2026-11-23",
            "reason": "出差" }),
        ),
    ] {
        desk.post(&path, body).await.expect(403).refused("pin-not-enough");
    }
    let refused = desk.ask(Method::PUT, "me/org", json!({ "org": org })).await.expect(403);
    refused.refused("pin-not-enough");
    desk.get("people").await.expect(200);
    assert!(!desk.get("me").await.expect(200).text().contains("people_write"));

    desk.sign_in("liuyang").await.expect(200);
    desk.post(&format!("people/{id}/sign-out"), json!({})).await.expect(204);
    test.pass(3).await;
    desk.get("people").await.expect(401);
}

#[tokio::test]
async fn who_must_show_a_second_factor_has_no_pin() {
    let mut packs = server::embedded::packs();
    for pack in &mut packs {
        let Some(roles) = pack.files.get_mut("roles.toml") else { continue };
        let leader = "id = \"team_leader\"\n";
        *roles = roles.replace(leader, &format!("{leader}second_factor = true\n"));
    }
    let test = TestApp::ruled_by(packs).await;
    let leader = test.team_leader().await;
    assert_eq!(leader.get("me").await.expect(200).at("/pin"), "barred");
    let body = json!({ "password": "demo1234", "pin": "4927" });
    leader.put("me/pin", body).await.expect(403).refused("pin-not-enough");
    // One that was set before the rule asked for more opens nothing, nor does a deputy's.
    let id: base::PersonId = test.person("wangjun").await.parse().expect("an id");
    let hash = server::auth::password::hash("4927", server::auth::password::Cost::CHEAP);
    test.app.store().set_pin(id, hash.as_deref(), test.now()).await.expect("set");
    set_pin(&test, "lina", "4927").await;
    let desk = opened(&test, true).await;
    desk.pin("wangjun", "4927").await.expect(401).refused("wrong-pin");
    desk.pin("lina", "4927").await.expect(200);
    let body = json!({ "person": id, "deputy": test.person("lina").await, "from": "2026-11-21",
        "to": "2026-11-23", "reason": "出差" });
    test.manager().await.post("deputies", body).await.expect(201);
    desk.get("cases").await.expect(401);
    desk.pin("lina", "4927").await.expect(401).refused("wrong-pin");
}

#[tokio::test]
async fn an_ended_counter_opens_for_nobody() {
    let test = TestApp::new().await;
    set_pin(&test, "lina", "4927").await;
    let (desk, other) = (opened(&test, true).await, opened(&test, true).await);
    desk.pin("lina", "4927").await.expect(200);
    let head = test.manager().await;
    let list = head.get("counters").await.expect(200);
    let ids: Vec<String> = list
        .at("/items")
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| row["id"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(ids.len(), 2);
    // Whoever does not manage the station ends nothing; nor does another station's manager.
    for (login, status) in [("lina", 403), ("gaofei", 404)] {
        let actor = test.sign_in(login).await;
        actor.delete(&format!("counters/{}", ids[0])).await.expect(status);
    }
    for id in &ids {
        head.delete(&format!("counters/{id}")).await.expect(204);
    }
    desk.get("cases").await.expect(401);
    desk.get("counter").await.expect(401).refused("counter-gone");
    desk.pin("lina", "4927").await.expect(401).refused("counter-gone");
    other.get("counter").await.expect(401);

    // Left at the machine itself, by whoever is there.
    let desk = opened(&test, true).await;
    desk.ask(Method::DELETE, "counter", json!({})).await.expect(401);
    desk.pin("lina", "4927").await.expect(200);
    desk.ask(Method::DELETE, "counter", json!({})).await.expect(204);
    desk.get("counter").await.expect(401);
    desk.sign_in("lina").await.expect(200);
    assert_eq!(desk.get("me").await.expect(200).at("/counter"), Json::Null);
    desk.ask(Method::DELETE, "counter", json!({})).await.expect(409);
    assert!(test.app.store().verify(None).await.expect("verified").problems.is_empty());
}

#[tokio::test]
async fn a_new_link_or_a_departure_takes_the_pin_along() {
    let test = TestApp::new().await;
    set_pin(&test, "lina", "4927").await;
    set_pin(&test, "chenqiang", "4927").await;
    let desk = opened(&test, true).await;
    let head = test.manager().await;
    let id = test.person("lina").await;
    let path = head.post(&format!("people/{id}/invitation"), json!({})).await.expect(201);
    let token = path.str("/path").split_once('#').expect("a link").1.to_owned();
    let body = json!({ "token": token, "password": "maple-kettle-orbit-92" });
    Browser::new(&test).post("invitations/accept", body).await.expect(200);
    desk.pin("lina", "4927").await.expect(401).refused("wrong-pin");
    desk.pin("chenqiang", "4927").await.expect(200);
    let id = test.person("chenqiang").await;
    head.post(&format!("people/{id}/sign-out"), json!({})).await.expect(204);
    desk.get("cases").await.expect(401);
}
