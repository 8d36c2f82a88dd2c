//! The three-guarantees verdict (三包判定): facts in, answer with clause and arithmetic out.

use base::{Clauses, Day, Word};
use rulebook::model::Standing;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
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
    /// Sold at a distance (网络、电视、电话、邮购); absent, the sale channel says so.
    #[serde(default)]
    pub distance_sale: Option<bool>,
    /// Day the customer received the goods; absent, the term's start counts.
    #[serde(default)]
    pub received_on: Option<Day>,
    /// Whether the vehicle is of the maker's own register; absent counts as yes (EB-1b).
    #[serde(default)]
    pub in_scope: Option<bool>,
    /// Established causes of this fault.
    #[serde(default)]
    pub causes: Vec<String>,
    /// `invoice`, `card`, `card_matches`, `sticker`: stated false, its exclusion applies. `intact`
    /// (商品完好) counts only when it is stated.
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
    /// The day the vehicle changed its owner (过户).
    #[serde(default)]
    pub transferred_on: Option<Day>,
    /// Whether that change was registered with the maker; absent counts as no.
    #[serde(default)]
    pub transfer_registered: Option<bool>,
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
    pub remedy: Option<Word>,
    /// `maker`, `customer`, `station`, `supplier`.
    pub payer: Option<Word>,
    /// Clauses; the first decides.
    pub clauses: Clauses,
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
    pub row: Option<Word>,
    /// The legal floor beside the company's rules; there when the release has a law pack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<Box<LawSide>>,
    /// Which release judged; there when releases were asked by their day of effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_by: Option<Box<JudgedBy>>,
}

impl Verdict {
    /// Fills `because`: the why in sentences of the reader's language.
    pub fn speak(&mut self, reader: crate::why::Reader<'_>) {
        self.because = reader.sentences(&self.why);
    }
}

/// The release that judged, and the one that was in force when the term started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgedBy {
    /// The release that judged: that of the sale, or a later one that is better for the customer.
    pub release: ReleaseRef,
    /// The release in force on the first day of the term.
    pub sale: ReleaseRef,
}

/// A published release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseRef {
    /// Content hash.
    pub hash: String,
    /// In force from this day.
    pub effective: Option<Day>,
    /// The company's pack with its version.
    pub version: String,
}

/// What the law says beside the company, and who decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawSide {
    /// The law pack.
    pub rulebook: RulebookRef,
    /// What the company's own rules give.
    pub company: CompanySide,
    /// What the law says to these facts, in the order of its rows.
    pub rows: Vec<LawLine>,
    /// The row of the law that decides; `None` where the company's rules are no worse.
    pub decides: Option<Word>,
}

/// The company's own answer, before the law.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanySide {
    /// Covered.
    pub covered: Option<bool>,
    /// Remedy.
    pub remedy: Option<Word>,
    /// Payer.
    pub payer: Option<Word>,
    /// Clauses.
    pub clauses: Clauses,
    /// Row.
    pub row: Option<Word>,
    /// Last day of the term by the company's rules.
    pub ends: Option<Day>,
}

/// One rule of the law that speaks to these facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawLine {
    /// Its path: `floor/sale-7d`, `law/suspension`, `law/term/frame`, `law/trigger/two-repairs`.
    pub row: Word,
    /// Whether it may decide.
    pub standing: Standing,
    /// Law, article and date.
    pub source: Word,
    /// Clauses.
    pub clauses: Clauses,
    /// What it gives; a rule about the term gives what the company gives within it.
    pub remedy: Option<Word>,
    /// Who pays.
    pub payer: Option<Word>,
    /// Until when, for a rule about the term.
    pub ends: Option<Day>,
    /// Facts that would have to be known, for one that is open.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

/// The warranty term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// First day.
    pub starts: Day,
    /// `invoice`, `registration`, `activation`, `manufacture`, `replacement`.
    pub start_basis: Cow<'static, str>,
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
    pub id: Word,
    /// Version.
    pub version: Word,
}
