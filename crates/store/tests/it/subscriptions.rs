//! What a subscription was told, against the journal: a mark that left something out is found.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::{Instant, Lang};
use store::webhook::{Answered, Kind, Step, TryState, WebhookForm};
use store::{Scope, StoreError};

async fn subscribed(b: &Bench) -> i64 {
    let form = WebhookForm {
        kind: Kind::Program,
        name: "ERP".into(),
        address: "https://erp.example.com/".into(),
        events: ["opened".to_owned()].into(),
        processes: [].into(),
        rules: [].into(),
        lang: Lang::Zh,
    };
    b.store.add_webhook(b.station.id, &form, b"secret", b.adviser, NOW).await.unwrap()
}

/// Tells what lies ahead, each event with the same answer; how many were told. On a `PostgreSQL`
/// that others use too, their transactions hold the watermark back for a moment.
async fn told(b: &Bench, hook: i64, taken: bool, now: Instant) -> usize {
    for _ in 0..2_000 {
        if let Some(turn) = b.store.take_turn(hook, now).await.unwrap() {
            for about in &turn.told {
                let id = b.store.begin_telling(&turn, about, now).await.unwrap().unwrap();
                let state = if taken { TryState::Taken } else { TryState::Failed };
                let answered = Answered { state, status: None, why: None };
                let step = if taken { Step::On } else { Step::Again(now.plus_seconds(5)) };
                b.store.end_telling(&turn, (id, about), &answered, &step, now).await.unwrap();
                if !taken {
                    return 1;
                }
            }
            b.store.end_turn(&turn, now).await.unwrap();
            if !turn.told.is_empty() {
                return turn.told.len();
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("nothing lies ahead");
}

const END: &str = "SELECT txid, position FROM journal ORDER BY txid DESC, position DESC LIMIT 1";
const BEYOND: &str = "SELECT MAX(txid) + 1, MAX(position) + 1000 FROM journal";

async fn moved(b: &Bench, hook: i64, place: &str) {
    let sql = format!(
        "UPDATE webhooks SET (through_txid, through_position) = ({place}) WHERE id = {hook}"
    );
    b.raw(&sql).await.unwrap();
}

#[test]
fn a_mark_that_left_something_out_or_lies_beyond_the_journal_is_found() {
    on_both(|b| async move {
        let hook = subscribed(&b).await;
        b.open_case().await;
        assert_eq!(told(&b, hook, true, NOW.plus_seconds(1)).await, 1);
        b.open_case().await;
        let report = b.store.verify(None).await.unwrap();
        assert_eq!(report.subscriptions, 1);
        assert_eq!(report.problems, [], "what lies ahead is nothing left out");
        moved(&b, hook, END).await;
        let found = b.store.verify(None).await.unwrap().problems;
        assert!(found.len() == 1 && found[0].en.contains("left out evt_"), "{found:?}");
        moved(&b, hook, BEYOND).await;
        let found = b.store.verify(None).await.unwrap().problems;
        assert!(found.len() == 1 && found[0].en.contains("beyond the end"), "{found:?}");
    });
}

#[test]
fn what_a_person_skips_is_on_record_and_what_follows_is_told() {
    on_both(|b| async move {
        let hook = subscribed(&b).await;
        b.open_case().await;
        b.open_case().await;
        let now = NOW.plus_seconds(1);
        told(&b, hook, false, now).await;
        let webhook = b.store.webhook(hook, &Scope::company()).await.unwrap();
        let held = webhook.held.clone().unwrap();
        let skip = async |entry, now| {
            b.store.skip_event(&webhook, entry, "对方没有这种单据", b.adviser, now).await
        };
        let other = skip(held.entry + 1, now).await.unwrap_err();
        assert!(matches!(other, StoreError::Stale { .. }), "{other:?}");
        skip(held.entry, now).await.unwrap();
        let again = skip(held.entry, now).await.unwrap_err();
        assert!(matches!(again, StoreError::Stale { .. }), "{again:?}");
        let webhook = b.store.webhook(hook, &Scope::company()).await.unwrap();
        assert_eq!((webhook.held, webhook.tries, webhook.failing_since), (None, 0, None));
        assert_eq!(told(&b, hook, true, now.plus_seconds(1)).await, 1, "what follows");
        let tries = b.store.webhook_tries(hook).await.unwrap();
        assert_eq!(tries[1].state, TryState::Skipped);
        assert_eq!(
            (tries[1].why.as_deref(), tries[1].person),
            (Some("对方没有这种单据"), Some(b.adviser))
        );
        assert_eq!(b.store.verify(None).await.unwrap().problems, []);
    });
}
