//! The three-guarantees verdict (三包判定): facts in, answer with clause and arithmetic out.

use base::Day;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// The facts of a verdict, the shape of `sanbao judge` and `POST /api/v1/verdicts`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerdictFacts {
    /// Product key.
    pub product: String,
    /// Component key.
    pub component: String,
    /// Fault key.
    pub fault: String,
    /// Date of the valid invoice.
    #[serde(default)]
    pub invoice_date: Option<Day>,
    /// Date of the sale registration.
    #[serde(default)]
    pub registered_on: Option<Day>,
    /// Date of activation.
    #[serde(default)]
    pub activated_on: Option<Day>,
    /// Date of manufacture.
    #[serde(default)]
    pub manufactured_on: Option<Day>,
    /// The day the customer first reported it.
    pub reported_on: Day,
    /// `household` or `commercial`.
    #[serde(default)]
    pub usage: Option<String>,
    /// `store`, `online`, …
    #[serde(default)]
    pub sale_channel: Option<String>,
    /// Whether the vehicle is of the maker's own register; absent counts as yes (EB-1b).
    #[serde(default)]
    pub in_scope: Option<bool>,
    /// Established causes of this fault.
    #[serde(default)]
    pub causes: Vec<String>,
    /// `invoice`, `card`, `card_matches`, `sticker`: stated false, its exclusion applies.
    #[serde(default)]
    pub evidence: BTreeMap<String, bool>,
    /// `capacity_pct` and others.
    #[serde(default)]
    pub measurements: Map<String, Json>,
    /// Earlier repairs.
    #[serde(default)]
    pub repairs: Vec<EarlierRepair>,
    /// The day this component was last replaced under warranty.
    #[serde(default)]
    pub replaced_on: Option<Day>,
}

/// An earlier repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierRepair {
    /// Component key.
    pub component: String,
    /// First day, excluded from the count.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
    /// Days waiting for parts within.
    #[serde(default)]
    pub waiting_parts_days: i64,
}

/// The verdict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Covered; `None` when a missing fact could change the answer.
    pub covered: Option<bool>,
    /// `repair`, `replace`, `exchange`, `refund`, `repair_at_charge`, `replace_at_charge`.
    pub remedy: Option<String>,
    /// `maker`, `customer`, `station`, `supplier`.
    pub payer: Option<String>,
    /// Clauses; the first decides.
    pub clauses: Vec<String>,
    /// The term.
    pub term: Option<Term>,
    /// Sentences in the language asked for.
    pub because: Vec<String>,
    /// The same as codes and arguments, for the journal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<crate::decision::Why>,
    /// Facts that are missing and matter.
    pub missing: Vec<String>,
    /// Statutory triggers reached or near.
    pub triggers: Vec<TriggerState>,
    /// The pack that judged.
    pub rulebook: RulebookRef,
    /// The deciding row.
    pub row: Option<String>,
}

impl Verdict {
    /// Fills `because`: the why in sentences of the reader's language.
    pub fn speak(&mut self, reader: crate::why::Reader<'_>) {
        self.because = reader.sentences(&self.why);
    }
}

/// The warranty term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// First day.
    pub starts: Day,
    /// `invoice`, `registration`, `activation`, `manufacture`, `replacement`.
    pub start_basis: String,
    /// Last day, included.
    pub ends: Day,
    /// Days that did not count.
    pub suspended_days: i64,
    /// Days left on the day of the report; negative once over.
    pub days_left: i64,
}

/// How far a statutory trigger is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerState {
    /// Key.
    pub id: String,
    /// Counted so far.
    pub count: i64,
    /// From how many on it fires.
    pub limit: i64,
    /// The day it was reached.
    pub at: Option<Day>,
    /// Clause.
    pub clause: String,
}

/// Which rulebook judged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulebookRef {
    /// Pack.
    pub id: String,
    /// Version.
    pub version: String,
}
