//! Which figures of a standard nothing holds yet.

use super::figures::{Figure, Measure, figures};
use crate::Release;
use crate::diff::{Item, items};
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;

/// A figure of a clause that no item carrying the clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncarried {
    /// The clause.
    pub clause: String,
    /// The figure.
    pub figure: Figure,
    /// Whether anything carries the clause at all.
    pub carried: bool,
}

/// The figures of a release's clauses that no item carrying the clause says, in the order of the
/// text. A figure is found by its value: 24小时 in `24 h`, 50% in `0.5` or in a setting that the
/// item reads. It is a list to read over: a rule may hold a figure in a way that is not seen here.
pub fn uncarried(release: &Release) -> Vec<Uncarried> {
    let items: BTreeMap<(String, String), Item> = items(release)
        .into_iter()
        .map(|item| ((item.kind.to_owned(), item.path.clone()), item))
        .collect();
    let mut open = Vec::new();
    for clause in &release.clauses {
        let asked = figures(&clause.zh);
        if asked.is_empty() {
            continue;
        }
        let carriers = release.carriers.get(&clause.id).map_or(&[][..], Vec::as_slice);
        let mut said = Said::default();
        for carrier in carriers {
            let path = match carrier.kind.as_str() {
                "term-row" => carrier.path.trim_start_matches("term/"),
                "term-trigger" => carrier.path.trim_start_matches("term/trigger/"),
                _ => &carrier.path,
            };
            if let Some(item) = items.get(&(carrier.kind.clone(), path.to_owned())) {
                item.sides.values().for_each(|value| said.read(value, release));
            }
        }
        for figure in asked.into_iter().filter(|figure| !said.holds(figure.measure)) {
            let carried = !carriers.is_empty();
            open.push(Uncarried { clause: clause.id.clone(), figure, carried });
        }
    }
    open
}

/// What the items of a clause say.
#[derive(Default)]
struct Said {
    measures: Vec<Measure>,
    numbers: Vec<Decimal>,
}

impl Said {
    /// Reads what an item says, and the settings it names.
    fn read(&mut self, value: &Value, release: &Release) {
        self.take(value);
        texts(value, &mut |text| {
            for name in text.split("params.").skip(1) {
                let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let setting = release.parameters.get(&name[..end.unwrap_or(name.len())]);
                // What a setting's own text names is not followed: it could name itself.
                if let Some(value) = setting.and_then(|setting| setting.value.as_ref()) {
                    self.take(value);
                }
            }
        });
    }

    /// Takes in the figures and numbers of a value.
    fn take(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.measures.extend(figures(text).into_iter().map(|figure| figure.measure));
                self.numbers.extend(numbers(text));
            }
            Value::Number(number) => self.numbers.extend(number.to_string().parse::<Decimal>()),
            Value::Array(list) => list.iter().for_each(|value| self.take(value)),
            Value::Object(map) => map.values().for_each(|value| self.take(value)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn holds(&self, asked: Measure) -> bool {
        let hundred = Decimal::ONE_HUNDRED;
        let numbers = |wanted: &[Decimal]| self.numbers.iter().any(|n| wanted.contains(n));
        self.measures.contains(&asked)
            || match asked {
                Measure::Time(span) => numbers(&[span.count.into()]),
                // Money is fen where a rule counts it.
                Measure::Amount(yuan) => numbers(&[yuan, yuan * hundred]),
                Measure::Share(share) => numbers(&[share, share / hundred]),
            }
    }
}

/// The plain numbers of a text.
fn numbers(text: &str) -> impl Iterator<Item = Decimal> + '_ {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|word| word.trim_matches('.').parse().ok())
}

/// Every text in a value.
fn texts(value: &Value, with: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => with(text),
        Value::Array(list) => list.iter().for_each(|value| texts(value, with)),
        Value::Object(map) => map.values().for_each(|value| texts(value, with)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
