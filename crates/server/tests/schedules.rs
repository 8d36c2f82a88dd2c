//! Schedules and modes by API: opened by the calendar, once; duties apart as the unit's mode says.

use testkit::{Actor, Json, TestApp, instant, json};

/// Lets time pass up to an instant.
async fn until(test: &TestApp, at: &str) {
    test.pass(instant(at).seconds_since(test.now()) / 60).await;
}

async fn stocktake(actor: &Actor<'_>) -> Json {
    let all = actor.get("schedules").await.expect(200).json();
    let rows = all["items"].as_array().expect("schedules").clone();
    rows.into_iter().find(|row| row["id"] == "monthly_stocktake").expect("the stocktake")
}

#[tokio::test]
async fn a_month_opens_its_cases_once_and_an_outage_is_made_up_for() {
    let test = TestApp::new().await;
    test.pass(1).await;
    let admin = test.administrator().await;
    let row = stocktake(&admin).await;
    assert_eq!(row["next"]["period"], "2026-11");
    assert_eq!(row["next"]["at"], "2026-11-30T00:00:00Z");
    assert_eq!(row["last"], Json::Null);
    assert!(test.open_cases("stocktake_task").await.is_empty());

    until(&test, "2026-11-30T00:02:00Z").await;
    let stations = test.open_cases("stocktake_task").await.len();
    assert!(stations > 0, "every station is asked");
    test.pass(5).await;
    assert_eq!(test.open_cases("stocktake_task").await.len(), stations, "once");

    // Down over the last day of December: made up for at its own time, and overdue from there.
    until(&test, "2027-01-04T08:00:00Z").await;
    test.pass(1).await;
    let open = test.open_cases("stocktake_task").await;
    assert_eq!(open.len(), 2 * stations);
    let mut opened_at = Vec::new();
    for case in &open {
        let (id, scope) = (case.parse().expect("an id"), store::Scope::company());
        let loaded = test.app.store().case(id, &scope).await.expect("a case");
        opened_at.push(loaded.state.opened_at.to_string());
    }
    let made_up = opened_at.iter().filter(|at| *at == "2026-12-31T00:00:00Z").count();
    assert_eq!(made_up, stations, "{opened_at:?}");

    let admin = test.administrator().await;
    let runs = admin.get("schedules/monthly_stocktake/runs").await.expect(200).json();
    assert_eq!(runs["items"].as_array().map(Vec::len), Some(2 * stations));
    let row = stocktake(&admin).await;
    assert_eq!(row["last"]["period"], "2026-12");
    assert_eq!(row["last"]["opened"], json!(stations));
    // Nobody knows yet which days of 2027 are worked: said, not guessed.
    assert_eq!(row["next"], Json::Null);
    assert!(row["waits"]["en"].as_str().is_some_and(|text| text.contains("2027")));
    assert_eq!(admin.get("schedules/nothing/runs").await.code(), "not-found");
}

#[tokio::test]
async fn a_period_is_run_by_hand_and_then_not_again() {
    let test = TestApp::new().await;
    test.pass(1).await;
    let manager = test.sign_in("guoqiang").await;
    let run = |period: &'static str| {
        manager.post("schedules/monthly_stocktake/runs", json!({ "period": period }))
    };
    let path = "schedules/monthly_stocktake/runs";
    let advisor = test.advisor().await;
    advisor.post(path, json!({ "period": "2026-11" })).await.refused("forbidden");
    for period in ["2026-12", "2026-13", "november"] {
        manager.post(path, json!({ "period": period })).await.refused("form-invalid");
    }
    let done = run("2026-11").await.expect(200).json();
    let opened = done["opened"].as_u64().expect("a number");
    assert!(opened > 0);
    let again = run("2026-11").await.expect(200).json();
    assert_eq!((&again["opened"], &again["before"]), (&json!(0), &json!(opened)));
    until(&test, "2026-11-30T00:02:00Z").await;
    let open = test.open_cases("stocktake_task").await;
    assert_eq!(open.len() as u64, opened, "the calendar does not open them again");
    let manager = test.sign_in("guoqiang").await;
    let page = manager.case(&open[0]).await.expect(200).json();
    assert_eq!(page["timeline"][0]["actor"]["id"], json!(test.person("guoqiang").await));
}

#[tokio::test]
async fn in_the_simple_mode_one_person_may_check_the_own_work_and_it_is_counted() {
    let test = TestApp::new().await;
    let head = test.manager().await;
    let form = json!({ "counted": [{ "part": "TUB-16", "quantity": 0 }] });
    let count = head.open("stocktake", None, form.clone()).await.expect(201);
    let (count, org) = (count.str("/id"), count.str("/org/id"));
    head.act(&count, "approve", form.clone()).await.refused("separation-of-duties");

    let path = format!("orgs/{org}/mode");
    let simple = json!({ "mode": "simple", "reason": "夫妻店,两人轮班" });
    head.put(&path, simple.clone()).await.refused("forbidden");
    let manager = test.sign_in("guoqiang").await;
    for wrong in
        [json!({ "mode": "loose", "reason": "x" }), json!({ "mode": "simple", "reason": "  " })]
    {
        manager.put(&path, wrong).await.refused("form-invalid");
    }
    let row = manager.put(&path, simple).await.expect(200).json();
    assert_eq!((&row["mode"], &row["mode_from"]), (&json!("simple"), &json!(org)));

    head.act(&count, "approve", form).await.expect(200);
    let page = head.case(&count).await.expect(200).json();
    let events: Vec<&str> = page["timeline"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|e| e["event"].as_str())
        .collect();
    assert!(events.contains(&"self_approved"), "{events:?}");
    let orgs = manager.get("orgs").await.expect(200).json();
    let own = orgs["items"].as_array().into_iter().flatten().find(|o| o["id"] == json!(org));
    assert_eq!(own.expect("the station")["self_approvals"], 1);

    // Back to what the unit above has: nothing that was done is lost.
    let back = json!({ "mode": null, "reason": "添了人手" });
    let row = manager.put(&path, back).await.expect(200).json();
    assert_eq!((&row["mode"], &row["mode_from"]), (&json!("standard"), &Json::Null));
    let log = manager.get(&format!("orgs/{org}/modes")).await.expect(200).json();
    assert_eq!(log["items"][0]["was"], "simple");
    assert_eq!(log["items"][1]["mode"], "simple");
    assert_eq!(log["items"][1]["reason"], "夫妻店,两人轮班");
}
