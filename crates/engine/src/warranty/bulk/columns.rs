//! The facts of many verdicts in columns: what repeats is kept once, a day takes two bytes. Ten
//! million verdicts fit in a third of a gigabyte.

use crate::verdict::{EarlierRepair, VerdictFacts};
use base::Day;
use base::time::{add_days, days_between};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Days are kept as their distance from this one; 0 says that there is none.
pub(super) const BEFORE: Day = Day::constant(1989, 12, 31);

/// What keeps each value once.
#[derive(Debug, Clone)]
pub(super) struct Dictionary<K, V> {
    known: BTreeMap<K, u32>,
    values: Vec<V>,
}

impl<K: Ord, V> Default for Dictionary<K, V> {
    fn default() -> Self {
        Self { known: BTreeMap::new(), values: Vec::new() }
    }
}

impl<K: Ord, V> Dictionary<K, V> {
    fn code(&mut self, key: K, value: impl FnOnce() -> V) -> u32 {
        if let Some(code) = self.known.get(&key) {
            return *code;
        }
        let code = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value());
        self.known.insert(key, code);
        code
    }

    pub fn at(&self, code: u32) -> &V {
        &self.values[code as usize]
    }

    pub fn values(&self) -> &[V] {
        &self.values
    }
}

/// What is judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    pub product: String,
    pub component: String,
    pub fault: String,
}

/// What was stated about it, beside days, readings and repairs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Circumstances {
    pub usage: Option<String>,
    pub sale_channel: Option<String>,
    pub distance_sale: Option<bool>,
    pub in_scope: Option<bool>,
    pub transfer_registered: Option<bool>,
    pub causes: Vec<String>,
    pub evidence: BTreeMap<String, bool>,
}

/// The days of one verdict, in this order.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub(super) enum Dated {
    Reported,
    Invoice,
    Registered,
    Activated,
    Manufactured,
    Received,
    Transferred,
    Replaced,
}

pub(super) type Days = [u16; 8];

/// The facts of many verdicts.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    pub(super) subjects: Dictionary<Subject, Subject>,
    pub(super) circumstances: Dictionary<Circumstances, Circumstances>,
    pub(super) readings: Dictionary<String, Map<String, Json>>,
    pub(super) subject: Vec<u32>,
    pub(super) circumstance: Vec<u32>,
    pub(super) reading: Vec<u32>,
    pub(super) days: Vec<Days>,
    repairs: Vec<EarlierRepair>,
    /// Where the repairs of each verdict lie.
    repaired: Vec<(u32, u32)>,
    /// Verdicts with a day that two bytes do not hold, as they are.
    pub(super) odd: BTreeMap<usize, VerdictFacts>,
}

impl Columns {
    /// How many verdicts.
    pub fn len(&self) -> usize {
        self.subject.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.subject.is_empty()
    }

    /// Adds a verdict's facts.
    pub fn push(&mut self, facts: &VerdictFacts) {
        let place = self.len();
        let subject = Subject {
            product: facts.product.clone(),
            component: facts.component.clone(),
            fault: facts.fault.clone(),
        };
        let circumstances = Circumstances {
            usage: facts.usage.clone(),
            sale_channel: facts.sale_channel.clone(),
            distance_sale: facts.distance_sale,
            in_scope: facts.in_scope,
            transfer_registered: facts.transfer_registered,
            causes: facts.causes.clone(),
            evidence: facts.evidence.clone(),
        };
        self.subject.push(self.subjects.code(subject.clone(), || subject));
        self.circumstance.push(self.circumstances.code(circumstances.clone(), || circumstances));
        let readings = Json::Object(facts.measurements.clone()).to_string();
        self.reading.push(self.readings.code(readings, || facts.measurements.clone()));
        let from = u32::try_from(self.repairs.len()).unwrap_or(u32::MAX);
        self.repairs.extend(facts.repairs.iter().cloned());
        self.repaired.push((from, u32::try_from(self.repairs.len()).unwrap_or(u32::MAX)));
        let days = days_of(facts);
        if days.is_none() {
            self.odd.insert(place, facts.clone());
        }
        self.days.push(days.unwrap_or_default());
    }

    /// Adds a verdict like that of `row` with all its days later by so many; for sets of measured
    /// size. A verdict with repairs, or with a day out of reach, is added as it is.
    pub fn push_later(&mut self, row: usize, later: u16) {
        let place = self.len();
        self.subject.push(self.subject[row]);
        self.circumstance.push(self.circumstance[row]);
        self.reading.push(self.reading[row]);
        self.repaired.push(self.repaired[row]);
        let moved = |day: u16| if day == 0 { Some(0) } else { day.checked_add(later) };
        let days = self.days[row].map(moved);
        let all = self.repairs_of(row).is_empty() && days.iter().all(Option::is_some);
        self.days.push(if all { days.map(Option::unwrap_or_default) } else { self.days[row] });
        if let Some(odd) = self.odd.get(&row).cloned() {
            self.odd.insert(place, odd);
        }
    }

    /// The earlier repairs of a verdict.
    pub(super) fn repairs_of(&self, row: usize) -> &[EarlierRepair] {
        let (from, to) = self.repaired[row];
        &self.repairs[from as usize..to as usize]
    }

    /// How many different products with parts and faults.
    pub fn subjects(&self) -> usize {
        self.subjects.values().len()
    }

    /// Which of them a verdict is about.
    pub fn subject(&self, row: usize) -> usize {
        self.subject[row] as usize
    }

    /// Its component.
    pub fn component_of(&self, subject: usize) -> &str {
        self.subjects.values().get(subject).map_or("", |subject| &subject.component)
    }

    /// The facts of one verdict, put together again.
    pub fn facts(&self, row: usize) -> VerdictFacts {
        if let Some(odd) = self.odd.get(&row) {
            return odd.clone();
        }
        let Subject { product, component, fault } = self.subjects.at(self.subject[row]).clone();
        let stated = self.circumstances.at(self.circumstance[row]).clone();
        let day = |which: Dated| {
            let distance = self.days[row][which as usize];
            (distance > 0).then(|| add_days(BEFORE, i64::from(distance)).unwrap_or(BEFORE))
        };
        VerdictFacts {
            product,
            component,
            fault,
            invoice_date: day(Dated::Invoice),
            registered_on: day(Dated::Registered),
            activated_on: day(Dated::Activated),
            manufactured_on: day(Dated::Manufactured),
            reported_on: day(Dated::Reported).unwrap_or(BEFORE),
            usage: stated.usage,
            sale_channel: stated.sale_channel,
            distance_sale: stated.distance_sale,
            received_on: day(Dated::Received),
            in_scope: stated.in_scope,
            causes: stated.causes,
            evidence: stated.evidence,
            measurements: self.readings.at(self.reading[row]).clone(),
            repairs: self.repairs_of(row).to_vec(),
            replaced_on: day(Dated::Replaced),
            transferred_on: day(Dated::Transferred),
            transfer_registered: stated.transfer_registered,
        }
    }
}

/// The days of a verdict as distances; `None` when one is out of reach.
fn days_of(facts: &VerdictFacts) -> Option<Days> {
    let distance = |day: Option<Day>| match day {
        None => Some(0),
        Some(day) => u16::try_from(days_between(BEFORE, day)).ok().filter(|days| *days > 0),
    };
    Some([
        distance(Some(facts.reported_on))?,
        distance(facts.invoice_date)?,
        distance(facts.registered_on)?,
        distance(facts.activated_on)?,
        distance(facts.manufactured_on)?,
        distance(facts.received_on)?,
        distance(facts.transferred_on)?,
        distance(facts.replaced_on)?,
    ])
}
