//! Campaigns and their vehicles as lists.

use super::PROCESS;
use crate::cases::{CaseRow, Page, TABLES, case_columns, cursor};
use crate::exec::Row;
use crate::exec::cell::cells;
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Instant, OrgId, UnitId};
use serde_json::{Map, Value as Json};

/// Most rows of a page.
const MOST: u32 = 100;
/// Most places, models and states that are counted apart.
const MOST_COUNTS: u32 = 20_000;

/// Which campaigns.
#[derive(Debug, Clone, Default)]
pub struct CampaignQuery {
    /// Only open (`true`) or only ended (`false`) ones.
    pub open: Option<bool>,
    /// With drafts that are not approved yet.
    pub drafts: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// At most so many; 0 for a full page.
    pub limit: u32,
}

/// A campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignRow {
    /// Its case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// The release it runs under.
    pub release: String,
    /// Where it stands.
    pub state: String,
    /// The unit that drew it up.
    pub org: OrgId,
    /// Path of that unit.
    pub org_path: String,
    /// When it was drafted.
    pub opened_at: Instant,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// What was written on its sheet.
    pub data: Map<String, Json>,
    /// Vehicles of it in scope.
    pub listed: i64,
    /// Those that are done.
    pub done: i64,
    /// Those still open.
    pub left: i64,
}

/// Vehicles of a campaign of one place, model and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// The outlet.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// Key of the model.
    pub model: Option<String>,
    /// Where they stand.
    pub state: String,
    /// How many.
    pub count: i64,
}

/// Which vehicles of a campaign.
#[derive(Debug, Clone, Default)]
pub struct UnitsQuery {
    /// Where they stand: `told`, `held`, `done`…
    pub state: Option<String>,
    /// Outlet.
    pub org: Option<OrgId>,
    /// Key of the model.
    pub model: Option<String>,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// At most so many; 0 for a full page.
    pub limit: u32,
}

/// A vehicle of a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct CampaignUnit {
    /// Its case.
    pub case: CaseRow,
    /// What was written there, such as why the owner was not reached.
    pub data: Map<String, Json>,
    /// How the latest notice to its owner stands: `waiting`, `sent`, `dead`…
    pub notice: Option<String>,
    /// The order by which it was done.
    pub job: Option<(CaseId, String)>,
}

const COUNTS: &str = "\
    (SELECT COUNT(*) FROM campaign_units m JOIN cases v ON v.id = m.case_id \
    WHERE m.campaign = k.id AND v.org_path >= $1 AND v.org_path < $2), \
    (SELECT COUNT(*) FROM campaign_units m JOIN cases v ON v.id = m.case_id \
    WHERE m.campaign = k.id AND v.main_state = 'done' AND v.org_path >= $1 AND v.org_path < $2), \
    (SELECT COUNT(*) FROM campaign_units m JOIN cases v ON v.id = m.case_id \
    WHERE m.campaign = k.id AND v.closed_at IS NULL AND v.org_path >= $1 AND v.org_path < $2)";

const HEAD: &str =
    "k.id, k.number, k.release, k.main_state, k.org, k.org_path, k.opened_at, k.closed_at, k.data";

fn read_campaign(mut row: Row) -> Result<CampaignRow> {
    Ok(CampaignRow {
        id: CaseId(row.int()?),
        number: row.text()?,
        release: row.text()?,
        state: row.text()?,
        org: OrgId(row.int()?),
        org_path: row.text()?,
        opened_at: row.instant()?,
        closed_at: row.opt_instant()?,
        data: row.json()?,
        listed: row.int()?,
        done: row.int()?,
        left: row.int()?,
    })
}

const fn rows_of(limit: u32) -> u32 {
    if limit == 0 || limit > MOST { MOST } else { limit }
}

impl Store {
    /// Campaigns of the company, the newest first, with the vehicles of them in scope. What is
    /// approved concerns every station; drafts are seen by whoever's scope holds them.
    pub async fn campaigns(
        &self,
        query: &CampaignQuery,
        scope: &Scope,
    ) -> Result<Page<CampaignRow>> {
        let limit = rows_of(query.limit);
        let before = cursor::<CaseId>(query.cursor.as_deref())?.map_or(i64::MAX, |id| id.0);
        let open = match query.open {
            Some(true) => " AND k.closed_at IS NULL",
            Some(false) => " AND k.closed_at IS NOT NULL",
            None => "",
        };
        let sql = format!(
            "SELECT {HEAD}, {COUNTS} FROM cases k WHERE k.process = $3 AND k.id < $4 \
             AND (k.main_state IN ('running', 'closed') OR ($5 = 1 AND k.org_path >= $1 \
             AND k.org_path < $2)){open} ORDER BY k.id DESC LIMIT $6"
        );
        let drafts = i64::from(query.drafts);
        let params = cells![&scope.low, &scope.high, PROCESS, before, drafts, limit + 1];
        let rows = self.exec().rows(sql, params).await?;
        let mut items = rows.into_iter().map(read_campaign).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let next = items.last().filter(|_| more).map(|row| row.id.to_string());
        Ok(Page { items, next })
    }

    /// One campaign with the vehicles of it in scope.
    pub async fn campaign(&self, id: CaseId, scope: &Scope) -> Result<CampaignRow> {
        let sql = format!(
            "SELECT {HEAD}, {COUNTS} FROM cases k WHERE k.id = $3 AND k.process = $4 \
             AND (k.main_state IN ('running', 'closed') OR (k.org_path >= $1 AND k.org_path < $2))"
        );
        let params = cells![&scope.low, &scope.high, id, PROCESS];
        let row = self.exec().row(sql, params).await?;
        read_campaign(row.ok_or(StoreError::NotFound("case"))?)
    }

    /// The ranges of a campaign: `frame` or a component, first and last number.
    pub async fn campaign_ranges(&self, id: CaseId) -> Result<Vec<(String, String, String)>> {
        let sql = "SELECT what, low, high FROM campaign_ranges WHERE campaign = $1 \
                   ORDER BY id LIMIT 1000";
        let read = |mut row: Row| Ok((row.text()?, row.text()?, row.text()?));
        self.exec().rows(sql, cells![id]).await?.into_iter().map(read).collect()
    }

    /// Whether every range of it was walked to its end at least once.
    pub async fn campaign_is_listed(&self, id: CaseId) -> Result<bool> {
        let sql = "SELECT COUNT(*) FROM campaign_ranges WHERE campaign = $1 AND passed_at = 0";
        let left = self.exec().row(sql, cells![id]).await?.map_or(Ok(0), |mut row| row.int())?;
        Ok(left == 0)
    }

    /// The vehicles of a campaign in scope, counted by outlet, model and state.
    pub async fn campaign_counts(&self, id: CaseId, scope: &Scope) -> Result<Vec<CountRow>> {
        if scope.is_own() {
            return Ok(vec![]);
        }
        let sql = "SELECT v.org, o.name, u.model, v.main_state, COUNT(*) FROM campaign_units m \
                   JOIN cases v ON v.id = m.case_id JOIN orgs o ON o.id = v.org \
                   JOIN units u ON u.id = m.unit WHERE m.campaign = $1 AND v.org_path >= $2 \
                   AND v.org_path < $3 GROUP BY v.org, o.name, u.model, v.main_state \
                   ORDER BY v.org, u.model, v.main_state LIMIT $4";
        let read = |mut row: Row| {
            Ok(CountRow {
                org: OrgId(row.int()?),
                org_name: row.text()?,
                model: row.opt_text()?,
                state: row.text()?,
                count: row.int()?,
            })
        };
        let params = cells![id, &scope.low, &scope.high, MOST_COUNTS];
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// The vehicles of a campaign in scope, in the order in which they were registered.
    pub async fn campaign_units(
        &self,
        id: CaseId,
        query: &UnitsQuery,
        scope: &Scope,
    ) -> Result<Page<CampaignUnit>> {
        let limit = rows_of(query.limit);
        let after = cursor::<UnitId>(query.cursor.as_deref())?.map_or(0, |id| id.0);
        let mut params = cells![id, after, &scope.low, &scope.high];
        let mut filter = String::new();
        let mut and = |condition: &str, value: crate::exec::Cell| {
            params.push(value);
            filter.push_str(&condition.replace('?', &format!("${}", params.len())));
        };
        if let Some(state) = &query.state {
            and(" AND c.main_state = ?", state.as_str().into());
        }
        if let Some(org) = query.org {
            and(" AND c.org = ?", org.into());
        }
        if let Some(model) = &query.model {
            and(" AND u.model = ?", model.as_str().into());
        }
        if let Some(own) = scope.own {
            and(" AND ? IN (c.assignee, c.opener, c.owner)", own.into());
        }
        and(" ORDER BY m.unit LIMIT ?", (limit + 1).into());
        let sql = format!(
            "SELECT c.data, (SELECT x.state FROM customer_messages x WHERE x.case_id = c.id \
             ORDER BY x.id DESC LIMIT 1), j.id, j.number, {} FROM {TABLES} \
             JOIN campaign_units m ON m.case_id = c.id LEFT JOIN cases j ON j.id = m.job \
             WHERE m.campaign = $1 AND m.unit > $2 AND c.org_path >= $3 \
             AND c.org_path < $4{filter}",
            case_columns()
        );
        let read = |mut row: Row| {
            let (data, notice) = (row.json()?, row.opt_text()?);
            let job = row.opt_int()?.map(CaseId).zip(row.opt_text()?);
            Ok(CampaignUnit { data, notice, job, case: self.read_case_columns(&mut row)? })
        };
        let rows = self.exec().rows(sql, params).await?;
        let mut items = rows.into_iter().map(read).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit as usize;
        items.truncate(limit as usize);
        let last = items.last().and_then(|row| row.case.unit);
        Ok(Page { next: last.filter(|_| more).map(|unit| unit.to_string()), items })
    }
}
