//! Measures (指标): what the journal counts, and figures made of them. File `measures.toml`.

use crate::expr::{Expr, Type};
use base::Text;
use base::time::{Span, SpanUnit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

/// Most dimensions of one measure: every value of each is a row of the totals.
pub const MOST_DIMENSIONS: usize = 4;

/// `measures.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeasuresFile {
    /// What numbers are broken down by.
    #[serde(default, rename = "dimension")]
    pub dimensions: Vec<Dimension>,
    /// What is counted.
    #[serde(default, rename = "measure")]
    pub measures: Vec<Measure>,
    /// What is made of it.
    #[serde(default, rename = "figure")]
    pub figures: Vec<Figure>,
}

/// What a measure knows of the event it counts, as `event.<name>`.
pub const EVENT_FACTS: &[(&str, Type, &str, &str)] = &[
    ("at", Type::Instant, "事件时间", "when it happened"),
    ("process", Type::Text, "流程", "the process of the case"),
    (
        "subject",
        Type::Text,
        "动作、时限或规则",
        "the action; `process/deadline` or `process/action/rule`",
    ),
    ("times", Type::Number, "次数", "how many breaches it stands for; otherwise 1"),
    ("started", Type::Instant, "时限开始", "of a deadline: when its clock began"),
    ("due", Type::Instant, "时限到期", "of a deadline: when it was due"),
    ("group", Type::Text, "部件大类", "group of `data.component`, a key of `groups.csv`"),
    ("actor", Type::Text, "操作者", "who did it; null for the system"),
];

/// A dimension (维度): what a number can be broken down by, beside station and day, which every
/// measure has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Its value at the event, a text or a yes/no; a missing one is counted as unknown.
    pub value: Expr,
    /// What its keys are, for their names.
    #[serde(default)]
    pub of: KeyKind,
    /// Names of its keys, where nothing else names them.
    #[serde(default)]
    pub names: BTreeMap<String, Text>,
}

/// What the keys of a dimension are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyKind {
    /// Named in `names`, or shown as they are.
    #[default]
    Plain,
    /// Components of the catalogue.
    Component,
    /// Faults of the catalogue.
    Fault,
    /// Causes of the catalogue.
    Cause,
    /// Models of the catalogue.
    Model,
    /// People of the company.
    Person,
    /// Processes.
    Process,
    /// Deadlines, `process/deadline`.
    Deadline,
    /// Requirements and actions, `process/action/require`.
    Rule,
}

/// A measure (指标): which journal events it counts, how much each counts, by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Key; formulas name it.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What is counted.
    #[serde(default)]
    pub unit: Unit,
    /// The events it counts.
    pub on: Vec<EventPattern>,
    /// Events that take back what the case counted before, in the period it was counted in.
    #[serde(default)]
    pub undo: Vec<EventPattern>,
    /// Only when this holds at the event.
    #[serde(default)]
    pub when: Option<Expr>,
    /// How much each event counts; absent: one. A missing value is not counted. What stands for
    /// several events (missed repeats) counts as often.
    #[serde(default)]
    pub value: Option<Expr>,
    /// Dimensions.
    #[serde(default)]
    pub by: Vec<String>,
    /// Upper bounds of classes of a duration, ascending: medians are read from them.
    #[serde(default)]
    pub buckets: Vec<Span>,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

impl Measure {
    /// Every event it looks at.
    pub fn events(&self) -> impl Iterator<Item = &EventPattern> {
        self.on.iter().chain(&self.undo)
    }

    /// The class a duration falls into; the last one is open above.
    pub fn bucket(&self, seconds: i64) -> Option<u16> {
        let within = |edge: &Span| edge_seconds(*edge).is_some_and(|edge| seconds <= edge);
        let place = self.buckets.iter().position(within).unwrap_or(self.buckets.len());
        u16::try_from(place).ok().filter(|_| !self.buckets.is_empty())
    }

    /// What a formula reads under its name.
    pub fn read_type(&self) -> Type {
        if self.buckets.is_empty() {
            return self.unit.read_type();
        }
        let names = [
            ("count", Type::Number),
            ("sum", Type::Seconds),
            ("mean", Type::Seconds),
            ("median", Type::Seconds),
            ("p90", Type::Seconds),
        ];
        Type::Record(names.into_iter().map(|(name, kind)| (name.to_owned(), kind)).collect())
    }
}

/// An edge of a class in seconds: a day has 24 hours. `None` for months and working days, which
/// have no fixed length.
pub fn edge_seconds(edge: Span) -> Option<i64> {
    match edge.unit {
        SpanUnit::D => edge.count.checked_mul(86_400),
        _ => edge.seconds(),
    }
}

/// What a measure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Times it happened (次).
    #[default]
    Count,
    /// A number with up to three decimals.
    Number,
    /// Money; kept in fen.
    Money,
    /// Elapsed time; kept in seconds.
    Duration,
}

impl Unit {
    /// The type a formula reads, and a `value` gives.
    pub const fn read_type(self) -> Type {
        match self {
            Self::Count | Self::Number => Type::Number,
            Self::Money => Type::Money,
            Self::Duration => Type::Seconds,
        }
    }
}

/// A figure (统计数): a formula over measures of one period and part of the company.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Key; scorecards name it.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Over measures and `params`. Where it has no value (a division by nothing counted) the figure
    /// is not rated.
    pub formula: Expr,
    /// How it is shown.
    #[serde(default)]
    pub format: Format,
    /// What it should be.
    #[serde(default)]
    pub target: Option<Expr>,
    /// Which way is better.
    #[serde(default)]
    pub better: Option<Better>,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

impl Figure {
    /// The measures its formula reads.
    pub fn measures(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .formula
            .paths()
            .into_iter()
            .filter_map(|path| path.into_iter().next())
            .filter(|root| root != "params")
            .collect();
        names.dedup();
        names
    }
}

/// How a figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A plain number.
    #[default]
    Number,
    /// A share of one, shown in per cent.
    Percent,
    /// Yuan.
    Money,
    /// Days and hours.
    Duration,
}

impl Format {
    /// The type a formula of that format gives.
    pub const fn read_type(self) -> Type {
        match self {
            Self::Number | Self::Percent => Type::Number,
            Self::Money => Type::Money,
            Self::Duration => Type::Seconds,
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More.
    Higher,
    /// Less.
    Lower,
}

/// Events of the journal, as a measure names them: `repair_order/deliver`,
/// `*/deadline/*/breached`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPattern {
    /// As written.
    pub source: String,
    /// The process; `None` for any.
    pub process: Option<String>,
    /// What happens.
    pub event: Event,
}

/// What happens to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An action is done; `open` opens the case.
    Action(String),
    /// The case closes.
    Closed,
    /// Something was entered late (补录).
    LateEntry,
    /// A rule was passed over with a reason.
    ReasonGiven,
    /// A rule that only notes was not met.
    Noted,
    /// The same person did what somebody else checks in a larger shop (自行核准).
    SelfApproved,
    /// Something happens to a deadline; `None` for any deadline.
    Clock(Option<String>, ClockEvent),
}

/// What happens to a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockEvent {
    /// A warning is given.
    Warned,
    /// It breaks (超时); each missed repeat is one.
    Breached,
    /// A step of escalation is taken.
    Escalated,
    /// What it asks for is done in time.
    Met,
    /// It is done, too late.
    Late,
    /// It is done before its window.
    Early,
    /// Breaches are annulled, as it was in time after all.
    Annulled,
}

impl ClockEvent {
    /// All, with the words of a pattern.
    pub const ALL: [(&'static str, Self); 7] = [
        ("warned", Self::Warned),
        ("breached", Self::Breached),
        ("escalated", Self::Escalated),
        ("met", Self::Met),
        ("late", Self::Late),
        ("early", Self::Early),
        ("annulled", Self::Annulled),
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, event)| *event == self).map_or("", |(word, _)| word)
    }
}

impl EventPattern {
    /// Reads a pattern.
    pub fn parse(source: &str) -> Option<Self> {
        let parts: Vec<_> = source.split('/').map(str::trim).collect();
        if parts.iter().any(|part| part.is_empty()) {
            return None;
        }
        let named = |part: &str| (part != "*").then(|| part.to_owned());
        let event = match parts.as_slice() {
            [_, "closed"] => Event::Closed,
            [_, "late_entry"] => Event::LateEntry,
            [_, "reason_given"] => Event::ReasonGiven,
            [_, "noted"] => Event::Noted,
            [_, "self_approved"] => Event::SelfApproved,
            [_, action] if *action != "*" => Event::Action((*action).to_owned()),
            [_, "deadline", deadline, word] => {
                let (_, event) = ClockEvent::ALL.iter().find(|(known, _)| known == word)?;
                Event::Clock(named(deadline), *event)
            }
            _ => return None,
        };
        Some(Self { source: source.to_owned(), process: named(parts.first()?), event })
    }
}

impl Serialize for EventPattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for EventPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` is no event; write `process/action`, `process/closed`, \
                 `process/late_entry`, `process/reason_given`, `process/noted`, \
                 `process/self_approved` or `process/deadline/ID/breached` (warned, breached, \
                 escalated, met, late, early, annulled); `*` stands for any process or deadline"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_a_process_and_what_happens() {
        let check = |source: &str, expect: Option<(Option<&str>, Event)>| {
            let found = EventPattern::parse(source).map(|p| (p.process, p.event));
            let expect = expect.map(|(process, event)| (process.map(str::to_owned), event));
            assert_eq!(found, expect, "{source}");
        };
        let breached = |id: Option<&str>| Event::Clock(id.map(str::to_owned), ClockEvent::Breached);
        check("visit/open", Some((Some("visit"), Event::Action("open".into()))));
        check("*/self_approved", Some((None, Event::SelfApproved)));
        check("*/late_entry", Some((None, Event::LateEntry)));
        check("visit/deadline/on_time/breached", Some((Some("visit"), breached(Some("on_time")))));
        check("*/deadline/*/breached", Some((None, breached(None))));
        for wrong in ["visit", "visit/", "*/*", "visit/deadline/on_time/broken", ""] {
            check(wrong, None);
        }
    }

    #[test]
    fn a_duration_falls_into_the_first_class_that_holds_it() {
        let text = r#"{ "id": "t", "title": { "zh": "时", "en": "T" }, "unit": "duration",
            "on": ["v/done"], "buckets": ["1 h", "1 d"] }"#;
        let measure: Measure = serde_json::from_str(text).expect("it reads");
        for (seconds, bucket) in [(0, 0), (3_600, 0), (3_601, 1), (86_400, 1), (86_401, 2)] {
            assert_eq!(measure.bucket(seconds), Some(bucket), "{seconds}");
        }
    }
}
