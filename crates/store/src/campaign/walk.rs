//! Walking the numbers of a range: which vehicles belong to a campaign.

use super::RUNNING;
use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::units::VISIBLE;
use crate::{Result, Store};
use base::{CaseId, CustomerId, Instant, OrgId, UnitId};
use serde_json::{Map, Value as Json};

/// A serial as ranges compare it; the index is over the same words.
const SERIAL: &str = "UPPER(REPLACE(REPLACE(p.serial, '-', ''), ' ', ''))";

/// A range whose walk is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// Number of the range.
    pub range: i64,
    /// The campaign.
    pub campaign: CaseId,
    /// Its number.
    pub number: String,
    /// The unit that drew it up: where a vehicle belongs that no outlet sold.
    pub org: OrgId,
    /// What was written on its sheet.
    pub data: Map<String, Json>,
    /// `frame`, or a component.
    pub what: String,
    /// First number.
    pub low: String,
    /// Last number.
    pub high: String,
    /// The number that was looked at last; empty at the start.
    pub reached: String,
}

/// A vehicle whose number lies in a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The vehicle.
    pub unit: UnitId,
    /// The number that lies in the range.
    pub key: String,
    /// Its owner.
    pub owner: Option<CustomerId>,
    /// The outlet that sold it or holds it.
    pub org: Option<OrgId>,
    /// Key of its model.
    pub model: Option<String>,
    /// Whether it is listed already.
    pub listed: bool,
}

impl Store {
    /// The range that waited longest among those of running campaigns that were not walked since.
    pub async fn campaign_walk(&self, since: Instant) -> Result<Option<Walk>> {
        let sql = "SELECT r.id, k.id, k.number, k.org, k.data, r.what, r.low, r.high, r.reached \
                   FROM campaign_ranges r JOIN cases k ON k.id = r.campaign \
                   WHERE k.closed_at IS NULL AND k.main_state = $1 AND r.passed_at <= $2 \
                   ORDER BY r.passed_at, r.id LIMIT 1";
        let Some(mut row) = self.exec().row(sql, cells![RUNNING, since]).await? else {
            return Ok(None);
        };
        Ok(Some(Walk {
            range: row.int()?,
            campaign: CaseId(row.int()?),
            number: row.text()?,
            org: OrgId(row.int()?),
            data: row.json()?,
            what: row.text()?,
            low: row.text()?,
            high: row.text()?,
            reached: row.text()?,
        }))
    }

    /// The next vehicles of a walk, in the order of their numbers.
    pub async fn campaign_candidates(&self, walk: &Walk, limit: u32) -> Result<Vec<Candidate>> {
        let listed = "CASE WHEN EXISTS (SELECT 1 FROM campaign_units m WHERE m.campaign = $1 \
                      AND m.unit = u.id) THEN 1 ELSE 0 END";
        let (key, tables, at) = if walk.what == super::FRAME {
            ("u.frame_key", "units u", "")
        } else {
            let parts = "unit_components p JOIN units u ON u.id = p.unit";
            (SERIAL, parts, "p.to_day IS NULL AND p.component = $7 AND ")
        };
        let sql = format!(
            "SELECT u.id, {key}, u.owner, u.org, u.model, {listed} FROM {tables} \
             WHERE {at}{key} >= $2 AND {key} <= $3 AND {key} > $4 AND LENGTH({key}) = $5 \
             AND u.unverified = 0 AND {VISIBLE} ORDER BY {key} LIMIT $6"
        );
        let long = i64::try_from(walk.low.chars().count()).unwrap_or(i64::MAX);
        let mut params =
            cells![walk.campaign, &walk.low, &walk.high, &walk.reached, long, limit.clamp(1, 1000)];
        if walk.what != super::FRAME {
            params.push(walk.what.as_str().into());
        }
        let read = |mut row: Row| {
            Ok(Candidate {
                unit: UnitId(row.int()?),
                key: row.text()?,
                owner: row.opt_int()?.map(CustomerId),
                org: row.opt_int()?.map(OrgId),
                model: row.opt_text()?,
                listed: row.flag()?,
            })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// A walk came as far as that number; with the moment of its end, that it is through.
    pub async fn campaign_walked(
        &self,
        walk: &Walk,
        reached: &str,
        through: Option<Instant>,
    ) -> Result<()> {
        let sql = "UPDATE campaign_ranges SET reached = $3, passed_at = COALESCE($4, passed_at) \
                   WHERE id = $1 AND reached = $2";
        let params = cells![walk.range, &walk.reached, reached, through];
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }
}
