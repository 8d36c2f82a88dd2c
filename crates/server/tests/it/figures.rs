//! Figures and measures as people see them: their own places only, with the list behind each.

use testkit::{Actor, Json, Reply, TestApp, json};

fn found<'j>(all: &'j Json, list: &str, id: &str) -> &'j Json {
    let groups = all["groups"].as_array().expect("groups");
    let items = groups.iter().flat_map(|group| group[list].as_array().expect("a list"));
    items.into_iter().find(|item| item["id"] == id).expect("it is listed")
}

/// What a measure came to: events, and the amount in words.
async fn measure(actor: &Actor<'_>, id: &str, query: &str) -> (i64, String) {
    let all = actor.get(&format!("figures?{query}")).await.expect(200).json();
    let item = found(&all, "measures", id);
    let text = item["value"]["text"]["zh"].as_str().unwrap_or("未评");
    (item["times"].as_i64().expect("times"), text.to_owned())
}

async fn behind(actor: &Actor<'_>, id: &str, query: &str) -> Reply {
    actor.get(&format!("measures/{id}/cases?{query}")).await
}

fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).expect("a unit").id.to_string()
}

#[tokio::test]
async fn a_number_is_the_list_behind_it_and_each_row_opens_its_case() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let mut opened = Vec::new();
    for _ in 0..3 {
        let unit = test.sold(12).await;
        opened.push(advisor.open_repair(&unit, "不走车").await);
    }
    let head = test.manager().await;
    assert_eq!(measure(&head, "vehicles_in", "").await, (3, "3 次".into()));

    let list = behind(&head, "vehicles_in", "limit=2").await.expect(200);
    assert_eq!((list.at("/times"), list.at("/hidden")), (json!(3), json!(0)));
    let rest = behind(&head, "vehicles_in", &format!("cursor={}", list.str("/next"))).await;
    let rest = rest.expect(200);
    assert_eq!(rest.at("/next"), Json::Null);
    let ids = [list.str("/items/0/id"), list.str("/items/1/id"), rest.str("/items/0/id")];
    for id in &ids {
        assert!(opened.contains(id), "{id}");
        head.case(id).await.expect(200);
    }
    assert_eq!(list.str("/items/0/org"), "城北维修站");
    assert_eq!(list.str("/items/0/process/title/en"), "Repair order");

    // The day after, yesterday's number stands under yesterday.
    test.pass(24 * 60).await;
    let head = test.manager().await;
    assert_eq!(measure(&head, "vehicles_in", "from=2026-11-22").await.0, 0);
    assert_eq!(measure(&head, "vehicles_in", "from=2026-11-21&to=2026-11-21").await.0, 3);
    let split = head.get("measures/vehicles_in?by=org").await.expect(200);
    assert_eq!(split.str("/rows/0/title/zh"), "城北维修站");
    assert_eq!(split.at("/rows/0/times"), json!(3));
    for book in ["figures.xlsx", "measures/vehicles_in/cases.xlsx"] {
        let book = head.get(book).await.expect(200);
        assert!(book.bytes.starts_with(b"PK"));
    }
}

#[tokio::test]
async fn another_station_sees_none_of_it_and_the_company_sees_all() {
    let test = TestApp::new().await;
    let unit = test.sold(12).await;
    test.advisor().await.open_repair(&unit, "不走车").await;
    let north = org(&test, "CB");

    let elsewhere = test.sign_in("gaofei").await;
    assert_eq!(measure(&elsewhere, "vehicles_in", "").await.0, 0);
    let list = behind(&elsewhere, "vehicles_in", "").await.expect(200);
    assert_eq!((list.at("/times"), list.at("/items")), (json!(0), json!([])));
    for path in ["figures", "figures.xlsx", "measures", "measures/vehicles_in/cases"] {
        let refused = elsewhere.get(&format!("{path}?org={north}")).await.expect(404);
        assert_eq!(refused.str("/detail"), "没有这个机构，或不在您的可见范围内", "{path}");
    }
    let places = elsewhere.get("figures").await.at("/asked/places");
    let names = |places: &Json| {
        let all = places.as_array().cloned().unwrap_or_default();
        all.iter().map(|p| p["code"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert!(!names(&places).contains(&"CB".to_owned()), "{places}");

    let leader = test.sign_in("songyuan").await;
    assert_eq!(measure(&leader, "vehicles_in", "").await.0, 1);
    assert_eq!(measure(&leader, "vehicles_in", &format!("org={north}")).await.0, 1);
    let other = elsewhere.get("figures").await.str("/asked/org/id");
    assert_eq!(measure(&leader, "vehicles_in", &format!("org={other}")).await.0, 0);
    test.technician().await.get("figures").await.expect(403).refused("forbidden");
}

#[tokio::test]
async fn what_nothing_was_counted_for_is_not_rated_and_every_figure_has_its_words() {
    let test = TestApp::new().await;
    let head = test.manager().await;
    let all = head.get("figures?grain=quarter").await.expect(200).json();
    let rate = found(&all, "figures", "promise_rate");
    assert_eq!((&rate["value"], &rate["met"]), (&Json::Null, &Json::Null));
    assert_eq!(rate["title"]["zh"], "维修及时率");
    assert_eq!(rate["formula"]["zh"], "按约完成 ÷ (按约完成 + 超过约定时间完成)");
    assert_eq!(rate["trend"][7]["title"]["zh"], "2026 年第 4 季度");
    assert_eq!(rate["trend"][7]["value"], Json::Null);
    let accuracy = found(&all, "figures", "judgement_accuracy");
    assert_eq!(accuracy["target"]["text"]["zh"], "95%");
    assert_eq!(accuracy["clauses"][0]["id"], "EB-6.6.1.1b");
    assert_eq!(found(&all, "figures", "turnover")["value"]["text"]["zh"], "¥0.00");
    assert_eq!(found(&all, "figures", "median_turnaround")["value"], Json::Null);
    let release = &test.app.releases().current(test.app.today()).expect("a release");
    let shown = all["groups"].as_array().expect("groups");
    let count =
        |list: &str| shown.iter().map(|g| g[list].as_array().map_or(0, Vec::len)).sum::<usize>();
    assert_eq!(count("figures"), release.figures.len());
    assert_eq!(count("measures"), release.measures.len());
}

#[tokio::test]
async fn what_cannot_be_asked_is_answered_in_one_sentence() {
    let test = TestApp::new().await;
    let head = test.manager().await;
    for (path, status, sentence) in [
        ("measures/nothing", 404, "制度里没有指标“nothing”；全部指标见“统计”页"),
        (
            "figures?from=2026-11-21&to=2026-11-01",
            422,
            "起始日 2026-11-21 晚于截止日 2026-11-01；请把两个日期对调",
        ),
        ("figures?from=21.11.2026", 422, "“21.11.2026”不是日期；请写成 2026-11-21 这样"),
        ("figures?grain=week", 422, "“week”不是时间粒度；可用 day、month、quarter、year"),
        (
            "figures?grain=day&from=2020-01-01",
            422,
            "走势最多 400 个点；请缩短期间，或改按月、季、年",
        ),
        ("figures?org=nowhere", 404, "没有这个机构，或不在您的可见范围内"),
        (
            "measures/repairs?by=colour",
            422,
            "指标“维修交车”没有按“colour”计数；可按 component、model、technician、org 分",
        ),
        (
            "measures/repairs/cases?cursor=x",
            400,
            "翻页位置“x”不是列表给出的；请用上一页的 next，或不填从头读起",
        ),
    ] {
        let refused = head.get(path).await.expect(status);
        assert_eq!(refused.str("/detail"), sentence, "{path}");
    }
}
