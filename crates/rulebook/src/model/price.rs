//! The price list. File `catalog/prices.csv`. Prices are not pinned: a case pays the list in force.

use base::{Money, Text};
use serde::{Deserialize, Serialize};

/// One thing that may be charged; a charge that names none is refused (严禁乱收费). `prices.csv`:
/// `code,title_zh,title_en,kind,component,models,ex_factory,wholesale,retail,clause`, in yuan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceItem {
    /// Code on the list.
    pub code: String,
    /// As printed.
    pub title: Text,
    /// `part`, `labour`, `travel` or `fee`.
    pub kind: String,
    /// The component a part is, if the catalogue knows it.
    pub component: Option<String>,
    /// Models it fits; empty for all.
    pub models: Vec<String>,
    /// What a registered station pays (出厂价); for labour and travel equal to `retail`.
    pub ex_factory: Money,
    /// Wholesale (批发价).
    pub wholesale: Money,
    /// Retail (零售价): what the customer is charged at first.
    pub retail: Money,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}
