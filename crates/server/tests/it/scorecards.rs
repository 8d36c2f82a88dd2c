//! Scorecards: counted by the system, completed by hand, by whoever the card names.

use testkit::{Actor, Json, Reply, TestApp, json};

fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).expect("a unit").id.to_string()
}

async fn card(actor: &Actor<'_>, org: &str) -> Reply {
    actor.get(&format!("scorecards/station_year?org={org}")).await
}

async fn enter(actor: &Actor<'_>, org: &str, field: &str, value: Json, why: &str) -> Reply {
    enter_on("station_year", actor, org, (field, value), why).await
}

async fn enter_on(
    card: &str,
    actor: &Actor<'_>,
    org: &str,
    (field, value): (&str, Json),
    why: &str,
) -> Reply {
    let body = json!({
        "org": org, "period": "2026", "field": field, "value": value, "evidence": why,
    });
    actor.post(&format!("scorecards/{card}/entries"), body).await
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
    // Nothing repaired and no letter costs nothing; what nobody entered is not rated.
    assert_eq!((&before["points"], &before["most"]), (&json!(50.0), &json!(100)));
    assert_eq!((&before["unrated"], &before["missing"]), (&json!(3), &json!(3)));
    assert_eq!(before["over"], json!(false));
    assert_eq!(item(&before, "disputes")["points"], Json::Null);
    assert_eq!(item(&before, "disputes")["read"][0]["entry"], "disputes_handled");
    assert_eq!(entry(&before, "disputes_handled")["may"], json!(false));

    let after = enter(&office, &north, "disputes_handled", json!(false), "投诉台账").await;
    assert_eq!(item(&after.expect(200).json(), "disputes")["points"], json!(0.0));
    // A correction: the newest holds, the older one stays on record.
    let after = enter(&office, &north, "disputes_handled", json!(true), "补到一份记录").await;
    let after = after.expect(200).json();
    assert_eq!(item(&after, "disputes")["points"], json!(20.0));
    assert_eq!(after["points"], json!(70.0));
    let made = &entry(&after, "disputes_handled")["history"];
    assert_eq!(made[0]["evidence"], "补到一份记录");
    assert_eq!((&made[0]["text"]["zh"], &made[1]["text"]["zh"]), (&json!("是"), &json!("否")));
    assert_eq!(made[1]["actor"]["id"], test.person("guoqiang").await);
    let seen = card(&head, &north).await.expect(200).json();
    assert_eq!(seen["points"], json!(70.0));
    // Taken back: not rated again.
    let back = enter(&office, &north, "disputes_handled", Json::Null, "登记错了网点").await;
    assert_eq!(item(&back.expect(200).json(), "disputes")["points"], Json::Null);

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
    let refused = enter(&head, &north, "norms_kept", json!(true), "台账").await;
    refused.expect(403).refused("forbidden");
    // The quality department may enter at all, but not this.
    let quality = test.sign_in("dengchao").await;
    let refused = enter(&quality, &north, "norms_kept", json!(true), "台账").await.expect(403);
    assert!(refused.str("/detail").contains("售后服务部"), "{}", refused.text());
    enter(&quality, &north, "replacements_comply", json!(true), "抽查 20 单").await.expect(200);

    let elsewhere = test.sign_in("gaofei").await;
    card(&elsewhere, &north).await.expect(404);
    let list = elsewhere.get("scorecards").await.expect(200);
    let orgs = list.at("/items/0/orgs").as_array().cloned().expect("units");
    assert!(orgs.iter().all(|org| org["code"] != "CB"), "{orgs:?}");

    let (year, stars) = ("station_year", "station_stars");
    for (card, field, value, evidence, sentence) in [
        (stars, "refused", json!(-1), "台账", "请填一个不小于 0 的数"),
        (stars, "refused", json!("三"), "台账", "请填一个不小于 0 的数"),
        (year, "norms_kept", json!(1), "台账", "请选是或否"),
        (year, "nothing", json!(1), "台账", "“维修站年度评比”没有录入项“nothing”"),
        (year, "norms_kept", json!(true), " ", "写明依据（文件、信件、现场），不超过 500 字"),
    ] {
        let refused = enter_on(card, &office, &north, (field, value), evidence).await.expect(422);
        assert_eq!(refused.str("/fields/0/detail"), sentence, "{field}");
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
