//! `tables/<id>.toml`: what a table's CSV cannot say.

use super::Kind;
use base::Text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The sidecar of a table. All of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sidecar {
    /// Name.
    #[serde(default)]
    pub title: Option<Text>,
    /// Clauses it stands on, beside those of its rows.
    #[serde(default)]
    pub clause: Vec<String>,
    /// Which of the rows that fit answers (命中策略).
    #[serde(default)]
    pub hit: Policy,
    /// What becomes of the outputs of all rows that fit; only under *collect*.
    #[serde(default)]
    pub aggregate: Option<Aggregate>,
    /// Whether some row must always fit. `false` where it is meant that none may, as in a table of
    /// exclusions; what is not said is `true`, but under *collect*.
    #[serde(default, alias = "complete")]
    pub total: Option<bool>,
    /// What is said of input columns, by their names.
    #[serde(default)]
    pub input: BTreeMap<String, Column>,
    /// What is said of output columns, by their names without the arrow.
    #[serde(default)]
    pub output: BTreeMap<String, Column>,
}

/// What is said of a column.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    /// Name, as the head of the column in Excel.
    #[serde(default)]
    pub title: Option<Text>,
    /// The expression an input is computed by; its own name as a path when absent.
    #[serde(default)]
    pub expr: Option<String>,
    /// What its cells hold; seen from the expression or the cells when nothing is said.
    #[serde(default, rename = "type")]
    pub kind: Option<KindWord>,
    /// What an output is when no row fits, under *collect*; other tables have a last row.
    #[serde(default)]
    pub otherwise: Option<String>,
}

/// A kind by its word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct KindWord(pub Kind);

impl<'de> Deserialize<'de> for KindWord {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let found = Kind::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, kind)| Self(*kind)).ok_or_else(|| {
            let known: Vec<_> = Kind::WORDS.iter().map(|(word, _)| *word).collect();
            serde::de::Error::custom(format!("`{word}` is no type; known are {}", known.join(", ")))
        })
    }
}

/// Which of the rows that fit answers (命中策略).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// The first in order.
    #[default]
    First,
    /// The only one; two that fit are a mistake of the table.
    Unique,
    /// Any of them, as all give the same.
    Any,
    /// All of them.
    Collect,
}

impl Policy {
    /// The word of the sidecar.
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Unique => "unique",
            Self::Any => "any",
            Self::Collect => "collect",
        }
    }
}

/// What becomes of the outputs of all rows that fit, under *collect*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    /// Their list.
    #[default]
    List,
    /// Their sum.
    Sum,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// How many rows fit.
    Count,
}
