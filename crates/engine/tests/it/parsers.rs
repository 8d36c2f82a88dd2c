//! Facts of a verdict come from scripts, spreadsheets and other systems: whatever JSON it is, it is
//! read or refused in a sentence, and what was read is judged without a panic.

use engine::VerdictFacts;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};

const KEYS: [&str; 24] = [
    "product",
    "component",
    "fault",
    "usage",
    "sale_channel",
    "distance_sale",
    "received_on",
    "in_scope",
    "invoice_date",
    "registered_on",
    "activated_on",
    "manufactured_on",
    "transferred_on",
    "transfer_registered",
    "replaced_on",
    "reported_on",
    "causes",
    "evidence",
    "measurements",
    "repairs",
    "from",
    "to",
    "waiting_parts_days",
    "frobnicate",
];

fn value() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(|n| json!(n)),
        select(vec!["ebike", "li_battery", "2026-11-20", "2026-02-30", "-9999-01-01", "é", ""])
            .prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            proptest::collection::vec((select(KEYS.to_vec()), inner), 0..6).prop_map(object),
        ]
    })
}

fn object(pairs: Vec<(&str, Json)>) -> Json {
    Json::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

proptest! {
    #[test]
    fn any_json_is_read_as_facts_or_refused_in_a_sentence(
        pairs in proptest::collection::vec((select(KEYS.to_vec()), value()), 0..12),
        other in value(),
    ) {
        let right = json!({ "product": "ebike", "component": "li_battery", "fault": "low_capacity",
            "reported_on": "2026-11-20" });
        let mut near = right.as_object().expect("an object").clone();
        near.extend(object(pairs).as_object().expect("an object").clone());
        for json in [Json::Object(near), other] {
            if let Err(refused) = VerdictFacts::read(&json) {
                let said = &refused.sentence;
                prop_assert!(!said.zh.is_empty() && !said.en.is_empty(), "{:?}", refused);
            }
        }
    }
}
