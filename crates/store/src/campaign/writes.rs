//! What a decision writes about campaigns: a range, the end, a job that is done.

use super::number_key;
use crate::apply::Target;
use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Result, Store, StoreError};
use base::CaseId;
use serde_json::{Map, Value as Json, json};

type Values = Map<String, Json>;

fn text<'a>(values: &'a Values, key: &str) -> Option<&'a str> {
    values.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// The statements of a `register` effect about a campaign.
pub(crate) fn registered(
    store: &Store,
    what: &str,
    values: &Values,
    target: &Target<'_>,
) -> Result<Vec<Write>> {
    match what {
        "campaign.range" => range(store, values, target),
        "campaign.ended" => Ok(vec![Write::one(
            "INSERT INTO campaign_ends (campaign) VALUES ($1)",
            cells![target.id],
        )]),
        "campaign.done" => done(store, values, target),
        other => Err(StoreError::Invalid(format!("nothing is registered at `{other}`"))),
    }
}

/// A range, unless it overlaps one of a campaign that has not ended: the row of the counter makes
/// those who write one at the same moment wait for each other.
fn range(store: &Store, values: &Values, target: &Target<'_>) -> Result<Vec<Write>> {
    let lacks = || StoreError::Invalid("a range has its kind and two numbers".into());
    let what = text(values, "what").ok_or_else(lacks)?;
    let low = number_key(text(values, "low").ok_or_else(lacks)?);
    let high = number_key(text(values, "high").ok_or_else(lacks)?);
    if low.is_empty() || low > high || low.chars().count() != high.chars().count() {
        return Err(StoreError::Invalid("a range ends where it begins or behind".into()));
    }
    let turn = "INSERT INTO counters (scope, value) VALUES ('campaign_ranges', 1) \
                ON CONFLICT (scope) DO UPDATE SET value = counters.value + 1";
    let insert = "INSERT INTO campaign_ranges (id, campaign, what, low, high) \
                  SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS TEXT), \
                  CAST($4 AS TEXT), CAST($5 AS TEXT) WHERE NOT EXISTS (SELECT 1 \
                  FROM campaign_ranges r JOIN cases c ON c.id = r.campaign \
                  WHERE c.closed_at IS NULL AND r.what = $3 AND LENGTH(r.low) = LENGTH($4) \
                  AND r.low <= $5 AND r.high >= $4)";
    let id = store.new_id(target.now);
    Ok(vec![Write::one(turn, vec![]), Write::one(insert, cells![id, target.id, what, &low, &high])])
}

/// The vehicle's case in the campaign is told that its job is done, and keeps which it was.
fn done(store: &Store, values: &Values, target: &Target<'_>) -> Result<Vec<Write>> {
    let case = text(values, "case").and_then(|id| id.parse::<CaseId>().ok());
    let case = case.ok_or_else(|| StoreError::Invalid("a job is for a vehicle's case".into()))?;
    let body = json!({ "action": "job_done" }).to_string();
    Ok(vec![
        Write::any(
            "UPDATE campaign_units SET job = $2 WHERE case_id = $1",
            cells![case, target.id],
        ),
        // The casts: in a SELECT list, PostgreSQL takes a bare parameter for text.
        Write::any(
            "INSERT INTO outbox (id, kind, case_id, body, due_at) \
             SELECT CAST($1 AS BIGINT), 'system_action', m.case_id, CAST($2 AS TEXT), \
             CAST($3 AS BIGINT) FROM campaign_units m WHERE m.case_id = $4",
            cells![store.new_id(target.now), body, target.now, case],
        ),
    ])
}
