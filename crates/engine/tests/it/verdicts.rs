//! Verdicts of the real pack: what is refused, what is missing, what unstated evidence means, how
//! an answer explains itself, and the bars of a vehicle.

use crate::packs;
use base::{CaseId, Instant, Lang, Zone};
use engine::facts::HistoryItem;
use engine::verdict::Verdict;
use engine::warranty::{BarState, coverage_bars};
use engine::why::Reader;
use engine::{Facts, FactsRefused, Judge, VerdictFacts};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Facts of a covered battery, changed by `change`; `null` takes a fact away.
fn given(change: Json) -> Json {
    let mut facts = json!({
        "product": "ebike", "component": "li_battery", "fault": "low_capacity",
        "invoice_date": "2025-01-10", "reported_on": "2026-11-20",
        "evidence": {"invoice": true, "card": true, "card_matches": true, "sticker": true},
        "measurements": {"capacity_pct": 55},
    });
    if let (Json::Object(facts), Json::Object(change)) = (&mut facts, change) {
        facts.extend(change);
    }
    facts
}

fn judge(change: Json) -> Result<Verdict, FactsRefused> {
    let calendars = BTreeMap::new();
    let judge = Judge::new(packs::ebike(), &calendars);
    VerdictFacts::read(&given(change)).and_then(|facts| judge.judge(&facts))
}

#[test]
fn the_example_of_the_interface_holds() {
    let repairs = json!([{"component": "controller", "from": "2026-01-02", "to": "2026-01-09",
        "waiting_parts_days": 3}]);
    let mut got = judge(json!({ "repairs": repairs })).expect("a verdict");
    let zone = Zone::default();
    got.speak(Reader { release: packs::ebike(), process: None, zone: &zone, lang: Lang::Zh });
    let json = serde_json::to_value(&got).expect("json");
    for (path, wanted) in [
        ("/covered", json!(true)),
        ("/remedy", json!("replace")),
        ("/payer", json!("maker")),
        ("/clauses", json!(["EB-7.1.2.1a"])),
        ("/term/ends", json!("2027-01-10")),
        ("/term/suspended_days", json!(0)),
        ("/term/days_left", json!(51)),
        ("/missing", json!([])),
        ("/triggers", json!([])),
        ("/row", json!("battery-low")),
        ("/rulebook/id", json!("ebike-maker")),
    ] {
        assert_eq!(json.pointer(path), Some(&wanted), "{path}");
    }
    assert!(got.because.iter().any(|s| s.contains("24个月") && s.contains("2027-01-10")));
    assert!(got.because.iter().all(|s| !s.contains("EB-")), "customers see numbers only");
}

#[test]
fn facts_that_cannot_be_are_refused_at_their_name() {
    for (change, field) in [
        (json!({"product": "car"}), "product"),
        (json!({"component": "wing"}), "component"),
        (json!({"component": null}), "component"),
        (json!({"fault": "hiccup"}), "fault"),
        (json!({"component": "rim", "fault": "fire"}), "fault"),
        (json!({"reported_on": null}), "reported_on"),
        (json!({"reported_on": "2026-02-30"}), "reported_on"),
        (json!({"reported_on": "20.11.2026"}), "reported_on"),
        (json!({"invoice_date": "2026-11-21"}), "invoice_date"),
        (json!({"invoice_date": 20_250_110}), "invoice_date"),
        (json!({"causes": ["weather"]}), "causes"),
        (json!({"causes": "misuse"}), "causes"),
        (json!({"evidence": {"receipt": true}}), "evidence.receipt"),
        (json!({"evidence": {"card": "yes"}}), "evidence.card"),
        (json!({"measurements": {"capacity_pct": 130}}), "measurements.capacity_pct"),
        (json!({"measurements": {"capacity_pct": -1}}), "measurements.capacity_pct"),
        (json!({"measurements": {"capacity_pct": "55"}}), "measurements.capacity_pct"),
        (json!({"measurements": {"volts": 48}}), "measurements.volts"),
        (json!({"colour": "red"}), "colour"),
        (json!({"usage": "racing"}), "usage"),
        (
            json!({"repairs": [{"component": "controller", "from": "2026-01-09",
                "to": "2026-01-02"}]}),
            "repairs[0].to",
        ),
        (json!({"repairs": [{"component": "controller"}]}), "repairs[0].from"),
    ] {
        let refused = judge(change.clone()).expect_err("refused");
        assert_eq!(refused.field, field, "{change}");
        assert!(!refused.sentence.zh.is_empty() && refused.sentence.zh != refused.sentence.en);
    }
}

#[test]
fn what_is_missing_and_matters_leaves_the_answer_open() {
    for (change, missing) in [
        (json!({"measurements": {}}), vec!["measurements.capacity_pct"]),
        (json!({"invoice_date": null}), vec!["invoice_date"]),
        (
            json!({"invoice_date": null, "measurements": {}}),
            vec!["invoice_date", "measurements.capacity_pct"],
        ),
    ] {
        let got = judge(change.clone()).expect("a verdict");
        assert_eq!((got.covered, got.remedy, got.payer), (None, None, None), "{change}");
        assert_eq!(got.missing, missing, "{change}");
    }
}

#[test]
fn what_is_missing_and_does_not_matter_is_not_named() {
    for (change, covered) in [
        // Out of its term no measurement changes anything.
        (json!({"invoice_date": "2024-11-19", "measurements": {}}), false),
        // A dead battery needs no measurement, a fit one no date beyond the start.
        (json!({"fault": "no_charge", "measurements": {}}), true),
        // An excluded cause needs neither date nor measurement.
        (json!({"causes": ["misuse"], "invoice_date": null, "measurements": {}}), false),
        (json!({"registered_on": "2025-01-10", "invoice_date": null}), true),
    ] {
        let got = judge(change.clone()).expect("a verdict");
        assert_eq!(got.covered, Some(covered), "{change}");
        assert_eq!(got.missing, Vec::<String>::new(), "{change}");
    }
}

#[test]
fn unstated_evidence_counts_as_present_and_is_named_when_it_matters() {
    for (evidence, causes, covered, missing) in [
        (json!({}), json!([]), true, vec!["evidence.card", "evidence.card_matches"]),
        (json!({"card": true}), json!([]), true, vec!["evidence.card_matches"]),
        (json!({"card": false}), json!([]), false, vec![]),
        (json!({"card_matches": false}), json!([]), false, vec![]),
        (json!({}), json!(["misuse"]), false, vec![]),
    ] {
        let change = json!({ "evidence": evidence, "causes": causes });
        let got = judge(change.clone()).expect("a verdict");
        assert_eq!(got.covered, Some(covered), "{change}");
        assert_eq!(got.missing, missing, "{change}");
    }
}

#[test]
fn a_capacity_measured_in_the_cold_is_to_be_observed() {
    let cold = json!({"measurements": {"capacity_pct": {"value": 55, "temperature": 2}}});
    let got = judge(cold).expect("a verdict");
    assert_eq!((got.covered, got.missing), (None, vec!["measurements.capacity_pct".to_owned()]));
    assert!(got.why.iter().any(|why| why.code == "measured_cold"));
    let warm = json!({"measurements": {"capacity_pct": {"value": 55, "temperature": 22}}});
    assert_eq!(judge(warm).expect("a verdict").covered, Some(true));
}

#[test]
fn a_wearing_part_has_no_term_to_show() {
    let brake = json!({"component": "brake_pad", "fault": "other", "measurements": {}});
    let got = judge(brake).expect("a verdict");
    assert_eq!((got.covered, got.row.as_deref()), (Some(false), Some("wearing")));
    assert_eq!(got.term, None);
}

#[test]
fn every_sentence_exists_in_both_languages() {
    let zone = Zone::default();
    let changes = [
        json!({}),
        json!({"evidence": {}}),
        json!({"causes": ["misuse"]}),
        json!({"invoice_date": null}),
        json!({"invoice_date": "2020-01-01"}),
    ];
    for change in changes {
        let mut got = judge(change).expect("a verdict");
        let mut said = |lang| {
            got.speak(Reader { release: packs::ebike(), process: None, zone: &zone, lang });
            got.because.clone()
        };
        let (zh, en) = (said(Lang::Zh), said(Lang::En));
        assert_eq!(zh.len(), en.len());
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(en.iter().all(|s| !chinese(s) && !s.contains('{')), "{en:?}");
        assert!(zh.iter().all(|s| chinese(s) && !s.contains('{')), "{zh:?}");
    }
}

#[test]
fn repeated_repairs_and_long_waits_are_counted_against_their_limits() {
    let mut release = packs::ebike().clone();
    let trigger = |id: &str, counts: &str, limit: i64, warn_at: i64| {
        let title = json!({"zh": id, "en": id});
        let json = json!({"id": id, "title": title, "counts": counts, "limit": limit,
            "warn_at": warn_at, "clause": ["L-1"]});
        serde_json::from_value(json).expect("a trigger")
    };
    let rules = release.term.as_mut().expect("the pack judges");
    rules.triggers = vec![
        trigger("twice", "repairs", 2, 1),
        trigger("month", "days_in_repair", 30, 20),
        trigger("waiting", "days_waiting_parts", 5, 5),
    ];
    let repair = |component: &str, from: &str, to: &str, days: i64| {
        let times = (from, to);
        json!({"component": component, "from": times.0, "to": times.1, "waiting_parts_days": days})
    };
    let count = |repairs: Json| {
        let calendars = BTreeMap::new();
        let judge = Judge::new(&release, &calendars);
        let facts = VerdictFacts::read(&given(json!({ "repairs": repairs }))).expect("facts");
        let got = judge.judge(&facts).expect("a verdict");
        let told = |t: &engine::verdict::TriggerState| {
            (t.id.clone(), t.count, t.at.map(|day| day.to_string()))
        };
        got.triggers.iter().map(told).collect::<Vec<_>>()
    };
    let at = |day: &str| Some(day.to_owned());
    assert_eq!(count(json!([])), []);
    assert_eq!(
        count(json!([repair("li_battery", "2026-01-02", "2026-01-09", 3)])),
        [("twice".to_owned(), 1, None)],
        "one before the limit it is near"
    );
    assert_eq!(
        count(json!([
            repair("li_battery", "2026-01-02", "2026-01-22", 3),
            repair("li_battery", "2026-03-02", "2026-03-16", 2),
            repair("controller", "2026-03-10", "2026-03-16", 0),
        ])),
        [
            ("twice".to_owned(), 2, at("2026-03-16")),
            ("month".to_owned(), 34, at("2026-03-12")),
            ("waiting".to_owned(), 5, at("2026-03-16")),
        ]
    );
}

#[test]
fn a_vehicle_shows_one_bar_a_row_and_a_replaced_part_its_own() {
    let today = jiff::civil::date(2026, 11, 20);
    let unit = json!({"invoice_date": "2025-03-18", "model": "RF-R6"});
    let replaced = HistoryItem {
        case: CaseId(1),
        number: "WX202610-0001".into(),
        component: "controller".into(),
        fault: "no_function".into(),
        from: jiff::civil::date(2026, 10, 28),
        to: jiff::civil::date(2026, 11, 1),
        waiting_parts_days: 0,
        covered: true,
        replaced: true,
        delivered_at: Instant(0),
    };
    let facts =
        Facts { unit: unit.as_object().cloned(), history: vec![replaced], ..Facts::default() };
    let calendars = BTreeMap::new();
    let judge = Judge::new(packs::ebike(), &calendars);
    let coverage = coverage_bars(&judge, &facts, today);
    assert_eq!(coverage.starts, Some(jiff::civil::date(2025, 3, 18)));
    let of = |part: &str| {
        let bar = coverage.bars.iter().find(|bar| bar.components.iter().any(|c| c == part));
        bar.map(|bar| (bar.state, bar.ends.to_string()))
    };
    assert_eq!(of("inner_tube"), Some((BarState::Over, "2025-04-02".into())));
    assert_eq!(of("li_battery"), Some((BarState::Covered, "2027-03-18".into())));
    assert_eq!(of("charger"), Some((BarState::Over, "2026-03-18".into())));
    // Out of its own term, the replaced controller still has its repair guarantee.
    let controller = coverage.bars.iter().find(|bar| bar.components == ["controller"]);
    assert_eq!(controller.map(|bar| bar.ends.to_string()), Some("2026-12-31".into()));
    assert!(coverage.bars.iter().all(|bar| bar.title.zh != bar.title.en));
    let none = coverage_bars(&judge, &Facts::default(), today);
    assert_eq!((none.starts, none.missing.as_deref()), (None, Some("invoice_date")));
}
