//! Figures (统计数) and scores (评分) from what was counted. Pure: the caller brings tallies of one
//! period and subject, and what people entered.

use crate::count::Tally;
use rulebook::Release;
use rulebook::expr::{Expr, Type, Value};
use rulebook::model::{Figure, Measure, Parameter, Scorecard, Unit};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What was counted, by measure.
pub type Tallies = BTreeMap<String, Tally>;

/// What formulas read: measures, figures, settings; for scores also `entered`, `org` and `score`.
pub type Facts = BTreeMap<String, Value>;

/// A figure with its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Its value; `None`: nothing was counted that it divides by, so it is not rated (未评).
    pub value: Option<Value>,
    /// What it should be.
    pub target: Option<Value>,
    /// Whether it is as good as its target; `None` where it has none or is not rated.
    pub met: Option<bool>,
}

/// How a subject did.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The points of all rated items; `None` where the card gives none.
    pub points: Option<Decimal>,
    /// Items that are not rated, for which no points are counted.
    pub unrated: usize,
    /// Item by item.
    pub items: Vec<Awarded>,
    /// Level by level, the lowest first.
    pub levels: Vec<Reached>,
    /// The highest level whose conditions all hold.
    pub level: Option<String>,
}

/// What an item got.
#[derive(Debug, Clone, PartialEq)]
pub struct Awarded {
    /// The item.
    pub id: String,
    /// The points; `None`: not rated.
    pub points: Option<Decimal>,
    /// More than the item can give: a mistake of the rulebook, nothing is counted for it.
    pub beyond: bool,
    /// What its award read, by name.
    pub read: Vec<(String, Value)>,
}

/// How a level stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// The level.
    pub id: String,
    /// Whether all its conditions hold.
    pub held: bool,
    /// Its conditions: whether each holds (`None`: not rated), and what it read.
    pub conditions: Vec<Condition>,
}

/// How a condition stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The condition.
    pub id: String,
    /// Whether it holds; `None`: a fact is missing.
    pub held: Option<bool>,
    /// What it read.
    pub read: Vec<(String, Value)>,
}

/// An amount in the steps of a unit as a value.
pub fn value_of(unit: Unit, amount: i64) -> Value {
    match unit {
        Unit::Count => Value::Number(Decimal::from(amount)),
        Unit::Number => Value::Number(Decimal::new(amount, 3).normalize()),
        Unit::Money => Value::Money(Decimal::from(amount)),
        Unit::Duration => Value::Seconds(amount),
    }
}

/// What a formula reads of a measure. Without classes it is its amount; with classes a record.
pub fn read(measure: &Measure, tally: &Tally) -> Value {
    if measure.buckets.is_empty() {
        return value_of(measure.unit, tally.amount);
    }
    let seconds = |found: Option<i64>| found.map_or(Value::Null, Value::Seconds);
    let mean = tally.amount.checked_div(tally.times).filter(|_| tally.times > 0);
    Value::Record(BTreeMap::from([
        ("count".to_owned(), Value::Number(Decimal::from(tally.times))),
        ("sum".to_owned(), Value::Seconds(tally.amount)),
        ("mean".to_owned(), seconds(mean)),
        ("median".to_owned(), seconds(tally.quantile(measure, 0.5))),
        ("p90".to_owned(), seconds(tally.quantile(measure, 0.9))),
    ]))
}

/// What formulas read of a period: every measure, nothing counted where there is no tally.
pub fn facts(release: &Release, tallies: &Tallies) -> Facts {
    let nothing = Tally::default();
    let mut facts: Facts = release
        .measures
        .values()
        .map(|m| (m.id.clone(), read(m, tallies.get(&m.id).unwrap_or(&nothing))))
        .collect();
    facts.insert("params".to_owned(), settings(release));
    facts
}

fn settings(release: &Release) -> Value {
    let read = |p: &Parameter| match (p.kind.as_str(), &p.value) {
        (_, None) => Value::Null,
        ("money", Some(json)) => Value::from_json(json, &Type::Money).unwrap_or_default(),
        (_, Some(json)) => Value::from_json(json, &Type::Any).unwrap_or_default(),
    };
    Value::Record(release.parameters.values().map(|p| (p.id.clone(), read(p))).collect())
}

/// A figure over what formulas read.
pub fn figure(figure: &Figure, facts: &Facts) -> Shown {
    let some = |value: Value| (!value.is_null()).then_some(value);
    let value = some(figure.formula.eval(facts));
    let target = figure.target.as_ref().and_then(|target| some(target.eval(facts)));
    let met = match (&value, &target, figure.better) {
        (Some(value), Some(target), Some(better)) => {
            let sign = if better == rulebook::model::Better::Higher { ">=" } else { "<=" };
            let both = Facts::from([
                ("value".to_owned(), value.clone()),
                ("target".to_owned(), target.clone()),
            ]);
            match Expr::parse(&format!("value {sign} target")).eval(&both) {
                Value::Bool(met) => Some(met),
                _ => None,
            }
        }
        _ => None,
    };
    Shown { value, target, met }
}

/// What a scorecard reads: measures, figures, what was entered, the station.
pub fn score_facts(
    release: &Release,
    tallies: &Tallies,
    entered: &Map<String, Json>,
    org: &Map<String, Json>,
) -> Facts {
    let mut facts = facts(release, tallies);
    for item in &release.figures {
        let value = figure(item, &facts).value.unwrap_or_default();
        facts.insert(item.id.clone(), value);
    }
    let record = |map: &Map<String, Json>| {
        let read = |json| Value::from_json(json, &Type::Any).unwrap_or_default();
        Value::Record(map.iter().map(|(name, json)| (name.clone(), read(json))).collect())
    };
    facts.insert("entered".to_owned(), record(entered));
    facts.insert("org".to_owned(), record(org));
    facts
}

/// How a subject did over these facts. An award beyond the item's points counts nothing and says
/// so: it is a mistake of the rulebook, not luck of the station.
pub fn score(card: &Scorecard, mut facts: Facts) -> Score {
    let items: Vec<Awarded> = card
        .items
        .iter()
        .map(|item| {
            let points = match item.award.eval(&facts) {
                Value::Number(points) => Some(points),
                _ => None,
            };
            let most = Decimal::from(item.points);
            let beyond = points.is_some_and(|points| points > most || points < Decimal::ZERO);
            let points = points.filter(|_| !beyond);
            Awarded { id: item.id.clone(), points, beyond, read: item.award.explain(&facts) }
        })
        .collect();
    let unrated = items.iter().filter(|item| item.points.is_none()).count();
    let sum = items.iter().filter_map(|item| item.points).sum::<Decimal>();
    let points = (!card.items.is_empty()).then_some(sum.normalize());
    facts.insert("score".to_owned(), points.map_or(Value::Null, Value::Number));
    let levels: Vec<Reached> = card
        .levels
        .iter()
        .map(|level| {
            let conditions: Vec<Condition> = level
                .conditions
                .iter()
                .map(|condition| Condition {
                    id: condition.id.clone(),
                    held: match condition.when.eval(&facts) {
                        Value::Bool(held) => Some(held),
                        _ => None,
                    },
                    read: condition.when.explain(&facts),
                })
                .collect();
            let held = conditions.iter().all(|condition| condition.held == Some(true));
            Reached { id: level.id.clone(), held, conditions }
        })
        .collect();
    let level = levels.iter().rev().find(|level| level.held).map(|level| level.id.clone());
    Score { points, unrated, items, levels, level }
}

/// A value as a number people compare: yuan, minutes, or itself.
pub fn plain(value: &Value) -> Json {
    let number = |n: Decimal| n.to_f64().and_then(serde_json::Number::from_f64);
    match value {
        Value::Number(n) => number(*n).map_or(Json::Null, Json::Number),
        Value::Money(fen) => number(*fen / Decimal::ONE_HUNDRED).map_or(Json::Null, Json::Number),
        Value::Seconds(s) => {
            number(Decimal::from(*s) / Decimal::from(60)).map_or(Json::Null, Json::Number)
        }
        Value::Bool(yes) => Json::Bool(*yes),
        Value::Text(text) => Json::String(text.to_string()),
        _ => Json::Null,
    }
}
