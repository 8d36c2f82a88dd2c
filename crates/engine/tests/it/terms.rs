//! The warranty term: start, length, month ends, replacement, suspension, public holidays.

use base::calendar::YearPlan;
use base::time::Span;
use base::{Calendar, Day};
use engine::VerdictFacts;
use engine::verdict::EarlierRepair;
use engine::warranty::{ReplacedPart, TermAnswer, TermBook, last_day};
use proptest::prelude::*;
use rulebook::model::{StartBasis, TermRow, TermRules, UsageClass, UsageLimit};
use serde_json::json;

fn day(text: &str) -> Day {
    text.parse().expect("a day of the test")
}

fn span(text: &str) -> Span {
    Span::parse(text).expect("a span of the test")
}

fn row(id: &str, component: &str, fault: &str, duration: &str) -> TermRow {
    let list = |text: &str| text.split('|').filter(|t| !t.is_empty()).map(str::to_owned).collect();
    TermRow {
        id: id.into(),
        clause: vec![format!("T-{id}")].into(),
        components: list(component),
        faults: list(fault),
        duration: span(duration),
    }
}

fn rules(suspends: bool) -> TermRules {
    TermRules {
        start: vec![
            StartBasis::Invoice,
            StartBasis::Registration,
            StartBasis::Activation,
            StartBasis::Manufacture,
        ],
        manufactured_plus: Some(span("90 d")),
        unlisted_part: span("1 y"),
        replaced_part: "max".into(),
        repair_guarantee: Some(span("60 d")),
        repair_guarantee_scope: None,
        suspends,
        suspend_clause: vec!["L-1".into()].into(),
        transfer: None,
        transfer_clause: vec!["T-9".into()].into(),
        rights_clause: Vec::new().into(),
        usages: Vec::new(),
        limits: Vec::new(),
        clause: vec!["T-0".into()].into(),
        triggers: Vec::new(),
    }
}

fn rows() -> Vec<TermRow> {
    vec![
        row("tube", "inner_tube", "", "半个月"),
        row("plating", "handlebar|rim", "chrome_peeling", "三个月"),
        row("weld", "frame|handlebar", "fracture", "一年"),
        row("battery", "li_battery", "", "二十四个月"),
    ]
}

fn facts(component: &str, fault: &str, invoice: &str, reported: &str) -> VerdictFacts {
    VerdictFacts {
        component: component.into(),
        fault: fault.into(),
        invoice_date: Some(day(invoice)),
        reported_on: day(reported),
        ..VerdictFacts::default()
    }
}

fn with_book<T>(suspends: bool, replaced: ReplacedPart, run: impl FnOnce(&TermBook<'_>) -> T) -> T {
    let (rules, rows) = (rules(suspends), rows());
    run(&TermBook {
        rules: &rules,
        rows: &rows,
        unlisted: span("1 y"),
        replaced,
        guarantee: Some(span("60 d")),
        made_plus: rules.manufactured_plus,
        suspends,
        half_commercial: false,
        holidays: None,
    })
}

fn answer(facts: &VerdictFacts) -> TermAnswer {
    with_book(false, ReplacedPart::Max, |book| book.answer(facts))
}

#[test]
fn a_span_ends_on_the_same_day_number_or_the_shorter_months_last_day() {
    for (from, length, to) in [
        ("2025-01-10", "24 mo", "2027-01-10"),
        ("2024-02-29", "24 mo", "2026-02-28"),
        ("2025-01-31", "1 mo", "2025-02-28"),
        ("2024-01-31", "1 mo", "2024-02-29"),
        ("2025-08-31", "半年", "2026-02-28"),
        ("2026-11-05", "半个月", "2026-11-20"),
        ("2025-12-20", "15 d", "2026-01-04"),
    ] {
        assert_eq!(last_day(day(from), span(length)), Some(day(to)), "{from} + {length}");
    }
}

#[test]
fn the_last_day_is_included() {
    for (invoice, reported, inside, left) in [
        ("2026-11-05", "2026-11-20", true, 0),
        ("2026-11-05", "2026-11-21", false, -1),
        ("2026-11-05", "2026-11-05", true, 15),
    ] {
        let got = answer(&facts("inner_tube", "leak", invoice, reported));
        assert_eq!(got.in_term, Some(inside), "{reported}");
        assert_eq!(got.term.map(|t| t.days_left), Some(left), "{reported}");
    }
}

#[test]
fn the_start_is_taken_by_precedence() {
    let all = [
        ("invoice_date", "2025-01-04", "invoice"),
        ("registered_on", "2025-01-03", "registration"),
        ("activated_on", "2025-01-02", "activation"),
    ];
    for known in 0..all.len() {
        let mut given = json!({"product": "p", "component": "li_battery", "fault": "other",
            "reported_on": "2025-06-01", "manufactured_on": "2024-10-01"});
        for (name, date, _) in &all[known..] {
            given[*name] = json!(date);
        }
        let facts = VerdictFacts::read(&given).expect("readable facts");
        let term = answer(&facts).term.expect("a start is known");
        assert_eq!((term.starts, &*term.start_basis), (day(all[known].1), all[known].2));
    }
    let mut made = facts("li_battery", "other", "2025-01-01", "2025-06-01");
    made.invoice_date = None;
    made.manufactured_on = Some(day("2024-10-01"));
    let term = answer(&made).term.expect("presumed from the manufacture");
    assert_eq!((term.starts, &*term.start_basis), (day("2024-12-30"), "manufacture"));
    made.manufactured_on = None;
    assert_eq!(answer(&made).missing, Some("invoice_date"));
}

#[test]
fn an_invoice_that_is_not_there_proves_nothing_while_something_else_does() {
    let mut given = facts("li_battery", "other", "2025-03-01", "2025-06-01");
    given.evidence.insert("invoice".into(), false);
    given.registered_on = Some(day("2025-02-01"));
    assert_eq!(answer(&given).term.map(|t| t.start_basis), Some("registration".into()));
    given.registered_on = None;
    assert_eq!(answer(&given).term.map(|t| t.starts), Some(day("2025-03-01")));
}

#[test]
fn the_length_is_that_of_part_and_fault_else_the_parts_longest_else_the_setting() {
    for (component, fault, ends, code) in [
        ("handlebar", "chrome_peeling", "2025-04-10", "term_runs"),
        ("handlebar", "fracture", "2026-01-10", "term_runs"),
        ("handlebar", "other", "2026-01-10", "term_longest"),
        ("rim", "fracture", "2025-04-10", "term_longest"),
        ("harness", "other", "2026-01-10", "term_unlisted"),
    ] {
        let got = answer(&facts(component, fault, "2025-01-10", "2025-01-20"));
        assert_eq!(got.term.map(|t| t.ends), Some(day(ends)), "{component} {fault}");
        assert!(got.why.iter().any(|why| why.code == code), "{component} {fault}");
    }
}

#[test]
fn a_replaced_part_keeps_what_the_setting_gives_it() {
    for (setting, replaced, ends, basis) in [
        (ReplacedPart::Max, "2025-06-01", "2027-01-10", "invoice"),
        (ReplacedPart::Max, "2026-12-20", "2027-02-18", "replacement"),
        (ReplacedPart::Remainder, "2026-12-20", "2027-01-10", "invoice"),
        (ReplacedPart::Restart, "2026-12-20", "2028-12-20", "replacement"),
    ] {
        let mut given = facts("li_battery", "other", "2025-01-10", "2027-01-05");
        given.replaced_on = Some(day(replaced));
        let term = with_book(false, setting, |book| book.answer(&given)).term;
        let got = term.map(|t| (t.ends, t.start_basis));
        assert_eq!(got, Some((day(ends), basis.into())), "{setting:?} {replaced}");
    }
}

#[test]
fn an_exchanged_vehicle_begins_anew() {
    let mut given = facts("vehicle", "other", "2025-01-10", "2025-08-03");
    given.replaced_on = Some(day("2025-08-01"));
    let got = answer(&given);
    assert_eq!(got.term.map(|t| (t.starts, t.ends)), Some((day("2025-08-01"), day("2026-08-01"))));
    assert_eq!(got.days_since_start, Some(2));
}

#[test]
fn days_in_repair_count_only_where_a_rule_says_so_and_overlaps_once() {
    let repair = |from: &str, to: &str| EarlierRepair {
        component: "controller".into(),
        from: day(from),
        to: day(to),
        waiting_parts_days: 0,
    };
    let mut given = facts("li_battery", "other", "2025-01-10", "2026-12-01");
    given.repairs = vec![
        repair("2026-01-02", "2026-01-09"),
        repair("2026-01-05", "2026-01-12"),
        repair("2026-03-01", "2026-03-01"),
        repair("2024-12-01", "2025-01-12"),
    ];
    let ends = |suspends| {
        with_book(suspends, ReplacedPart::Max, |book| book.answer(&given))
            .term
            .map(|t| (t.suspended_days, t.ends))
    };
    assert_eq!(ends(false), Some((0, day("2027-01-10"))));
    assert_eq!(ends(true), Some((12, day("2027-01-22"))), "7 + 3 days, and 2 of the first");
}

#[test]
fn a_term_that_ends_on_a_public_holiday_ends_on_the_next_working_day() {
    let plan = YearPlan {
        source: "test".into(),
        holidays: (1..=7).map(|d| jiff::civil::date(2026, 10, d)).collect(),
        workdays: [day("2026-10-10")].into(),
    };
    let calendar = Calendar { years: [(2026, plan)].into(), ..Calendar::default() };
    let (rules, rows) = (rules(false), rows());
    let book = TermBook {
        rules: &rules,
        rows: &rows,
        unlisted: span("1 y"),
        replaced: ReplacedPart::Max,
        guarantee: None,
        made_plus: rules.manufactured_plus,
        suspends: false,
        half_commercial: false,
        holidays: Some(&calendar),
    };
    for (invoice, ends) in [
        ("2024-10-03", "2026-10-08"),
        ("2024-10-11", "2026-10-11"),
        ("2024-09-30", "2026-09-30"),
        ("2025-01-10", "2027-01-10"),
    ] {
        let got = book.answer(&facts("li_battery", "other", invoice, "2026-09-01"));
        assert_eq!(got.term.map(|t| t.ends), Some(day(ends)), "{invoice}");
    }
}

/// The answer under other rules of use and transfer.
fn under(change: impl FnOnce(&mut TermRules), half: bool, facts: &VerdictFacts) -> TermAnswer {
    let (mut rules, rows) = (rules(true), rows());
    change(&mut rules);
    TermBook {
        rules: &rules,
        rows: &rows,
        unlisted: span("1 y"),
        replaced: ReplacedPart::Max,
        guarantee: None,
        made_plus: None,
        suspends: true,
        half_commercial: half,
        holidays: None,
    }
    .answer(facts)
}

#[test]
fn a_use_has_a_share_of_the_term_only_where_the_standard_says_so() {
    let class = |share_pct: u32| UsageClass {
        class: "commercial".into(),
        share_pct,
        clause: vec!["T-5".into()].into(),
    };
    for (component, usage, share, half, ends) in [
        ("li_battery", Some("commercial"), None, false, "2027-01-10"),
        ("li_battery", Some("commercial"), None, true, "2026-01-10"),
        ("li_battery", Some("commercial"), Some(50), false, "2026-01-10"),
        ("li_battery", Some("household"), Some(50), true, "2027-01-10"),
        ("li_battery", None, Some(50), true, "2027-01-10"),
        // Half of fifteen days is eight: a part of a day counts whole.
        ("inner_tube", Some("commercial"), Some(50), false, "2025-01-18"),
        ("inner_tube", Some("commercial"), Some(100), true, "2025-01-25"),
    ] {
        let mut given = facts(component, "other", "2025-01-10", "2025-01-20");
        given.usage = usage.map(str::to_owned);
        let got = under(|rules| rules.usages.extend(share.map(class)), half, &given);
        let case = format!("{component} {usage:?} {share:?} {half}");
        assert_eq!(got.term.map(|t| t.ends), Some(day(ends)), "{case}");
        let told = got.why.iter().any(|why| why.code == "term_usage");
        assert_eq!(told, ends == "2026-01-10" || ends == "2025-01-18", "{case}");
    }
}

#[test]
fn a_change_of_owner_keeps_the_term_unless_the_standard_ends_it() {
    for (rule, registered, ends, code) in [
        (None, None, "2027-01-10", "transfer_keeps"),
        (Some("keeps"), None, "2027-01-10", "transfer_keeps"),
        (Some("ends"), Some(true), "2025-06-01", "transfer_ends"),
        (Some("registered"), Some(true), "2027-01-10", "transfer_keeps"),
        (Some("registered"), None, "2025-06-01", "transfer_ends"),
    ] {
        let mut given = facts("li_battery", "other", "2025-01-10", "2026-01-20");
        given.transferred_on = Some(day("2025-06-01"));
        given.transfer_registered = registered;
        let got = under(|rules| rules.transfer = rule.map(str::to_owned), false, &given);
        assert_eq!(got.term.map(|t| t.ends), Some(day(ends)), "{rule:?} {registered:?}");
        assert!(got.why.iter().any(|why| why.code == code), "{rule:?} {registered:?}");
    }
}

#[test]
fn a_reading_above_its_limit_ends_the_term_and_one_not_taken_leaves_it_open() {
    let limit = UsageLimit {
        measurement: "odometer_km".into(),
        most: 20_000,
        clause: vec!["T-6".into()].into(),
    };
    for (reading, reported, inside, unread) in [
        (Some(20_000), "2026-01-20", Some(true), None),
        (Some(20_001), "2026-01-20", Some(false), None),
        (None, "2026-01-20", None, Some("measurements.odometer_km")),
        // Out of its term already, no reading changes anything.
        (None, "2027-01-20", Some(false), None),
    ] {
        let mut given = facts("li_battery", "other", "2025-01-10", reported);
        if let Some(reading) = reading {
            given.measurements.insert("odometer_km".into(), json!(reading));
        }
        let got = under(|rules| rules.limits.push(limit.clone()), false, &given);
        assert_eq!(got.in_term, inside, "{reading:?} {reported}");
        assert_eq!(got.unread.as_deref(), unread, "{reading:?} {reported}");
    }
}

proptest! {
    /// The steps that are told add up to the days that do not count, and those to the last day.
    #[test]
    fn the_steps_of_the_arithmetic_add_up(
        repairs in prop::collection::vec((0_i64..700, 0_i64..60), 0..8), age in 0_i64..900,
    ) {
        let start = day("2024-01-10");
        let at = |days: i64| base::time::add_days(start, days).expect("a day");
        let mut given = facts("frame", "fracture", "2024-01-10", &at(age).to_string());
        given.repairs = repairs
            .iter()
            .map(|(from, days)| EarlierRepair {
                component: "controller".into(),
                from: at(*from),
                to: at(from + days),
                waiting_parts_days: 0,
            })
            .collect();
        let got = with_book(true, ReplacedPart::Max, |book| book.answer(&given));
        let told = got.why.iter().filter(|why| why.code == "days_not_counted");
        let sum: i64 = told.filter_map(|why| why.args.json("days").as_i64()).sum();
        let term = got.term.expect("the start is known");
        prop_assert_eq!(sum, term.suspended_days);
        prop_assert_eq!(term.ends, base::time::add_days(day("2025-01-10"), sum).expect("a day"));
        prop_assert!(term.suspended_days <= age);
        prop_assert_eq!(got.in_term, Some(given.reported_on <= term.ends));
    }
}
