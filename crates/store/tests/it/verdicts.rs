//! Past verdicts: kept with the facts they were given on, read within scope and time; of each case
//! the last one stands.

use crate::support::{Bench, NOW, on_both};
use base::{Day, Instant};
use engine::VerdictFacts;
use engine::decision::Judged;
use engine::warranty::Given;
use std::borrow::Cow;
use std::collections::BTreeMap;
use store::Scope;

const NEVER: Instant = Instant::NEVER;

fn judged(fault: &str, covered: Option<bool>) -> Judged {
    let facts = VerdictFacts {
        product: "ebike".into(),
        component: "li_battery".into(),
        fault: fault.into(),
        invoice_date: Some(Day::constant(2026, 1, 5)),
        reported_on: Day::constant(2026, 11, 20),
        evidence: BTreeMap::from([("card".to_owned(), true)]),
        ..VerdictFacts::default()
    };
    let given = Given {
        refused: false,
        covered,
        remedy: covered.map(|_| Cow::Borrowed("replace")),
        payer: covered.map(|_| Cow::Borrowed("maker")),
        ends: Some(Day::constant(2028, 1, 5)),
    };
    Judged { facts, given, row: Some("battery-low".into()), release: "hash".into() }
}

#[test]
fn a_verdict_is_read_back_with_its_facts() {
    on_both(|bench: Bench| async move {
        let case = bench.open_case().await;
        let mut change = bench.moving(case, "judged", NOW).await;
        change.case.decision.judged = vec![judged("low_capacity", None)];
        bench.store.apply(&change, NOW).await.unwrap();
        let later = Instant(NOW.0 + 1_000_000);
        let mut change = bench.moving(case, "judged_again", later).await;
        let last = judged("no_charge", Some(true));
        change.case.decision.judged = vec![last.clone()];
        bench.store.apply(&change, later).await.unwrap();

        let read = async |scope: &Scope, from, to, after| {
            bench.store.past_verdicts(scope, from, to, after).await.unwrap()
        };
        let all = read(&Scope::company(), Instant(0), NEVER, 0).await;
        assert_eq!(all.len(), 1, "of a case the last verdict stands");
        let got = &all[0];
        assert_eq!((&got.facts, &got.given), (&last.facts, &last.given));
        assert_eq!((got.case, got.judged_at), (case, later));
        assert_eq!((got.row.as_deref(), got.release.as_str()), (Some("battery-low"), "hash"));
        let count = bench.store.count_past_verdicts(&Scope::company(), Instant(0), NEVER).await;
        assert_eq!(count.unwrap(), 1);

        for (scope, from, to, after, seen) in [
            (Scope::station(&bench.station), Instant(0), NEVER, 0, 1),
            (Scope::station(&bench.other), Instant(0), NEVER, 0, 0),
            (Scope::company().own(bench.adviser), Instant(0), NEVER, 0, 1),
            (Scope::company().own(base::PersonId(1)), Instant(0), NEVER, 0, 0),
            (Scope::company(), later, NEVER, 0, 1),
            (Scope::company(), Instant(0), later, 0, 0),
            (Scope::company(), Instant(0), NEVER, got.id, 0),
        ] {
            assert_eq!(read(&scope, from, to, after).await.len(), seen, "{scope:?} {from:?}");
        }
    });
}
