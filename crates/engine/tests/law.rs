//! The legal floor: the customer gets the better of company and law, both are named, and what is
//! still to be verified decides nothing.

mod packs;

use engine::verdict::Verdict;
use engine::why::Reader;
use engine::{FactsRefused, Judge, VerdictFacts};
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
        let last = got.why.last().map(|why| why.code.as_str());
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
