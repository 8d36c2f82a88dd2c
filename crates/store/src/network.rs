//! What the register of units (网点登记) shows beside the units themselves: who is certified where,
//! and which case said what a unit is.

use crate::exec::Row;
use crate::exec::cell::cells;
use crate::{Result, Store};
use base::{CaseId, Day, OrgId};

/// Most units the register shows.
const MOST: i64 = 20_000;

/// People of one unit who hold a repair certificate (上岗证) today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certified {
    /// The unit they work at.
    pub org: OrgId,
    /// How many.
    pub people: i64,
    /// When the first of these certificates ends.
    pub first_ends: Option<Day>,
}

/// The case that last said what a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetBy {
    /// The unit.
    pub org: OrgId,
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Where it belongs.
    pub org_path: String,
}

impl Store {
    /// Who holds a certificate that is valid on a day, by unit.
    pub async fn certified_by_unit(&self, today: Day) -> Result<Vec<Certified>> {
        let sql = "SELECT p.org, COUNT(*), MIN(p.certificate_expires) FROM people p \
                   WHERE p.certificate_number IS NOT NULL AND p.certificate_expires >= $1 \
                   AND p.active = 1 AND p.org IS NOT NULL GROUP BY p.org ORDER BY p.org LIMIT $2";
        let read = |mut row: Row| {
            Ok(Certified { org: OrgId(row.int()?), people: row.int()?, first_ends: row.opt_day()? })
        };
        let rows = self.exec().rows(sql, cells![today, MOST]).await?;
        rows.into_iter().map(read).collect()
    }

    /// Which case last said what a unit is, of units a case said anything of.
    pub async fn set_by(&self) -> Result<Vec<SetBy>> {
        let sql = "SELECT o.id, c.id, c.number, c.org_path FROM orgs o \
                   JOIN cases c ON c.id = o.set_by ORDER BY o.id LIMIT $1";
        let read = |mut row: Row| {
            Ok(SetBy {
                org: OrgId(row.int()?),
                case: CaseId(row.int()?),
                number: row.text()?,
                org_path: row.text()?,
            })
        };
        let rows = self.exec().rows(sql, cells![MOST]).await?;
        rows.into_iter().map(read).collect()
    }
}
