//! What the journal counted: read at once, folded without changing a number, seen within the scope
//! only, and named by `verify` where somebody changed it.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::{Day, OrgId};
use engine::Delta;
use std::collections::BTreeMap;
use store::measures::{Counts, CountsQuery, Grain, TallyQuery};
use store::{Scope, Store};

const FIRST: Day = Day::constant(2026, 10, 31);
const LAST: Day = Day::constant(2026, 11, 20);

fn counted(org: OrgId, day: Day, component: &str, amount: i64) -> Delta {
    Delta {
        measure: "turnaround".into(),
        org,
        day,
        by: BTreeMap::from([("component".into(), component.into())]),
        bucket: Some(2),
        times: 1,
        amount,
    }
}

/// Station and times of everything, as the page of figures asks for it.
async fn summed(store: &Store, scope: &Scope) -> Vec<(Option<OrgId>, i64)> {
    let query = TallyQuery {
        measures: &["turnaround".into(), "nothing".into()],
        from: FIRST,
        to: LAST,
        grain: Grain::Whole,
        by_org: true,
        only: &BTreeMap::new(),
    };
    let apart = store.tallies(&query, scope).await.unwrap();
    let whole = store.tallies(&TallyQuery { by_org: false, ..query }, scope).await.unwrap();
    let times = |rows: &[store::measures::TallyRow]| rows.iter().map(|r| r.tally.times).sum();
    let both: (i64, i64) = (times(&apart), times(&whole));
    assert_eq!(both.0, both.1);
    apart.into_iter().map(|row| (row.org, row.tally.times)).collect()
}

/// Month, times and amount of what the scope sees of `component`; any when empty.
async fn seen(store: &Store, scope: &Scope, component: &str) -> Vec<(String, i64, i64)> {
    let only = [("component".to_owned(), component.to_owned())];
    let only = only.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = CountsQuery { measure: "turnaround".into(), from: FIRST, to: LAST, only };
    let rows = store.counts(&query, Grain::Month, scope).await.unwrap();
    rows.into_iter()
        .map(|Counts { period, tally, .. }| (period, tally.times, tally.amount))
        .collect()
}

#[test]
fn a_number_is_the_same_before_and_after_folding() {
    on_both(|b: Bench| async move {
        let mut open = b.opening().await;
        let here = b.station.id;
        let battery = counted(here, LAST, "li_battery", 7_200);
        open.case.decision.entries[0].counted =
            vec![battery.clone(), counted(here, FIRST, "tire", 600)];
        let case = b.store.apply(&open, NOW).await.unwrap().case;
        let mut again = b.moving(case, "judged", NOW).await;
        again.case.decision.entries[0].counted =
            vec![battery.taken_back(), counted(here, LAST, "li_battery", 3_600)];
        b.store.apply(&again, NOW).await.unwrap();

        let month = |name: &str, amount| (name.to_owned(), 1, amount);
        for folded in 0..2 {
            let (all, far) = (Scope::company(), Scope::station(&b.other));
            let tire = vec![month("2026-10", 600)];
            assert_eq!(seen(&b.store, &all, "tire").await, tire, "{folded}");
            let battery = vec![month("2026-11", 3_600)];
            assert_eq!(seen(&b.store, &all, "li_battery").await, battery, "{folded}");
            let here = seen(&b.store, &Scope::station(&b.station), "").await;
            assert_eq!(here.len(), 2, "{folded}");
            assert_eq!(seen(&b.store, &far, "").await, [], "another station sees none of it");
            assert_eq!(summed(&b.store, &all).await, [(Some(b.station.id), 2)], "{folded}");
            assert_eq!(summed(&b.store, &far).await, [], "{folded}");
            assert_eq!(b.store.verify(None).await.unwrap().problems, []);
            // Others on the same PostgreSQL may hold the last rows back for a moment.
            let mut rows = 0;
            for _ in 0..2_000 {
                rows += b.store.fold_measures(3).await.unwrap();
                if folded == 1 || rows == 4 {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            assert_eq!(rows, if folded == 0 { 4 } else { 0 });
        }

        let query = CountsQuery {
            measure: "turnaround".into(),
            from: LAST,
            to: LAST,
            only: BTreeMap::new(),
        };
        let all = Scope::company();
        let cases = b.store.counted_cases(&query, &all, &all, 0, 10).await.unwrap();
        let shown = b.store.counted_shown(&query, &all, &all).await.unwrap();
        assert_eq!(shown, (1, 3_600), "the list adds up to the number");
        let far = Scope::station(&b.other);
        assert_eq!(b.store.counted_shown(&query, &all, &far).await.unwrap(), (0, 0));
        let behind: Vec<_> = cases.iter().map(|c| (c.case, c.times, c.amount)).collect();
        assert_eq!(behind, [(case, 1, 3_600)], "the case behind the number, once");

        b.raw("UPDATE measure_totals SET amount = amount + 5 WHERE dims LIKE '%tire%'")
            .await
            .unwrap();
        let problems = b.store.verify(None).await.unwrap().problems;
        assert_eq!(problems.len(), 1);
        assert!(problems[0].en.contains("turnaround 2026-10-31"), "{problems:?}");
        b.store.refold_measures().await.unwrap();
        assert_eq!(b.store.verify(None).await.unwrap().problems, []);
    });
}
