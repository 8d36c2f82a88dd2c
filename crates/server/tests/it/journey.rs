//! The main job by API: from the customer at the counter to the delivered vehicle, and again.

use testkit::{Actor, Json, Reply, TestApp, json};

/// A part of the price list with an hour of work.
pub async fn lines(actor: &Actor<'_>, component: &str, model: &str) -> Json {
    let catalog = actor.get("catalog").await.expect(200).json();
    let prices = catalog["prices"].as_array().expect("prices");
    let fits = |p: &&Json| {
        p["kind"] == "part"
            && p["component"] == component
            && (p["models"] == json!([])
                || p["models"].as_array().is_some_and(|m| m.contains(&json!(model))))
    };
    let part = prices.iter().find(fits).expect("the part is on the list");
    let of_it = |p: &&Json| p["kind"] == "labour" && p["component"] == component;
    let labour = prices.iter().find(of_it).expect("its labour is on the list");
    let hours = labour["standard"].as_i64().unwrap_or(1000);
    json!([
        { "id": "1", "kind": "part", "item": part["code"], "quantity": 1000, "genuine": true },
        { "id": "2", "kind": "labour", "item": labour["code"], "quantity": hours },
    ])
}

pub fn checked(case: &Reply, action: &str, field: &str) -> Json {
    let case = case.json();
    let actions = case["actions"].as_array().expect("actions");
    let action = actions.iter().find(|a| a["id"] == action).expect("the action is offered");
    let fields = action["form"]["fields"].as_array().expect("fields");
    let field = fields.iter().find(|f| f["id"] == field).expect("the field");
    let points = field["choices"].as_array().expect("choices");
    points.iter().map(|c| (c["id"].as_str().unwrap_or_default().to_owned(), json!(true))).collect()
}

/// Brings a battery that measures so much to the signed estimate and an assigned technician.
pub async fn until_assigned(test: &TestApp, unit: &str, capacity: i64) -> String {
    let photos = test.advisor().await.photos(&["front", "back", "plate", "odometer"]).await;
    until_assigned_with(test, unit, capacity, photos).await
}

/// The same with these photos taken when it came in.
pub async fn until_assigned_with(
    test: &TestApp,
    unit: &str,
    capacity: i64,
    photos: Json,
) -> String {
    let advisor = test.advisor().await;
    let case = advisor.open_repair(unit, "充满电只能骑十公里").await;
    let page = advisor.case(&case).await.expect(200);
    let form = json!({
        "identity_confirmed": true,
        "condition": checked(&page, "double_check", "condition"),
        "photos_in": photos,
    });
    advisor.act(&case, "double_check", form).await.expect(200);
    let form = json!({
        "reproduced": true, "component": "li_battery", "fault": "low_capacity",
        "capacity": { "value": capacity, "instrument": "BT-3", "temperature": 22, "charge": 100 },
    });
    advisor.act(&case, "diagnose", form).await.expect(200);
    let evidence = json!({ "card": true, "card_matches": true, "invoice": true });
    advisor.act(&case, "judge", json!({ "evidence": evidence })).await.expect(200);
    let promised = test.now().plus_seconds(4 * 3600).to_string();
    let form = json!({
        "lines": lines(&advisor, "li_battery", "RF-R6").await, "promised_at": promised,
    });
    advisor.act(&case, "estimate", form).await.expect(200);
    let form = json!({ "confirmation_signature": advisor.signature().await });
    advisor.act(&case, "confirm", form).await.expect(200);
    advisor.act(&case, "route", json!({})).await.expect(200);
    case
}

pub async fn repair(test: &TestApp, case: &str) {
    let technician = test.technician().await;
    technician.act(case, "start_repair", json!({})).await.expect(200);
    let page = technician.case(case).await;
    let form = json!({
        "work_done": "更换锂电池，整车检查", "failure_cause": "电芯衰减", "replaced": true,
        "old_serial": "BT2401000001", "new_serial": "BT2611000777", "genuine_parts": true,
        "whole_vehicle": checked(&page, "finish_repair", "whole_vehicle"),
    });
    technician.act(case, "finish_repair", form).await.expect(200);
}

pub async fn assign(test: &TestApp, case: &str, login: &str) -> Reply {
    let leader = test.team_leader().await;
    leader.act(case, "assign", json!({ "technician": test.person(login).await })).await
}

/// Settles an order by its lines as they stand.
pub async fn settle(advisor: &Actor<'_>, case: &str) {
    let page = advisor.case(case).await.expect(200);
    let sheet = page.at("/data/lines");
    let lines: Vec<Json> = sheet
        .as_array()
        .expect("lines")
        .iter()
        .map(|l| {
            json!({ "id": l["id"], "kind": l["kind"], "item": l["item"], "quantity": l["quantity"],
                "unit_price": l["unit_price"], "payer": l["payer"] })
        })
        .collect();
    let form = json!({
        "fault_gone": true, "old_part_shown": true, "actual": lines,
        "payment_means": "none", "settlement_signature": advisor.signature().await,
    });
    advisor.act(case, "settle", form).await.expect(200);
}

pub async fn deliver(test: &TestApp, case: &str) -> Reply {
    let advisor = test.advisor().await;
    settle(&advisor, case).await;
    let page = advisor.case(case).await;
    let form = json!({ "papers": checked(&page, "deliver", "papers"), "upkeep_explained": true });
    advisor.act(case, "deliver", form).await.expect(200)
}

#[tokio::test]
async fn a_weak_battery_is_replaced_by_the_maker_and_the_same_fault_again_is_rework() {
    let test = TestApp::new().await;
    let unit = test.sold(20).await;
    let case = until_assigned(&test, &unit, 55).await;
    let advisor = test.advisor().await;

    let page = advisor.case(&case).await;
    assert_eq!(page.at("/verdict/covered"), json!(true));
    assert_eq!(page.str("/verdict/remedy"), "replace");
    assert_eq!(page.str("/verdict/payer"), "maker");
    assert_eq!(page.str("/verdict/clauses/0"), "EB-7.1.2.1a");
    assert!(page.at("/verdict/because").as_array().is_some_and(|b| b.len() >= 3));
    let customer_pays: i64 = page.at("/data/lines").as_array().map_or(-1, |all| {
        all.iter()
            .filter(|l| l["payer"] == "customer")
            .map(|l| l["amount"].as_i64().unwrap_or(0))
            .sum()
    });
    assert_eq!(customer_pays, 0, "the guarantees cover part and work");

    only_certified_people_are_assigned(&test, &case).await;
    assign(&test, &case, "chenqiang").await.expect(200);
    repair(&test, &case).await;
    let supervisor = test.supervisor().await;
    let page = supervisor.case(&case).await;
    let mut fails = checked(&page, "reinspect", "reinspection");
    fails["parts_firm"] = json!(false);
    let reply = supervisor.act(&case, "reinspect", json!({ "reinspection": fails })).await;
    assert_ne!(reply.expect(200).str("/tracks/0/state/id"), "passed", "it is sent back");
    repair_again(&test, &case).await;
    let all = checked(&supervisor.case(&case).await, "reinspect", "reinspection");
    let reply = supervisor.act(&case, "reinspect", json!({ "reinspection": all })).await;
    assert_eq!(reply.expect(200).str("/tracks/0/state/id"), "passed");

    let done = deliver(&test, &case).await;
    assert_eq!(done.str("/tracks/0/state/id"), "delivered");
    papers(&advisor, &done).await;
    let unit_page = advisor.get(&format!("units/{unit}")).await.expect(200);
    let battery = unit_page.json()["components"]
        .as_array()
        .and_then(|all| all.iter().find(|c| c["component"] == "li_battery").cloned());
    assert_eq!(battery.expect("a battery")["serial"], "BT2611000777");

    // The same fault within sixty days is rework: free, and a case of its own for the cause.
    test.pass(30 * 24 * 60).await;
    let again = until_assigned(&test, &unit, 40).await;
    advisor.case(&again).await.expect(401).refused("session-expired");
    let page = test.advisor().await.case(&again).await.expect(200);
    assert_eq!(page.at("/data/rework_of"), done.at("/number"));
    assert_eq!(test.open_cases("rework").await.len(), 1);
    assert!(!test.open_cases("follow_up").await.is_empty(), "a follow-up call was planned");
    let report = test.administrator().await.get("verify").await.expect(200);
    assert_eq!(report.at("/problems"), json!([]));
}

/// The one whose certificate has expired is refused with the clause, in the act and in the picker.
async fn only_certified_people_are_assigned(test: &TestApp, case: &str) {
    let refused = assign(test, case, "sunyu").await.expect(422).refused("require-failed");
    assert_eq!(refused.str("/clauses/0/id"), "EB-10.4b");
    assert!(refused.str("/detail").contains("上岗证"), "{}", refused.text());
    let leader = test.team_leader().await;
    let picker = leader.case(case).await;
    let candidates = picker.json()["actions"]
        .as_array()
        .and_then(|all| all.iter().find(|a| a["id"] == "assign").cloned())
        .and_then(|a| a["form"]["fields"].as_array().cloned())
        .and_then(|f| f.into_iter().find(|f| f["id"] == "technician"))
        .expect("a picker");
    let refusals: Vec<(String, bool)> = candidates["candidates"]
        .as_array()
        .expect("candidates")
        .iter()
        .map(|c| (c["name"].as_str().unwrap_or("").to_owned(), c["refused"].is_null()))
        .collect();
    assert!(refusals.contains(&("孙宇".into(), false)), "{refusals:?}");
    assert!(refusals.contains(&("陈强".into(), true)), "{refusals:?}");
}

async fn repair_again(test: &TestApp, case: &str) {
    let page = test.technician().await.case(case).await;
    if page.str("/tracks/0/state/id") == "assigned" {
        repair(test, case).await;
        return;
    }
    let technician = test.technician().await;
    let form = json!({
        "work_done": "重新紧固", "failure_cause": "电芯衰减", "replaced": true,
        "old_serial": "BT2401000001", "new_serial": "BT2611000777", "genuine_parts": true,
        "whole_vehicle": checked(&page, "finish_repair", "whole_vehicle"),
    });
    technician.act(case, "finish_repair", form).await.expect(200);
}

/// The papers of the delivered case: three copies of the record, the label, frozen where signed.
async fn papers(advisor: &Actor<'_>, done: &Reply) {
    let documents = done.json()["documents"].as_array().cloned().unwrap_or_default();
    let paper = |key: &str, status: &str| {
        documents
            .iter()
            .find(|d| d["document"] == key && d["status"] == status)
            .unwrap_or_else(|| panic!("no {status} {key} in {documents:?}"))
            .clone()
    };
    let settled = paper("service_settlement", "frozen");
    let id = settled["id"].as_str().unwrap_or_default();
    let html = advisor.get(&format!("documents/{id}")).await.expect(200);
    assert!(html.text().contains("王小明") && html.text().contains("已签字"));
    assert!(html.header("content-security-policy").contains("default-src 'none'"));
    // A PDF where the machine has Chromium, else a problem that says what to do instead.
    let pdf = advisor.get(&format!("documents/{id}.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF") || pdf.code() == "no-renderer", "{}", pdf.status);
    let printed = advisor.post(&format!("documents/{id}/printed"), json!({})).await.expect(200);
    assert_eq!(printed.at("/printed"), json!(1));
    let label = documents.iter().find(|d| d["document"] == "fault_part_label").expect("a label");
    let id = label["id"].as_str().unwrap_or_default();
    let html = advisor.get(&format!("documents/{id}")).await.expect(200).text();
    assert!(html.contains("电芯衰减") && html.contains("<svg"), "cause and code are on the label");
}

#[tokio::test]
async fn outside_its_term_the_rider_pays_and_never_above_the_cap() {
    let test = TestApp::new().await;
    let unit = test.sold(30).await;
    let advisor = test.advisor().await;
    let case = advisor.open_repair(&unit, "骑不远").await;
    let page = advisor.case(&case).await;
    let form = json!({
        "identity_confirmed": true, "condition": checked(&page, "double_check", "condition"),
    });
    advisor.act(&case, "double_check", form).await.expect(200);
    let form = json!({
        "reproduced": true, "component": "li_battery", "fault": "low_capacity",
        "capacity": { "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 },
    });
    advisor.act(&case, "diagnose", form).await.expect(200);
    let evidence = json!({ "card": true, "card_matches": true, "invoice": true });
    let judged = advisor.act(&case, "judge", json!({ "evidence": evidence })).await.expect(200);
    assert_eq!(judged.str("/verdict/payer"), "customer");

    let promised = test.now().plus_seconds(4 * 3600).to_string();
    let mut sheet = lines(&advisor, "li_battery", "RF-R6").await;
    let form = |sheet: &Json| json!({ "form": { "lines": sheet, "promised_at": promised } });
    let preview = format!("cases/{case}/actions/estimate/preview");
    let priced = advisor.post(&preview, form(&sheet)).await.expect(200);
    assert_eq!(priced.at("/ok"), json!(true), "{}", priced.text());
    sheet[0]["unit_price"] = json!(999_900);
    let above = advisor.post(&preview, form(&sheet)).await.expect(200);
    assert_eq!(above.str("/problem/clauses/0/id"), "EB-6.5.2a", "{}", above.text());
    let act = format!("cases/{case}/actions/estimate");
    let refused = advisor.post(&act, form(&sheet)).await.expect(422).refused("require-failed");
    assert!(refused.str("/detail").contains("120"), "{}", refused.text());
    assert!(!refused.str("/remedy").is_empty());
}

#[tokio::test]
async fn of_a_late_order_the_customer_is_told_first() {
    let test = TestApp::new().await;
    let unit = test.sold(20).await;
    let case = until_assigned(&test, &unit, 55).await;
    assign(&test, &case, "chenqiang").await.expect(200);
    test.technician().await.act(&case, "start_repair", json!({})).await.expect(200);

    let advisor = test.advisor().await;
    let first = async |wanted: &[(&str, &str)]| {
        let page = advisor.case(&case).await.expect(200).json();
        let mine = page["actions"].as_array().cloned().unwrap_or_default();
        let mine = mine.iter().filter(|action| action["mine"] == true);
        let got: Vec<_> = mine.take(1).map(|a| (a["id"].clone(), a["mark"].clone())).collect();
        let wanted: Vec<_> = wanted.iter().map(|(a, m)| (json!(a), json!(m))).collect();
        assert_eq!(got, wanted);
        let offers = advisor.get("offers").await.expect(200).at("/items");
        let offers = offers.as_array().cloned().unwrap_or_default();
        let delay = offers.iter().find(|o| o["action"] == "delay" && o["case"]["id"] == case);
        delay.map(|offer| offer["mark"].clone())
    };
    assert_eq!(first(&[("wait_parts", "secondary")]).await, Some(json!("secondary")));
    test.pass(4 * 60 + 1).await;
    let told = first(&[("delay", "primary")]).await;
    assert_eq!(told, Some(json!("primary")), "the order is past its promised time");
    let form = json!({ "delay_reason": "等配件", "compensation": "wash",
        "promised_at": test.now().plus_seconds(7200).to_string() });
    advisor.act(&case, "delay", form).await.expect(200);
    assert_eq!(first(&[("wait_parts", "secondary")]).await, Some(json!("secondary")));
}
