//! Verdicts in bulk are the verdicts given one by one, whatever the facts and whatever the draft.

use crate::packs;
use base::Day;
use base::time::add_days;
use engine::verdict::EarlierRepair;
use engine::warranty::{BulkJudge, Columns, Given};
use engine::{Judge, VerdictFacts};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use rulebook::Release;
use serde_json::{Map, json};
use std::collections::BTreeMap;

const SOLD: Day = Day::constant(2025, 3, 31);

/// The packs that judge, and drafts of them: rows and settings changed.
fn releases() -> &'static [Release] {
    static ALL: std::sync::OnceLock<Vec<Release>> = std::sync::OnceLock::new();
    ALL.get_or_init(|| {
        let maker = packs::compiled(&["common", "law-cn", "ebike-maker"]);
        let mut all = vec![maker.clone(), packs::ebike().clone()];
        all.push(packs::compiled(&["law-cn"]));
        all.push(packs::compiled(&["tutorial"]));
        for row in ["battery-low", "in-term-other", "electrics", "vehicle-exchange"] {
            let mut draft = maker.clone();
            let table = draft.tables.get("coverage").expect("it covers").without(row);
            draft.tables.insert("coverage".to_owned(), table);
            all.push(draft);
        }
        for (setting, value) in [
            ("provisions_of_1995_apply", json!(false)),
            ("no_agreement_on_returns", json!(true)),
            ("usage_class_half_term", json!(true)),
        ] {
            let mut draft = maker.clone();
            if let Some(parameter) = draft.parameters.get_mut(setting) {
                parameter.value = Some(value);
            }
            all.push(draft);
        }
        let mut draft = maker.clone();
        let rules = draft.term.as_mut().expect("it judges");
        rules.suspends = true;
        rules.transfer = Some("registered".to_owned());
        draft.term_rows.retain(|row| row.id != "battery");
        all.push(draft);
        let mut draft = maker;
        draft.term.as_mut().expect("it judges").transfer = Some("ends".to_owned());
        draft.catalog.causes.remove(0);
        all.push(draft);
        all
    })
}

fn keys(of: impl Fn(&Release) -> Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = releases().iter().flat_map(of).collect();
    all.sort();
    all.dedup();
    all
}

/// Mostly facts that fit together; now and then some that do not.
fn facts() -> impl Strategy<Value = VerdictFacts> {
    let pairs: Vec<(String, String)> = (releases()[0].catalog.faults.iter())
        .flat_map(|f| f.components.iter().map(|c| (c.clone(), f.id.clone())))
        .collect();
    let odd = ("no_such_part".to_owned(), "leak".to_owned());
    let pair = prop_oneof![40 => select(pairs), 1 => Just(odd)];
    let products = keys(|r| r.catalog.products.keys().cloned().collect());
    let causes = keys(|r| r.catalog.causes.iter().map(|c| c.id.clone()).collect());
    let day = |most: i64| {
        prop_oneof![
            2 => Just(None),
            5 => (0..most).prop_map(|days| add_days(SOLD, days)),
            1 => Just(Some(Day::constant(1901, 1, 1))),
        ]
    };
    let yes_no = || select(vec![None, Some(true), Some(false)]);
    let evidence = proptest::collection::btree_map(
        select(vec!["invoice", "card", "card_matches", "intact"]).prop_map(str::to_owned),
        prop::bool::weighted(0.8),
        0..4,
    );
    let when = (day(9), day(9), day(20), day(5), day(30), day(300), day(400), 1..1_200_i64);
    let stated = (
        select(vec![None, Some("household"), Some("commercial")]),
        select(vec![None, Some("store"), Some("online"), Some("fair")]),
        (yes_no(), yes_no(), yes_no()),
        subsequence(causes, 0..2),
        evidence,
        select(vec![
            json!({}),
            json!({"capacity_pct": 55}),
            json!({"capacity_pct": 85}),
            json!({"capacity_pct": {"value": 58, "temperature": -12}}),
        ]),
    );
    (pair, select(products), when, stated, repairs()).prop_map(
        |((component, fault), product, when, stated, repairs)| VerdictFacts {
            product,
            component,
            fault,
            invoice_date: when.0,
            registered_on: when.1,
            activated_on: when.2,
            manufactured_on: when.3,
            received_on: when.4,
            transferred_on: when.5,
            replaced_on: when.6,
            reported_on: add_days(SOLD, when.7).expect("a day"),
            usage: stated.0.map(str::to_owned),
            sale_channel: stated.1.map(str::to_owned),
            distance_sale: stated.2.0,
            in_scope: stated.2.1,
            transfer_registered: stated.2.2,
            causes: stated.3,
            evidence: stated.4,
            measurements: stated.5.as_object().cloned().unwrap_or_else(Map::new),
            repairs,
        },
    )
}

fn repairs() -> impl Strategy<Value = Vec<EarlierRepair>> {
    let parts = vec!["li_battery", "controller", "hub_motor", "no_such_part"];
    let one = (select(parts), 0..700_i64, -1..120_i64, 0..100_i64);
    let repair = one.prop_map(|(component, from, days, waiting)| {
        let from = add_days(SOLD, from).expect("a day");
        EarlierRepair {
            component: component.to_owned(),
            from,
            to: add_days(from, days).expect("a day"),
            waiting_parts_days: waiting.min(days.max(0)),
        }
    });
    prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(repair, 1..4)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn in_bulk_as_one_by_one(all in prop::collection::vec(facts(), 40)) {
        let mut columns = Columns::default();
        for facts in &all {
            columns.push(facts);
        }
        let calendars = BTreeMap::new();
        for (nth, release) in releases().iter().enumerate() {
            let judge = Judge::new(release, &calendars);
            let bulk = BulkJudge::new(&judge, &columns);
            prop_assert!(bulk.is_fast(), "release {nth} is asked in bulk");
            for (row, facts) in all.iter().enumerate() {
                prop_assert_eq!(&columns.facts(row), facts);
                let told = Given::one_by_one(&judge, facts);
                prop_assert_eq!(bulk.given(row), told, "release {}: {:?}", nth, facts);
            }
        }
    }
}
