//! The snapshot a decision sees: brought by the store in at most six statements, or by an example.

use crate::price::PriceBook;
use base::time::Zone;
use base::{CaseId, Day, FileId, Instant, OrgId, PersonId, TransactionId};
use ledger::Transaction;
use rulebook::Release;
use rulebook::model::Part;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Facts beside the case itself.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The vehicle: `frame_no, model, product, make, registered, invoice_date, registered_on,
    /// activated_on, manufactured_on, usage, sale_channel, card_no, marked, components {…}`.
    pub unit: Option<Map<String, Json>>,
    /// The customer: `id, has_phone, consent, needs` (never name or number in clear).
    pub customer: Option<Map<String, Json>>,
    /// The case's organisation unit: `id, code, name, kind, stars, registered, province`.
    pub org: Map<String, Json>,
    /// Organisation units named by the form, with the same facts.
    pub orgs: BTreeMap<OrgId, Map<String, Json>>,
    /// People named by the form, the assignee, the actor.
    pub people: BTreeMap<PersonId, PersonFacts>,
    /// Whom a list of people may not take in: by field, people out of the caller's reach or
    /// without a role the field asks for.
    pub strangers: BTreeSet<(String, PersonId)>,
    /// Earlier repairs of the vehicle, newest first, at most 50.
    pub history: Vec<HistoryItem>,
    /// Open cases of the actor at this unit: what they work on, and what they answer for. Only for
    /// processes that ask.
    pub held: Vec<Held>,
    /// The money whoever opens the case took and nobody counted yet. Only for processes that ask.
    pub till: Till,
    /// Ranges of campaigns and how far the case's own has come: `ranges [{number, what, low,
    /// high}], listed, done, left`. Only for the process of campaigns.
    pub campaign: Option<Map<String, Json>>,
    /// What other records say against this case. Only for acts that ask.
    pub doubts: Vec<Doubt>,
    /// What the company knows of the unit beside the case, by the names of the fact schema:
    /// `scores`, `standings`, `earlier`, `parent`, `left`. Only for acts that ask.
    pub known: Map<String, Json>,
    /// What may be charged and at which price; shared, as every command sees it.
    pub prices: Arc<PriceBook>,
    /// What lies on the shelf of the case's warehouse, by part.
    pub stock: BTreeMap<String, OnHand>,
    /// What this case posted to the ledger and was not undone, oldest first.
    pub posted: Vec<(TransactionId, Transaction)>,
    /// The part master: the baseline of the rulebook with the company's own rows over it. Shared,
    /// as every command sees it.
    pub parts: Arc<BTreeMap<String, Part>>,
    /// The company's time zone.
    pub zone: Zone,
    /// The releases in force up to now, the earliest first: a verdict is judged by that of the sale
    /// or a later better one. Without any the case's own release judges.
    pub releases: Vec<Arc<Release>>,
    /// Unused part of the number space for children opened in this decision is the store's.
    pub calendars: BTreeMap<String, base::Calendar>,
}

/// The mode in which one person may hold duties that exclude each other (简易).
pub const SIMPLE: &str = "simple";

impl Facts {
    /// Whether the case's organisation unit works in the simple mode (简易).
    pub fn simple(&self) -> bool {
        self.org.get("mode").and_then(Json::as_str) == Some(SIMPLE)
    }

    /// Whether the part goes by serial number.
    pub fn tracked(&self, part: &str) -> bool {
        self.parts.get(part).is_some_and(|part| part.tracked)
    }
}

/// What lies on a shelf of one part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnHand {
    /// Pieces.
    pub pieces: i64,
    /// Their serials, where the part goes by serial.
    pub serials: Vec<String>,
}

/// What a rule may know of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// Roles held at the case's organisation unit or an ancestor.
    pub roles: Vec<String>,
    /// Number of the repair certificate (维修上岗证), EB-10.4b.
    pub certificate_number: Option<String>,
    /// Last day the certificate is valid.
    pub certificate_expires: Option<Day>,
    /// Skills, free keys such as `battery`.
    pub skills: Vec<String>,
    /// Open cases assigned.
    pub open_cases: u32,
    /// Away today.
    pub away: bool,
    /// The organisation unit the person works at.
    #[serde(default)]
    pub org: Option<OrgId>,
}

/// The till (收银在手) of whoever closes the day, and what is still due at the unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Till {
    /// What it holds, by means of payment.
    pub sums: Vec<TillSum>,
    /// What went back since the last count: refunds and wrong entries reversed.
    pub back: Vec<TillBack>,
    /// Settlements whose customer still owes something.
    pub unpaid: Vec<Unpaid>,
    /// What stands between the unit and the company (往来账), by the names of `scope::books`. Only
    /// for actions that ask; an account nobody has used stands at zero.
    pub books: BTreeMap<String, base::Money>,
    /// What stands open between the unit and the company.
    pub open_items: Vec<OpenItem>,
}

/// What another record says against this case (疑点). Which of them matter, and how much, is for the
/// rules to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// `photo`: the very same picture; `serial`: the old part's number was taken in before;
    /// `fault`: the same part of the vehicle failed the same way; `paid`: the customer paid for
    /// that part; `odometer`: it showed more before; `phone`: vehicles of the customer's telephone;
    /// `spike`: claims of the unit in 30 days.
    pub check: String,
    /// The other case, where it is one.
    pub case: Option<CaseId>,
    /// Its number.
    pub number: Option<String>,
    /// When that was.
    pub at: Option<Instant>,
    /// `fault`, `paid`, `serial`: days between; `odometer`: kilometres more; `phone`: vehicles;
    /// `spike`: percent of the usual of the 90 days before.
    pub count: Option<i64>,
    /// `photo`: the pictures of this case that the other has too.
    #[serde(default)]
    pub photos: Vec<FileId>,
    /// The same pictures in the other case.
    #[serde(default)]
    pub twins: Vec<FileId>,
}

/// What stands open on an account that is settled item by item (往来未清项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenItem {
    /// Key of the account rule.
    pub account: String,
    /// What it is about, as its path says: who pays, or for what.
    pub what: String,
    /// Number of the case it stems from.
    pub number: String,
    /// That case.
    pub case: Option<CaseId>,
    /// In fen.
    pub amount: base::Money,
    /// Since when.
    pub since: Instant,
}

/// What a till holds by one means; below zero where more went back than came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TillSum {
    /// The means of payment.
    pub means: String,
    /// In fen.
    pub booked: base::Money,
}

/// Money that went back (退款、冲销).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TillBack {
    /// The case it was for.
    pub number: String,
    /// The means by which it went.
    pub means: String,
    /// The template that posted it.
    pub what: String,
    /// In fen.
    pub amount: base::Money,
}

/// What a customer still owes (未收).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpaid {
    /// The case that charged it.
    pub number: String,
    /// In fen.
    pub amount: base::Money,
    /// Since when.
    pub since: Instant,
    /// Whether it was put on account (挂账).
    #[serde(default)]
    pub on_account: bool,
}

/// An open case of somebody (在办案件), for the sheet at the end of a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Key of its process.
    #[serde(default)]
    pub process: String,
    /// Its process.
    pub title: base::Text,
    /// Where it stands.
    pub state: base::Text,
    /// Frame number of its vehicle.
    pub frame_no: Option<String>,
    /// The earliest running deadline.
    pub due_at: Option<Instant>,
    /// Whether they work on it; otherwise they only answer for it (首问).
    pub assigned: bool,
}

/// An earlier repair of the vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryItem {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The component repaired.
    pub component: String,
    /// The fault.
    pub fault: String,
    /// First day in repair.
    pub from: Day,
    /// Day of delivery.
    pub to: Day,
    /// Days waiting for parts within.
    pub waiting_parts_days: i64,
    /// Whether the maker paid.
    pub covered: bool,
    /// Whether the component was replaced.
    pub replaced: bool,
    /// When it was delivered.
    pub delivered_at: Instant,
}
