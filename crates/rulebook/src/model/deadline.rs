//! Deadlines: what starts and stops a clock, how long it runs, what happens when it is broken.

use super::effect::Effect;
use crate::expr::Expr;
use base::Text;
use base::time::Span;
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
    /// How long, from the start. One of `within` and `until`.
    #[serde(default)]
    pub within: Option<Within>,
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
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

fn always() -> String {
    "always".into()
}

impl Deadline {
    /// How long it is from its start; `None` for one that runs to a date.
    pub fn span(&self) -> Option<Span> {
        self.within.as_ref()?.span
    }
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

/// A warning before a deadline is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// How long before; written out, or a setting.
    pub before: Within,
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
}

impl Trigger {
    /// Reads `enter [track.]state`, `leave [track.]state`, `action id`.
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, name) = text.trim().split_once(' ')?;
        let name = name.trim();
        let full = || if name.contains('.') { name.to_owned() } else { format!("main.{name}") };
        match verb {
            "enter" => Some(Self::Enter(full())),
            "leave" => Some(Self::Leave(full())),
            "action" => Some(Self::Action(name.to_owned())),
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
                "`{text}` starts or stops nothing; write \"enter state\", \"leave state\" or \
                 \"action id\""
            ))
        })
    }
}
