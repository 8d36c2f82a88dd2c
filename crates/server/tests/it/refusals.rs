//! Bad input to the books over HTTP: each refusal names its clause, and nothing is half-posted.

use testkit::{Actor, Json, Reply, TestApp, json};

async fn receive(actor: &Actor<'_>, rows: Json) -> Reply {
    actor.open("stock_receipt", None, json!({ "supplier": "F1", "received": rows })).await
}

/// Asserts the code and the first clause of a refusal.
fn names(reply: &Reply, code: &str, clause: &str) {
    let got = (reply.code(), reply.str("/clauses/0/id"));
    assert_eq!(got, (code.to_owned(), clause.to_owned()), "{}", reply.text());
}

/// Everything on the shelves, as one text.
async fn shelves(actor: &Actor<'_>) -> String {
    actor.get("stock").await.expect(200).at("/items").to_string()
}

#[tokio::test]
async fn each_refusal_names_its_clause_and_posts_nothing() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    let tubes = json!({ "part": "TUB-16", "quantity": 5 });
    let battery = |serial: &str| json!({ "part": "BAT-48-20", "serials": [serial] });

    // The first serial was typed wrongly: its receipt is reversed, and the number is free again.
    let wrong = receive(&maker, json!([battery("N1-TYPO")])).await.expect(201).str("/id");
    let why = json!({ "reversal_reason": "编号录错" });
    maker.act(&wrong, "undo", why.clone()).await.expect(200);
    // What was reversed is not reversed again, nor is the reversal.
    maker.act(&wrong, "undo", why).await.refused("not-allowed-now");
    receive(&maker, json!([battery("N1"), tubes])).await.expect(201);
    let before = shelves(&maker).await;

    // A serial that is known already; beside it a row that would have been right.
    let reused = receive(&maker, json!([tubes, battery("N1")])).await;
    names(&reused, "posting-refused", "CM-9.1");
    assert_eq!(shelves(&maker).await, before, "the tubes beside it did not come in either");

    // A serial that is not there.
    let station = test.app.orgs().by_code("CB").expect("a station").id.to_string();
    let shipment = |rows: Json| {
        let (carrier, waybill) = ("顺丰", "SF1");
        json!({ "ship_to": station, "carrier": carrier, "waybill": waybill, "shipped": rows })
    };
    let absent = shipment(json!([tubes, battery("N9")]));
    let absent = maker.open("stock_transfer", None, absent).await;
    names(&absent, "posting-refused", "CM-9.5");
    assert_eq!(shelves(&maker).await, before, "the tubes beside it did not leave either");

    // More arrives than was shipped.
    let sent = shipment(json!([tubes]));
    let sent = maker.open("stock_transfer", None, sent).await.expect(201).str("/id");
    let before = shelves(&keeper).await;
    let more = json!({ "arrived": [{ "part": "TUB-16", "quantity": 6 }] });
    names(&keeper.act(&sent, "receive", more).await, "require-failed", "CM-9.5");
    assert_eq!(shelves(&keeper).await, before);

    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}
