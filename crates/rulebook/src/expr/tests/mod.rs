//! Tests of the expression language, one table of cases each.

pub(crate) mod chance;
mod eval;
mod grammar;
mod guards;
mod parse;
mod soup;
mod types;

use super::{Type, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn record(fields: &[(&str, Type)]) -> Type {
    Type::Record(fields.iter().map(|(name, of)| ((*name).to_owned(), of.clone())).collect())
}

fn list(of: Type) -> Type {
    Type::List(Box::new(of))
}

fn choice(keys: &[&str]) -> Type {
    Type::Choice(keys.iter().map(|key| (*key).to_owned()).collect())
}

/// What a guard of a repair order may read.
fn schema() -> Type {
    let line = record(&[
        ("payer", choice(&["maker", "customer", "station"])),
        ("quantity", Type::Quantity),
        ("unit_price", Type::Money),
        ("amount", Type::Money),
        ("list_price", Type::Money),
        ("genuine", Type::Bool),
    ]);
    let certificate = record(&[("valid", Type::Bool), ("expires", Type::Date)]);
    let technician = record(&[("certificate", certificate), ("skills", list(Type::Text))]);
    let form = record(&[
        ("technician", technician),
        ("cause", choice(&["impact", "self_patched", "misuse"])),
        ("capacity", record(&[("value", Type::Number)])),
        ("lines", list(line)),
        ("photos", Type::Number),
    ]);
    record(&[
        ("form", form),
        ("now", Type::Instant),
        ("today", Type::Date),
        ("opened_at", Type::Instant),
        ("invoice_date", Type::Date),
        ("causes", list(choice(&["impact", "self_patched", "misuse"]))),
        ("open", Type::Any),
        ("stars", Type::Number),
        ("late", Type::Bool),
        ("remark", Type::Text),
        ("unset", Type::Bool),
        ("params", record(&[("cap", Type::Number), ("fee", Type::Money), ("term", Type::Months)])),
    ])
}

fn facts() -> Value {
    let json = json!({
        "form": {
            "technician": {
                "certificate": { "valid": true, "expires": "2027-03-31" },
                "skills": ["battery", "motor"],
            },
            "cause": "impact",
            "capacity": { "value": 58 },
            "lines": [
                { "payer": "maker", "quantity": 1000, "unit_price": 12000, "amount": 12000,
                  "list_price": 12000, "genuine": true },
                { "payer": "customer", "quantity": 500, "unit_price": 8001, "amount": 4001,
                  "list_price": 6667, "genuine": true },
            ],
            "photos": 3,
        },
        "now": "2026-11-21T09:30:00+08:00",
        "today": "2026-11-21",
        "opened_at": "2026-11-20T07:00:00+08:00",
        "invoice_date": "2025-01-10",
        "causes": ["impact"],
        "stars": null,
        "late": false,
        "remark": "客户 says \"hm\"",
        "params": { "cap": 20, "fee": 5000, "term": 24 },
    });
    value(&json)
}

fn value(json: &Json) -> Value {
    Value::from_json(json, &schema()).expect("the facts have the types of the schema")
}

fn nothing() -> Value {
    Value::Record(BTreeMap::new())
}
