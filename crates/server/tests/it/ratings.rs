//! Stars, the year's assessment and discipline, as people do them: the scorecard proposes, the
//! decision sets the unit's stars, an appeal goes to somebody else, a warning stands by its date.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use testkit::{Actor, Json, TestApp, json};

/// The organisation unit with that code.
fn org(test: &TestApp, code: &str) -> String {
    test.app.orgs().by_code(code).unwrap().id.to_string()
}

fn stars(test: &TestApp, code: &str) -> Option<i64> {
    test.app.orgs().by_code(code).unwrap().stars
}

/// Enters something on a scorecard of a period.
async fn enter(actor: &Actor<'_>, (card, org, period): (&str, &str, &str), of: &[(&str, Json)]) {
    for (field, value) in of {
        let body = json!({
            "org": org, "period": period, "field": field, "value": value, "evidence": "现场核对",
        });
        actor.post(&format!("scorecards/{card}/entries"), body).await.expect(200);
    }
}

/// A judgement of the station that the department finds right: what accuracy is counted from.
async fn judged_right(test: &TestApp) {
    let unit = test.sold(3).await;
    let form = json!({ "component": "controller", "fault": "no_function" });
    let head = test.manager().await;
    let case = head.open("three_guarantees_judgement", Some(&unit), form).await;
    let case = case.expect(201).str("/id");
    let form = json!({ "judgement_correct": true });
    test.sign_in("linxia").await.act(&case, "review", form).await.expect(200);
}

/// What one star asks for, entered for a unit this year.
async fn fit_for_one_star(test: &TestApp, unit: &str) {
    judged_right(test).await;
    let entries = [
        ("refused", json!(0)),
        ("records_detailed", json!(true)),
        ("tools", json!(true)),
        ("floor_area", json!(30)),
        ("repairers", json!(2)),
        ("coverage", json!(1000)),
    ];
    enter(&test.sign_in("guoqiang").await, ("station_stars", unit, "2026"), &entries).await;
}

#[tokio::test]
async fn a_rating_lists_its_conditions_and_the_decision_sets_the_stars() {
    let test = TestApp::new().await;
    let north = org(&test, "CB");
    fit_for_one_star(&test, &north).await;
    let (head, office) = (test.manager().await, test.sign_in("linxia").await);
    let boss = test.sign_in("guoqiang").await;

    let young = json!({ "station": north, "set_up_on": test.app.today(), "rating_year": 2026 });
    head.open("star_rating", None, young).await.refused("require-failed");
    let apply = json!({ "station": north, "set_up_on": "2024-03-01", "rating_year": 2026 });
    let case = head.open("star_rating", None, apply).await.expect(201).str("/id");
    let page = office.act(&case, "evaluate", json!({})).await.expect(200);
    assert_eq!(page.at("/data/proposed_stars"), json!(1), "{}", page.text());
    let conditions = page.at("/data/conditions").as_array().cloned().unwrap();
    let of = |id: &str| conditions.iter().find(|row| row["id"] == id).cloned().unwrap();
    assert_eq!(of("one_star/electrical")["met"], json!(true));
    assert_eq!(of("two_star/floor")["met"], json!(false));
    assert_eq!(of("one_star/floor")["read_en"], "Floor area: 30 m²");
    assert!(of("one_star/accuracy")["read"].as_str().unwrap().contains("100"), "{conditions:?}");

    let two = json!({ "stars": 2, "rating_basis": "场地 30 平方米" });
    boss.act(&case, "decide", two).await.refused("require-failed");
    let one = json!({ "stars": 1, "rating_basis": "场地 30 平方米" });
    boss.act(&case, "decide", one).await.expect(200);
    assert_eq!(stars(&test, "CB"), Some(1), "prices and labour follow the unit's stars");

    head.act(&case, "appeal", json!({ "appeal_reason": "场地已扩" })).await.expect(200);
    let answer = json!({ "upheld": false, "appeal_answer": "尚未验收" });
    boss.act(&case, "answer_appeal", answer.clone()).await.refused("separation-of-duties");
    let other = test.sign_in("songyuan").await;
    let page = other.act(&case, "answer_appeal", answer).await.expect(200);
    assert_eq!(page.at("/tracks/0/state/id"), json!("rated"), "{}", page.text());
    test.settled().await;
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn a_dealer_is_warned_once_and_the_second_breach_ends_its_qualification() {
    let test = TestApp::new().await;
    let (office, boss) = (test.sign_in("linxia").await, test.sign_in("guoqiang").await);
    let (dealer, north) = (org(&test, "D0101"), org(&test, "CB"));
    let found = json!({ "breach_found": true, "finding_reason": "录音属实" });
    let mut cases = Vec::new();
    for _ in 0..2 {
        let report = json!({
            "dealer": dealer, "breach_kind": "refused", "breach_matter": "三包期内拒修",
            "happened_on": test.app.today(), "consumer_name": "钱女士",
            "consumer_phone": "13800000001",
        });
        let case = office.open("dealer_discipline", None, report).await.expect(201).str("/id");
        let heard = json!({ "hearing_how": "written", "hearing_statement": "缺货" });
        office.act(&case, "hear", heard).await.expect(200);
        office.act(&case, "investigate", found.clone()).await.refused("separation-of-duties");
        boss.act(&case, "investigate", found.clone()).await.expect(200);
        cases.push(case);
    }
    let (first, second) = (&cases[0], &cases[1]);
    let leader = test.sign_in("songyuan").await;
    let cancel = json!({ "cancelled_what": "agent", "cancellation_reason": "再次违约" });
    leader.act(first, "cancel_dealer", cancel.clone()).await.refused("require-failed");
    let warn = json!({ "warning_terms": "恢复服务" });
    let page = leader.act(first, "warn", warn.clone()).await.expect(200);
    assert_eq!(page.at("/tracks/0/state/id"), json!("warned"), "{}", page.text());
    assert!(page.at("/closed_at").is_null(), "the consumer was not served yet");
    leader.act(second, "warn", warn).await.refused("require-failed");
    leader.act(second, "cancel_dealer", cancel).await.expect(200);
    assert_eq!(test.app.orgs().by_code("D0101").unwrap().standing.word(), "suspended");

    // The consumer's matter stays open until another station has served it.
    let itself = json!({ "serving_station": dealer });
    office.act(first, "pass_on", itself).await.refused("require-failed");
    office.act(first, "pass_on", json!({ "serving_station": north })).await.expect(200);
    let passed = test.open_cases("consumer_service").await;
    let [passed] = passed.as_slice() else { unreachable!("one case: {passed:?}") };
    let head = test.manager().await;
    let done = json!({ "served_on": test.app.today(), "served_what": "更换控制器" });
    head.act(passed, "serve", done).await.expect(200);
    test.pass(1).await;
    let page = office.case(first).await.expect(200);
    assert!(page.at("/closed_at").is_string(), "{}", page.text());
}

/// Everything that the year asks people for, entered for a unit; complaints and letters count.
async fn scored(test: &TestApp, unit: &str) {
    let entries = [
        ("disputes_handled", json!(true)),
        ("replacements_comply", json!(true)),
        ("norms_kept", json!(true)),
    ];
    let of = ("station_year", unit, "2026");
    enter(&test.sign_in("guoqiang").await, of, &entries).await;
}

/// What the meeting says of a station: the northern one is advanced, the others are ordinary.
fn judge(row: &Json) -> Json {
    if row["org"] == "CB" {
        return json!({
            "attended": true, "result": "advanced", "decision": "奖金", "reward_amount": 300_000,
        });
    }
    json!({ "attended": true, "result": "ordinary" })
}

#[tokio::test]
async fn in_january_every_station_is_assessed_ranked_and_told() {
    let test = TestApp::new().await;
    test.pass(1).await;
    test.pass_until("2027-01-04T01:00:00Z").await;
    test.pass(1).await;
    let meetings = test.open_cases("annual_meeting").await;
    let [meeting] = meetings.as_slice() else { unreachable!("one meeting: {meetings:?}") };
    let assessments = test.open_cases("station_assessment").await;
    let office = test.sign_in("linxia").await;
    let boss = test.sign_in("guoqiang").await;
    let plan = json!({ "meeting_on": "2027-01-20", "meeting_place": "南京" });
    boss.act(meeting, "rank", plan.clone()).await.refused("require-failed");
    let north = org(&test, "CB");
    let mut own = String::new();
    for case in &assessments {
        let station = office.case(case).await.expect(200).str("/org/id");
        if station == north {
            own.clone_from(case);
        }
        scored(&test, &station).await;
    }
    let head = test.manager().await;
    office.act(&own, "score", json!({})).await.refused("require-failed");
    let form = json!({
        "own_letters": 0, "own_receipts": 0, "own_complaints": "无", "own_registers": true,
    });
    head.act(&own, "return_form", form).await.expect(200);
    let page = office.act(&own, "score", json!({})).await.expect(200);
    assert_eq!(page.at("/data/points"), json!(100), "{}", page.text());

    boss.act(meeting, "rank", plan).await.expect(200);
    test.pass(1).await;
    let page = head.case(&own).await.expect(200);
    assert_eq!(page.at("/tracks/0/state/id"), json!("announced"), "{}", page.text());
    assert_eq!(page.at("/data/ranking/0/rank"), json!(1));
    assert_eq!(page.at("/data/meeting_place"), json!("南京"));

    // Who entered the scores does not decide about them, whatever the case says.
    head.act(&own, "appeal", json!({ "appeal_reason": "应加分" })).await.expect(200);
    let answer = json!({ "upheld": false, "appeal_answer": "维持" });
    boss.act(&own, "decide_appeal", answer.clone()).await.refused("require-failed");
    let other = test.sign_in("songyuan").await;
    let uncorrected = json!({ "upheld": true, "appeal_answer": "有理" });
    other.act(&own, "decide_appeal", uncorrected).await.refused("require-failed");
    other.act(&own, "decide_appeal", answer).await.expect(200);

    let page = boss.case(meeting).await.expect(200);
    let ranking = page.at("/data/ranking").as_array().cloned().unwrap();
    let ranking: Vec<Json> = ranking.iter().map(judge).collect();
    test.pass_until("2027-01-20T09:00:00Z").await;
    let boss = test.sign_in("guoqiang").await;
    let result = json!({ "held_on": "2027-01-20", "ranking": ranking, "minutes": "表彰先进" });
    boss.act(meeting, "record_meeting", result).await.expect(200);
    test.pass(1).await;
    let page = boss.case(&own).await.expect(200);
    assert_eq!(page.at("/tracks/0/state/id"), json!("closed"), "{}", page.text());
    let rewards = test.open_cases("station_reward").await;
    let [reward] = rewards.as_slice() else { unreachable!("one reward: {rewards:?}") };
    test.sign_in("songyuan").await.act(reward, "grant", json!({})).await.expect(200);
    let booked =
        test.sign_in("tangli").await.get("accounts?prefix=station/CB/credits/reward").await;
    assert_eq!(booked.expect(200).at("/items/0/balance"), json!(300_000));
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}
