//! The facts as the verdict tables read them.

use super::words::{Evidence, Which};
use super::{Judge, TermAnswer, measured};
use crate::decision::Why;
use crate::verdict::VerdictFacts;
use crate::why::Steps;
use base::Word;
use base::time::days_between;
use rulebook::expr::{Scope, Type, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The scope of the tables `exclusions`, `coverage` and `floor`. Words of the catalogue and records
/// of evidence are lent by the judge.
#[derive(Debug, Clone)]
pub(super) struct Asked<'j> {
    product: &'j Value,
    /// Key, class and group.
    part: &'j [Value; 3],
    fault: &'j Value,
    usage: &'j Value,
    sale_channel: Value,
    in_scope: Value,
    causes: Value,
    evidence: &'j Value,
    which: Which,
    measurements: Value,
    pub(super) in_term: Value,
    pub(super) days_since_start: Value,
    pub(super) days_left: Value,
    distance_sale: Value,
    pub(super) days_since_receipt: Value,
    user_caused: Value,
}

impl Scope for Asked<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        Some(match name {
            "product" => self.product,
            "component" => &self.part[0],
            "fault" => self.fault,
            "class" => &self.part[1],
            "group" => &self.part[2],
            "usage" => self.usage,
            "sale_channel" => &self.sale_channel,
            "in_scope" => &self.in_scope,
            "causes" => &self.causes,
            "evidence" => self.evidence,
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
pub(super) fn distance_sale(stated: Option<bool>, sale_channel: Option<&str>) -> Option<bool> {
    stated.or_else(|| match sale_channel? {
        "store" | "dealer" | "shop" => Some(false),
        "online" | "ecommerce" | "tv" | "phone" | "mail" => Some(true),
        _ => None,
    })
}

fn text(text: &str) -> Value {
    Value::Text(Word::read(text))
}

pub(super) fn whole(number: Option<i64>) -> Value {
    number.map_or(Value::Null, |number| Value::Number(Decimal::from(number)))
}

impl<'j> Asked<'j> {
    /// What these facts and their term answer. Scope and evidence of which nothing is said count as
    /// given; a measurement taken too cold counts as not taken.
    pub fn new(
        judge: &'j Judge<'_>,
        facts: &VerdictFacts,
        term: &TermAnswer,
        why: &mut impl Steps,
    ) -> Self {
        let which =
            judge.evidence.which(|key| Some(facts.evidence.get(key).copied().unwrap_or(true)));
        let measurements = measurements(judge, &facts.measurements, why);
        let mut asked = Self {
            product: judge.words.product(&facts.product),
            part: judge.words.part(&facts.component),
            fault: judge.words.fault(&facts.fault),
            usage: judge.words.usage(facts.usage.as_deref()),
            sale_channel: facts.sale_channel.as_deref().map_or(Value::Null, text),
            in_scope: Value::Bool(facts.in_scope.unwrap_or(true)),
            causes: Value::List(facts.causes.iter().map(|c| text(c)).collect()),
            evidence: judge.evidence.record(which),
            which,
            measurements: Value::Record(measurements),
            in_term: Value::Null,
            days_since_start: Value::Null,
            days_left: Value::Null,
            distance_sale: Value::Null,
            days_since_receipt: Value::Null,
            user_caused: Value::Null,
        };
        asked.within(term);
        asked
    }

    /// The same asked with another term.
    pub fn within(&mut self, term: &TermAnswer) {
        self.in_term = term.in_term.map_or(Value::Null, Value::Bool);
        self.days_since_start = whole(term.days_since_start);
        self.days_left = whole(term.term.as_ref().map(|term| term.days_left));
    }

    /// The same as the floor of the law asks it. Evidence of which nothing is said counts as given
    /// here too, but that the goods are intact is never presumed.
    #[must_use]
    pub fn for_law(
        mut self,
        evidence: &'j Evidence,
        facts: &VerdictFacts,
        term: &TermAnswer,
    ) -> Self {
        self.which = evidence.which(|key| by_law(key, facts.evidence.get(key).copied()));
        self.evidence = evidence.record(self.which);
        let distance = distance_sale(facts.distance_sale, facts.sale_channel.as_deref());
        self.distance_sale = distance.map_or(Value::Null, Value::Bool);
        let received = facts.received_on.map(|day| days_between(day, facts.reported_on));
        self.days_since_receipt = whole(received.or(term.days_since_start));
        self.user_caused = Value::Bool(!facts.causes.is_empty());
        self
    }

    /// The same as if this piece of evidence, by its place among those asked for, were not there.
    #[must_use]
    pub fn without(&self, evidence: &'j Evidence, place: usize) -> Self {
        let which = Evidence::instead(self.which, place, Some(false));
        Self { which, evidence: evidence.record(which), ..self.clone() }
    }
}

/// A piece of evidence as the floor of the law takes it.
pub(super) fn by_law(key: &str, stated: Option<bool>) -> Option<bool> {
    stated.or_else(|| (key != "intact").then_some(true))
}

pub(super) fn measurements(
    judge: &Judge<'_>,
    read: &Map<String, Json>,
    why: &mut impl Steps,
) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for key in &judge.measurements {
        let Some(json) = read.get(key).filter(|json| !json.is_null()) else {
            continue;
        };
        let beside = json.get("temperature").or_else(|| read.get("temperature"));
        let temperature = beside.and_then(measured);
        if let (Some(limit), Some(at)) = (judge.coldest, temperature)
            && at < limit
        {
            why.step(|| {
                Why::new("measured_cold", "params/capacity_test_min_temperature", [])
                    .with("temperature", at)
                    .with("limit", limit)
            });
            continue;
        }
        let number = Value::from_json(json.get("value").unwrap_or(json), &Type::Number);
        out.insert(key.clone(), number.unwrap_or_default());
    }
    out
}
