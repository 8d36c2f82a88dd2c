//! One vehicle with everything that hangs on it, in one snapshot.

use super::{FIELDS, VISIBLE, read_fields};
use crate::cases::{CaseRow, case_rows};
use crate::customer;
use crate::exec::cell::cells;
use crate::exec::{Read, Row};
use crate::unit::{Unit, UnitComponent, UnitHead, UnitWarning};
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, OrgId, UnitId};
use engine::HistoryItem;

/// Earlier repairs of a vehicle, newest first; parameter 1 is the vehicle.
pub(crate) const HISTORY: &str = "SELECT r.case_id, c.number, r.component, r.fault, r.from_day, \
    r.to_day, r.waiting_parts_days, r.covered, r.replaced, r.delivered_at \
    FROM repairs r JOIN cases c ON c.id = r.case_id WHERE r.unit = $1 \
    ORDER BY r.delivered_at DESC, r.id DESC LIMIT 50";

/// A row of [`HISTORY`].
pub(crate) fn read_history(mut row: Row) -> Result<HistoryItem> {
    Ok(HistoryItem {
        case: CaseId(row.int()?),
        number: row.text()?,
        component: row.text()?,
        fault: row.text()?,
        from: row.day()?,
        to: row.day()?,
        waiting_parts_days: row.int()?,
        covered: row.flag()?,
        replaced: row.flag()?,
        delivered_at: row.instant()?,
    })
}

/// Components now built in; parameter 1 is the vehicle.
pub(crate) const COMPONENTS: &str = "SELECT component, serial, from_day, case_id \
    FROM unit_components WHERE unit = $1 AND to_day IS NULL ORDER BY component, id";

pub(crate) fn read_component(mut row: Row) -> Result<UnitComponent> {
    Ok(UnitComponent {
        component: row.text()?,
        serial: row.opt_text()?,
        since: row.opt_day()?,
        case: row.opt_int()?.map(CaseId),
    })
}

fn read_warning(mut row: Row) -> Result<UnitWarning> {
    Ok(UnitWarning {
        code: row.text()?,
        values: row.json()?,
        case: row.opt_int()?.map(CaseId),
        at: row.instant()?,
    })
}

/// The vehicle and its owner; parameter 1 is the vehicle.
fn head() -> String {
    format!(
        "SELECT {FIELDS}, {} FROM units u LEFT JOIN customers c ON c.id = u.owner \
         LEFT JOIN data_keys ck ON ck.id = c.key_id WHERE u.id = $1 AND {VISIBLE}",
        customer::COLUMNS
    )
}

impl Store {
    /// One vehicle and whose it is.
    pub async fn unit_head(&self, id: UnitId) -> Result<UnitHead> {
        let row = self.exec().row(head(), cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("unit"))?;
        let fields = read_fields(&mut row)?;
        Ok(UnitHead { id, fields, owner: self.read_customer(&mut row)? })
    }

    /// One vehicle with components, owner, warnings, history, and its cases in scope.
    pub async fn unit(&self, id: UnitId, scope: &Scope) -> Result<Unit> {
        let warnings = "SELECT code, body, case_id, at FROM unit_warnings WHERE unit = $1 \
                        ORDER BY at DESC LIMIT 50";
        let cases = case_rows(
            "c.unit = $1 AND c.org_path >= $2 AND c.org_path < $3 AND (CAST($4 AS BIGINT) = 0 \
             OR $4 IN (c.assignee, c.opener, c.owner))",
            "50",
        );
        let own = scope.own.map_or(0, |person| person.0);
        let mut rows = self
            .exec()
            .read(vec![
                Read::new(head(), cells![id]),
                Read::new(COMPONENTS, cells![id]),
                Read::new(warnings, cells![id]),
                Read::new(HISTORY, cells![id]),
                Read::new(cases, cells![id, &scope.low, &scope.high, own]),
            ])
            .await?
            .into_iter();
        let mut next = || rows.next().unwrap_or_default();
        let mut head = next().pop().ok_or(StoreError::NotFound("unit"))?;
        let fields = read_fields(&mut head)?;
        let owner = self.read_customer(&mut head)?;
        let components = next().into_iter().map(read_component).collect::<Result<Vec<_>>>()?;
        let warnings = next().into_iter().map(read_warning).collect::<Result<Vec<_>>>()?;
        let history = next().into_iter().map(read_history).collect::<Result<Vec<_>>>()?;
        let read_case = |row| self.read_case_row(row);
        let cases = next().into_iter().map(read_case).collect::<Result<Vec<CaseRow>>>()?;
        let org = match fields.org {
            Some(OrgId(org)) => self.org(OrgId(org)).await.ok(),
            None => None,
        };
        Ok(Unit { id, fields, org, components, warnings, owner, history, cases })
    }
}
