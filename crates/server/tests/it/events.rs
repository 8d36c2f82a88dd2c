//! The stream of changes: who hears of what, and what a list refuses to page on from.

use testkit::{TestApp, json};

#[tokio::test]
async fn a_change_is_heard_in_its_scope_and_nowhere_else() {
    let test = TestApp::new().await;
    let (north, river) = (test.advisor().await, test.stranger().await);
    let (here, there) = (test.sold(3).await, test.sold(4).await);
    let mut at_north = test.technician().await.listen().await;
    let mut at_river = river.listen().await;
    let mut at_maker = test.administrator().await.listen().await;

    let first = north.open_repair(&here, "异响").await;
    let second = river.open_repair(&there, "充不进电").await;

    // Whoever sees the unit hears of it, whoever sees the company of both; the other station's
    // stream begins with its own case.
    at_north.until_case(&first).await;
    assert_eq!(at_river.until_case(&second).await, Vec::<testkit::Json>::new());
    at_maker.until_case(&first).await;
    at_maker.until_case(&second).await;

    // What I have read is my own business.
    north.post("messages/read", json!({ "ids": "all" })).await.expect(204);
    let third = north.open_repair(&here, "刹车软").await;
    let before = at_north.until_case(&third).await;
    assert!(before.iter().all(|event| event["kind"] != "messages"), "{before:?}");
    assert!(before.iter().all(|event| event["id"] != second.as_str()), "{before:?}");

    // Stopping ends the streams, or they would hold the server for ever.
    test.app.stop();
    while at_river.next().await.is_some() {}
}

#[tokio::test]
async fn a_cursor_that_no_list_gave_is_refused() {
    let test = TestApp::new().await;
    let unit = test.sold(3).await;
    let advisor = test.advisor().await;
    for symptom in ["异响", "充不进电", "刹车软"] {
        advisor.open_repair(&unit, symptom).await;
    }
    let page = advisor.get("cases?limit=2").await.expect(200);
    let next = page.str("/next");
    let rest = advisor.get(&format!("cases?limit=2&cursor={next}")).await.expect(200);
    assert_eq!(rest.at("/items").as_array().map(Vec::len), Some(1));
    assert_eq!(rest.at("/next"), json!(null));
    for cursor in ["nonsense", "unit_0000000000001", "-1", "%27"] {
        let reply = advisor.get(&format!("cases?cursor={cursor}")).await.expect(400);
        let reply = reply.refused("cursor-unreadable");
        assert!(reply.str("/detail").contains("next"), "{}", reply.text());
    }
    let english = advisor.get("cases?cursor=x&lang=en").await.expect(400);
    assert!(english.str("/detail").starts_with("The cursor"), "{}", english.text());
    advisor.get("cases?cursor=").await.expect(200);
}
