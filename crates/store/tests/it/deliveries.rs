//! Messages to customers in the store: claimed by one node, cut off, swept, erased.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use rulebook::model::MessageClass;
use serde_json::{Map, json};
use store::code::{About, ToCustomer};
use store::delivery::{Answered, Fate, Next};
use store::{Scope, Store, StoreError};

async fn code(b: &Bench) {
    let to = ToCustomer {
        customer: b.customer,
        message: "correction_code".into(),
        release: "r1".into(),
        args: Map::from_iter([("case".to_owned(), json!({ "number": "WX1" }))]),
        class: MessageClass::Code,
        about: About::Correction,
    };
    assert!(b.store.send_code(&to, NOW).await.unwrap());
}

async fn waits(b: &Bench, store: &Store) -> usize {
    store.waiting_messages(b.customer, NOW).await.unwrap().len()
}

#[test]
fn one_node_claims_a_message_and_a_lost_lease_asks_nobody() {
    on_both(|b: Bench| async move {
        code(&b).await;
        let other = Bench::again(b.config.clone()).await.store;
        let (one, two) = tokio::join!(b.store.claim_messages(5, NOW), other.claim_messages(5, NOW));
        let (mut one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one.len() + two.len(), 1, "{one:?} {two:?}");
        one.extend(two);
        let first = one.pop().unwrap();
        assert_eq!(first.args.as_ref().unwrap()["code"].as_str().unwrap().len(), 6);
        assert_eq!(first.phone.as_ref().unwrap().masked(), "139****4321");

        // The node stops while it asks: another one finds it asked, and may not ask as if not.
        let begun = b.store.begin_delivery(&first, ("sms", "139****4321"), NOW).await.unwrap();
        assert!(other.claim_messages(5, NOW).await.unwrap().is_empty());
        let later = NOW.plus_seconds(200);
        let second = other.claim_messages(5, later).await.unwrap().pop().unwrap();
        assert_eq!((second.cut_off, second.tries), (Some(begun), 1));
        // The first wakes up: it lost the message and asks nobody again.
        assert!(b.store.begin_delivery(&first, ("sms", "139****4321"), later).await.is_err());
        // What was acknowledged to it is kept all the same, and nobody sends it again.
        let sent = Answered::Sent(Some("7".into()));
        b.store.end_delivery(&first, begun, &sent, &Next::Told, later).await.unwrap();
        assert!(other.claim_messages(5, later.plus_seconds(400)).await.unwrap().is_empty());
        assert_eq!(waits(&b, &other).await, 0);
    });
}

#[test]
fn what_waits_is_swept_in_time_and_erased_with_its_customer() {
    on_both(|b: Bench| async move {
        code(&b).await;
        b.store.sweep_messages(NOW.plus_seconds(601)).await.unwrap();
        assert_eq!(waits(&b, &b.store).await, 0);
        assert!(b.store.undelivered(&Scope::company(), NOW).await.unwrap().is_empty());
        // Nobody sends a code again, or ticks it off.
        code(&b).await;
        let claimed = b.store.claim_messages(5, NOW).await.unwrap().pop().unwrap();
        b.store.end_message(&claimed, &Next::Dead("no_channel"), NOW).await.unwrap();
        let dead = b.store.undelivered(&Scope::company(), NOW).await.unwrap().pop().unwrap();
        assert_eq!((dead.fate, dead.why.as_deref()), (Fate::Dead, Some("no_channel")));
        assert!(b.store.undelivered(&Scope::station(&b.other), NOW).await.unwrap().is_empty());
        let there = Scope::station(&b.other);
        let elsewhere = b.store.send_again(dead.id, &there, b.adviser, NOW);
        assert_eq!(elsewhere.await, Err(StoreError::NotFound("message")));
        b.store.send_again(dead.id, &Scope::station(&b.station), b.adviser, NOW).await.unwrap();
        assert_eq!(waits(&b, &b.store).await, 1);
        b.store.erase_customer(b.customer, b.adviser, "asked", NOW).await.unwrap();
        assert!(b.store.claim_messages(5, NOW).await.unwrap().is_empty());
        assert!(b.store.verify(None).await.unwrap().problems.is_empty());
    });
}
