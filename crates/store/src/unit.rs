//! Units (车辆、桩): the register of vehicles with components, owner, warnings and history.

use crate::customer::Customer;
use crate::org::Org;
pub use crate::units::{PastComponent, PastOwner, UnitPast, VoidCard};
use base::{CaseId, CustomerId, Day, Instant, OrgId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of a vehicle.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UnitFields {
    /// Frame number (车架号) as printed on the frame; unique after normalising.
    pub frame_no: Option<String>,
    /// Product key (`ebike`).
    pub product: Option<String>,
    /// Model key of the catalogue.
    pub model: Option<String>,
    /// Make; another maker's vehicle names it here.
    pub make: Option<String>,
    /// Colour.
    pub colour: Option<String>,
    /// Licence plate.
    pub plate: Option<String>,
    /// Number of the warranty card (三包卡号).
    pub card_no: Option<String>,
    /// `ok`, `lost`, `void`.
    pub card_state: Option<String>,
    /// `household`, `commercial`…
    pub usage: Option<String>,
    /// `store`, `online`, `group`…
    pub sale_channel: Option<String>,
    /// Day of sale.
    pub sold_on: Option<Day>,
    /// Day of the invoice.
    pub invoice_date: Option<Day>,
    /// Number of the invoice.
    pub invoice_no: Option<String>,
    /// Day the sale was registered with the maker.
    pub registered_on: Option<Day>,
    /// Day of activation.
    pub activated_on: Option<Day>,
    /// Day of manufacture.
    pub manufactured_on: Option<Day>,
    /// Price paid, fen.
    pub price_fen: Option<i64>,
    /// The outlet that sold it.
    pub org: Option<OrgId>,
    /// Whether it was taken down at the counter without papers.
    pub unverified: bool,
    /// Whether it carries a warning mark.
    pub marked: Option<bool>,
}

/// A component of a vehicle by serial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitComponent {
    /// Key of the catalogue.
    pub component: String,
    /// Serial number, when known.
    pub serial: Option<String>,
    /// Built in on this day; `None` from new.
    pub since: Option<Day>,
    /// The case that built it in.
    pub case: Option<CaseId>,
}

/// Something to heed whenever the vehicle comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitWarning {
    /// Stable code.
    pub code: String,
    /// Its arguments or texts, as the rulebook wrote them.
    pub values: serde_json::Map<String, serde_json::Value>,
    /// The case that set it.
    pub case: Option<CaseId>,
    /// When.
    pub at: Instant,
}

/// What a page says of a vehicle in one line.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitHead {
    /// Id.
    pub id: UnitId,
    /// Its fields.
    pub fields: UnitFields,
    /// The owner.
    pub owner: Option<Customer>,
}

/// A vehicle with everything that hangs on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Id.
    pub id: UnitId,
    /// Its fields.
    pub fields: UnitFields,
    /// The outlet that sold it: code and name.
    pub org: Option<Org>,
    /// Components now built in.
    pub components: Vec<UnitComponent>,
    /// Warnings.
    pub warnings: Vec<UnitWarning>,
    /// The owner.
    pub owner: Option<Customer>,
    /// Earlier repairs, newest first, at most 50.
    pub history: Vec<engine::HistoryItem>,
    /// Its cases, newest first, at most 50.
    pub cases: Vec<crate::cases::CaseRow>,
}

/// A vehicle to register.
#[derive(Debug, Clone, Default)]
pub struct NewUnit {
    /// Its fields.
    pub fields: UnitFields,
    /// Serials by component.
    pub components: BTreeMap<String, String>,
    /// The owner.
    pub owner: Option<CustomerId>,
}

/// A vehicle found, with what it was found by.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitHit {
    /// Id.
    pub id: UnitId,
    /// Its fields.
    pub fields: UnitFields,
    /// The outlet that sold it: name.
    pub org_name: Option<String>,
    /// The owner.
    pub owner: Option<Customer>,
    /// `frame`, `plate`, `card`, `serial`, `phone`, `last`, `name`, `pinyin`.
    pub matched_by: String,
    /// Whether my scope sold or served it.
    pub in_scope: bool,
    /// The card it was found by, when that card is void.
    pub void_card: Option<String>,
}
