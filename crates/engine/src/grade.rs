//! Grades of customers (客户等级): what follows from what is known of one.

use crate::scope::params;
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::CustomerGrade;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What a grade follows from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Vehicles the customer owns.
    pub vehicles: i64,
    /// Repairs begun in the last 365 days, at any unit of the company.
    pub visits: i64,
    /// Tags on the file.
    pub tags: Vec<String>,
}

impl Known {
    /// As an example writes it: `{ vehicles = 12, visits = 3, tags = ["fleet"] }`.
    pub fn of_example(given: &Map<String, Json>) -> Self {
        let number = |key: &str| given.get(key).and_then(Json::as_i64).unwrap_or_default();
        let tags = given.get("tags").and_then(Json::as_array).into_iter().flatten();
        let tags = tags.filter_map(|tag| Some(tag.as_str()?.to_owned())).collect();
        Self { vehicles: number("vehicles"), visits: number("visits"), tags }
    }
}

/// The first grade whose condition holds, and what its condition read; `None` for a customer
/// without one.
pub fn grade<'a>(
    release: &'a Release,
    known: &Known,
) -> Option<(&'a CustomerGrade, Vec<(String, Value)>)> {
    let number = |n: i64| Value::Number(Decimal::from(n));
    let tags = known.tags.iter().map(|tag| Value::Text(tag.clone().into())).collect();
    let customer = BTreeMap::from([
        ("vehicles".to_owned(), number(known.vehicles)),
        ("visits".to_owned(), number(known.visits)),
        ("tags".to_owned(), Value::List(tags)),
    ]);
    let facts = BTreeMap::from([
        ("customer".to_owned(), Value::Record(customer)),
        ("params".to_owned(), params(release)),
    ]);
    let held = release.customer_grades.iter().find(|grade| grade.when.eval(&facts).is_true())?;
    Some((held, held.when.explain(&facts)))
}
