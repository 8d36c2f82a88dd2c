//! Judged by the release of the sale, or a later one that is better for the customer.

use crate::packs;
use base::time::Span;
use engine::verdict::Verdict;
use engine::warranty::{gain, judge_by_sale};
use engine::{Judge, VerdictFacts};
use proptest::prelude::*;
use rulebook::Release;
use serde_json::json;
use std::collections::BTreeMap;

/// The e-bike maker's standard from a day on, with a battery term of that length.
fn release(effective: &str, battery: &str, version: &str) -> Release {
    let mut release = packs::ebike().clone();
    release.effective = Some(effective.parse().expect("a day"));
    release.hash = format!("{version}-{battery}");
    if let Some(pack) = release.packs.last_mut() {
        version.clone_into(&mut pack.version);
    }
    let row = release.term_rows.iter_mut().find(|row| row.id == "battery").expect("the row");
    row.duration = Span::parse(battery).expect("a span");
    release
}

fn facts(invoice: &str, reported: &str) -> VerdictFacts {
    let facts = json!({
        "product": "ebike", "component": "li_battery", "fault": "no_charge",
        "invoice_date": invoice, "reported_on": reported,
        "evidence": {"invoice": true, "card": true, "card_matches": true},
    });
    VerdictFacts::read(&facts).expect("readable facts")
}

fn judged(releases: &[Release], facts: &VerdictFacts) -> Verdict {
    let calendars = BTreeMap::new();
    let judges: Vec<_> = releases.iter().map(|release| Judge::new(release, &calendars)).collect();
    judge_by_sale(&judges, facts).expect("a verdict")
}

fn rank(verdict: &Verdict) -> engine::warranty::Gain {
    let ends = verdict.term.as_ref().map(|term| term.ends);
    gain(verdict.covered, verdict.remedy.as_deref(), ends)
}

#[test]
fn the_promise_of_the_sale_holds_and_a_better_one_too() {
    let old = ("2020-01-01", "2025-06-01");
    for (before, after, invoice, covered, by, sale) in [
        // The term was shortened after the sale: the promise of the sale holds.
        ("24 mo", "12 mo", "2025-01-10", true, "1.0.0", "1.0.0"),
        // Sold afterwards, the new standard holds.
        ("24 mo", "12 mo", "2025-06-01", false, "2.0.0", "2.0.0"),
        // It was made longer: what was sold before gains by it.
        ("12 mo", "24 mo", "2025-01-10", true, "2.0.0", "1.0.0"),
        // No difference: the standard of the sale is named.
        ("24 mo", "24 mo", "2025-01-10", true, "1.0.0", "1.0.0"),
        // Sold before any standard was in force: the first holds.
        ("24 mo", "12 mo", "2019-01-10", false, "1.0.0", "1.0.0"),
    ] {
        let releases = [release(old.0, before, "1.0.0"), release(old.1, after, "2.0.0")];
        let got = judged(&releases, &facts(invoice, "2026-11-20"));
        let named = got.judged_by.as_deref().expect("both are named");
        let case = format!("{before} → {after}, sold {invoice}");
        assert_eq!(got.covered, Some(covered), "{case}");
        assert_eq!(named.release.version, format!("ebike-maker {by}"), "{case}");
        assert_eq!(named.sale.version, format!("ebike-maker {sale}"), "{case}");
        let code = if by == sale { "judged_by_sale" } else { "judged_by_later" };
        assert!(got.why.iter().any(|why| why.code == code), "{case}");
    }
}

#[test]
fn without_a_start_the_newest_judges() {
    let releases =
        [release("2020-01-01", "24 mo", "1.0.0"), release("2025-06-01", "12 mo", "2.0.0")];
    let mut unknown = facts("2025-01-10", "2026-11-20");
    unknown.invoice_date = None;
    let got = judged(&releases, &unknown);
    assert_eq!((got.covered, got.missing), (None, vec!["invoice_date".to_owned()]));
    assert_eq!(got.judged_by.map(|by| by.release.version), Some("ebike-maker 2.0.0".into()));
}

#[test]
fn a_release_that_does_not_know_a_word_is_passed_over() {
    let mut old = release("2020-01-01", "24 mo", "1.0.0");
    old.catalog.faults.retain(|fault| fault.id != "no_charge");
    let new = release("2025-06-01", "24 mo", "2.0.0");
    let got = judged(&[old, new], &facts("2025-01-10", "2026-11-20"));
    let named = got.judged_by.as_deref().expect("both are named");
    assert_eq!(named.release.version, "ebike-maker 2.0.0");
    assert_eq!(named.sale.version, "ebike-maker 1.0.0");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Another release never makes an answer worse than that of the sale, whatever it changes.
    #[test]
    fn a_later_release_never_takes_away(
        months in 1_u32..60, then in 1_u32..60, age in 0_i64..2000, fault in 0_usize..3,
    ) {
        let old = release("2010-01-01", &format!("{months} mo"), "1.0.0");
        let mut new = release("2025-06-01", &format!("{then} mo"), "2.0.0");
        // The later standard may also drop a row.
        let coverage = new.tables.get_mut("coverage").expect("the table");
        *coverage = coverage.without(["battery-dead", "battery-low", "in-term-other"][fault]);
        let reported: base::Day = "2026-11-20".parse().expect("a day");
        let sold = base::time::add_days(reported, -age).expect("a day");
        let facts = facts(&sold.to_string(), "2026-11-20");
        let alone = judged(std::slice::from_ref(&old), &facts);
        let both = judged(&[old, new], &facts);
        let sale = both.judged_by.as_deref().expect("named").sale.version.clone();
        if sale == "ebike-maker 1.0.0" {
            prop_assert!(rank(&both) >= rank(&alone));
        }
    }
}
