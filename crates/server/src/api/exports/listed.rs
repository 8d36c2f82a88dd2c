//! The lists that go into a workbook, and where each is asked.

use crate::problem::{Answer, Problem};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The part of a filter that names the scorecard in the address.
const CARD: &str = "card";
/// The part of a filter that names the campaign in the address.
const CAMPAIGN: &str = "campaign";

/// Lists that go into a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// Cases (单据).
    Cases,
    /// The register of customers (客户台账), or those found.
    Customers,
    /// The register of vehicles (车辆台账), or those found.
    Units,
    /// People (人员).
    People,
    /// Certificates (上岗证).
    Certificates,
    /// One's own messages (消息).
    Messages,
    /// Stock of the shelves (库存).
    Stock,
    /// Accounts of the books (账户).
    Accounts,
    /// The price book (价目).
    Prices,
    /// The part master (配件目录).
    Parts,
    /// Online enquiries (在线咨询).
    Enquiries,
    /// Messages that reached nobody (未送达).
    Deliveries,
    /// Files that are likely of one person (疑似重复).
    Duplicates,
    /// Erasures that wait (删除申请).
    Erasures,
    /// Blank numbered forms (预印空白单).
    Blanks,
    /// Units of the company (机构).
    Orgs,
    /// Shared counters (柜台).
    Counters,
    /// Articles (知识文章).
    Articles,
    /// Vehicles of a campaign (活动车辆); the filter names the `campaign`.
    CampaignUnits,
    /// How the units stand in a scorecard (评分表); the filter names the `card`.
    Standings,
}

impl Listed {
    /// Its name: of the file and in the journal.
    pub const fn place(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Customers => "customers",
            Self::Units => "units",
            Self::People => "people",
            Self::Certificates => "certificates",
            Self::Messages => "messages",
            Self::Stock => "stock",
            Self::Accounts => "accounts",
            Self::Prices => "prices",
            Self::Parts => "parts",
            Self::Enquiries => "enquiries",
            Self::Deliveries => "deliveries",
            Self::Duplicates => "duplicates",
            Self::Erasures => "erasures",
            Self::Blanks => "blanks",
            Self::Orgs => "orgs",
            Self::Counters => "counters",
            Self::Articles => "articles",
            Self::CampaignUnits => "campaign-units",
            Self::Standings => "standings",
        }
    }

    /// Whether a part of the filter stands in the address instead.
    pub fn names(self, part: &str) -> bool {
        (self == Self::Standings && part == CARD)
            || (self == Self::CampaignUnits && part == CAMPAIGN)
    }

    /// Where the list is asked.
    pub fn address(self, filter: &BTreeMap<String, String>) -> Answer<String> {
        let (part, before, behind) = match self {
            Self::Standings => (CARD, "scorecards", "standings"),
            Self::CampaignUnits => (CAMPAIGN, "campaigns", "units"),
            _ => return Ok(self.place().to_owned()),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let named = filter.get(part).filter(|id| !id.is_empty() && id.chars().all(plain));
        let named = named.ok_or_else(|| Problem::new("not-found"))?;
        Ok(format!("{before}/{named}/{behind}"))
    }
}
