//! The legal floor: the customer gets the better of company and law, both are named, and what is
//! still to be verified decides nothing.

use crate::packs;
use engine::verdict::Verdict;
use engine::warranty::gain;
use engine::why::Reader;
use engine::{FactsRefused, Judge, VerdictFacts};
use proptest::prelude::*;
use rulebook::Release;
use rulebook::model::Standing;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The e-bike maker's standard over the legal floor.
fn floor() -> &'static Release {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    RELEASE.get_or_init(|| packs::compiled(&["common", "law-cn", "ebike-maker"]))
}

/// A controller that does not work, bought in a store, changed by `change`.
fn judged(release: &Release, change: Json) -> Result<Verdict, FactsRefused> {
    let mut facts = json!({
        "product": "ebike", "component": "controller", "fault": "no_function",
        "invoice_date": "2026-02-01", "reported_on": "2026-11-20", "sale_channel": "store",
        "evidence": {"invoice": true, "card": true, "card_matches": true},
    });
    if let (Json::Object(facts), Json::Object(change)) = (&mut facts, change) {
        facts.extend(change);
    }
    let calendars = BTreeMap::new();
    VerdictFacts::read(&facts).and_then(|facts| Judge::new(release, &calendars).judge(&facts))
}

fn lawful(change: Json) -> Verdict {
    judged(floor(), change).expect("a verdict")
}

#[test]
fn the_better_of_company_and_law_stands_and_both_are_named() {
    let repair = |from: &str, to: &str, waiting: i64| {
        let (component, days) = ("controller", waiting);
        json!({"component": component, "from": from, "to": to, "waiting_parts_days": days})
    };
    let twice =
        json!([repair("2026-04-01", "2026-04-03", 0), repair("2026-08-01", "2026-08-05", 0)]);
    let (weeks, fee) = ("floor/performance-15d", "repair_at_charge");
    let late = json!([repair("2026-03-01", "2026-03-10", 0)]);
    for (change, remedy, company, decides) in [
        (json!({}), "replace", "replace", None),
        (json!({"invoice_date": "2026-11-13"}), "refund", "replace", Some("floor/performance-7d")),
        (json!({"invoice_date": "2026-11-12"}), "exchange", "replace", Some(weeks)),
        (json!({"invoice_date": "2026-11-05"}), "exchange", "replace", Some(weeks)),
        (json!({"invoice_date": "2026-11-04"}), "replace", "replace", None),
        (json!({"repairs": twice}), "exchange", "replace", Some("law/trigger/two-repairs")),
        // Out of its year by five days; nine in repair do not count.
        (
            json!({"invoice_date": "2025-11-15", "repairs": late}),
            "replace",
            fee,
            Some("law/suspension"),
        ),
        (json!({"invoice_date": "2025-11-15"}), fee, fee, None),
        // What the customer caused the law does not undo.
        (json!({"invoice_date": "2026-11-13", "causes": ["misuse"]}), fee, fee, None),
        // Nor does it reach a vehicle of another maker.
        (json!({"invoice_date": "2026-11-13", "in_scope": false}), fee, fee, None),
    ] {
        let got = lawful(change.clone());
        let law = got.law.as_deref().expect("the law was asked");
        assert_eq!(got.remedy.as_deref(), Some(remedy), "{change}");
        assert_eq!(law.company.remedy.as_deref(), Some(company), "{change}");
        assert_eq!(law.decides.as_deref(), decides, "{change}");
        let last = got.why.last().map(|why| &*why.code);
        assert_eq!(last, Some(if decides.is_some() { "law_better" } else { "law_held" }));
        if decides.is_some() {
            assert!(got.clauses[0].starts_with("LAW-"), "{:?}", got.clauses);
            assert!(got.clauses.iter().any(|clause| clause.starts_with("EB-")));
        }
    }
}

#[test]
fn a_sale_at_a_distance_may_go_back_intact_within_seven_days() {
    let tube = |more: Json| {
        let mut facts = json!({"component": "tire", "fault": "worn", "invoice_date": "2026-11-10",
            "received_on": "2026-11-13", "sale_channel": "online",
            "evidence": {"invoice": true, "card": true, "card_matches": true, "intact": true}});
        if let (Json::Object(facts), Json::Object(more)) = (&mut facts, more) {
            facts.extend(more);
        }
        lawful(facts)
    };
    for (more, remedy, missing) in [
        (json!({}), "refund", vec![]),
        (json!({"received_on": "2026-11-12"}), "repair_at_charge", vec![]),
        (json!({"sale_channel": "store"}), "repair_at_charge", vec![]),
        (json!({"sale_channel": "store", "distance_sale": true}), "refund", vec![]),
        (json!({"sale_channel": null}), "repair_at_charge", vec!["sale_channel"]),
        (
            json!({"evidence": {"invoice": true, "card": true, "card_matches": true}}),
            "repair_at_charge",
            vec!["evidence.intact"],
        ),
        (json!({"causes": ["misuse"]}), "repair_at_charge", vec![]),
    ] {
        let got = tube(more.clone());
        assert_eq!(got.remedy.as_deref(), Some(remedy), "{more}");
        assert_eq!(got.missing, missing, "{more}");
    }
}

#[test]
fn what_is_to_be_verified_is_shown_and_decides_nothing() {
    let battery = json!({"component": "li_battery", "fault": "low_capacity",
        "invoice_date": "2026-11-14", "measurements": {"capacity_pct": 75}});
    let got = lawful(battery);
    assert_eq!(got.covered, Some(false));
    let law = got.law.as_deref().expect("the law was asked");
    let told: Vec<_> = law.rows.iter().map(|l| (l.row.as_str(), l.standing)).collect();
    assert_eq!(told, [("floor/ebike-battery-15d", Standing::Verify)]);
    assert!(law.rows.iter().all(|line| !line.source.is_empty()));
}

#[test]
fn a_setting_switches_the_provisions_off() {
    let mut release = floor().clone();
    let setting = release.parameters.get_mut("provisions_of_1995_apply").expect("the setting");
    setting.value = Some(json!(false));
    let got = judged(&release, json!({"invoice_date": "2026-11-13"})).expect("a verdict");
    assert_eq!(got.remedy.as_deref(), Some("replace"));
    let law = got.law.as_deref().expect("the law was asked");
    assert!(law.rows.iter().any(|line| line.row == "floor/performance-7d"));
}

#[test]
fn the_law_leaves_nobody_worse_off() {
    let calendars = BTreeMap::new();
    let both = Judge::new(floor(), &calendars);
    let company = Judge::new(packs::ebike(), &calendars);
    let rank = |verdict: &Verdict| {
        engine::warranty::gain(
            verdict.covered,
            verdict.remedy.as_deref(),
            verdict.term.as_ref().map(|term| term.ends),
        )
    };
    let mut asked = 0;
    for example in packs::ebike().examples.iter().filter(|e| e.process.is_none()) {
        let Ok(facts) = VerdictFacts::read(&Json::Object(example.given.clone())) else { continue };
        let (Ok(alone), Ok(lawful)) = (company.judge(&facts), both.judge(&facts)) else { continue };
        assert!(rank(&lawful) >= rank(&alone), "{}", example.name);
        asked += 1;
    }
    assert!(asked > 60, "{asked}");
}

#[test]
fn the_answer_is_told_in_both_languages() {
    let zone = base::Zone::default();
    let mut got = lawful(json!({"invoice_date": "2026-11-13"}));
    for (lang, part) in [(base::Lang::Zh, "企业标准给"), (base::Lang::En, "the law is better")]
    {
        got.speak(Reader { release: floor(), process: None, zone: &zone, lang });
        assert!(got.because.iter().any(|s| s.contains(part)), "{:?}", got.because);
        assert!(got.because.iter().all(|s| !s.contains('{')), "{:?}", got.because);
    }
}

#[test]
fn rows_below_the_floor_are_told_once_with_facts_that_show_it() {
    let found = engine::warranty::below_floor(floor());
    let about = |code: &str, parts: &[&str]| {
        found.iter().any(|finding| {
            finding.code == code && parts.iter().all(|part| finding.sentence.en.contains(part))
        })
    };
    // In its first week a controller is replaced, where the law lets it go back.
    assert!(about("below-floor", &["electrics (EB-7.1.2.2)", "floor/performance-7d", "on day 5"]));
    assert!(about("below-floor", &["electrics", "vehicle exchanged", "law/trigger/two-repairs"]));
    assert!(about("below-floor", &["otherwise", "law/suspension", "repairs before: 1"]));
    // A tube wears: two repairs of it exchange no vehicle.
    assert!(!about("below-floor", &["tube-leak", "law/trigger/two-repairs"]));
    assert!(about("below-floor-verify", &["otherwise", "law/term/frame-2y", "decides nothing"]));
    // The battery's row is no worse than any rule once the first weeks are over.
    assert!(!about("below-floor", &["battery-dead", "floor/repair-in-term"]));
    assert!(found.iter().all(|f| f.level == rulebook::Level::Note));
    assert!(found.iter().all(|f| f.at.file.contains("tables/")), "each at its row");
    let mut sentences: Vec<_> = found.iter().map(|f| &f.sentence.en).collect();
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), found.len());
    assert!(engine::warranty::below_floor(packs::ebike()).is_empty(), "without a law pack");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever the facts: no answer lies below the company's own, nor below any rule of the law
    /// that holds; and what is to be verified changes nothing.
    #[test]
    fn no_answer_lies_below_the_floor(
        pair in 0_usize..10_000, age in 0_i64..1200, reading in 40_i64..100, excused in 0_usize..4,
        repairs in prop::collection::vec((0_i64..1000, 0_i64..120, 0_i64..120), 0..4),
        channel in 0_usize..3, intact in any::<bool>(), card in any::<bool>(),
    ) {
        let catalog = &floor().catalog;
        let pairs: Vec<_> = catalog.faults.iter()
            .flat_map(|fault| fault.components.iter().map(move |part| (part, fault)))
            .collect();
        let (part, fault) = pairs[pair % pairs.len()];
        let sold: base::Day = "2024-01-05".parse().expect("a day");
        let at = |days: i64| base::time::add_days(sold, days).expect("a day").to_string();
        let told: Vec<Json> = repairs.iter().map(|(from, days, waiting)| json!({
            "component": part, "from": at(*from), "to": at(from + days),
            "waiting_parts_days": waiting.min(days),
        })).collect();
        let causes = if excused == 0 { json!(["misuse"]) } else { json!([]) };
        let channels = ["store", "online", "fair"];
        let facts = json!({
            "product": "ebike", "component": part, "fault": fault.id, "invoice_date": at(0),
            "reported_on": at(age), "sale_channel": channels[channel],
            "measurements": {"capacity_pct": reading}, "repairs": told, "causes": causes,
            "evidence": {"invoice": true, "card": card, "card_matches": true, "intact": intact},
        });
        let facts = VerdictFacts::read(&facts).expect("readable facts");
        let calendars = BTreeMap::new();
        let rank = |verdict: &Verdict| {
            let ends = verdict.term.as_ref().map(|term| term.ends);
            gain(verdict.covered, verdict.remedy.as_deref(), ends)
        };
        let both = Judge::new(floor(), &calendars).judge(&facts).expect("a verdict");
        let alone = Judge::new(packs::ebike(), &calendars).judge(&facts).expect("a verdict");
        prop_assert!(rank(&both) >= rank(&alone));
        let law = both.law.as_deref().expect("the law was asked");
        let best = gain(both.covered, both.remedy.as_deref(), None);
        for line in law.rows.iter().filter(|line| line.standing == Standing::Holds) {
            if let Some(remedy) = &line.remedy {
                prop_assert!(best >= gain(Some(true), Some(remedy), None), "{}", line.row);
            }
        }
        let decides = law.rows.iter().find(|line| Some(&line.row) == law.decides.as_ref());
        prop_assert!(decides.is_none_or(|line| line.standing == Standing::Holds));
        prop_assert_eq!(law.decides.is_none(), both.remedy == law.company.remedy);
    }
}
