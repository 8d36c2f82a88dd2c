//! The price list: the pack's baseline (`catalog/prices.csv`, `catalog/labour.csv`) and the rows
//! the company lays over it. Prices are not pinned: a case pays the list in force.

use base::{Day, Money, Quantity, Text};
use serde::{Deserialize, Serialize};

/// What a line of an estimate, a price or a claim is for: part (配件), labour (工时), travel (路费),
/// freight (运费), other fees (费用).
pub const LINE_KINDS: &[&str] = &["part", "labour", "travel", "freight", "fee"];

/// One thing that may be charged; a charge that names none is refused (严禁乱收费). `prices.csv`:
/// `code,title_zh,title_en,kind,component,models,ex_factory,wholesale,retail,clause`, in yuan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceItem {
    /// Code on the list.
    pub code: String,
    /// As printed.
    pub title: Text,
    /// One of [`LINE_KINDS`].
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

impl PriceItem {
    /// The baseline amount for a class of buyers.
    pub fn amount(&self, class: BuyerClass) -> Money {
        match class {
            BuyerClass::ExFactory => self.ex_factory,
            BuyerClass::Wholesale => self.wholesale,
            BuyerClass::Retail => self.retail,
        }
    }
}

/// A job with its standard time (标准工时): hours × rate is its price. `labour.csv`:
/// `code,title_zh,title_en,component,faults,hours,rate,clause`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabourJob {
    /// Code, as on the price list; no price item has the same.
    pub code: String,
    /// As printed.
    pub title: Text,
    /// The component worked on, where the job is about one.
    pub component: Option<String>,
    /// Faults it mends; empty for any.
    pub faults: Vec<String>,
    /// Standard hours, in thousandths: half an hour is 500.
    pub hours: Quantity,
    /// The price item whose price is the rate of an hour.
    pub rate: String,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

/// Classes of buyers (EB-8.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerClass {
    /// 出厂价: registered stations.
    ExFactory,
    /// 批发价: everybody else who buys to sell on.
    Wholesale,
    /// 零售价: the customer.
    Retail,
}

impl BuyerClass {
    /// All, from the lowest price to the highest.
    pub const ALL: [Self; 3] = [Self::ExFactory, Self::Wholesale, Self::Retail];

    /// Its word in files and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::ExFactory => "ex_factory",
            Self::Wholesale => "wholesale",
            Self::Retail => "retail",
        }
    }

    /// The class of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word() == word)
    }

    /// As people say it.
    pub fn title(self) -> Text {
        match self {
            Self::ExFactory => Text::new("出厂价", "ex-factory price"),
            Self::Wholesale => Text::new("批发价", "wholesale price"),
            Self::Retail => Text::new("零售价", "retail price"),
        }
    }
}

/// A price the company has set: it holds from its day until a later one of the same class and
/// level takes over, or ends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceRow {
    /// Code on the list.
    pub code: String,
    /// For which buyers.
    pub class: BuyerClass,
    /// For stations of that star level (星级站待遇, EB-8.3.1c); absent for all.
    #[serde(default)]
    pub stars: Option<u8>,
    /// The price, tax included; nothing where the row ends one.
    pub amount: Money,
    /// Whether the company's price of this class and level ends on the day (终止): from then on the
    /// price for all levels holds, and after that the baseline.
    #[serde(default)]
    pub ends: bool,
    /// First day it holds, from 00:00 local time.
    pub effective_from: Day,
    /// Clauses it stands on; empty for those of the item.
    #[serde(default)]
    pub clause: Vec<String>,
}
