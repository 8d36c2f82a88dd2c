//! The warranty term: when it starts, how long it is, what a replacement does to it.
//!
//! Files `term.toml` (rules) and `tables/term.csv` (`id,clause,component,fault,duration`): the only
//! place where durations stand. The verdict tables are `tables/exclusions.csv` (scope, evidence and
//! exclusions, asked first) and `tables/coverage.csv` (asked with `in_term`), both hit policy
//! *first*, with the outputs `→covered,→remedy,→payer`.

use base::time::Span;
use base::{Clauses, Text};
use serde::{Deserialize, Serialize};

/// What a term can start from, in the order a pack gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartBasis {
    /// Date of the valid invoice (有效发票).
    Invoice,
    /// Date of the sale registration.
    Registration,
    /// Date of activation.
    Activation,
    /// Date of manufacture plus `manufactured_plus`.
    Manufacture,
}

/// `term.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermRules {
    /// What the term starts from, best proof first.
    pub start: Vec<StartBasis>,
    /// Days added to the manufacturing date when nothing better is known.
    #[serde(default)]
    pub manufactured_plus: Option<Span>,
    /// Term of a part that no row names (setting `unlisted_part_term`).
    pub unlisted_part: Span,
    /// What a replacement under warranty does: `restart`, `remainder` or `max`.
    pub replaced_part: String,
    /// How long a repair must hold (60 d), and for which failures (`same_fault`, `vehicle`).
    #[serde(default)]
    pub repair_guarantee: Option<Span>,
    /// Scope of the repair guarantee.
    #[serde(default)]
    pub repair_guarantee_scope: Option<String>,
    /// Whether days in repair extend the term (only where a clause or the law says so).
    #[serde(default)]
    pub suspends: bool,
    /// Clauses for the suspension.
    #[serde(default)]
    pub suspend_clause: Clauses,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Clauses,
    /// What a change of owner (过户) does: `keeps` the term (also when nothing is said), `ends` it,
    /// or keeps it only when the transfer is `registered`.
    #[serde(default)]
    pub transfer: Option<String>,
    /// Clauses for the transfer.
    #[serde(default)]
    pub transfer_clause: Clauses,
    /// Clauses for the statement of the consumer's rights (三包权利说明): where a standard promises
    /// one, each part needs a period, a scope and a standard before the pack is published.
    #[serde(default)]
    pub rights_clause: Clauses,
    /// Uses with a shorter term (使用性质); none unless the standard has them.
    #[serde(default, rename = "usage")]
    pub usages: Vec<UsageClass>,
    /// Usage limits (里程等上限); none unless the standard has them.
    #[serde(default, rename = "limit")]
    pub limits: Vec<UsageLimit>,
    /// Repeated repairs and long waits that open the next remedy.
    #[serde(default, rename = "trigger")]
    pub triggers: Vec<WarrantyTrigger>,
}

/// A use whose term is a share of the full one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageClass {
    /// `household` or `commercial`.
    pub class: String,
    /// Per cent of the full term, 1 to 100; a part of a day or month counts whole.
    pub share_pct: u32,
    /// Clauses.
    pub clause: Clauses,
}

/// The term ends early when a reading is above a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsageLimit {
    /// The measurement, for example `odometer_km`.
    pub measurement: String,
    /// The highest reading within the term.
    pub most: u32,
    /// Clauses.
    pub clause: Clauses,
}

/// Repeated repairs or long waits that lead to the next remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarrantyTrigger {
    /// Key.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What is counted, one of [`COUNTS`].
    pub counts: String,
    /// From how many on it fires.
    pub limit: i64,
    /// From how many on it is shown; one before the limit when nothing is said.
    #[serde(default)]
    pub warn_at: Option<i64>,
    /// The remedy it opens, `exchange`, `replace` or `refund`; without one it is only shown.
    #[serde(default)]
    pub remedy: Option<String>,
    /// Who pays that; the maker when nothing is said.
    #[serde(default)]
    pub payer: Option<String>,
    /// Of a trigger of the law: `holds`, `verify`, or the yes/no setting on which it hangs.
    #[serde(default)]
    pub status: Option<String>,
    /// Of a trigger of the law: law, article and date.
    #[serde(default)]
    pub source: Option<String>,
    /// Clauses.
    pub clause: Clauses,
}

/// What a trigger can count: `repairs` of the same component; `days_in_repair` and
/// `days_waiting_parts` over all repairs of the term; `days_of_one_repair` by the repairer's own
/// doing and `days_of_one_wait` for parts from handing in, each of the longest single repair.
pub const COUNTS: [&str; 5] =
    ["repairs", "days_in_repair", "days_waiting_parts", "days_of_one_repair", "days_of_one_wait"];

/// One row of `tables/term.csv`. An empty fault holds for every fault of the component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermRow {
    /// Key.
    pub id: String,
    /// Clauses.
    pub clause: Clauses,
    /// Components it is about.
    pub components: Vec<String>,
    /// Faults it is about; empty for all.
    pub faults: Vec<String>,
    /// How long.
    pub duration: Span,
}
