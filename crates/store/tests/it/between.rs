//! What one case does to others: it passes to another station, hears of a child's end once, brings
//! a vehicle into the register. On both databases.

use crate::support;
use crate::support::{Bench, FRAME, NOW, entry, on_both};
use base::{CaseId, OrgId};
use engine::Followup;
use serde_json::{Map, Value as Json, json};
use store::{Change, Scope};

/// The case given to another unit.
async fn passing(b: &Bench, case: CaseId, to: OrgId) -> Change {
    let mut change = b.moving(case, "issued", NOW).await;
    change.case.decision.case.org = to;
    change.case.decision.case.assignee = None;
    change.case.decision.offers = vec![support::offer("check", &["service_advisor"])];
    change
}

#[test]
fn a_case_that_passes_to_another_station_is_seen_and_offered_there() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let loaded = b.store.case(id, &Scope::company()).await.unwrap();
        let number = loaded.state.number.clone();
        let change = passing(&b, id, b.other.id).await;
        b.store.apply(&change, NOW).await.unwrap();

        let (old, new) = (Scope::subtree(&b.station), Scope::subtree(&b.other));
        assert!(b.store.case(id, &old).await.is_err(), "the old station has it no longer");
        let there = b.store.case(id, &new).await.unwrap();
        assert_eq!((there.state.org, &there.state.number), (b.other.id, &number));
        assert!(b.store.offers(b.adviser, &Scope::company(), 10).await.unwrap().is_empty());
        let found = b.store.find_units("000123", &new, 5).await.unwrap();
        assert_eq!(found.len(), 1, "who has the case finds its vehicle by the last digits");

        // The other station's own number of the same month is the same text, and no twin.
        let mut own = b.opening().await;
        own.case.decision.case.org = b.other.id;
        own.case.decision.case.number = number;
        b.store.apply(&own, NOW).await.unwrap();
        let again = b.moving(id, "checked", NOW).await;
        b.store.apply(&again, NOW).await.unwrap();
        assert_eq!(b.store.verify(None).await.unwrap().problems, Vec::<base::Text>::new());

        b.raw(&format!("UPDATE cases SET org = {} WHERE id = {}", b.station.id.0, id.0))
            .await
            .unwrap();
        assert_eq!(b.store.verify(None).await.unwrap().problems.len(), 1);
    });
}

#[test]
fn the_end_of_a_child_is_kept_and_leaves_the_version_alone() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let mut change = b.moving(id, "received", NOW).await;
        let before = change.case.decision.case.version;
        let loaded = b.store.case(id, &Scope::company()).await.unwrap();
        change.case.decision.case.tracks = loaded.state.tracks;
        change.case.decision.case.heard.insert("case_9:1".into());
        change.case.decision.entries = vec![entry("child_ended", "follow_up", None, NOW)];
        let applied = b.store.apply(&change, NOW).await.unwrap();
        assert_eq!(applied.version, before);
        let heard = b.store.case(id, &Scope::company()).await.unwrap().state.heard;
        assert_eq!(heard.into_iter().collect::<Vec<_>>(), ["case_9:1"]);
        let end = Followup::TellParent { state: "main.done".into(), round: 3 };
        let mut child = b.opening().await;
        child.case.decision.case.parent = Some(id);
        child.case.decision.followups = vec![end];
        let child = b.store.apply(&child, NOW).await.unwrap().case;
        let told = b.store.claim_outbox(5, NOW).await.unwrap();
        let wanted = json!({ "parent": id, "child": child, "process": "repair_order",
            "state": "main.done", "round": 3 });
        assert_eq!(told[0].body, wanted);
    });
}

#[test]
fn a_vehicle_confirmed_for_a_case_comes_into_the_register() {
    on_both(|b| async move {
        let confirm = |frame: &str| {
            let values = json!({ "frame_no": frame, "model": "RF-R6",
                "invoice_date": "2026-06-01" });
            let Json::Object(values) = values else { return Map::new() };
            values
        };
        for (frame, known) in [("LRFR6250310099", false), (FRAME, true)] {
            let mut change = b.opening().await;
            let decision = &mut change.case.decision;
            decision.case.unit = None;
            let register =
                Followup::Register { target: "unit.confirmed".into(), values: confirm(frame) };
            decision.followups = vec![register];
            let id = b.store.apply(&change, NOW).await.unwrap().case;
            let unit = b.store.case(id, &Scope::company()).await.unwrap().state.unit;
            let unit = b.store.unit(unit.expect("a vehicle"), &Scope::company()).await.unwrap();
            assert_eq!((unit.id == b.unit, unit.fields.unverified), (known, false));
            assert_eq!(unit.fields.model.as_deref(), Some("RF-R6"));
            let found = b.store.find_units(frame, &Scope::subtree(&b.station), 5).await.unwrap();
            assert_eq!(found.iter().map(|hit| hit.id).collect::<Vec<_>>(), [unit.id]);
        }
        assert_eq!(b.store.verify(None).await.unwrap().problems, Vec::<base::Text>::new());
    });
}
