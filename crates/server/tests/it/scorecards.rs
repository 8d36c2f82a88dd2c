//! Scorecards: counted by the system, completed by hand, by whoever the card names.

use testkit::{Actor, Json, Reply, TestApp, json};

fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).expect("a unit").id.to_string()
}

async fn card(actor: &Actor<'_>, org: &str) -> Reply {
    actor.get(&format!("scorecards/station_year?org={org}")).await
}

async fn enter(actor: &Actor<'_>, org: &str, field: &str, value: Json, why: &str) -> Reply {
    let body = json!({
        "org": org, "period": "2026", "field": field, "value": value, "evidence": why,
    });
    actor.post("scorecards/station_year/entries", body).await
}

fn item<'j>(card: &'j Json, id: &str) -> &'j Json {
    let items = card["items"].as_array().expect("items");
    items.iter().find(|item| item["id"] == id).expect("the item")
}

fn entry<'j>(card: &'j Json, id: &str) -> &'j Json {
    let entries = card["entries"].as_array().expect("entries");
    entries.iter().find(|entry| entry["id"] == id).expect("the entry")
}

#[tokio::test]
async fn the_department_completes_the_year_and_the_station_sees_how_it_stands() {
    let test = TestApp::new().await;
    let north = org(&test, "CB");
    let (office, head) = (test.sign_in("guoqiang").await, test.manager().await);
    let before = card(&head, &north).await.expect(200).json();
    // Nothing repaired costs nothing; what nobody entered is not rated.
    assert_eq!((&before["points"], &before["most"]), (&json!(30.0), &json!(100)));
    assert_eq!((&before["unrated"], &before["missing"]), (&json!(4), &json!(6)));
    assert_eq!(before["over"], json!(false));
    assert_eq!(item(&before, "letter_rate")["points"], Json::Null);
    assert_eq!(item(&before, "letter_rate")["read"][0]["entry"], "letters");
    assert_eq!(entry(&before, "letters")["may"], json!(false));

    enter(&office, &north, "letters", json!(3), "信件台账").await.expect(200);
    let after = enter(&office, &north, "letters_receipted", json!(2), "回执存根").await;
    assert_eq!(item(&after.expect(200).json(), "letter_rate")["points"], json!(0.0));
    // A correction: the newest holds, the older one stays on record.
    let after = enter(&office, &north, "letters_receipted", json!(3), "补到一份回执").await;
    let after = after.expect(200).json();
    assert_eq!(item(&after, "letter_rate")["points"], json!(20.0));
    assert_eq!(after["points"], json!(50.0));
    let made = &entry(&after, "letters_receipted")["history"];
    assert_eq!(made[0]["evidence"], "补到一份回执");
    assert_eq!((&made[0]["text"]["zh"], &made[1]["text"]["zh"]), (&json!("3"), &json!("2")));
    assert_eq!(made[1]["actor"]["id"], test.person("guoqiang").await);
    let seen = card(&head, &north).await.expect(200).json();
    assert_eq!(seen["points"], json!(50.0));
    // Taken back: not rated again.
    let back = enter(&office, &north, "letters", Json::Null, "登记错了网点").await;
    assert_eq!(item(&back.expect(200).json(), "letter_rate")["points"], Json::Null);

    let standings = office.get("scorecards/station_year/standings").await.expect(200);
    let rows = standings.at("/items").as_array().cloned().expect("rows");
    assert!(rows.iter().any(|row| row["org"]["id"] == north.as_str()), "{rows:?}");
    let stars = format!("scorecards/station_stars?org={north}");
    let stars = head.get(&stars).await.expect(200).json();
    assert_eq!((&stars["level"], &stars["points"]), (&Json::Null, &Json::Null));
    let accuracy = &stars["levels"][0]["conditions"][1];
    assert_eq!((&accuracy["id"], &accuracy["held"]), (&json!("accuracy"), &Json::Null));
}

#[tokio::test]
async fn who_may_enter_what_and_where_is_asked_each_time() {
    let test = TestApp::new().await;
    let (north, office) = (org(&test, "CB"), test.sign_in("guoqiang").await);
    let head = test.manager().await;
    let refused = enter(&head, &north, "letters", json!(3), "台账").await;
    refused.expect(403).refused("forbidden");
    // The quality department may enter at all, but not this.
    let quality = test.sign_in("dengchao").await;
    let refused = enter(&quality, &north, "letters", json!(3), "台账").await.expect(403);
    assert!(refused.str("/detail").contains("售后服务部"), "{}", refused.text());
    enter(&quality, &north, "replacements_comply", json!(true), "抽查 20 单").await.expect(200);

    let elsewhere = test.sign_in("gaofei").await;
    card(&elsewhere, &north).await.expect(404);
    let list = elsewhere.get("scorecards").await.expect(200);
    let orgs = list.at("/items/0/orgs").as_array().cloned().expect("units");
    assert!(orgs.iter().all(|org| org["code"] != "CB"), "{orgs:?}");

    for (field, value, evidence, pointer, sentence) in [
        ("letters", json!(-1), "台账", "/fields/0/detail", "请填一个不小于 0 的数"),
        ("letters", json!("三"), "台账", "/fields/0/detail", "请填一个不小于 0 的数"),
        ("norms_kept", json!(1), "台账", "/fields/0/detail", "请选是或否"),
        ("nothing", json!(1), "台账", "/fields/0/detail", "“维修站年度评比”没有录入项“nothing”"),
        (
            "letters",
            json!(1),
            " ",
            "/fields/0/detail",
            "写明依据（文件、信件、现场），不超过 500 字",
        ),
    ] {
        let refused = enter(&office, &north, field, value, evidence).await.expect(422);
        assert_eq!(refused.str(pointer), sentence, "{field}");
    }
    for (path, status, sentence) in [
        (format!("scorecards/nothing?org={north}"), 404, "制度里没有评分表“nothing”"),
        (
            format!("scorecards/station_year?org={north}&period=2027"),
            422,
            "2027 还没有开始；最近的期间是 2026",
        ),
        (
            format!("scorecards/station_year?org={north}&period=2026-11"),
            422,
            "“2026-11”不是“维修站年度评比”的期间；请写成 2026 这样",
        ),
    ] {
        let refused = office.get(&path).await.expect(status);
        assert_eq!(refused.str("/detail"), sentence);
    }
}
