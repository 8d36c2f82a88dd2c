//! What is heeded with a vehicle or a customer (留意): open cases that stand where the rulebook says
//! their answers are shown with whom they are about.

use crate::exec::{Cell, Row, places};
use crate::{Result, Store};
use base::{CaseId, CustomerId, UnitId};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Most cases shown with one vehicle or customer.
const MOST: usize = 10;

/// What is read of a case.
const COLUMNS: &str = "id, number, process, main_state, org_path, assignee, opener, owner, data";

/// A state of a process by which something is heeded: process and state of its main track.
pub type Where = (String, String);

/// A case that is heeded.
#[derive(Debug, Clone, PartialEq)]
pub struct Heed {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its process.
    pub process: String,
    /// Where it stands.
    pub state: String,
    /// The path of the unit it belongs to.
    pub org_path: String,
    /// Who has a hand in it: assignee, opener, owner.
    pub people: [Option<i64>; 3],
    /// What was written there.
    pub data: Map<String, Json>,
}

impl Store {
    /// What is heeded with these vehicles, of each the latest first.
    pub async fn heeded_units(
        &self,
        units: &[UnitId],
        at: &[Where],
    ) -> Result<BTreeMap<UnitId, Vec<Heed>>> {
        let found = self.heeded("unit", units.iter().map(|unit| unit.0), at).await?;
        Ok(found.into_iter().map(|(id, heeds)| (UnitId(id), heeds)).collect())
    }

    /// What is heeded with these customers, of each the latest first.
    pub async fn heeded_customers(
        &self,
        customers: &[CustomerId],
        at: &[Where],
    ) -> Result<BTreeMap<CustomerId, Vec<Heed>>> {
        let found = self.heeded("customer", customers.iter().map(|id| id.0), at).await?;
        Ok(found.into_iter().map(|(id, heeds)| (CustomerId(id), heeds)).collect())
    }

    async fn heeded(
        &self,
        subject: &str,
        ids: impl Iterator<Item = i64>,
        at: &[Where],
    ) -> Result<BTreeMap<i64, Vec<Heed>>> {
        let mut params: Vec<Cell> = ids.map(Cell::from).collect();
        let count = params.len();
        let mut found: BTreeMap<i64, Vec<Heed>> = BTreeMap::new();
        if count == 0 || at.is_empty() {
            return Ok(found);
        }
        let mut stands = Vec::with_capacity(at.len());
        // By the few open cases of the subject, not by all that stand there in the company.
        let dialect = self.exec().dialect();
        let [kind, place] = ["process", "main_state"].map(|column| dialect.unindexed(column));
        for (process, state) in at {
            params.push(process.as_str().into());
            params.push(state.as_str().into());
            let last = params.len();
            stands.push(format!("({kind} = ${} AND {place} = ${last})", last - 1));
        }
        // Numbered within each subject, so that none with many hides another.
        let sql = format!(
            "SELECT {subject}, {COLUMNS} FROM (SELECT {subject}, {COLUMNS}, \
             ROW_NUMBER() OVER (PARTITION BY {subject} ORDER BY id DESC) AS nth \
             FROM cases WHERE {subject} IN {} AND closed_at IS NULL AND ({})) latest \
             WHERE nth <= {MOST} ORDER BY id DESC",
            places(1, count),
            stands.join(" OR ")
        );
        for mut row in self.exec().rows(sql, params).await? {
            let subject = row.int()?;
            found.entry(subject).or_default().push(read(&mut row)?);
        }
        Ok(found)
    }
}

fn read(row: &mut Row) -> Result<Heed> {
    Ok(Heed {
        case: CaseId(row.int()?),
        number: row.text()?,
        process: row.text()?,
        state: row.text()?,
        org_path: row.text()?,
        people: [row.opt_int()?, row.opt_int()?, row.opt_int()?],
        data: row.json()?,
    })
}
