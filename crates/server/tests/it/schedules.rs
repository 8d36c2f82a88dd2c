//! Schedules and modes by API: opened by the calendar, once; duties apart as the unit's mode says.

use testkit::{Actor, Json, TestApp, json};

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

    test.pass_until("2026-11-30T00:02:00Z").await;
    let stations = test.open_cases("stocktake_task").await.len();
    assert!(stations > 0, "every station is asked");
    test.pass(5).await;
    assert_eq!(test.open_cases("stocktake_task").await.len(), stations, "once");

    // Down over the last day of December: made up for at its own time, and overdue from there.
    test.pass_until("2027-01-04T08:00:00Z").await;
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
    test.pass_until("2026-11-30T00:02:00Z").await;
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

/// Vehicles sold on that day to one owner, who wants messages or not.
async fn sold(test: &TestApp, count: usize, day: &str, consent: bool) {
    use store::customer::NewCustomer;
    use store::unit::{NewUnit, UnitFields};
    let store = test.app.store();
    let customer = NewCustomer {
        name: Some("车主".into()),
        phone: Some(if consent { "13900000001" } else { "13900000002" }.into()),
        address: None,
        id_number: None,
        org: None,
        consent,
        tags: vec![],
    };
    let owner = store.add_customer(customer, test.now()).await.expect("a customer");
    let person = test.person("lina").await.parse().expect("an id");
    for number in 0..count {
        let fields = UnitFields {
            frame_no: Some(format!("LRQ{}{number:05}{}", day.replace('-', ""), u8::from(consent))),
            invoice_date: Some(day.parse().expect("a day")),
            ..UnitFields::default()
        };
        let unit = NewUnit { fields, owner: Some(owner), ..NewUnit::default() };
        store.add_unit(unit, person, test.now()).await.expect("a vehicle");
    }
}

async fn reminders(test: &TestApp) -> usize {
    let company = store::Scope::company();
    let runs = test.app.store().schedule_runs("maintenance_reminder", &company, 999);
    let runs = runs.await.expect("the store answers");
    runs.iter().filter(|run| run.status == "opened" && run.run.unit.is_some()).count()
}

#[tokio::test]
async fn owners_are_reminded_by_the_age_of_their_vehicles_in_bounded_rounds_and_once() {
    let test = TestApp::new().await;
    test.pass(1).await;
    sold(&test, 105, "2026-05-25", true).await;
    sold(&test, 3, "2026-05-25", false).await;
    sold(&test, 2, "2026-05-26", true).await;
    // Down from before the 25th to after the 26th: both days are made up for, 100 cases a round.
    test.pass_until("2026-11-26T08:00:00Z").await;
    assert_eq!(reminders(&test).await, 100);
    test.pass(1).await;
    assert_eq!(reminders(&test).await, 107, "the second round goes on where the first stopped");
    test.pass(1).await;
    test.pass(60 * 24).await;
    assert_eq!(reminders(&test).await, 107, "each age of a vehicle once");

    let admin = test.administrator().await;
    let runs = admin.get("schedules/maintenance_reminder/runs").await.expect(200).json();
    let run = &runs["items"][0];
    assert_eq!(run["age"], json!({ "zh": "6 个月", "en": "6 months" }));
    assert!(run["frame_no"].as_str().is_some_and(|frame| frame.starts_with("LRQ2026052")));
    let case: base::CaseId = run["case"].as_str().expect("a case").parse().expect("an id");
    let case = test.app.store().case(case, &store::Scope::company()).await.expect("it is there");
    assert_eq!(case.state.unit.map(|unit| unit.to_string()).as_deref(), run["unit"].as_str());
    assert!(case.state.customer.is_some() && case.state.closed_at.is_some());

    // By hand for a day that has begun: what was run before is not run again.
    let path = "schedules/maintenance_reminder/runs";
    let done = test.manager().await.post(path, json!({ "period": "2026-11-25" })).await;
    done.refused("forbidden");
    let done = admin.post(path, json!({ "period": "2026-11-25" })).await.expect(200).json();
    assert_eq!((&done["opened"], &done["failed"]), (&json!(0), &json!(0)));
}
