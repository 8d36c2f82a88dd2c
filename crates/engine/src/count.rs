//! What measures (指标) count: deltas that travel with the journal.
//!
//! A total is the sum of the deltas of the journal's entries and nothing else. Nothing is evaluated
//! again to rebuild it, so what a later rulebook says cannot change what was counted.

use base::{Day, OrgId};
use rulebook::model::Measure;
use rulebook::model::measure::edge_seconds;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing counted, or taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Delta {
    /// The measure.
    pub measure: String,
    /// The organisation unit that owned the case then.
    pub org: OrgId,
    /// The local day on which it happened; of what is taken back, the day it was counted on.
    pub day: Day,
    /// Values of the dimensions at the event; unknown ones are empty.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by: BTreeMap<String, String>,
    /// The class of a duration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bucket: Option<u16>,
    /// How many events.
    pub times: i64,
    /// How much: times, thousandths, fen or seconds by the measure's unit.
    pub amount: i64,
}

impl Delta {
    /// The exact opposite, in the same period.
    #[must_use]
    pub fn taken_back(&self) -> Self {
        Self { times: -self.times, amount: -self.amount, ..self.clone() }
    }

    /// The dimensions as one text, the key of a row of totals: `component=li_battery;payer=maker`.
    pub fn key(&self) -> String {
        let pairs = self.by.iter().map(|(name, value)| format!("{name}={value};"));
        pairs.collect()
    }
}

/// The dimensions of a [`Delta::key`].
pub fn read_key(key: &str) -> BTreeMap<String, String> {
    let pairs = key.split(';').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// What a case counted and may have to take back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The deadline instance whose breach it was, `deadline/round`; empty for an action.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clock: String,
    /// What was counted, for one event.
    pub delta: Delta,
    /// How many such events.
    pub events: i64,
}

/// What was counted of a measure in a period and part of the company.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many events.
    pub times: i64,
    /// How much, in the steps of its unit.
    pub amount: i64,
    /// Events by class.
    pub classes: BTreeMap<u16, i64>,
}

impl Tally {
    /// Adds what was counted.
    pub fn add(&mut self, bucket: Option<u16>, times: i64, amount: i64) {
        self.times = self.times.saturating_add(times);
        self.amount = self.amount.saturating_add(amount);
        if let Some(bucket) = bucket {
            let class = self.classes.entry(bucket).or_default();
            *class = class.saturating_add(times);
        }
    }

    /// Adds another tally.
    pub fn join(&mut self, other: &Self) {
        self.times = self.times.saturating_add(other.times);
        self.amount = self.amount.saturating_add(other.amount);
        for (bucket, times) in &other.classes {
            let class = self.classes.entry(*bucket).or_default();
            *class = class.saturating_add(*times);
        }
    }

    /// The duration that `share` of the events kept within, at most as exact as the classes: it
    /// lies in its class as if the events were spread evenly. In the open class it is its edge.
    pub fn quantile(&self, measure: &Measure, share: f64) -> Option<i64> {
        let whole: i64 = self.classes.values().sum();
        if whole <= 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of events are far below 2^53")]
        let mut left = whole as f64 * share;
        let mut low = 0;
        for (place, edge) in (0_u16..).zip(&measure.buckets) {
            let high = edge_seconds(*edge)?;
            let count = self.classes.get(&place).copied().unwrap_or(0).max(0);
            #[expect(clippy::cast_precision_loss, reason = "as above; seconds too")]
            let (count, width) = (count as f64, (high - low) as f64);
            if count > 0.0 && left <= count {
                #[expect(clippy::cast_possible_truncation, reason = "below the edge, an i64")]
                let inside = (width * left / count).round() as i64;
                return Some(low + inside);
            }
            left -= count;
            low = high;
        }
        Some(low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure() -> Measure {
        let text = r#"{ "id": "t", "title": { "zh": "时", "en": "T" }, "unit": "duration",
            "on": ["v/done"], "buckets": ["1 h", "2 h"] }"#;
        serde_json::from_str(text).expect("it reads")
    }

    #[test]
    fn what_is_taken_back_leaves_nothing() {
        let by = BTreeMap::from([("payer".to_owned(), "maker".to_owned())]);
        let day = "2026-11-20".parse().expect("a day");
        let delta = Delta {
            measure: "m".into(),
            org: OrgId(1),
            day,
            by,
            bucket: Some(1),
            times: 1,
            amount: 500,
        };
        let back = delta.taken_back();
        assert_eq!((back.times, back.amount, back.day), (-1, -500, day));
        assert_eq!(read_key(&delta.key()), delta.by);
    }

    #[test]
    fn a_median_lies_inside_its_class() {
        let check = |classes: &[(u16, i64)], share: f64, expect: Option<i64>| {
            let tally = Tally { classes: classes.iter().copied().collect(), ..Tally::default() };
            assert_eq!(tally.quantile(&measure(), share), expect, "{classes:?} {share}");
        };
        check(&[], 0.5, None);
        check(&[(0, 2)], 0.5, Some(1_800));
        check(&[(0, 1), (1, 1)], 0.9, Some(6_480));
        check(&[(2, 5)], 0.5, Some(7_200));
        check(&[(0, 1), (1, 0)], 1.0, Some(3_600));
    }
}
