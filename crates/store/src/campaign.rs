//! Recalls and service campaigns (召回、服务活动): the ranges of numbers they are about, the vehicles
//! listed in them, and how far they have come.
//!
//! A vehicle of a campaign is a case of its own; `campaign_units` says which, once for each
//! vehicle. A range is walked in the order of its numbers, a bounded part at a time, and walked
//! again after a while: what was registered or built in meanwhile is found by the next walk.

mod list;
mod walk;
mod writes;

pub use list::{CampaignQuery, CampaignRow, CampaignUnit, CountRow, UnitsQuery};
pub use walk::{Candidate, Walk};
pub(crate) use writes::registered;

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places};
use crate::search::normalise;
use crate::{Result, Store};
use base::{CaseId, Instant, UnitId};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// The process of a campaign.
pub const PROCESS: &str = "campaign";
/// The process of a vehicle of a campaign.
pub const UNIT_PROCESS: &str = "campaign_unit";
/// What a range of frame numbers is about.
pub const FRAME: &str = "frame";
/// The state of a campaign whose vehicles are listed.
pub const RUNNING: &str = "running";
/// The state of a vehicle that is done.
pub const DONE: &str = "done";

/// Most ranges of open campaigns that a rule sees, the latest first; a range is compared with all
/// of them once more when it is written.
const MOST_RANGES: u32 = 2_000;
/// Most campaigns that are open on one vehicle.
const MOST_OPEN: usize = 20;

/// A campaign that is open on a vehicle.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCampaign {
    /// The campaign.
    pub campaign: CaseId,
    /// Its number.
    pub number: String,
    /// The vehicle's case in it.
    pub case: CaseId,
    /// Where that case stands: `told` or `held` (not sold).
    pub state: String,
    /// What was written on the campaign's sheet.
    pub data: Map<String, Json>,
}

impl OpenCampaign {
    /// A text of the sheet.
    pub fn text(&self, field: &str) -> &str {
        self.data.get(field).and_then(Json::as_str).unwrap_or_default()
    }

    /// Whether it is about a danger.
    pub fn is_hazard(&self) -> bool {
        self.data.get("campaign_hazard").and_then(Json::as_bool) == Some(true)
    }

    /// As a rule knows it: `unit.campaigns[]`.
    pub fn fact(&self) -> Json {
        json!({
            "case": self.case, "number": self.number, "title": self.text("campaign_title"),
            "kind": self.text("campaign_kind"), "hazard": self.is_hazard(),
            "lines": self.data.get("campaign_lines").unwrap_or(&Json::Null),
        })
    }
}

/// A number as ranges compare it: capitals, without dashes and blanks.
pub fn number_key(text: &str) -> String {
    normalise(text)
}

impl Store {
    /// The campaigns that are open on these vehicles, of each a danger first, then the oldest.
    pub async fn open_campaigns(
        &self,
        units: &[UnitId],
    ) -> Result<BTreeMap<UnitId, Vec<OpenCampaign>>> {
        let mut found: BTreeMap<UnitId, Vec<OpenCampaign>> = BTreeMap::new();
        if units.is_empty() {
            return Ok(found);
        }
        let sql = format!(
            "SELECT m.unit, k.id, k.number, v.id, v.main_state, k.data FROM campaign_units m \
             JOIN cases v ON v.id = m.case_id JOIN cases k ON k.id = m.campaign \
             WHERE m.unit IN {} AND v.closed_at IS NULL ORDER BY k.id LIMIT {}",
            places(1, units.len()),
            units.len().saturating_mul(MOST_OPEN)
        );
        let params = units.iter().map(|unit| Cell::from(*unit)).collect();
        for mut row in self.exec().rows(sql, params).await? {
            let unit = UnitId(row.int()?);
            found.entry(unit).or_default().push(OpenCampaign {
                campaign: CaseId(row.int()?),
                number: row.text()?,
                case: CaseId(row.int()?),
                state: row.text()?,
                data: row.json()?,
            });
        }
        for open in found.values_mut() {
            open.sort_by_key(|campaign| !campaign.is_hazard());
        }
        Ok(found)
    }

    /// What a rule of a campaign may know: the ranges of campaigns that have not ended, and of its
    /// own how many vehicles there are.
    pub async fn campaign_facts(&self, campaign: Option<CaseId>) -> Result<Map<String, Json>> {
        let sql = "SELECT c.number, r.what, r.low, r.high FROM campaign_ranges r \
                   JOIN cases c ON c.id = r.campaign WHERE c.closed_at IS NULL \
                   ORDER BY r.id DESC LIMIT $1";
        let read = |mut row: Row| {
            let number = row.text()?;
            Ok(json!({
                "number": number, "what": row.text()?, "low": row.text()?, "high": row.text()?,
            }))
        };
        let rows = self.exec().rows(sql, cells![MOST_RANGES]).await?;
        let ranges = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
        let mut facts = Map::from_iter([("ranges".to_owned(), Json::Array(ranges))]);
        let Some(campaign) = campaign else { return Ok(facts) };
        let (mut listed, mut done, mut left) = (0, 0, 0);
        for (state, open, count) in self.campaign_states(campaign).await? {
            listed += count;
            done += if state == DONE { count } else { 0 };
            left += if open { count } else { 0 };
        }
        for (name, count) in [("listed", listed), ("done", done), ("left", left)] {
            facts.insert(name.to_owned(), count.into());
        }
        Ok(facts)
    }

    /// How many vehicles of a campaign stand in each state, and whether they are open there.
    async fn campaign_states(&self, campaign: CaseId) -> Result<Vec<(String, bool, i64)>> {
        let sql = "SELECT v.main_state, CASE WHEN v.closed_at IS NULL THEN 1 ELSE 0 END, COUNT(*) \
                   FROM campaign_units m JOIN cases v ON v.id = m.case_id WHERE m.campaign = $1 \
                   GROUP BY v.main_state, CASE WHEN v.closed_at IS NULL THEN 1 ELSE 0 END";
        let read = |mut row: Row| Ok((row.text()?, row.flag()?, row.int()?));
        self.exec().rows(sql, cells![campaign]).await?.into_iter().map(read).collect()
    }

    /// Open vehicles of a campaign that ended, the next few of them; none once all are closed.
    pub async fn campaign_leftovers(&self, limit: u32) -> Result<Vec<CaseId>> {
        let next = "SELECT campaign, reached FROM campaign_ends ORDER BY campaign LIMIT 1";
        let Some(mut row) = self.exec().row(next, vec![]).await? else { return Ok(vec![]) };
        let (campaign, reached) = (row.int()?, row.int()?);
        let sql = "SELECT m.unit, m.case_id FROM campaign_units m \
                   JOIN cases v ON v.id = m.case_id WHERE m.campaign = $1 AND m.unit > $2 \
                   AND v.closed_at IS NULL ORDER BY m.unit LIMIT $3";
        let rows = self.exec().rows(sql, cells![campaign, reached, limit.clamp(1, 500)]).await?;
        let read = |mut row: Row| Ok((row.int()?, CaseId(row.int()?)));
        let found = rows.into_iter().map(read).collect::<Result<Vec<(i64, CaseId)>>>()?;
        if found.is_empty() {
            let done = "DELETE FROM campaign_ends WHERE campaign = $1";
            self.exec().write(vec![Write::any(done, cells![campaign])]).await?;
        }
        Ok(found.into_iter().map(|(_, case)| case).collect())
    }

    /// The vehicle of that case was dealt with: the next look begins behind it.
    pub async fn campaign_left(&self, case: CaseId) -> Result<()> {
        let sql = "UPDATE campaign_ends SET reached = (SELECT m.unit FROM campaign_units m \
                   WHERE m.case_id = $1) WHERE campaign = (SELECT m.campaign \
                   FROM campaign_units m WHERE m.case_id = $1)";
        self.exec().write(vec![Write::any(sql, cells![case])]).await?;
        Ok(())
    }
}

/// A vehicle to be listed in a campaign with the case that is opened for it, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The campaign.
    pub campaign: CaseId,
    /// The vehicle.
    pub unit: UnitId,
}

impl Listed {
    /// Nothing is written where it is listed already, or the campaign does not run any more.
    pub(crate) fn write(self, case: CaseId, now: Instant) -> Write {
        Write::one(
            "INSERT INTO campaign_units (campaign, unit, case_id, at) \
             SELECT k.id, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT) \
             FROM cases k WHERE k.id = $1 AND k.main_state = 'running' AND k.closed_at IS NULL \
             ON CONFLICT (campaign, unit) DO NOTHING",
            cells![self.campaign, self.unit, case, now],
        )
    }
}
