//! The demonstration is made whole: every case of the day stands where its story ends.

use server::demo::{self, Demo};
use simulator::year::Shape;
use std::sync::Mutex;
use testkit::TestApp;

#[tokio::test]
async fn the_day_is_lived_without_a_stop_and_a_second_start_keeps_it() {
    let test = TestApp::empty().await;
    let stops = demo::seed(&test.app, Demo::Day, &|_| ()).await.expect("the demonstration is made");
    assert_eq!(stops, Vec::<String>::new());
    shows_a_bit_of_everything(&test).await;
    shows_life_in_the_warehouses(&test).await;
    let found = test.manager().await.get("articles?component=li_battery").await.expect(200);
    assert_eq!(found.at("/items").as_array().map(Vec::len), Some(2), "{}", found.text());
    let orders = test.open_cases("repair_order").await.len();
    assert!(orders >= 10, "{orders} open orders");
    let again = demo::seed(&test.app, Demo::Day, &|_| ()).await.expect("a second start");
    assert!(again.is_empty());
    assert_eq!(test.open_cases("repair_order").await.len(), orders);
}

/// Shelves, what is kept and under way, old parts with their cause, a count with a difference.
async fn shows_life_in_the_warehouses(test: &TestApp) {
    let manager = test.manager().await;
    let rows = manager.get("stock?warehouse=CB").await.expect(200).at("/items");
    let sum = |key: &str| -> i64 {
        rows.as_array().into_iter().flatten().filter_map(|row| row[key].as_i64()).sum()
    };
    for key in ["on_hand", "reserved", "in_transit", "old"] {
        assert!(sum(key) > 0, "{key}: {rows}");
    }
    let low = manager.get("stock?below_reorder=true").await.expect(200).at("/items");
    assert!(low.as_array().is_some_and(|rows| !rows.is_empty()), "something has to be ordered");
    for process in ["stocktake", "stock_transfer"] {
        assert!(!test.open_cases(process).await.is_empty(), "a {process} is under way");
    }
    let difference = manager.get("accounts?prefix=difference/CB&in_use=true").await.at("/items");
    assert!(difference.as_array().is_some_and(|rows| !rows.is_empty()), "a count differed");
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

/// What a visitor should find without doing anything: work at every step, and what went wrong.
async fn shows_a_bit_of_everything(test: &TestApp) {
    for (process, at_least) in [
        ("follow_up", 3),
        ("on_site_commission", 3),
        ("consultation", 1),
        ("rework", 1),
        ("unit_review", 1),
        ("three_guarantees_judgement", 1),
    ] {
        let open = test.open_cases(process).await.len();
        assert!(open >= at_least, "{open} open cases of {process}");
    }
    let manager = test.manager().await;
    let ended = manager.get("cases?state=closed_unrepaired").await.expect(200);
    assert_eq!(ended.at("/items").as_array().map(Vec::len), Some(1), "one estimate was declined");
    for process in ["follow_up", "on_site_commission"] {
        let listed = manager.get(&format!("cases?process={process}&open=true")).await.at("/items");
        let late = listed.as_array().into_iter().flatten().any(|case| case["late"] == true);
        assert!(late, "one {process} is overdue: {listed}");
    }
    let unread = manager.get("messages?unread=true").await.expect(200).at("/items");
    let unread = unread.as_array().map_or(0, Vec::len);
    let all = manager.get("messages").await.at("/items").as_array().map_or(0, Vec::len);
    assert!(unread > 0 && unread < all, "{unread} of {all} messages are news");
    let station = test.app.orgs().by_code("CB").expect("the station").id;
    let technicians = test.app.store().candidates(station, &["technician".into()]).await;
    let technicians = technicians.expect("the store answers");
    let load = |name: &str| {
        let found = technicians.iter().find(|c| c.person.name.reveal() == name);
        found.map_or(0, |candidate| candidate.open_cases)
    };
    let loads = (load("陈强"), load("赵磊"));
    assert!(loads.0 >= loads.1 + 3, "one technician has more to do: {loads:?}");
}

/// Two stations, three months, the batteries of one month bad: small, and played as the large one.
const QUARTER: Shape = Shape { vehicles: 720, places: 3, months: 3, sold_in: 6, bad_ago: 5 };

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_lived_by_ordinary_commands_and_its_bad_batch_stands_out() {
    let test = TestApp::empty().await;
    let told = Mutex::new(vec![]);
    let lived = |months: usize| {
        if let Ok(mut told) = told.lock() {
            told.push(months);
        }
    };
    let stops = demo::seed(&test.app, Demo::Year(QUARTER), &lived).await;
    assert_eq!(stops.expect("the demonstration is made"), Vec::<String>::new());
    assert_eq!(told.into_inner().expect("nobody holds it"), [1, 2, 3]);
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
    bad_batch_is_named(&test).await;
    months_have_figures(&test).await;
    money_went_its_way(&test).await;
    // Who works there signs in by the scheme, and the day of the cast is as it always is.
    let head = test.sign_in("cn-head").await.get("me").await.expect(200);
    assert_eq!(head.str("/org/name"), "城南维修站");
    shows_a_bit_of_everything(&test).await;
}

async fn bad_batch_is_named(test: &TestApp) {
    let quality = test.sign_in("dengchao").await;
    let page = quality.get("quality/batches?what=component&key=li_battery").await.expect(200);
    let bad = simulator::year::bad_batch(test.app.today(), &QUARTER);
    let rows = page.at("/rows");
    let warned: Vec<&str> = rows
        .as_array()
        .into_iter()
        .flatten()
        .filter(|row| row["warned"] == true)
        .filter_map(|row| row["batch"].as_str())
        .collect();
    assert_eq!(warned, [bad.as_str()], "{rows}");
}

/// Every month of it counted something.
async fn months_have_figures(test: &TestApp) {
    let boss = test.sign_in("songyuan").await;
    let figures = boss.get("cases?process=repair_order&open=false&limit=100").await.expect(200);
    let closed = figures.at("/items").as_array().map_or(0, Vec::len);
    assert!(closed >= 20, "{closed} repairs are done");
}

/// Claims were reviewed, and a statement of a past month is paid.
async fn money_went_its_way(test: &TestApp) {
    let finance = test.sign_in("tangli").await;
    for (process, state) in [("claim", "approved"), ("fee_settlement", "settled")] {
        let found = finance.get(&format!("cases?process={process}&state={state}")).await;
        let found = found.expect(200).at("/items");
        assert!(found.as_array().is_some_and(|rows| !rows.is_empty()), "{process} {state}");
    }
}
