//! Quality over HTTP: a batch that fails more often than the others stands out and names its
//! range; a watched vehicle says so wherever it is shown; how far outlets reach.

use crate::journey::{assign, checked, deliver, repair, until_assigned_with};
use base::time::add_months;
use store::unit::{NewUnit, UnitFields};
use testkit::{Json, TestApp, json};

/// Vehicles sold half a year ago, their batteries numbered from 0 on in that batch.
async fn sold(test: &TestApp, batch: &str, count: u32) -> Vec<String> {
    let store = test.app.store();
    let actor = store.login("admin").await.expect("answers").expect("an administrator").0.id;
    let outlet = test.app.orgs().by_code("D0101").expect("an outlet").id;
    let day = add_months(test.app.today(), -6).expect("a day");
    let mut units = Vec::new();
    for number in 0..count {
        let fields = UnitFields {
            frame_no: Some(format!("LRFR6{batch}{number:05}")),
            product: Some("ebike".into()),
            model: Some("RF-R6".into()),
            card_no: Some(format!("BX{batch}{number:05}")),
            usage: Some("household".into()),
            sold_on: Some(day),
            invoice_date: Some(day),
            registered_on: Some(day),
            manufactured_on: add_months(day, -1),
            org: Some(outlet),
            ..UnitFields::default()
        };
        let battery = ("li_battery".to_owned(), format!("{batch}-{number:05}"));
        let unit = NewUnit { fields, components: [battery].into(), ..NewUnit::default() };
        units.push(store.add_unit(unit, actor, test.now()).await.expect("a unit").to_string());
    }
    units
}

/// Its battery fails and is replaced by the maker.
async fn fails(test: &TestApp, unit: &str) {
    let photos = test.advisor().await.photos(&["front", "back", "plate", "odometer"]).await;
    let case = until_assigned_with(test, unit, 55, photos).await;
    assign(test, &case, "chenqiang").await.expect(200);
    repair(test, &case).await;
    let supervisor = test.supervisor().await;
    let all = checked(&supervisor.case(&case).await, "reinspect", "reinspection");
    supervisor.act(&case, "reinspect", json!({ "reinspection": all })).await.expect(200);
    deliver(test, &case).await;
}

fn batch<'j>(page: &'j Json, name: &str) -> &'j Json {
    let rows = page["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["batch"] == name).expect("the batch")
}

#[tokio::test]
async fn a_bad_batch_stands_out_with_its_range_and_its_repairs() {
    let test = TestApp::new().await;
    let bad = sold(&test, "QB2601", 12).await;
    sold(&test, "QB2602", 60).await;
    for unit in &bad[..3] {
        fails(&test, unit).await;
    }
    let quality = test.sign_in("dengchao").await;
    let asked = "quality/batches?what=component&key=li_battery";
    let page = quality.get(asked).await.expect(200).json();
    let row = batch(&page, "QB2601");
    assert_eq!((&row["units"], &row["observed"]), (&json!(12), &json!(3)));
    assert_eq!((&row["warned"], &row["limit"]), (&json!(true), &json!(3)));
    assert!(row["expected"].as_f64().is_some_and(|n| n < 0.5), "{row}");
    assert_eq!((&row["low"], &row["high"]), (&json!("QB260100000"), &json!("QB260100011")));
    assert_eq!(row["one_range"], json!(true));
    let good = batch(&page, "QB2602");
    assert_eq!((&good["warned"], &good["observed"]), (&json!(false), &json!(0)));
    // Most faults lately: what is shown to whoever asks for nothing.
    let first = quality.get("quality/batches").await.expect(200).json();
    assert_eq!(first["choices"][0]["faults"], json!(3));

    let behind = "quality/batches/faults?what=component&key=li_battery&batch=QB2601";
    let behind = quality.get(behind).await.expect(200);
    assert_eq!(behind.at("/items").as_array().map(Vec::len), Some(3));
    assert_eq!(behind.at("/items/0/fault/zh"), json!("容量不足"));
    // All of the model were made in one month: there is nothing to compare them with.
    let month = add_months(test.app.today(), -7).expect("a day").to_string();
    let model = quality.get("quality/batches?what=model&key=RF-R6").await.expect(200).json();
    let made = batch(&model, &month[..7]);
    assert_eq!((&made["units"], &made["warned"]), (&json!(72), &json!(false)));
    assert_eq!(made["expected"], json!(null));
    let stranger = test.sign_in("gaofei").await;
    let none = stranger.get(asked).await.expect(200).json();
    assert!(
        none["rows"]
            .as_array()
            .is_some_and(|rows| { rows.iter().all(|row| row["batch"] != "QB2601") })
    );
}

#[tokio::test]
async fn a_watched_vehicle_says_so_on_its_page_at_the_desk_and_on_its_orders() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let (lina, quality) = (test.advisor().await, test.sign_in("dengchao").await);
    let before = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(before.at("/heeded"), json!(null));
    let why = json!({ "tracking_why": "控制器两次烧毁", "tracking_look": "控制器温度" });
    let watch = quality.open("vehicle_tracking", Some(&unit), why).await.expect(201);
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.at("/heeded/0/number"), watch.at("/number"));
    assert_eq!(seen.at("/heeded/0/title/zh"), json!("车辆质量跟踪"));
    assert_eq!(seen.at("/heeded/0/said/1/value/zh"), json!("控制器温度"));
    let frame = seen.str("/frame_no");
    let found = lina.get(&format!("units?q={frame}")).await.expect(200);
    assert_eq!(found.at("/items/0/heeded/0/said/0/value/zh"), json!("控制器两次烧毁"));
    let case = lina.open_repair(&unit, "异响").await;
    let shown = lina.case(&case).await.expect(200);
    assert_eq!(shown.at("/heeded/0/number"), watch.at("/number"));
    let end = json!({ "tracking_result": "正常" });
    quality.act(&watch.str("/id"), "end_tracking", end).await.expect(200);
    let after = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(after.at("/heeded"), json!(null));
}

#[tokio::test]
async fn regions_with_users_and_no_outlet_are_named() {
    let test = TestApp::new().await;
    test.sold(5).await;
    let quality = test.sign_in("dengchao").await;
    let seen = quality.get("quality/outlets").await.expect(200).json();
    let rows = seen["rows"].as_array().expect("rows");
    let sold: i64 = rows.iter().filter_map(|row| row["vehicles"].as_i64()).sum();
    assert!(sold >= 1, "{seen}");
    for row in rows {
        let missing = row["users"] != json!(0) && row["outlets"] == json!(0);
        assert_eq!(row["missing"], json!(missing), "{row}");
    }
    let covered = rows.iter().filter(|row| row["users"] != json!(0) && row["outlets"] != json!(0));
    assert_eq!(seen["covered"], json!(covered.count()));
}
