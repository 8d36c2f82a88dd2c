//! A release: packs compiled together, pinned by every case that runs under it.

use super::{Catalog, Document, Form, Law, Message, Process, Role, TermRow, TermRules, UnitLabel};
use base::{Calendar, Day, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `rulebook.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackInfo {
    /// Key, equal to the folder's name.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Version, `major.minor.patch`.
    pub version: String,
    /// The day it is meant to take effect; what the checker looks ahead from. When it does is
    /// decided at publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Day>,
    /// The subjects it owns, see `requirements/conflicts.md`.
    #[serde(default)]
    pub owns: Vec<String>,
    /// Parents, copied in at publication.
    #[serde(default)]
    pub extends: Vec<String>,
    /// Clauses that must be carried at least; may only rise.
    #[serde(default)]
    pub min_coverage: Option<u32>,
    /// Prefix of its clause ids, for example `EB`.
    #[serde(default)]
    pub clause_prefix: Option<String>,
    /// Items of the parents that this pack takes away.
    #[serde(default, rename = "drop")]
    pub drops: Vec<Dropped>,
    /// Settings.
    #[serde(default, rename = "parameter")]
    pub parameters: Vec<Parameter>,
}

/// An item of a parent that does not hold here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    /// Its kind: `process`, `action`, `deadline`, `form`, `field`, `table-row`, `term-row`, …
    pub kind: String,
    /// Its path within the kind: `repair_order/assign`, `coverage/battery-low`, `intake`.
    pub id: String,
    /// Why.
    pub reason: Text,
    /// Clauses that ask for it.
    pub clause: Vec<String>,
}

/// A setting: a blank of the standard's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Key, read in expressions as `params.<id>`.
    pub id: String,
    /// Name.
    pub title: Text,
    /// `number`, `money`, `text`, `bool`, `span`, `percent`.
    pub kind: String,
    /// Unit shown behind it.
    #[serde(default)]
    pub unit: Option<UnitLabel>,
    /// The value; absent is `unset`, and using it refuses and names the setting.
    #[serde(default)]
    pub value: Option<serde_json::Value>,
    /// Whether the value is an example of ours and not from the text.
    #[serde(default)]
    pub example: bool,
    /// Whether publication needs it.
    #[serde(default)]
    pub required: bool,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// Settings that the quality pages read (`GET /quality/batches`, `/quality/outlets`).
pub const QUALITY_SETTINGS: [&str; 5] =
    ["warning_months", "warning_chance", "warning_least", "warning_characters", "outlet_kinds"];

/// A clause of a standard, from `standard.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Id, for example `EB-7.1.2.1a`.
    pub id: String,
    /// The number customers see: `7.1.2.1`.
    pub number: String,
    /// The standard's own words.
    pub zh: String,
    /// What it asks, in English.
    pub en: String,
    /// The kind of requirement, as in `requirements/requirements.tsv`.
    pub kind: ClauseKind,
    /// Why it is left to people, when it is.
    pub people: Option<String>,
    /// The pack it stands in.
    pub pack: String,
    /// Chapter heading above it.
    pub chapter: Text,
}

/// Kinds of clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseKind {
    /// decision rule
    DecisionRule,
    /// deadline/SLA
    Deadline,
    /// process step/approval
    ProcessStep,
    /// form/document
    Form,
    /// role/permission
    Role,
    /// score/KPI
    Score,
    /// money/price/ledger
    Money,
    /// stock
    Stock,
    /// notification
    Notification,
    /// record/register
    Record,
    /// report
    Report,
    /// conduct (not automatable)
    Conduct,
}

/// What carries a clause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Carrier {
    /// `table-row`, `term-row`, `action`, `require`, `deadline`, `field`, `document`, …
    pub kind: String,
    /// Its path, for example `repair_order/assign/certified` or `coverage/battery-low`.
    pub path: String,
    /// File and line.
    pub at: String,
}

/// A release: immutable, named by its content hash.
#[derive(Debug, Clone, Default)]
pub struct Release {
    /// SHA-256 over the packs' text, hexadecimal; the first 12 digits are its short name.
    pub hash: String,
    /// In force from this day.
    pub effective: Option<Day>,
    /// Packs, parents first.
    pub packs: Vec<PackInfo>,
    /// Settings by key.
    pub parameters: BTreeMap<String, Parameter>,
    /// Clauses in the order of the text, by pack.
    pub clauses: Vec<Clause>,
    /// What carries each clause.
    pub carriers: BTreeMap<String, Vec<Carrier>>,
    /// The catalogue.
    pub catalog: Catalog,
    /// Rules of the term; absent when no pack judges.
    pub term: Option<TermRules>,
    /// Durations.
    pub term_rows: Vec<TermRow>,
    /// The legal floor; absent when no law pack is part of the release.
    pub law: Option<Law>,
    /// Decision tables by id, compiled.
    pub tables: BTreeMap<String, crate::table::Table>,
    /// Processes by id.
    pub processes: BTreeMap<String, Process>,
    /// Forms by id.
    pub forms: BTreeMap<String, Form>,
    /// Roles by id.
    pub roles: BTreeMap<String, Role>,
    /// Documents by id.
    pub documents: BTreeMap<String, Document>,
    /// Messages by id.
    pub messages: BTreeMap<String, Message>,
    /// Scripts of calls (规范用语) by id.
    pub scripts: BTreeMap<String, super::Script>,
    /// Tags of customers (客户标签) by id.
    pub customer_tags: BTreeMap<String, super::CustomerTag>,
    /// Grades of customers (客户等级), the highest first.
    pub customer_grades: Vec<super::CustomerGrade>,
    /// The part master: code to part.
    pub parts: BTreeMap<String, super::Part>,
    /// Price lists: item code to price.
    pub prices: BTreeMap<String, super::price::PriceItem>,
    /// The chart of accounts (科目表), in the order of the packs.
    pub chart: ledger::Chart,
    /// Posting templates (记账模板) by id.
    pub postings: BTreeMap<String, super::PostingTemplate>,
    /// Dimensions (维度) by id.
    pub dimensions: BTreeMap<String, super::Dimension>,
    /// Measures (指标) by id.
    pub measures: BTreeMap<String, super::Measure>,
    /// Figures (统计数), in the order of the packs.
    pub figures: Vec<super::Figure>,
    /// Which measures look at which event.
    pub counting: super::Counting,
    /// Scorecards (评分表) by id.
    pub scorecards: BTreeMap<String, super::Scorecard>,
    /// Jobs with their standard hours, by code.
    pub labour: BTreeMap<String, super::LabourJob>,
    /// Schedules by id.
    pub schedules: BTreeMap<String, super::Schedule>,
    /// Calendars by id.
    pub calendars: BTreeMap<String, Calendar>,
    /// Examples of all packs.
    pub examples: Vec<super::Example>,
    /// The checked text it was made from; what is stored and compiled again at start.
    pub sources: Vec<crate::PackSource>,
}
