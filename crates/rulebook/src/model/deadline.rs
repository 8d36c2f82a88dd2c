//! Deadlines: what starts and stops a clock, how long it runs, what happens when it is broken.

use super::effect::Effect;
use crate::expr::Expr;
use base::Text;
use base::time::Span;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A deadline (时限).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Key, unique in the process.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What starts it.
    pub starts: Vec<Trigger>,
    /// What stops it: done in time or late.
    pub stops: Vec<Trigger>,
    /// What ends it without a judgement: the duty passed to somebody else, or nobody wants it
    /// any more. Breaches that already happened stay on record.
    #[serde(default)]
    pub drops: Vec<Trigger>,
    /// Start it anew unless its clock is already running: what the customer does while we wait
    /// for an answer. Asking twice does not push our answer away.
    #[serde(default)]
    pub restarts: Vec<Trigger>,
    /// How long, from the start. One of `within` and `until`.
    #[serde(default)]
    pub within: Option<Length>,
    /// Not before so long from the start: with `within` a window (窗口). Done earlier, it is early.
    #[serde(default)]
    pub not_before: Option<Within>,
    /// To a date or instant field: an expression (`data.promised_at`).
    #[serde(default)]
    pub until: Option<Expr>,
    /// So long before `until`.
    #[serde(default)]
    pub before: Option<Span>,
    /// Starts only when this holds.
    #[serde(default)]
    pub when: Option<Expr>,
    /// Fires again after each such span until stopped ("every 1 h").
    #[serde(default)]
    pub repeat: Option<Span>,
    /// `always`, or a calendar of `calendars.toml`.
    #[serde(default = "always")]
    pub calendar: String,
    /// State kinds (`waiting_customer`) or states (`parts.waiting`) in which the clock stands.
    #[serde(default)]
    pub pauses: Vec<String>,
    /// Warnings before it is due.
    #[serde(default)]
    pub warn: Vec<Warning>,
    /// What a breach does: `notify` effects, and `open` of a case.
    #[serde(default)]
    pub breach: Vec<Effect>,
    /// What follows when it stays broken (升级), each step once.
    #[serde(default)]
    pub escalate: Vec<Escalation>,
    /// How often and how long it may be extended (延期); absent: never.
    #[serde(default)]
    pub extension: Option<ExtensionLimit>,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

fn always() -> String {
    "always".into()
}

impl Deadline {
    /// How long it is from its start, where that is always the same; `None` for one that runs to a
    /// date or whose length depends on the case.
    pub fn span(&self) -> Option<Span> {
        match self.within.as_ref()? {
            Length::One(within) => within.span,
            Length::Cases(_) | Length::Table(_) => None,
        }
    }

    /// Every length written in it, with the key it stands under.
    pub fn lengths(&self) -> impl Iterator<Item = (&'static str, &Within)> {
        let within: Vec<&Within> = match &self.within {
            Some(Length::One(one)) => vec![one],
            Some(Length::Cases(cases)) => cases.iter().map(|case| &case.span).collect(),
            Some(Length::Table(_)) | None => Vec::new(),
        };
        let total = self.extension.iter().filter_map(|limit| limit.total.as_ref());
        (within.into_iter().map(|length| ("within", length)))
            .chain(self.not_before.iter().map(|length| ("not_before", length)))
            .chain(self.warn.iter().filter_map(|w| w.before.as_ref()).map(|w| ("warn", w)))
            .chain(self.escalate.iter().map(|step| ("escalate", &step.after)))
            .chain(total.map(|length| ("extension", length)))
    }

    /// The same, to fill in what a setting says.
    pub fn lengths_mut(&mut self) -> impl Iterator<Item = (&'static str, &mut Within)> {
        let within: Vec<&mut Within> = match &mut self.within {
            Some(Length::One(one)) => vec![one],
            Some(Length::Cases(cases)) => cases.iter_mut().map(|case| &mut case.span).collect(),
            Some(Length::Table(_)) | None => Vec::new(),
        };
        let total = self.extension.iter_mut().filter_map(|limit| limit.total.as_mut());
        (within.into_iter().map(|length| ("within", length)))
            .chain(self.not_before.iter_mut().map(|length| ("not_before", length)))
            .chain(self.warn.iter_mut().filter_map(|w| w.before.as_mut()).map(|w| ("warn", w)))
            .chain(self.escalate.iter_mut().map(|step| ("escalate", &mut step.after)))
            .chain(total.map(|length| ("extension", length)))
    }

    /// Every condition and date expression in it.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let cases = match &self.within {
            Some(Length::Cases(cases)) => cases.as_slice(),
            _ => &[],
        };
        self.when.iter().chain(&self.until).chain(cases.iter().filter_map(|c| c.when.as_ref()))
    }

    /// What a breach does, at once and step by step.
    pub fn effects(&self) -> impl Iterator<Item = &Effect> {
        self.breach.iter().chain(self.escalate.iter().flat_map(|step| &step.effects))
    }
}

/// How long a deadline is.
#[derive(Debug, Clone, PartialEq)]
pub enum Length {
    /// Always the same.
    One(Within),
    /// By condition: the first that holds; the last has none.
    Cases(Vec<LengthCase>),
    /// What a decision table says.
    Table(LengthTable),
}

/// One of several lengths.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LengthCase {
    /// When it is this long; absent: in all other cases.
    #[serde(default)]
    pub when: Option<Expr>,
    /// How long.
    pub span: Within,
}

/// A decision table whose answer is the length, written as text: `2 h`, `3 workday`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LengthTable {
    /// The table; its inputs name facts of the process.
    pub table: String,
    /// The column that says how long.
    #[serde(default = "within_column")]
    pub output: String,
}

fn within_column() -> String {
    "within".into()
}

impl Serialize for Length {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(within) => within.serialize(serializer),
            Self::Cases(cases) => cases.serialize(serializer),
            Self::Table(table) => table.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Length;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string, a list of lengths with conditions, or { table = \"…\" }")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Length, E> {
                Within::deserialize(text.into_deserializer()).map(Length::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Length, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Length::Cases)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Length, A::Error> {
                LengthTable::deserialize(MapAccessDeserializer::new(map)).map(Length::Table)
            }
        }
        deserializer.deserialize_any(Read)
    }
}

/// A step after a breach (升级): the station head after two hours, the department after a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// So long after it was due.
    pub after: Within,
    /// `notify` effects, and `open` of a case.
    pub effects: Vec<Effect>,
}

/// How far a deadline may be extended. Who may is in `by` of the action that does it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionLimit {
    /// How many times.
    pub times: u32,
    /// How long at most, all extensions together; absent: as the action says.
    #[serde(default)]
    pub total: Option<Within>,
}

/// How long: written out (`24 h`), or the value of a setting (`params.reply_within`), which is
/// filled in when the packs are compiled: a changed setting makes a new release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    /// The length; `None` while a setting is not looked up or has no value.
    pub span: Option<Span>,
    /// The setting it comes from.
    pub setting: Option<String>,
}

impl Serialize for Within {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.span, &self.setting) {
            (Some(span), _) => serializer.collect_str(&span),
            (None, setting) => {
                serializer.collect_str(&format_args!("params.{}", setting.as_deref().unwrap_or("")))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Within {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Some(setting) = text.strip_prefix("params.") {
            return Ok(Self { span: None, setting: Some(setting.to_owned()) });
        }
        let span = Span::deserialize(serde::de::value::StringDeserializer::new(text))?;
        Ok(Self { span: Some(span), setting: None })
    }
}

/// A warning before a deadline is due, or word that its window has opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// How long before it is due; written out, or a setting.
    #[serde(default)]
    pub before: Option<Within>,
    /// Instead: when the window opens.
    #[serde(default)]
    pub opens: bool,
    /// Whom to tell.
    pub to: Vec<String>,
    /// The message; the general one about a deadline when absent.
    #[serde(default)]
    pub notify: Option<String>,
}

/// What starts or stops a deadline: `enter received`, `leave parts.waiting`, `action assign`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// A state is entered, by its full name `track.state`.
    Enter(String),
    /// A state is left, by its full name.
    Leave(String),
    /// An action is done.
    Action(String),
    /// The customer does something, by whatever channel and action.
    Customer,
}

impl Trigger {
    /// Reads `enter [track.]state`, `leave [track.]state`, `action id`, `customer acts`.
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, name) = text.trim().split_once(' ')?;
        let name = name.trim();
        let full = || if name.contains('.') { name.to_owned() } else { format!("main.{name}") };
        match verb {
            "enter" => Some(Self::Enter(full())),
            "leave" => Some(Self::Leave(full())),
            "action" => Some(Self::Action(name.to_owned())),
            "customer" if name == "acts" => Some(Self::Customer),
            _ => None,
        }
    }
}

impl std::fmt::Display for Trigger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Enter(state) => write!(f, "enter {state}"),
            Self::Leave(state) => write!(f, "leave {state}"),
            Self::Action(action) => write!(f, "action {action}"),
            Self::Customer => f.write_str("customer acts"),
        }
    }
}

impl Serialize for Trigger {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` starts or stops nothing; write \"enter state\", \"leave state\", \
                 \"action id\" or \"customer acts\""
            ))
        })
    }
}
