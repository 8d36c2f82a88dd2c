//! The price book: whose price, at which star level, from which midnight, and what it stands on.

use base::{Day, Money, Text};
use engine::price::{PriceBook, Terms};
use rulebook::Release;
use rulebook::model::BuyerClass::{ExFactory, Retail, Wholesale};
use rulebook::model::{BuyerClass, LabourJob, Part, PartClass, PriceItem, PriceRow};
use serde_json::json;
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn item(code: &str, kind: &str) -> PriceItem {
    PriceItem {
        code: code.into(),
        title: Text::new("电池", "Battery"),
        kind: kind.into(),
        component: None,
        models: vec![],
        ex_factory: Money(100),
        wholesale: Money(110),
        retail: Money(120),
        clause: vec!["SH-1".into()],
    }
}

fn part(code: &str) -> Part {
    Part {
        code: code.into(),
        title: Text::new("锂电池组", "Battery pack"),
        component: "battery".into(),
        models: vec!["M1".into()],
        class: PartClass::Electrical,
        tracked: true,
        substitutes: vec![],
        reorder_point: None,
        clause: vec![],
    }
}

fn row(class: BuyerClass, stars: Option<u8>, amount: i64, from: &str, clause: &str) -> PriceRow {
    let clause = if clause.is_empty() { vec![] } else { vec![clause.to_owned()] };
    let amount = Money(amount);
    let effective_from = day(from);
    PriceRow { code: "BAT".into(), class, stars, amount, ends: false, effective_from, clause }
}

/// A battery, an hour of work with a job, and a part that only the company knows.
fn book(rows: Vec<PriceRow>) -> PriceBook {
    let mut release = Release::default();
    for item in [item("BAT", "part"), item("HOUR", "labour")] {
        release.prices.insert(item.code.clone(), item);
    }
    let job = LabourJob {
        code: "JOB".into(),
        title: Text::new("更换电池", "Replace the battery"),
        component: Some("battery".into()),
        faults: vec![],
        hours: base::Quantity(500),
        rate: "HOUR".into(),
        clause: vec!["SH-2".into()],
    };
    release.labour.insert("JOB".into(), job);
    let parts: BTreeMap<_, _> =
        ["BAT", "NEW"].map(|code| (code.to_owned(), part(code))).into_iter().collect();
    PriceBook::new(&release, &parts, rows)
}

#[test]
fn the_latest_row_of_the_own_level_holds_then_that_of_all_levels_then_the_baseline() {
    let book = book(vec![
        row(Retail, None, 130, "2026-12-01", ""),
        row(Retail, None, 140, "2027-01-01", "SH-3"),
        row(Retail, Some(3), 125, "2026-11-01", "SH-8"),
        row(Retail, Some(3), 128, "2026-12-15", ""),
        // Entered by mistake and corrected the same day: the later entry holds.
        row(ExFactory, None, 999, "2026-12-01", ""),
        row(ExFactory, None, 105, "2026-12-01", ""),
        // Entered later, holds earlier.
        row(Retail, None, 121, "2026-10-01", ""),
    ]);
    let check = |class, stars, on: &str, amount: i64, since: Option<&str>, clause: &str| {
        let price = book.price("BAT", class, stars, day(on)).expect("a price");
        let got = (price.amount.0, price.since, price.clause);
        assert_eq!(got, (amount, since.map(day), &[clause.to_owned()][..]), "{class:?} {on}");
    };
    check(Retail, None, "2026-09-30", 120, None, "SH-1");
    check(Retail, None, "2026-10-01", 121, Some("2026-10-01"), "SH-1");
    check(Retail, None, "2026-11-30", 121, Some("2026-10-01"), "SH-1");
    check(Retail, None, "2026-12-01", 130, Some("2026-12-01"), "SH-1");
    check(Retail, None, "2027-01-01", 140, Some("2027-01-01"), "SH-3");
    // Three stars: the own row, even where one of all levels is newer.
    check(Retail, Some(3), "2026-10-31", 121, Some("2026-10-01"), "SH-1");
    check(Retail, Some(3), "2026-11-01", 125, Some("2026-11-01"), "SH-8");
    check(Retail, Some(3), "2026-12-14", 125, Some("2026-11-01"), "SH-8");
    check(Retail, Some(3), "2027-06-01", 128, Some("2026-12-15"), "SH-1");
    // Two stars have no row of their own.
    check(Retail, Some(2), "2026-12-01", 130, Some("2026-12-01"), "SH-1");
    check(ExFactory, Some(2), "2026-12-01", 105, Some("2026-12-01"), "SH-1");
    check(Wholesale, None, "2027-06-01", 110, None, "SH-1");
}

#[test]
fn what_comes_next_is_known_before_it_holds() {
    let book = book(vec![
        row(Retail, None, 130, "2026-12-01", ""),
        row(Retail, Some(3), 125, "2027-01-01", ""),
        row(Retail, None, 140, "2027-02-01", ""),
    ]);
    let check = |stars, on: &str, next: Option<(i64, &str)>| {
        let got = book.next("BAT", Retail, stars, day(on));
        let got = got.map(|(from, price)| (price.amount.0, from));
        assert_eq!(got, next.map(|(amount, from)| (amount, day(from))), "{stars:?} {on}");
    };
    check(None, "2026-11-30", Some((130, "2026-12-01")));
    check(None, "2026-12-01", Some((140, "2027-02-01")));
    check(None, "2027-02-01", None);
    check(Some(3), "2026-11-30", Some((130, "2026-12-01")));
    check(Some(3), "2026-12-01", Some((125, "2027-01-01")));
    // The own level has a price: what changes for all changes nothing here.
    check(Some(3), "2027-01-01", None);
    assert_eq!(book.next("BAT", Wholesale, None, day("2026-11-30")), None);
    assert_eq!(book.next("GOLD", Retail, None, day("2026-11-30")), None);
}

#[test]
fn a_job_costs_its_rate_and_a_part_without_a_price_nothing_yet() {
    let mut rate = row(Retail, Some(2), 150, "2026-12-01", "");
    rate.code = "HOUR".into();
    let mut new = row(ExFactory, None, 77, "2026-12-01", "");
    new.code = "NEW".into();
    let book = book(vec![rate, new]);
    let amount = |code: &str, class, stars, on: &str| {
        book.price(code, class, stars, day(on)).map(|price| price.amount.0)
    };
    for (code, class, stars, on, wanted) in [
        ("JOB", Retail, None, "2026-12-01", Some(120)),
        ("JOB", Retail, Some(2), "2026-11-30", Some(120)),
        ("JOB", Retail, Some(2), "2026-12-01", Some(150)),
        ("NEW", ExFactory, None, "2026-11-30", None),
        ("NEW", ExFactory, None, "2026-12-01", Some(77)),
        ("NEW", Retail, None, "2026-12-01", None),
        ("GOLD", Retail, None, "2026-12-01", None),
    ] {
        assert_eq!(amount(code, class, stars, on), wanted, "{code} {class:?} {on}");
    }
    let job = book.charge("JOB").expect("a charge");
    assert_eq!((job.standard, job.priced_by.as_str()), (Some(base::Quantity(500)), "HOUR"));
    let bat = book.charge("BAT").expect("a charge");
    assert_eq!(bat.title.zh, "锂电池组", "the part master names a part");
}

#[test]
fn who_is_registered_buys_at_the_ex_factory_price() {
    let check = |org: serde_json::Value, class, stars| {
        let org = org.as_object().cloned().unwrap_or_default();
        let terms = Terms::by_facts(&org, day("2026-11-21"));
        assert_eq!((terms.class, terms.stars), (class, stars), "{org:?}");
    };
    check(json!({ "registered": true, "stars": 2 }), ExFactory, Some(2));
    check(json!({ "registered": false, "stars": null }), Wholesale, None);
    check(json!({ "registered": true, "standing": "active" }), ExFactory, None);
    check(json!({ "registered": true, "standing": "suspended", "stars": 1 }), Wholesale, Some(1));
    check(json!({ "registered": true, "standing": "closed" }), Wholesale, None);
    check(json!({}), ExFactory, None);
}

#[test]
fn an_ended_price_gives_way_to_that_of_all_levels_and_then_to_the_baseline_at_midnight() {
    let ended = |stars, from| PriceRow { ends: true, ..row(Retail, stars, 0, from, "") };
    let book = book(vec![
        row(Retail, Some(3), 125, "2026-11-01", ""),
        row(Retail, None, 130, "2026-11-10", ""),
        ended(Some(3), "2026-12-01"),
        ended(None, "2027-01-01"),
        row(Retail, Some(3), 126, "2027-02-01", ""),
    ]);
    let check = |on: &str, stars, amount| {
        let held = book.price("BAT", Retail, stars, day(on)).map(|price| price.amount.0);
        assert_eq!(held, Some(amount), "{on} {stars:?}");
    };
    check("2026-11-30", Some(3), 125);
    check("2026-12-01", Some(3), 130);
    check("2026-12-31", None, 130);
    check("2026-12-31", Some(3), 130);
    check("2027-01-01", None, 120);
    check("2027-01-01", Some(3), 120);
    check("2027-02-01", Some(3), 126);
    let next = |on: &str, stars| {
        let next = book.next("BAT", Retail, stars, day(on));
        next.map(|(from, price)| (from.to_string(), price.amount.0))
    };
    assert_eq!(next("2026-11-30", Some(3)), Some(("2026-12-01".into(), 130)));
    assert_eq!(next("2026-12-31", None), Some(("2027-01-01".into(), 120)));
    assert!(book.is_set("BAT", Retail, Some(3), day("2026-11-30")));
    assert!(!book.is_set("BAT", Retail, Some(3), day("2026-12-01")));
}
