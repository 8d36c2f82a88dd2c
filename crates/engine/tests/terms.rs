//! The warranty term: start, length, month ends, replacement, suspension, public holidays.

use base::calendar::YearPlan;
use base::time::Span;
use base::{Calendar, Day};
use engine::VerdictFacts;
use engine::verdict::EarlierRepair;
use engine::warranty::{ReplacedPart, TermAnswer, TermBook, last_day};
use rulebook::model::{StartBasis, TermRow, TermRules};
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
        clause: vec![format!("T-{id}")],
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
        suspend_clause: vec!["L-1".into()],
        clause: vec!["T-0".into()],
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
        assert_eq!((term.starts, term.start_basis.as_str()), (day(all[known].1), all[known].2));
    }
    let mut made = facts("li_battery", "other", "2025-01-01", "2025-06-01");
    made.invoice_date = None;
    made.manufactured_on = Some(day("2024-10-01"));
    let term = answer(&made).term.expect("presumed from the manufacture");
    assert_eq!((term.starts, term.start_basis.as_str()), (day("2024-12-30"), "manufacture"));
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
