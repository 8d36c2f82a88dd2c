//! People and units through the interface: who may give what to whom, the link that sets a
//! password, the first administrator, and what stays on record.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use axum::body::Body;
use axum::http::{Method, Request, header};
use testkit::{Actor, Json, Reply, TestApp, json};

const GOOD: &str = "maple-kettle-orbit-92";

/// Asks without a session, with a body.
async fn anybody(test: &TestApp, path: &str, body: Json) -> Reply {
    let request = Request::post(format!("/api/v1/{path}"))
        .header("x-sanbao", "1")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()));
    test.send(request.unwrap()).await
}

fn list(reply: &Reply, pointer: &str) -> Vec<Json> {
    reply.at(pointer).as_array().unwrap().clone()
}

fn number(reply: &Reply, pointer: &str) -> i64 {
    reply.at(pointer).as_i64().unwrap()
}

/// The id of a unit.
fn unit(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).unwrap().id.to_string()
}

/// The stations of the test company: the northern one and the other.
async fn station_of(test: &TestApp, login: &str) -> String {
    let found = test.app.store().login(login).await.unwrap().unwrap().0;
    found.org.to_string()
}

fn form(name: &str, org: &str, roles: &[(&str, &str)]) -> Json {
    let roles: Vec<Json> =
        roles.iter().map(|(role, org)| json!({ "role": role, "org": org })).collect();
    json!({ "name": name, "org": org, "roles": roles, "active": true })
}

/// Takes somebody on; their id and the token of their link.
async fn hire(actor: &Actor<'_>, login: &str, form: Json) -> (String, String) {
    let reply = actor.post("people", json!({ "login": login, "person": form })).await.expect(201);
    let path = reply.str("/invitation/path");
    (reply.str("/id"), path.split_once('#').unwrap().1.to_owned())
}

async fn change(actor: &Actor<'_>, id: &str, version: i64, form: &Json) -> Reply {
    let request = actor.request(Method::PUT, &format!("people/{id}"));
    actor.send(request.header(header::IF_MATCH, format!("\"v{version}\"")), form).await
}

#[tokio::test]
async fn a_manager_takes_a_technician_on_who_sets_a_password_and_works() {
    let test = TestApp::new().await;
    let manager = test.manager().await;
    let here = station_of(&test, "liuyang").await;
    let person = form("赵新", &here, &[("technician", &here)]);
    let (id, token) = hire(&manager, "zhaoxin", person.clone()).await;

    let look = anybody(&test, "invitations/look", json!({ "token": token })).await.expect(200);
    assert_eq!((look.str("/login"), look.str("/name")), ("zhaoxin".into(), "赵新".into()));
    let weak = json!({ "token": token, "password": "zhaoxin123" });
    let weak = anybody(&test, "invitations/accept", weak).await.expect(422);
    assert_eq!(weak.str("/fields/0/field"), "password");
    let good = json!({ "token": token, "password": GOOD });
    let done = anybody(&test, "invitations/accept", good.clone()).await.expect(200);
    assert_eq!(done.str("/person/login"), "zhaoxin");
    assert!(done.header("set-cookie").starts_with("sanbao_session="));
    anybody(&test, "invitations/accept", good).await.expect(404);

    let technician = Actor::sign_in(&test, "zhaoxin", GOOD).await;
    technician.get("offers").await.expect(200);
    let double = json!({ "login": "ZhaoXin", "person": person });
    let refused = manager.post("people", double).await.expect(422);
    assert_eq!(refused.str("/fields/0/field"), "login");

    let page = manager.get(&format!("people/{id}")).await.expect(200);
    let history = list(&page, "/history");
    let words: Vec<&str> = history.iter().filter_map(|e| e["event"].as_str()).collect();
    assert_eq!(words, ["password_set", "invited", "added"]);
    let rights = list(&page, "/rights");
    assert!(rights.iter().any(|granted| granted["right"]["zh"] == "办理工单"
        && granted["from"][0]["title"]["zh"] == "技师"));
    assert!(!list(&page, "/acts").is_empty(), "what they may do in processes");
}

#[tokio::test]
async fn nobody_gives_what_they_were_not_given_to_give() {
    let test = TestApp::new().await;
    let manager = test.manager().await;
    let (here, there) = (station_of(&test, "liuyang").await, station_of(&test, "hejing").await);
    for (role, org, at, field) in [
        ("station_manager", &here, &here, "roles"),
        ("finance", &here, &here, "roles"),
        ("administrator", &here, &here, "roles"),
        ("customer", &here, &here, "roles"),
        ("no_such_role", &here, &here, "roles"),
        ("technician", &here, &there, "roles"),
        ("technician", &there, &here, "org"),
    ] {
        let person = json!({ "login": "newone", "person": form("某人", org, &[(role, at)]) });
        let refused = manager.post("people", person).await.expect(422);
        assert_eq!(refused.str("/fields/0/field"), field, "{role}");
    }
    let nothing = json!({ "login": "newone", "person": form("某人", &here, &[]) });
    manager.post("people", nothing).await.expect(422);
    let advisor = test.advisor().await;
    let technician = form("某人", &here, &[("technician", &here)]);
    let person = json!({ "login": "newone", "person": technician });
    advisor.post("people", person.clone()).await.expect(403);

    // Whoever holds more than I could give is not mine to change, nor am I.
    let me = test.person("liuyang").await;
    let own = manager.post(&format!("people/{me}/invitation"), json!({})).await;
    assert!(own.expect(403).str("/detail").contains("自己"));
    let admin = test.administrator().await;
    let boss = test.person("linxia").await;
    manager.get(&format!("people/{boss}")).await.expect(404);
    let both = [("technician", here.as_str()), ("finance", here.as_str())];
    let (id, _) = hire(&admin, "both", form("双岗", &here, &both)).await;
    for verb in ["invitation", "sign-out"] {
        manager.post(&format!("people/{id}/{verb}"), json!({})).await.expect(403);
    }
    change(&manager, &id, 2, &technician).await.expect(403);
    let stranger = test.person("hejing").await;
    change(&manager, &stranger, 1, &technician).await.expect(404);

    // Whatever the list says I may change, I may; and nothing else.
    for row in list(&manager.get("people").await.expect(200), "/items") {
        let id = row["id"].as_str().unwrap();
        let reply = manager.post(&format!("people/{id}/invitation"), json!({})).await;
        let wanted = if row["manageable"] == true { 201 } else { 403 };
        reply.expect(wanted);
    }
}

#[tokio::test]
async fn a_change_is_told_in_words_and_a_departure_ends_the_work() {
    let test = TestApp::new().await;
    let manager = test.manager().await;
    let here = station_of(&test, "liuyang").await;
    let technician = test.technician().await;
    let id = test.person("chenqiang").await;
    let page = manager.get(&format!("people/{id}")).await.expect(200);
    let version = number(&page, "/version");
    let two = form("陈强", &here, &[("technician", &here), ("team_leader", &here)]);
    let page = change(&manager, &id, version, &two).await.expect(200);
    let newest = &list(&page, "/history")[0];
    assert_eq!(newest["by"]["name"], "刘洋");
    assert!(newest["changes"][0]["zh"].as_str().unwrap().starts_with("任命：班组长"), "{newest}");
    assert_eq!(
        change(&manager, &id, version, &two).await.expect(409).str("/code"),
        "stale-version"
    );
    manager.put(&format!("people/{id}"), two.clone()).await.expect(428);

    technician.get("me").await.expect(200);
    let mut left = two;
    left["active"] = false.into();
    let page = change(&manager, &id, version + 1, &left).await.expect(200);
    assert_eq!(list(&page, "/history")[0]["changes"][0]["zh"], "停用账号");
    technician.get("me").await.expect(401);
    manager.post(&format!("people/{id}/invitation"), json!({})).await.expect(403);
    let shown = manager.get("people?q=cq").await.expect(200);
    assert!(list(&shown, "/items").is_empty(), "who left is not offered");
    let shown = manager.get("people?q=cq&left=true").await.expect(200);
    assert_eq!(list(&shown, "/items").len(), 1, "found by initials");
    assert_eq!(test.app.store().verify(None).await.unwrap().problems, []);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_other_devices_are_out() {
    let test = TestApp::new().await;
    let (here, elsewhere) = (test.advisor().await, test.advisor().await);
    let put = |old: &'static str, new: &'static str| {
        here.put("me/password", json!({ "old": old, "password": new }))
    };
    assert_eq!(put("wrong", GOOD).await.expect(422).str("/fields/0/field"), "old");
    let old = server::demo::PASSWORD;
    assert_eq!(put(old, old).await.expect(422).str("/fields/0/code"), "same");
    assert_eq!(put(old, "lina2026").await.expect(422).str("/fields/0/code"), "weak");
    put(old, GOOD).await.expect(204);
    here.get("me").await.expect(200);
    elsewhere.get("me").await.expect(401);
    Actor::sign_in(&test, "lina", GOOD).await;
    for _ in 0..5 {
        put("wrong", "another-good-password-7").await;
    }
    put("wrong", GOOD).await.expect(429);
}

#[tokio::test]
async fn an_empty_system_gets_its_first_administrator_by_a_link() {
    let test = TestApp::empty().await;
    let link = server::setup::first_link(&test.app).await.unwrap().unwrap();
    let token = link.split_once('#').unwrap().1.to_owned();
    let look = anybody(&test, "invitations/look", json!({ "token": token })).await.expect(200);
    assert_eq!(look.at("/company"), true);
    let mut body = json!({ "token": token, "password": GOOD });
    anybody(&test, "invitations/accept", body.clone()).await.expect(422);
    body["first"] = json!({ "login": "luojia", "name": "罗佳" });
    let refused = anybody(&test, "invitations/accept", body.clone()).await.expect(422);
    assert_eq!(refused.str("/fields/0/field"), "company");
    body["first"]["company"] = "瑞风电动车有限公司".into();
    let me = anybody(&test, "invitations/accept", body).await.expect(200);
    assert_eq!(me.str("/company/name"), "瑞风电动车有限公司");
    assert_eq!(server::setup::first_link(&test.app).await.unwrap(), None);

    let admin = Actor::sign_in(&test, "luojia", GOOD).await;
    let station = json!({ "code": "s0101", "parent": unit(&test, "HQ"), "name": "城北服务站",
        "kind": "station", "registered": true, "stars": 3 });
    let station = admin.post("orgs", station).await.expect(201).str("/id");
    let manager = form("刘洋", &station, &[("station_manager", &station)]);
    let (_, token) = hire(&admin, "liuyang", manager).await;
    let accept = json!({ "token": token, "password": GOOD });
    let me = anybody(&test, "invitations/accept", accept).await.expect(200);
    assert_eq!(me.str("/org/name"), "城北服务站");
    assert_eq!(test.app.store().verify(None).await.unwrap().problems, []);
}

#[tokio::test]
async fn units_are_shaped_by_who_sees_the_whole_tree() {
    let test = TestApp::new().await;
    let hq = unit(&test, "HQ");
    let new = |code: &str, kind: &str, stars: i64| {
        json!({ "code": code, "parent": hq, "name": "新站", "kind": kind, "registered": true,
            "stars": stars })
    };
    let manager = test.manager().await;
    manager.post("orgs", new("N1", "station", 3)).await.expect(403);
    let department = test.sign_in("guoqiang").await;
    for (body, field) in [
        (new("", "station", 3), "code"),
        (new("中文", "station", 3), "code"),
        (new("HQ", "station", 3), "code"),
        (new("N1", "castle", 3), "kind"),
        (new("N1", "station", 6), "stars"),
    ] {
        let refused = department.post("orgs", body).await.expect(422);
        assert_eq!(refused.str("/fields/0/field"), field);
    }
    let row = department.post("orgs", new("n1", "station", 3)).await.expect(201);
    assert_eq!((row.str("/code"), number(&row, "/version")), ("N1".into(), 1));
    let form = json!({ "name": "城南站", "kind": "station", "registered": false, "stars": 4 });
    let put = |actor: &Actor<'_>, version: i64| {
        let request = actor.request(Method::PUT, &format!("orgs/{}", row.str("/id")));
        request.header(header::IF_MATCH, format!("\"v{version}\""))
    };
    manager.send(put(&manager, 1), &form).await.expect(403);
    let changed = department.send(put(&department, 1), &form).await.expect(200);
    assert_eq!((changed.str("/name"), number(&changed, "/stars")), ("城南站".into(), 4));
    department.send(put(&department, 1), &form).await.expect(409);
}

/// What an authenticator shows.
fn shown(test: &TestApp, secret: &str) -> String {
    let secret = server::auth::totp::read(secret).unwrap();
    format!("{:06}", server::auth::totp::code(&secret, server::auth::totp::step(test.now())))
}

#[tokio::test]
async fn a_second_factor_is_asked_for_holds_once_and_ends_by_a_link() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    assert_eq!(lina.get("me").await.expect(200).at("/second_factor"), "off");
    let offered = lina.post("me/second-factor", json!({})).await.expect(200);
    assert!(offered.str("/qr").starts_with("<svg"));
    let secret = offered.str("/secret");
    let code = shown(&test, &secret);
    let on = |mine: &str, code: &str| json!({ "password": mine, "secret": secret, "code": code });
    lina.put("me/second-factor", on("not mine", &code)).await.expect(422);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    lina.put("me/second-factor", on("demo1234", wrong)).await.expect(422);
    assert_eq!(lina.get("me").await.expect(200).at("/second_factor"), "off");
    lina.put("me/second-factor", on("demo1234", &code)).await.expect(204);
    assert_eq!(lina.get("me").await.expect(200).at("/second_factor"), "on");

    let enter =
        |code: Option<String>| json!({ "login": "lina", "password": "demo1234", "code": code });
    anybody(&test, "session", enter(None)).await.refused("code-needed");
    // Seen over the shoulder when it was set up: used is used.
    anybody(&test, "session", enter(Some(code))).await.refused("wrong-code");
    test.pass(1).await;
    let next = shown(&test, &secret);
    anybody(&test, "session", enter(Some(next.clone()))).await.expect(200);
    anybody(&test, "session", enter(Some(next))).await.refused("wrong-code");
    // A wrong password says nothing of it.
    let body = json!({ "login": "lina", "password": "demo12345", "code": wrong });
    anybody(&test, "session", body).await.refused("wrong-login");

    // Who lost the phone gets a link; the password and the second factor are set anew.
    let head = test.manager().await;
    let id = test.person("lina").await;
    let path = head.post(&format!("people/{id}/invitation"), json!({})).await.expect(201);
    let token = path.str("/path").split_once('#').unwrap().1.to_owned();
    let body = json!({ "token": token, "password": GOOD });
    anybody(&test, "invitations/accept", body).await.expect(200);
    let body = json!({ "login": "lina", "password": GOOD });
    assert_eq!(anybody(&test, "session", body).await.expect(200).at("/second_factor"), "off");
    let page = head.get(&format!("people/{id}")).await.expect(200);
    let events: Vec<Json> = list(&page, "/history");
    assert!(events.iter().any(|event| event["event"] == "second_factor_on"), "{events:?}");
}

#[tokio::test]
async fn a_role_may_ask_for_a_second_factor_before_anything_else() {
    let mut packs = server::embedded::packs();
    for pack in &mut packs {
        let Some(roles) = pack.files.get_mut("roles.toml") else { continue };
        let manager = "id = \"station_manager\"\n";
        *roles = roles.replace(manager, &format!("{manager}second_factor = true\n"));
    }
    let test = TestApp::ruled_by(packs).await;
    let head = test.manager().await;
    assert_eq!(head.get("me").await.expect(200).at("/second_factor"), "needed");
    head.get("cases").await.refused("second-factor-needed");
    let secret = head.post("me/second-factor", json!({})).await.expect(200).str("/secret");
    let code = shown(&test, &secret);
    let body = json!({ "password": "demo1234", "secret": secret, "code": code });
    head.put("me/second-factor", body).await.expect(204);
    head.get("cases").await.expect(200);
    // Given up, the door closes again.
    test.pass(1).await;
    let body = json!({ "password": "demo1234", "code": shown(&test, &secret) });
    head.post("me/second-factor/end", body.clone()).await.expect(204);
    head.post("me/second-factor/end", body).await.expect(409);
    head.get("cases").await.refused("second-factor-needed");
    test.advisor().await.get("cases").await.expect(200);
}

#[tokio::test]
async fn one_password_along_a_list_of_logins_stops_the_address_and_not_who_works_there() {
    let test = TestApp::new().await;
    test.advisor().await;
    let try_login = |login: String| {
        let body = json!({ "login": login, "password": "Sommer-2026!" });
        anybody(&test, "session", body)
    };
    for n in 0..30 {
        try_login(format!("staff{n}")).await.expect(401).refused("wrong-login");
    }
    let waits = try_login("staff30".into()).await.expect(429).refused("locked-out");
    assert!(!waits.header("retry-after").is_empty());
    test.advisor().await;
    test.app.config().clock.set(test.now().plus_seconds(15 * 60));
    try_login("staff30".into()).await.expect(401);
}
