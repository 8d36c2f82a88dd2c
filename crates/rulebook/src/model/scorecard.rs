//! Scorecards (评分表): points for figures of a period, and the level they make. Files
//! `scorecards/<id>.toml`.

use super::measure::Format;
use crate::expr::{Expr, Type};
use base::Text;
use serde::{Deserialize, Serialize};

/// A scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scorecard {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Who is scored.
    pub subject: Subject,
    /// Over which time.
    pub period: Period,
    /// What all items add up to; absent where only conditions decide.
    #[serde(default)]
    pub points: Option<u32>,
    /// What is scored.
    #[serde(default, rename = "item")]
    pub items: Vec<ScoreItem>,
    /// What people enter: everything no measure counts.
    #[serde(default, rename = "entry")]
    pub entries: Vec<ScoreEntry>,
    /// Levels (星级), the lowest first; each asks for its own conditions and those below it hold
    /// only where it repeats them.
    #[serde(default, rename = "level")]
    pub levels: Vec<ScoreLevel>,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// Who is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A station (维修网点).
    Station,
    /// A dealer (经销商).
    Dealer,
}

/// Over which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A calendar year.
    Year,
    /// Three months.
    Quarter,
    /// A month.
    Month,
}

/// One line of points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The most it can give.
    pub points: u32,
    /// What it gives, over figures, measures, `entered.<id>`, `org` and `params`. Without a value
    /// the item is not rated.
    pub award: Expr,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// What a person enters for a subject and a period, with the evidence it stands on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreEntry {
    /// Key, read as `entered.<id>`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What is entered.
    pub kind: EntryKind,
    /// Unit shown behind a number.
    #[serde(default)]
    pub unit: Option<String>,
    /// Who enters it.
    pub by: Vec<String>,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// What is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Yes or no.
    YesNo,
    /// A number.
    Number,
    /// A share of one, shown in per cent.
    Percent,
}

impl EntryKind {
    /// The type expressions read.
    pub const fn read_type(self) -> Type {
        match self {
            Self::YesNo => Type::Bool,
            Self::Number | Self::Percent => Type::Number,
        }
    }

    /// How a number of it is shown.
    pub const fn format(self) -> Format {
        match self {
            Self::Percent => Format::Percent,
            Self::YesNo | Self::Number => Format::Number,
        }
    }
}

/// A level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreLevel {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Stars; higher is better.
    pub stars: u32,
    /// All of these must hold.
    #[serde(default, rename = "condition")]
    pub conditions: Vec<ScoreCondition>,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// What a level asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreCondition {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Whether it holds, over the same facts as an award, and `score`. Without a value it is not
    /// rated, and does not hold.
    pub when: Expr,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}
