//! The demonstration is made whole: every case of the day stands where its story ends.

use server::demo;
use testkit::TestApp;

#[tokio::test]
async fn the_day_is_lived_without_a_stop_and_a_second_start_keeps_it() {
    let test = TestApp::empty().await;
    let stops = demo::seed(&test.app).await.expect("the demonstration is made");
    assert_eq!(stops, Vec::<String>::new());
    let orders = test.open_cases("repair_order").await.len();
    assert!(orders >= 10, "{orders} open orders");
    let again = demo::seed(&test.app).await.expect("a second start");
    assert!(again.is_empty());
    assert_eq!(test.open_cases("repair_order").await.len(), orders);
}
