//! The facts as the verdict tables read them.

use super::{Judge, TermAnswer, measured};
use crate::decision::Why;
use crate::verdict::VerdictFacts;
use base::time::days_between;
use rulebook::expr::{Scope, Type, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The scope of the tables `exclusions` and `coverage`.
#[derive(Debug, Clone)]
pub struct Asked {
    product: Value,
    component: Value,
    fault: Value,
    class: Value,
    group: Value,
    usage: Value,
    sale_channel: Value,
    in_scope: Value,
    causes: Value,
    evidence: Value,
    measurements: Value,
    in_term: Value,
    days_since_start: Value,
    days_left: Value,
    distance_sale: Value,
    days_since_receipt: Value,
    user_caused: Value,
}

impl Scope for Asked {
    fn get(&self, name: &str) -> Option<&Value> {
        Some(match name {
            "product" => &self.product,
            "component" => &self.component,
            "fault" => &self.fault,
            "class" => &self.class,
            "group" => &self.group,
            "usage" => &self.usage,
            "sale_channel" => &self.sale_channel,
            "in_scope" => &self.in_scope,
            "causes" => &self.causes,
            "evidence" => &self.evidence,
            "measurements" => &self.measurements,
            "in_term" => &self.in_term,
            "days_since_start" => &self.days_since_start,
            "days_left" => &self.days_left,
            "distance_sale" => &self.distance_sale,
            "days_since_receipt" => &self.days_since_receipt,
            "user_caused" => &self.user_caused,
            _ => return None,
        })
    }
}

/// Whether it was sold at a distance: as stated, else by the sale channel.
fn distance_sale(facts: &VerdictFacts) -> Option<bool> {
    facts.distance_sale.or_else(|| match facts.sale_channel.as_deref()? {
        "store" | "dealer" | "shop" => Some(false),
        "online" | "ecommerce" | "tv" | "phone" | "mail" => Some(true),
        _ => None,
    })
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn optional(value: Option<&String>) -> Value {
    value.map_or(Value::Null, |v| text(v))
}

fn whole(number: Option<i64>) -> Value {
    number.map_or(Value::Null, |number| Value::Number(Decimal::from(number)))
}

impl Asked {
    /// What these facts and their term answer. Scope and evidence of which nothing is said count as
    /// given; a measurement taken too cold counts as not taken.
    pub fn new(
        judge: &Judge<'_>,
        facts: &VerdictFacts,
        term: &TermAnswer,
        why: &mut Vec<Why>,
    ) -> Self {
        let part = judge.release.catalog.component(&facts.component);
        let evidence = judge
            .evidence
            .iter()
            .map(|key| (key.clone(), Value::Bool(*facts.evidence.get(key).unwrap_or(&true))));
        Self {
            product: text(&facts.product),
            component: text(&facts.component),
            fault: text(&facts.fault),
            class: part.map_or(Value::Null, |p| text(&p.class)),
            group: part.map_or(Value::Null, |p| text(&p.group)),
            usage: optional(facts.usage.as_ref()),
            sale_channel: optional(facts.sale_channel.as_ref()),
            in_scope: Value::Bool(facts.in_scope.unwrap_or(true)),
            causes: Value::List(facts.causes.iter().map(|c| text(c)).collect()),
            evidence: Value::Record(evidence.collect()),
            measurements: Value::Record(measurements(judge, facts, why)),
            in_term: term.in_term.map_or(Value::Null, Value::Bool),
            days_since_start: whole(term.days_since_start),
            days_left: whole(term.term.as_ref().map(|term| term.days_left)),
            distance_sale: Value::Null,
            days_since_receipt: Value::Null,
            user_caused: Value::Null,
        }
    }

    /// The same as the floor of the law asks it. Evidence of which nothing is said counts as given
    /// here too, but that the goods are intact is never presumed.
    #[must_use]
    pub fn for_law(mut self, evidence: &[String], facts: &VerdictFacts, term: &TermAnswer) -> Self {
        let stated = |key: &String| match facts.evidence.get(key) {
            Some(there) => Value::Bool(*there),
            None if key == "intact" => Value::Null,
            None => Value::Bool(true),
        };
        let evidence = evidence.iter().map(|key| (key.clone(), stated(key)));
        self.evidence = Value::Record(evidence.collect());
        self.distance_sale = distance_sale(facts).map_or(Value::Null, Value::Bool);
        let received = facts.received_on.map(|day| days_between(day, facts.reported_on));
        self.days_since_receipt = whole(received.or(term.days_since_start));
        self.user_caused = Value::Bool(!facts.causes.is_empty());
        self
    }

    /// Says of one piece of evidence whether it is there.
    pub fn state_evidence(&mut self, evidence: &str, there: bool) {
        if let Value::Record(fields) = &mut self.evidence
            && let Some(stated) = fields.get_mut(evidence)
        {
            *stated = Value::Bool(there);
        }
    }
}

fn measurements(
    judge: &Judge<'_>,
    facts: &VerdictFacts,
    why: &mut Vec<Why>,
) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for key in &judge.measurements {
        let Some(json) = facts.measurements.get(key).filter(|json| !json.is_null()) else {
            continue;
        };
        let beside = json.get("temperature").or_else(|| facts.measurements.get("temperature"));
        let temperature = beside.and_then(measured);
        if let (Some(limit), Some(at)) = (judge.coldest, temperature)
            && at < limit
        {
            why.push(
                Why::new("measured_cold", "params/capacity_test_min_temperature", &[])
                    .with("temperature", at)
                    .with("limit", limit),
            );
            continue;
        }
        let number = Value::from_json(json.get("value").unwrap_or(json), &Type::Number);
        out.insert(key.clone(), number.unwrap_or_default());
    }
    out
}
