//! Recalls and service campaigns over HTTP: drafted, approved, listed once for each vehicle, shown
//! at the desk, done by an order, closed with their rest.

use crate::journey::{assign, checked, repair};
use store::unit::{NewUnit, UnitFields};
use testkit::{Actor, Json, Reply, TestApp, json};

/// What a sheet says, about vehicles or a component with these numbers.
fn sheet(range: &Json) -> Json {
    let mut form = json!({
        "campaign_kind": "recall", "campaign_title": "更换电池组", "campaign_why": "电芯隔膜缺陷",
        "campaign_hazard": true, "campaign_action": "换电池组", "campaign_lines": [
            { "item": "BAT-48-20", "quantity": 1000, "unit_price": 120_000 },
            { "item": "JB-BAT", "quantity": 300, "unit_price": 5000 },
        ],
    });
    if let (Some(form), Some(range)) = (form.as_object_mut(), range.as_object()) {
        form.extend(range.clone());
    }
    form
}

/// A range of frame numbers that no other test vehicle has.
pub fn frames(prefix: &str, from: u32, to: u32) -> Json {
    json!({ "range_what": "frame", "range_from": format!("{prefix}{from:06}"),
        "range_to": format!("{prefix}{to:06}") })
}

/// Vehicles with such frame numbers; `sold` says whether somebody bought them.
pub async fn vehicles(test: &TestApp, prefix: &str, numbers: std::ops::Range<u32>, sold: bool) {
    let store = test.app.store();
    let actor = store.login("admin").await.expect("answers").expect("an administrator").0.id;
    let outlet = test.app.orgs().by_code("D0101").expect("an outlet").id;
    for number in numbers {
        let fields = UnitFields {
            frame_no: Some(format!("{prefix}{number:06}")),
            product: Some("ebike".into()),
            model: Some(if number % 2 == 0 { "RF-R6" } else { "RF-R3" }.into()),
            sold_on: sold.then(|| test.app.today()),
            org: Some(outlet),
            ..UnitFields::default()
        };
        let unit = NewUnit { fields, ..NewUnit::default() };
        store.add_unit(unit, actor, test.now()).await.expect("a vehicle");
    }
}

/// Drafts a campaign and brings it to the leaders' approval.
pub async fn approved(test: &TestApp, range: &Json) -> Reply {
    let quality = test.sign_in("dengchao").await;
    let draft = quality.open("campaign", None, sheet(range)).await.expect(201);
    let id = draft.str("/id");
    quality.act(&id, "submit_campaign", json!({})).await.expect(200);
    let leader = test.sign_in(LEADER).await;
    leader.act(&id, "approve_campaign", json!({})).await.expect(200);
    draft
}

/// Who approves.
const LEADER: &str = "songyuan";

async fn page(actor: &Actor<'_>, id: &str) -> Reply {
    actor.get(&format!("campaigns/{id}")).await.expect(200)
}

#[tokio::test]
async fn an_overlapping_range_is_refused_and_nothing_of_it_is_kept() {
    let test = TestApp::new().await;
    let first = approved(&test, &frames("QOVER", 100, 200)).await;
    let quality = test.sign_in("dengchao").await;
    let before = test.open_cases("campaign").await.len();
    for range in [frames("QOVER", 200, 300), frames("q-over", 1, 100), frames("QOVER", 150, 160)] {
        let refused = quality.open("campaign", None, sheet(&range)).await.refused("require-failed");
        let said = refused.text();
        assert!(said.contains("CM-29.2") && said.contains(&first.str("/number")), "{said}");
    }
    let backwards = frames("QOVER", 400, 300);
    let refused = quality.open("campaign", None, sheet(&backwards)).await.refused("require-failed");
    assert!(refused.text().contains("CM-29.2"), "{}", refused.text());
    assert_eq!(test.open_cases("campaign").await.len(), before);
    // Beside it is free; a range added to the draft is compared with its own too.
    let draft = quality.open("campaign", None, sheet(&frames("QOVER", 201, 300))).await.expect(201);
    let id = draft.str("/id");
    quality.act(&id, "add_range", frames("QOVER", 300, 310)).await.refused("require-failed");
    quality.act(&id, "add_range", frames("QOVER", 301, 310)).await.expect(200);
    assert_eq!(page(&quality, &id).await.at("/ranges").as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn vehicles_are_listed_once_in_parts_and_later_ones_are_found() {
    let test = TestApp::new().await;
    vehicles(&test, "QLIST", 0..310, true).await;
    vehicles(&test, "QLIST", 310..314, false).await;
    let id = approved(&test, &frames("QLIST", 0, 399)).await.str("/id");
    let quality = test.sign_in("dengchao").await;
    // One round lists a part and says so; the next goes on there, as after a restart.
    server::reconcile::run_once(&test.app).await;
    let seen = page(&quality, &id).await;
    assert_eq!(seen.at("/listed"), json!(300));
    assert_eq!(seen.at("/listed_all"), json!(false));
    server::reconcile::run_once(&test.app).await;
    let seen = page(&quality, &id).await;
    assert_eq!((seen.at("/listed"), seen.at("/left")), (json!(314), json!(314)));
    assert_eq!(seen.at("/listed_all"), json!(true));
    assert_eq!(seen.at("/by_model").as_array().map(Vec::len), Some(2));
    let unsold = quality.get(&format!("campaigns/{id}/units?state=held")).await.expect(200);
    assert_eq!(unsold.at("/items").as_array().map(Vec::len), Some(4));
    // Walked again nothing comes twice, and a vehicle registered since is found.
    vehicles(&test, "QLIST", 398..399, true).await;
    vehicles(&test, "QLIST", 400..401, true).await;
    test.pass(11).await;
    assert_eq!(page(&quality, &id).await.at("/listed"), json!(315));
    // The workbench is not flooded with what waits for customers.
    let head = test.manager().await;
    let todo = head.get("offers").await.expect(200).text();
    assert!(!todo.contains("campaign_unit"), "{todo}");
    // Page by page, of my stations alone.
    let first = head.get(&format!("campaigns/{id}/units?limit=100")).await.expect(200);
    let next = first.str("/next");
    let more = head.get(&format!("campaigns/{id}/units?limit=100&cursor={next}")).await.expect(200);
    assert_ne!(first.at("/items/0/id"), more.at("/items/0/id"));
    let stranger = test.stranger().await;
    let none = stranger.get(&format!("campaigns/{id}/units")).await.expect(200);
    assert_eq!(none.at("/items"), json!([]));
    assert_eq!(page(&stranger, &id).await.at("/listed"), json!(0));
}

#[tokio::test]
async fn the_desk_shows_it_and_the_job_makes_the_vehicle_done() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let lina = test.advisor().await;
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    let serials = seen.at("/components");
    let battery = serials.as_array().and_then(|all| {
        all.iter().find(|part| part["component"] == "li_battery")?["serial"].as_str()
    });
    let range = json!({ "range_what": "component", "range_component": "li_battery",
        "range_from": battery.expect("a battery") });
    let campaign = approved(&test, &range).await;
    test.pass(1).await;
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.at("/campaigns/0/number"), campaign.at("/number"));
    assert_eq!(seen.at("/campaigns/0/hazard"), json!(true));
    let frame = seen.str("/frame_no");
    let found = lina.get(&format!("units?q={frame}")).await.expect(200);
    assert_eq!(found.at("/items/0/campaigns/0/title"), json!("更换电池组"));

    let case = lina.open_repair(&unit, "召回").await;
    let shown = lina.case(&case).await.expect(200);
    assert_eq!(shown.at("/unit/campaigns/0/number"), campaign.at("/number"));
    let form = json!({
        "identity_confirmed": true, "condition": checked(&shown, "double_check", "condition"),
        "photos_in": lina.photos(&["front", "back", "plate", "odometer"]).await,
    });
    lina.act(&case, "double_check", form).await.expect(200);
    let promised = test.now().plus_seconds(4 * 3600).to_string();
    let job = lina.act(&case, "campaign_job", json!({ "promised_at": promised })).await.expect(200);
    assert_eq!(job.at("/data/lines/0/unit_price"), json!(120_000));
    assert_eq!(job.at("/data/lines/1/payer"), json!("maker"));
    let form = json!({ "confirmation_signature": lina.signature().await });
    lina.act(&case, "confirm", form).await.expect(200);
    lina.act(&case, "route", json!({})).await.expect(200);
    assign(&test, &case, "chenqiang").await.expect(200);
    repair(&test, &case).await;
    let supervisor = test.supervisor().await;
    let all = checked(&supervisor.case(&case).await, "reinspect", "reinspection");
    supervisor.act(&case, "reinspect", json!({ "reinspection": all })).await.expect(200);
    let done = crate::journey::deliver(&test, &case).await;
    assert_eq!(done.str("/tracks/0/state/id"), "delivered");
    test.pass(1).await;
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.at("/campaigns"), json!(null));
    let quality = test.sign_in("dengchao").await;
    let id = campaign.str("/id");
    let page = page(&quality, &id).await;
    assert_eq!((page.at("/listed"), page.at("/done")), (json!(1), json!(1)));
    assert_eq!(page.at("/rate_permille"), json!(1000));
    let units = quality.get(&format!("campaigns/{id}/units")).await.expect(200);
    assert_eq!(units.at("/items/0/job/id"), json!(case));
}

#[tokio::test]
async fn delivered_without_it_needs_a_reason_and_the_end_records_the_rest() {
    let test = TestApp::new().await;
    let unit = test.sold(20).await;
    let case = crate::journey::until_assigned(&test, &unit, 55).await;
    assign(&test, &case, "chenqiang").await.expect(200);
    repair(&test, &case).await;
    let supervisor = test.supervisor().await;
    let all = checked(&supervisor.case(&case).await, "reinspect", "reinspection");
    supervisor.act(&case, "reinspect", json!({ "reinspection": all })).await.expect(200);
    let frame = test.advisor().await.get(&format!("units/{unit}")).await.str("/frame_no");
    let range = json!({ "range_what": "frame", "range_from": frame });
    let id = approved(&test, &range).await.str("/id");
    test.pass(1).await;
    let lina = test.advisor().await;
    crate::journey::settle(&lina, &case).await;
    let shown = lina.case(&case).await;
    let papers = checked(&shown, "deliver", "papers");
    let form = json!({ "papers": papers, "upkeep_explained": true });
    let refused = lina.act(&case, "deliver", form.clone()).await.refused("reason-needed");
    assert!(refused.text().contains("CM-29.8"), "{}", refused.text());
    lina.act_because(&case, "deliver", form, "没有备件，下周再来").await.expect(200);

    let quality = test.sign_in("dengchao").await;
    quality.act(&id, "close_campaign", json!({})).await.refused("require-failed");
    let why = json!({ "campaign_rest_why": "没有备件，到货再办" });
    let closed = quality.act(&id, "close_campaign", why).await.expect(200);
    assert_eq!(closed.at("/data/left_units"), json!(1));
    assert_eq!(closed.at("/data/completion_pct"), json!(0));
    test.pass(1).await;
    let page = page(&quality, &id).await;
    assert_eq!((page.at("/listed"), page.at("/left")), (json!(1), json!(0)));
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.at("/campaigns"), json!(null));
    // Its numbers are free for the next one.
    approved(&test, &range).await;
}
