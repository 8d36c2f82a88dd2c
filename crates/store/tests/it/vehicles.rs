//! Runs of schedules for vehicles: found by their day of sale page by page, each age run for once,
//! the place kept that was come to.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::{Day, Text, UnitId};
use store::Scope;
use store::schedule::{Failure, Mark, NewRun, Sold};
use store::unit::{NewUnit, UnitFields};

const ID: &str = "reminder";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A vehicle whose papers say these days: invoice, sale, registration.
async fn vehicle(b: &Bench, frame: &str, days: [Option<&str>; 3], unverified: bool) -> UnitId {
    let [invoice_date, sold_on, registered_on] = days.map(|text| text.map(day));
    let fields = UnitFields {
        frame_no: Some(frame.into()),
        invoice_date,
        sold_on,
        registered_on,
        unverified,
        org: Some(b.station.id),
        ..UnitFields::default()
    };
    let unit = NewUnit { fields, owner: Some(b.customer), ..NewUnit::default() };
    b.store.add_unit(unit, b.adviser, NOW).await.unwrap()
}

async fn found(b: &Bench, age: &str, behind: UnitId, limit: u32) -> Vec<UnitId> {
    let found = b.store.sold_on(ID, age, day("2026-05-31"), behind, limit).await.unwrap();
    for sold in &found {
        assert_eq!((sold.owner, sold.org), (Some(b.customer), Some(b.station.id)));
    }
    found.into_iter().map(|sold| sold.unit).collect()
}

fn run(b: &Bench, unit: UnitId, age: &str) -> NewRun {
    NewRun {
        schedule: ID.into(),
        period: "2026-11-30".into(),
        org: b.station.id,
        unit: Some((unit, age.into())),
        planned_at: NOW,
        actor: None,
    }
}

#[test]
fn vehicles_are_found_by_their_day_of_sale_and_each_age_once() {
    on_both(|b| async move {
        let by_invoice = vehicle(&b, "LF0000000001", [Some("2026-05-31"), None, None], false).await;
        let by_sale =
            vehicle(&b, "LF0000000002", [None, Some("2026-05-31"), Some("2026-06-09")], false)
                .await;
        let by_registration =
            vehicle(&b, "LF0000000003", [None, None, Some("2026-05-31")], false).await;
        // The invoice counts before the sale; who is not in the register is left out.
        vehicle(&b, "LF0000000004", [Some("2026-06-01"), Some("2026-05-31"), None], false).await;
        vehicle(&b, "LF0000000005", [Some("2026-05-31"), None, None], true).await;
        let all = [by_invoice, by_sale, by_registration];
        assert_eq!(found(&b, "6 mo", UnitId(0), 10).await, all);
        // Page by page, behind the last.
        assert_eq!(found(&b, "6 mo", UnitId(0), 2).await, all[..2]);
        assert_eq!(found(&b, "6 mo", all[1], 2).await, all[2..]);

        let failed = Failure {
            status: "failed",
            code: "form-invalid".into(),
            sentence: Text::new("不行", "no"),
            again_at: Some(NOW),
        };
        b.store.run_failed(&run(&b, by_sale, "6 mo"), &failed, NOW).await.unwrap();
        // It is tried again by itself and not found a second time, but at the next age it is.
        assert_eq!(found(&b, "6 mo", UnitId(0), 10).await, [by_invoice, by_registration]);
        assert_eq!(found(&b, "12 mo", UnitId(0), 10).await, all);
        let again = b.store.runs_to_repeat(10, NOW).await.unwrap();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].run, run(&b, by_sale, "6 mo"));
        assert_eq!(again[0].frame_no.as_deref(), Some("LF0000000002"));
        let sold = Sold { unit: by_sale, owner: Some(b.customer), org: Some(b.station.id) };
        assert_eq!(b.store.sold(by_sale).await.unwrap(), Some(sold));

        // Shown to who sees the station, and to nobody else.
        let runs =
            |scope: Scope| async move { b.store.schedule_runs(ID, &scope, 10).await.unwrap() };
        assert_eq!(runs(Scope::company()).await.len(), 1);
    });
}

#[test]
fn the_place_come_to_is_kept_until_the_run_is_through() {
    on_both(|b| async move {
        b.store.mark_schedule(ID, NOW).await.unwrap();
        let marked = || async { b.store.schedule_marks().await.unwrap()[ID] };
        let at =
            |text: &str, unit: i64| Mark { through: NOW, place: Some((day(text), UnitId(unit))) };
        assert_eq!(marked().await, Mark { through: NOW, place: None });
        b.store.mark_vehicle(ID, at("2026-05-30", 9)).await.unwrap();
        b.store.mark_vehicle(ID, at("2026-05-31", 5)).await.unwrap();
        // A node that was slower does not take it back, nor one that marks another run.
        b.store.mark_vehicle(ID, at("2026-05-31", 4)).await.unwrap();
        b.store.mark_vehicle(ID, at("2026-05-30", 99)).await.unwrap();
        let other = Mark { through: NOW.plus_seconds(1), ..at("2026-06-30", 1) };
        b.store.mark_vehicle(ID, other).await.unwrap();
        assert_eq!(marked().await, at("2026-05-31", 5));
        b.store.mark_schedule(ID, NOW.plus_seconds(60)).await.unwrap();
        assert_eq!(marked().await, Mark { through: NOW.plus_seconds(60), place: None });
    });
}
