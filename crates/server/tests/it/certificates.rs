//! Certificates by API: trained, examined, certified, assignable; warned, run out, withdrawn.

use testkit::{Actor, Json, Reply, TestApp, json};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// The people of the northern station, as the training centre sees them on the wall.
async fn row(actor: &Actor<'_>, test: &TestApp, login: &str) -> Json {
    let id = test.person(login).await;
    let wall = actor.get("certificates").await.expect(200).json();
    let rows = wall["items"].as_array().expect("rows").clone();
    rows.into_iter().find(|row| row["person"]["id"] == json!(id)).expect("the person is there")
}

/// A training of these people, up to the recorded results.
async fn examined(test: &TestApp, results: &[(&str, i64, bool)]) -> String {
    let centre = test.sign_in("weilan").await;
    let mut people = Vec::new();
    for (login, score, passed) in results {
        people.push((test.person(login).await, *score, *passed));
    }
    let listed = |with: &dyn Fn(&(String, i64, bool)) -> Json| -> Json {
        people
            .iter()
            .map(|one| {
                let mut row = with(one);
                row["person"] = json!(one.0);
                row
            })
            .collect()
    };
    let form = json!({
        "topic": "锂电池检测与更换", "place": "公司培训教室", "trainer": "周工",
        "skills": ["li_battery", "charger"], "participants": listed(&|_| json!({})),
    });
    let case = centre.open("training", None, form).await.expect(201).str("/id");
    let present = json!({ "participants": listed(&|_| json!({ "attended": true })) });
    centre.act(&case, "hold", present).await.expect(200);
    let form = json!({
        "examiner": "周工",
        "participants": listed(&|(_, score, passed)| json!({ "score": score, "passed": passed })),
    });
    centre.act(&case, "examine", form).await.expect(200);
    case
}

/// The certificate that a training gave to somebody: its case.
async fn certified(test: &TestApp, login: &str) -> String {
    let centre = test.sign_in("weilan").await;
    let case = examined(test, &[(login, 88, true)]).await;
    centre.act(&case, "certify", json!({})).await.expect(200);
    let held = row(&centre, test, login).await;
    held["case_id"].as_str().expect("the certificate has a case").to_owned()
}

async fn titles(actor: &Actor<'_>) -> Vec<String> {
    let messages = actor.get("messages").await.expect(200).json();
    let items = messages["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|m| Some(m["title"].as_str()?.to_owned())).collect()
}

fn count(titles: &[String], title: &str) -> usize {
    titles.iter().filter(|t| *t == title).count()
}

/// An on-site commission of the northern station and what the dispatch of somebody answers.
async fn dispatch(test: &TestApp, login: &str) -> Reply {
    let unit = test.sold(3).await;
    let advisor = test.advisor().await;
    let requested = test.now().to_string();
    let form =
        json!({ "symptom": "骑行中断电", "address": "江北路 8 号", "requested_at": requested });
    let case = advisor.open("on_site_commission", Some(&unit), form).await.expect(201).str("/id");
    let head = test.manager().await;
    head.act(&case, "receive", json!({})).await.expect(200);
    head.act(&case, "dispatch", json!({ "technician": test.person(login).await })).await
}

#[tokio::test]
async fn who_passes_gets_a_certificate_and_may_be_sent_out() {
    let test = TestApp::new().await;
    let centre = test.sign_in("weilan").await;
    assert_eq!(row(&centre, &test, "sunyu").await["standing"], "expired");
    dispatch(&test, "sunyu").await.expect(422).refused("require-failed");

    let case = examined(&test, &[("sunyu", 88, true), ("makai", 41, false)]).await;
    let early = test.manager().await;
    early.act(&case, "certify", json!({})).await.expect(404);
    centre.act(&case, "certify", json!({})).await.expect(200);

    let held = row(&centre, &test, "sunyu").await;
    assert_eq!(held["standing"], "valid");
    assert_eq!(held["number"], "SG2026-CB-001");
    assert_eq!(held["issued_on"], "2026-11-21");
    assert_eq!(held["expires"], "2028-11-21");
    assert_eq!(held["days_left"], 731);
    let skills = held["skills"].as_array().expect("skills").len();
    assert_eq!(skills, 2, "the battery stays, the charger is new: {held}");
    assert_ne!(row(&centre, &test, "makai").await["number"], "SG2026-BJ-001");

    dispatch(&test, "sunyu").await.expect(200);
    let paper = test.manager().await.case(held["case_id"].as_str().expect("a case")).await;
    let paper = paper.expect(200).json();
    assert_eq!(paper["org"]["code"], "CB");
    assert_eq!(paper["labels"]["holder"]["word"]["zh"], "孙宇");
    let document = paper["documents"][0]["id"].as_str().expect("the certificate is printed");
    let html = centre.get(&format!("documents/{document}")).await.expect(200).text();
    for said in ["孙宇", "SG2026-CB-001", "维修上岗合格证书", "城北维修站", "电池"]
    {
        assert!(html.contains(said), "{said} stands on the certificate");
    }
    let own = test.sign_in("sunyu").await;
    let mine = own.get("certificates/mine").await.expect(200);
    assert_eq!(mine.str("/items/0/number"), "SG2026-CB-001");
}

#[tokio::test]
async fn the_wall_ends_where_my_scope_ends() {
    let test = TestApp::new().await;
    let names = |reply: Reply| -> Vec<String> {
        let items = reply.expect(200).json()["items"].as_array().cloned().unwrap_or_default();
        items.iter().filter_map(|r| Some(r["person"]["name"].as_str()?.to_owned())).collect()
    };
    let all = names(test.sign_in("weilan").await.get("certificates").await);
    assert!(all.iter().any(|n| n == "马凯") && all.iter().any(|n| n == "陈强"), "{all:?}");
    let north = names(test.manager().await.get("certificates").await);
    assert!(north.iter().any(|n| n == "陈强") && !north.iter().any(|n| n == "马凯"), "{north:?}");
    let expired = names(test.manager().await.get("certificates?standing=expired").await);
    assert_eq!(expired, ["孙宇"]);
    test.sign_in("tangli").await.get("certificates").await.expect(403);
}

#[tokio::test]
async fn a_certificate_warns_twice_runs_out_and_becomes_a_to_do() {
    let test = TestApp::new().await;
    let case = certified(&test, "sunyu").await;
    let (own, head) = (test.sign_in("sunyu").await, test.manager().await);
    assert_eq!(count(&titles(&own).await, "上岗证已发"), 1);
    drop((own, head));

    // 2028-11-21 is its last day: the first warning comes 30 days before that day ends.
    let days_to = |days: i64| days * DAY;
    test.pass(days_to(701)).await;
    let expiring = |t: &[String]| count(t, "上岗证快到期");
    let reader = test.sign_in("sunyu").await;
    assert_eq!(expiring(&titles(&reader).await), 0);
    test.pass(days_to(1)).await;
    test.pass(5).await;
    let reader = test.sign_in("sunyu").await;
    let chief = test.manager().await;
    assert_eq!(expiring(&titles(&reader).await), 1, "told once");
    assert_eq!(expiring(&titles(&chief).await), 1, "the head of the station too");
    assert_eq!(row(&chief, &test, "sunyu").await["standing"], "expiring");
    test.pass(days_to(23)).await;
    let reader = test.sign_in("sunyu").await;
    assert_eq!(expiring(&titles(&reader).await), 2);

    test.pass(days_to(6)).await;
    dispatch(&test, "sunyu").await.expect(200);
    test.pass(days_to(1)).await;
    let chief = test.manager().await;
    assert_eq!(row(&chief, &test, "sunyu").await["standing"], "expired");
    assert_eq!(count(&titles(&chief).await, "上岗证已过期"), 1);
    dispatch(&test, "sunyu").await.expect(422).refused("require-failed");
    let offers = chief.get("offers").await.expect(200).json();
    let todo = offers["items"].as_array().expect("offers").iter();
    let mut todo = todo.filter(|o| o["case"]["id"] == json!(case));
    assert_eq!(todo.next().expect("the expiry is a to-do")["action"], "settle_expiry");
    let form = json!({ "expiry_outcome": "retraining" });
    chief.act(&case, "settle_expiry", form).await.expect(200);
}

#[tokio::test]
async fn a_new_certificate_ends_the_old_one_and_a_withdrawn_one_ends_the_work() {
    let test = TestApp::new().await;
    let first = certified(&test, "zhaolei").await;
    test.pass(400 * DAY).await;
    let second = certified(&test, "zhaolei").await;
    assert_ne!(first, second);
    test.pass(1).await;
    let centre = test.sign_in("weilan").await;
    assert!(centre.case(&first).await.json()["closed_at"].is_string(), "the first is closed");
    dispatch(&test, "zhaolei").await.expect(200);

    let chief = test.manager().await;
    let form = json!({ "withdrawal_kind": "unsafe_work", "withdrawal_reason": "制动失灵后交车" });
    chief.act(&second, "withdraw", form.clone()).await.expect(422);
    centre.act(&second, "withdraw", form).await.expect(200);
    let held = row(&chief, &test, "zhaolei").await;
    assert_eq!(held["standing"], "withdrawn");
    dispatch(&test, "zhaolei").await.expect(422).refused("require-failed");
    let page = centre.case(&second).await.json();
    let told = page["timeline"].to_string();
    assert!(told.contains("制动失灵后交车"), "the reason stands in the journal");
}

#[tokio::test]
async fn a_list_names_each_person_once_and_only_people_there_are() {
    let test = TestApp::new().await;
    let centre = test.sign_in("weilan").await;
    let sun = test.person("sunyu").await;
    let open = async |rows: Json| {
        let form = json!({
            "topic": "t", "place": "p", "trainer": "z", "skills": ["hub_motor"],
            "participants": rows,
        });
        centre.open("training", None, form).await
    };
    for (rows, field) in [
        (json!([{ "person": sun }, { "person": sun }]), "participants[1].person"),
        (json!([{ "person": "per_0000000000001" }]), "participants[0].person"),
        (json!([{ "person": sun, "score": 1 }]), "participants[0].score"),
        (json!("all"), "participants"),
        (json!([]), "participants"),
    ] {
        let reply = open(rows).await.expect(422);
        assert_eq!(reply.str("/fields/0/field"), field, "{}", reply.text());
    }
}

#[tokio::test]
async fn a_certificate_entered_by_hand_warns_as_one_of_a_case_does() {
    let test = TestApp::new().await;
    // 陈强's paper is valid for 221 days; nobody has taken it over.
    let expiring = async |login: &str| {
        let reader = test.sign_in(login).await;
        count(&titles(&reader).await, "上岗证快到期")
    };
    test.pass(190 * DAY).await;
    assert_eq!(expiring("chenqiang").await, 0);
    for (days, told) in [(1, 1), (1, 1), (21, 1), (1, 2), (5, 2), (10, 2)] {
        test.pass(days * DAY).await;
        test.pass(5).await;
        assert_eq!(expiring("chenqiang").await, told, "after {days} days more");
        assert_eq!(expiring("liuyang").await, told, "the head of the station too");
        assert_eq!(expiring("gaofei").await, 0, "another station's head is not told");
    }
}
