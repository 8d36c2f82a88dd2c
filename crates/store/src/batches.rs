//! Production batches (批次) as they went into service and as they failed, by month, and the
//! vehicles that each outlet sold.
//!
//! A batch of a model is what was made in one month, a batch of a component the pieces whose
//! numbers begin alike. Both are counted by the database; what comes back is as many rows as there
//! are batches and months, never as there are vehicles.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row};
use crate::units::VISIBLE;
use crate::{Result, Scope, Store};
use base::{CaseId, OrgId, UnitId};
use std::collections::BTreeMap;

/// Most rows of a count.
const MOST: u32 = 50_000;
/// Most repairs behind a batch.
const MOST_FAULTS: u32 = 200;

/// What batches are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// A model: what was made in the same month.
    Model(String),
    /// A component: pieces whose numbers have that many first characters in common.
    Component(String, u8),
}

/// Pieces of a batch that began, and perhaps ended, in the same months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeganRow {
    /// The batch.
    pub batch: String,
    /// `2026-03`.
    pub from: String,
    /// The month in which they were taken out.
    pub until: Option<String>,
    /// How many.
    pub count: i64,
    /// The first and last of their numbers.
    pub low: Option<String>,
    /// The last.
    pub high: Option<String>,
    /// Characters of the shortest number and of the longest.
    pub long: (i64, i64),
}

/// Faults of a batch of the same months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedRow {
    /// The batch.
    pub batch: String,
    /// In which month what failed began.
    pub from: String,
    /// The month of the fault.
    pub at: String,
    /// How many.
    pub count: i64,
}

/// A repair behind a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultRow {
    /// Its case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The component.
    pub component: String,
    /// The fault.
    pub fault: String,
    /// The day it was reported.
    pub day: String,
    /// The vehicle.
    pub unit: UnitId,
    /// Its frame number.
    pub frame_no: Option<String>,
    /// Where it was repaired.
    pub org: String,
}

/// The day a vehicle went into service.
const BEGAN: &str = "COALESCE(u.invoice_date, u.sold_on, u.registered_on)";
/// The number of a component, as ranges compare it.
const NUMBER: &str = "UPPER(REPLACE(REPLACE(p.serial, '-', ''), ' ', ''))";
/// The piece that was built in when a repair began: the earliest that had not left by then.
const BUILT_IN: &str = "JOIN unit_components p ON p.id = (SELECT MIN(d.id) FROM unit_components d \
    WHERE d.unit = r.unit AND d.component = r.component \
    AND (d.to_day IS NULL OR d.to_day >= r.from_day))";

/// Tables, batch, day of beginning and condition.
struct Asked {
    batch: String,
    from: String,
    only: String,
    joined: &'static str,
}

impl Made {
    fn key(&self) -> &str {
        match self {
            Self::Model(key) | Self::Component(key, _) => key,
        }
    }

    /// `$1` is its key, `$2` and `$3` the scope.
    fn asked(&self) -> Asked {
        let within =
            format!("u.org_path >= $2 AND u.org_path < $3 AND u.unverified = 0 AND {VISIBLE}");
        match self {
            Self::Model(_) => Asked {
                batch: "SUBSTR(u.manufactured_on, 1, 7)".into(),
                from: BEGAN.into(),
                only: format!(
                    "u.model = $1 AND u.manufactured_on IS NOT NULL AND {BEGAN} IS NOT NULL \
                     AND {within}"
                ),
                joined: "",
            },
            Self::Component(_, long) => Asked {
                batch: format!("SUBSTR({NUMBER}, 1, {long})"),
                from: format!("COALESCE(p.from_day, {BEGAN})"),
                only: format!(
                    "p.component = $1 AND p.serial IS NOT NULL \
                     AND COALESCE(p.from_day, {BEGAN}) IS NOT NULL AND {within}"
                ),
                joined: BUILT_IN,
            },
        }
    }

    fn params(&self, scope: &Scope) -> Vec<Cell> {
        cells![self.key(), &scope.low, &scope.high]
    }
}

impl Store {
    /// What of each batch went into service in which month, the latest batches first.
    pub async fn batches_began(&self, made: &Made, scope: &Scope) -> Result<Vec<BeganRow>> {
        if scope.is_own() {
            return Ok(vec![]);
        }
        let Asked { batch, from, only, .. } = made.asked();
        let (until, number, tables) = match made {
            Made::Model(_) => ("NULL", "u.frame_key", "units u"),
            Made::Component(..) => (
                "SUBSTR(p.to_day, 1, 7)",
                NUMBER,
                "unit_components p JOIN units u ON u.id = p.unit",
            ),
        };
        let grouped = match made {
            Made::Model(_) => String::new(),
            Made::Component(..) => format!(", {until}"),
        };
        let sql = format!(
            "SELECT {batch}, SUBSTR({from}, 1, 7), {until}, COUNT(*), MIN({number}), \
             MAX({number}), CAST(MIN(LENGTH({number})) AS BIGINT), \
             CAST(MAX(LENGTH({number})) AS BIGINT) FROM {tables} WHERE {only} \
             GROUP BY {batch}, SUBSTR({from}, 1, 7){grouped} ORDER BY 1 DESC, 2 LIMIT {MOST}"
        );
        let read = |mut row: Row| {
            Ok(BeganRow {
                batch: row.text()?,
                from: row.text()?,
                until: row.opt_text()?,
                count: row.int()?,
                low: row.opt_text()?,
                high: row.opt_text()?,
                long: (row.opt_int()?.unwrap_or(0), row.opt_int()?.unwrap_or(0)),
            })
        };
        self.exec().rows(sql, made.params(scope)).await?.into_iter().map(read).collect()
    }

    /// The faults of each batch that the maker answered for, by months.
    pub async fn batches_failed(&self, made: &Made, scope: &Scope) -> Result<Vec<FailedRow>> {
        if scope.is_own() {
            return Ok(vec![]);
        }
        let Asked { batch, from, only, joined } = made.asked();
        let sql = format!(
            "SELECT {batch}, SUBSTR({from}, 1, 7), SUBSTR(r.from_day, 1, 7), COUNT(*) \
             FROM repairs r JOIN units u ON u.id = r.unit {joined} \
             WHERE r.covered = 1 AND {only} \
             GROUP BY {batch}, SUBSTR({from}, 1, 7), SUBSTR(r.from_day, 1, 7) \
             ORDER BY 1 DESC, 2, 3 LIMIT {MOST}"
        );
        let read = |mut row: Row| {
            Ok(FailedRow {
                batch: row.text()?,
                from: row.text()?,
                at: row.text()?,
                count: row.int()?,
            })
        };
        self.exec().rows(sql, made.params(scope)).await?.into_iter().map(read).collect()
    }

    /// The repairs behind a batch whose cases are in scope, the latest first.
    pub async fn batch_faults(
        &self,
        made: &Made,
        batch: &str,
        scope: &Scope,
    ) -> Result<Vec<FaultRow>> {
        if scope.is_own() {
            return Ok(vec![]);
        }
        let asked = made.asked();
        let sql = format!(
            "SELECT c.id, c.number, r.component, r.fault, r.from_day, u.id, u.frame_no, o.name \
             FROM repairs r JOIN units u ON u.id = r.unit JOIN cases c ON c.id = r.case_id \
             JOIN orgs o ON o.id = c.org {} WHERE r.covered = 1 AND {} AND {} = $4 \
             AND c.org_path >= $2 AND c.org_path < $3 \
             ORDER BY r.from_day DESC, r.id DESC LIMIT {MOST_FAULTS}",
            asked.joined, asked.only, asked.batch
        );
        let mut params = made.params(scope);
        params.push(batch.into());
        let read = |mut row: Row| {
            Ok(FaultRow {
                case: CaseId(row.int()?),
                number: row.text()?,
                component: row.text()?,
                fault: row.text()?,
                day: row.text()?,
                unit: UnitId(row.int()?),
                frame_no: row.opt_text()?,
                org: row.text()?,
            })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// Faults since that day that the maker answered for: by component, and by model.
    pub async fn faults_since(
        &self,
        since: &str,
        scope: &Scope,
    ) -> Result<(BTreeMap<String, i64>, BTreeMap<String, i64>)> {
        if scope.is_own() {
            return Ok(Default::default());
        }
        let mut found = Vec::new();
        for by in ["r.component", "u.model"] {
            let sql = format!(
                "SELECT {by}, COUNT(*) FROM repairs r JOIN units u ON u.id = r.unit \
                 WHERE r.covered = 1 AND r.from_day >= $1 AND {by} IS NOT NULL \
                 AND u.org_path >= $2 AND u.org_path < $3 GROUP BY {by} LIMIT {MOST}"
            );
            let params = cells![since, &scope.low, &scope.high];
            let rows = self.exec().rows(sql, params).await?;
            let read = |mut row: Row| Ok((row.text()?, row.int()?));
            found.push(rows.into_iter().map(read).collect::<Result<BTreeMap<_, _>>>()?);
        }
        let models = found.pop().unwrap_or_default();
        Ok((found.pop().unwrap_or_default(), models))
    }

    /// Vehicles that each outlet sold, and how many people own them.
    pub async fn sold_by_outlet(&self, scope: &Scope) -> Result<Vec<(OrgId, i64, i64)>> {
        if scope.is_own() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT u.org, COUNT(*), COUNT(DISTINCT u.owner) FROM units u \
             WHERE u.org IS NOT NULL AND u.owner IS NOT NULL AND u.org_path >= $1 \
             AND u.org_path < $2 AND {VISIBLE} GROUP BY u.org LIMIT {MOST}"
        );
        let params = cells![&scope.low, &scope.high];
        let read = |mut row: Row| Ok((OrgId(row.int()?), row.int()?, row.int()?));
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }
}
