//! What measures counted in a story, and examples of scorecards.

use super::expect::differs;
use super::failure;
use crate::count::{Delta, Tally};
use crate::score::{self, Tallies};
use base::Text;
use rulebook::model::{Example, Step, Unit};
use rulebook::{Release, Traces};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// What a story counted so far.
#[derive(Debug, Default)]
pub struct Told {
    deltas: Vec<Delta>,
}

impl Told {
    /// Takes in what an entry counted.
    pub fn add(&mut self, deltas: &[Delta], traces: &mut Traces) {
        traces.bit.extend(deltas.iter().map(|delta| delta.measure.clone()));
        self.deltas.extend_from_slice(deltas);
    }

    /// Compares with what the step expects: a measure, or `measure[dimension=key]`.
    pub fn check(&self, release: &Release, step: &Step) -> Result<(), Text> {
        for (name, wanted) in &step.measures {
            let (id, only) = named(name);
            let Some(measure) = release.measures.get(id) else {
                return Err(failure(
                    format!("没有指标“{id}”"),
                    format!("there is no measure `{id}`"),
                ));
            };
            let tally = self.tally(id, only);
            let got = score::plain(&score::value_of(measure.unit, tally.amount));
            differs(name, wanted, &got).map_or(Ok(()), Err)?;
        }
        if step.figures.is_empty() {
            return Ok(());
        }
        let ids: std::collections::BTreeSet<&str> =
            self.deltas.iter().map(|delta| delta.measure.as_str()).collect();
        let tallies = ids.into_iter().map(|id| (id.to_owned(), self.tally(id, None))).collect();
        figures(release, &tallies, &step.figures)
    }

    fn tally(&self, measure: &str, only: Option<(&str, &str)>) -> Tally {
        let mut tally = Tally::default();
        let holds = |delta: &&Delta| {
            delta.measure == measure
                && only.is_none_or(|(name, key)| delta.by.get(name).is_some_and(|v| v == key))
        };
        for delta in self.deltas.iter().filter(holds) {
            tally.add(delta.bucket, delta.times, delta.amount);
        }
        tally
    }
}

/// `repairs[component=li_battery]`: the measure, and the one value of a dimension.
fn named(name: &str) -> (&str, Option<(&str, &str)>) {
    let Some((id, rest)) = name.split_once('[') else { return (name, None) };
    (id, rest.trim_end_matches(']').split_once('='))
}

/// Figures against what is expected; `"not rated"` where nothing was counted that they divide by.
fn figures(release: &Release, tallies: &Tallies, wanted: &Map<String, Json>) -> Result<(), Text> {
    let facts = score::facts(release, tallies);
    for (id, wanted) in wanted {
        let Some(figure) = release.figures.iter().find(|figure| figure.id == *id) else {
            return Err(failure(format!("没有统计数“{id}”"), format!("there is no figure `{id}`")));
        };
        let got = score::figure(figure, &facts).value;
        let got = got.as_ref().map_or_else(|| json!("not rated"), score::plain);
        differs(id, wanted, &got).map_or(Ok(()), Err)?;
    }
    Ok(())
}

/// An example of a scorecard: what was counted and entered, and what it makes.
pub fn run(release: &Release, example: &Example, traces: &mut Traces) -> Result<(), Text> {
    let id = example.scorecard.as_deref().unwrap_or_default();
    let card = release.scorecards.get(id).ok_or_else(|| {
        failure(format!("没有评分表“{id}”"), format!("there is no scorecard `{id}`"))
    })?;
    let given =
        |key: &str| example.given.get(key).and_then(Json::as_object).cloned().unwrap_or_default();
    let mut tallies: Tallies = BTreeMap::new();
    for (name, value) in given("measures") {
        let tally = tally_of(release, &name, &value).ok_or_else(|| {
            failure(
                format!("没有指标“{name}”，或它的值不是数字"),
                format!("there is no measure `{name}`, or its value is no number"),
            )
        })?;
        tallies.insert(name, tally);
    }
    let facts = score::score_facts(release, &tallies, &given("entered"), &given("org"));
    let found = score::score(card, facts);
    let points = |points: Option<rust_decimal::Decimal>| {
        points
            .map_or_else(|| json!("not rated"), |p| score::plain(&rulebook::expr::Value::Number(p)))
    };
    let items: Map<String, Json> =
        found.items.iter().map(|item| (item.id.clone(), points(item.points))).collect();
    let mut conditions = Map::new();
    for level in &found.levels {
        for condition in &level.conditions {
            let held = condition.held.map_or_else(|| json!("not rated"), Json::Bool);
            conditions.insert(format!("{}/{}", level.id, condition.id), held);
        }
    }
    let got = json!({
        "points": points(found.points),
        "unrated": found.unrated,
        "level": found.level.as_deref().unwrap_or("none"),
        "items": items,
        "conditions": conditions,
    });
    for told in ["items", "conditions"] {
        let told = example.then.get(told).and_then(Json::as_object);
        traces.bit.extend(told.into_iter().flatten().map(|(path, _)| format!("{id}/{path}")));
    }
    differs("", &Json::Object(example.then.clone()), &got).map_or(Ok(()), Err)
}

/// A tally as an example writes it: times, yuan or minutes; of classes their counts, by edge.
fn tally_of(release: &Release, id: &str, value: &Json) -> Option<Tally> {
    let measure = release.measures.get(id)?;
    let number = rust_decimal::Decimal::from_f64_retain(value.as_f64()?)?.round_dp(6);
    let steps = match measure.unit {
        Unit::Count => number,
        Unit::Number => number * rust_decimal::Decimal::ONE_THOUSAND,
        Unit::Money => number * rust_decimal::Decimal::ONE_HUNDRED,
        Unit::Duration => number * rust_decimal::Decimal::from(60),
    };
    let amount = i64::try_from(steps.round()).ok()?;
    let mut tally = Tally::default();
    let bucket = measure.bucket(amount);
    let times = if measure.unit == Unit::Count { amount } else { 1 };
    tally.add(bucket, times, amount);
    Some(tally)
}
