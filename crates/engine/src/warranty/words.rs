//! The words of a release as values for its tables: made when first asked for, then lent.

use base::Word;
use rulebook::Release;
use rulebook::expr::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A value that tables read, once it was asked for.
type Made = OnceLock<Value>;

/// Keys of the catalogue as values. A judge of one verdict makes the few it needs, a judge of
/// millions makes each once.
#[derive(Debug, Clone)]
pub(super) struct Words<'r> {
    release: &'r Release,
    products: Vec<Made>,
    /// Key, class and group of each component.
    parts: Vec<OnceLock<[Value; 3]>>,
    faults: Vec<Made>,
    usages: [Made; 2],
}

/// What is known of a component that the catalogue does not have.
static UNKNOWN: [Value; 3] = [Value::Null, Value::Null, Value::Null];

impl<'r> Words<'r> {
    pub fn new(release: &'r Release) -> Self {
        let catalog = &release.catalog;
        Self {
            release,
            products: vec![Made::new(); catalog.products.len()],
            parts: vec![OnceLock::new(); catalog.components.len()],
            faults: vec![Made::new(); catalog.faults.len()],
            usages: [Made::new(), Made::new()],
        }
    }

    pub fn product(&self, id: &str) -> &Value {
        let at = self.release.catalog.products.keys().position(|key| key == id);
        at.map_or(&Value::Null, |at| word(&self.products[at], id))
    }

    /// Key, class and group.
    pub fn part(&self, id: &str) -> &[Value; 3] {
        let parts = &self.release.catalog.components;
        let Some(at) = parts.iter().position(|part| part.id == id) else { return &UNKNOWN };
        self.parts[at].get_or_init(|| [text(id), text(&parts[at].class), text(&parts[at].group)])
    }

    pub fn fault(&self, id: &str) -> &Value {
        let at = self.release.catalog.faults.iter().position(|fault| fault.id == id);
        at.map_or(&Value::Null, |at| word(&self.faults[at], id))
    }

    pub fn usage(&self, key: Option<&str>) -> &Value {
        match key {
            Some("household") => word(&self.usages[0], "household"),
            Some("commercial") => word(&self.usages[1], "commercial"),
            _ => &Value::Null,
        }
    }
}

fn word<'w>(place: &'w Made, key: &str) -> &'w Value {
    place.get_or_init(|| text(key))
}

fn text(text: &str) -> Value {
    Value::Text(Word::read(text))
}

/// The records of evidence there can be: each key there, not there, or not said. A handful of keys
/// makes a few dozen records, and every verdict reads one of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    keys: Vec<String>,
    records: Vec<Made>,
}

/// Which record: a digit from 0 to 2 for each key.
pub(super) type Which = usize;

impl Evidence {
    pub fn new(keys: Vec<String>) -> Self {
        let count = u32::try_from(keys.len()).ok().and_then(|keys| 3_usize.checked_pow(keys));
        // The facts know five pieces of evidence; a table that asks for others gets no answer.
        let records = vec![Made::new(); count.unwrap_or(1).min(243)];
        Self { keys, records }
    }

    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The record in which each key stands as stated.
    pub fn which(&self, stated: impl Fn(&str) -> Option<bool>) -> Which {
        self.keys.iter().rev().fold(0, |which, key| which * 3 + digit(stated(key)))
    }

    /// The same record with one key, by its place, stated otherwise.
    pub fn instead(which: Which, place: usize, stated: Option<bool>) -> Which {
        let weight = 3_usize.pow(u32::try_from(place).unwrap_or(0));
        which - which / weight % 3 * weight + digit(stated) * weight
    }

    pub fn record(&self, which: Which) -> &Value {
        let Some(record) = self.records.get(which) else { return &Value::Null };
        record.get_or_init(|| {
            let mut rest = which;
            let mut fields = BTreeMap::new();
            for key in &self.keys {
                let value = match rest % 3 {
                    0 => Value::Null,
                    there => Value::Bool(there == 2),
                };
                fields.insert(key.clone(), value);
                rest /= 3;
            }
            Value::Record(fields)
        })
    }
}

fn digit(stated: Option<bool>) -> usize {
    match stated {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_says_of_each_key_what_was_stated() {
        let keys = ["card", "intact", "invoice"].map(str::to_owned);
        let evidence = Evidence::new(keys.to_vec());
        let said = |which: Which| {
            let record = evidence.record(which).clone();
            let Value::Record(fields) = record else { panic!("a record") };
            keys.clone().map(|key| fields.get(&key).cloned())
        };
        let which = evidence.which(|key| match key {
            "card" => Some(true),
            "intact" => None,
            _ => Some(false),
        });
        let (yes, no) = (Some(Value::Bool(true)), Some(Value::Bool(false)));
        assert_eq!(said(which), [yes.clone(), Some(Value::Null), no.clone()]);
        let which = Evidence::instead(which, 2, Some(true));
        assert_eq!(said(which), [yes.clone(), Some(Value::Null), yes]);
        let which = Evidence::instead(which, 0, Some(false));
        assert_eq!(said(which)[0], no);
    }
}
