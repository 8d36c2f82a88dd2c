//! What keeps a customer's data from being erased: facts for the rules about it, and the holds that
//! somebody put (保全).

use crate::exec::cell::cells;
use crate::exec::{Read, Row, Write};
use crate::{Result, Store, StoreError};
use base::{CaseId, CustomerId, Day, Instant, PersonId, UnitId};
use rulebook::model::form::Personal as Class;
use serde_json::json;

/// What a hold's reason is bound to.
const HOLD: &str = "hold";
/// Most of each kind that is named.
const MOST: i64 = 50;

/// A hold that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    /// Its number.
    pub id: i64,
    /// Why, in clear.
    pub reason: String,
    /// The last day it stands; `None` until it is lifted.
    pub through: Option<Day>,
    /// When it was put.
    pub put_at: Instant,
    /// By whom.
    pub put_by: PersonId,
}

/// A case that is still open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its process.
    pub process: String,
    /// The release it runs under.
    pub release: String,
}

/// What may keep a customer's data, before any rule is asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keeps {
    /// Open cases: the customer's, or of a vehicle of theirs.
    pub open_cases: Vec<OpenCase>,
    /// When the last of their cases was closed.
    pub last_closed: Option<Instant>,
    /// Vehicles they own, with the frame number.
    pub vehicles: Vec<(UnitId, Option<String>)>,
    /// Holds that stand on `today`.
    pub holds: Vec<Hold>,
    /// Photos, signatures and papers that an erasure would take away.
    pub files: i64,
    /// Papers that could no longer be read.
    pub documents: i64,
    /// All their cases, which stay without them.
    pub cases: i64,
}

const OPEN: &str = "SELECT c.id, c.number, c.process, c.release FROM cases c WHERE c.closed_at \
    IS NULL AND (c.customer = $1 OR c.unit IN (SELECT u.id FROM units u WHERE u.owner = $1) \
    OR c.id IN (SELECT p.case_id FROM case_parties p WHERE p.customer = $1)) \
    ORDER BY c.id LIMIT $2";
/// Cases that are theirs: as the customer, or as another party (买方).
const THEIRS: &str = "(c.customer = $1 OR c.id IN \
    (SELECT p.case_id FROM case_parties p WHERE p.customer = $1))";
const VEHICLES: &str = "SELECT id, frame_no FROM units WHERE owner = $1 ORDER BY id LIMIT $2";
const HOLDS: &str = "SELECT h.id, h.reason, h.through, h.put_at, h.put_by, k.id, k.wrapped \
    FROM customer_holds h JOIN customers c ON c.id = h.customer \
    JOIN data_keys k ON k.id = c.key_id WHERE h.customer = $1 AND h.lifted_at IS NULL \
    AND (h.through IS NULL OR h.through >= $2) ORDER BY h.id LIMIT $3";

impl Store {
    /// What may keep a customer's data on that day.
    pub async fn what_keeps(&self, id: CustomerId, today: Day) -> Result<Keeps> {
        let reads = vec![
            Read::new(OPEN, cells![id, MOST]),
            Read::new(counts(), cells![id]),
            Read::new(VEHICLES, cells![id, MOST]),
            Read::new(HOLDS, cells![id, today, MOST]),
        ];
        let mut rows = self.exec().read(reads).await?.into_iter();
        let mut next = || rows.next().unwrap_or_default();
        let open_cases = next().into_iter().map(read_open).collect::<Result<_>>()?;
        let mut keeps = Keeps { open_cases, ..Keeps::default() };
        for mut row in next() {
            keeps.last_closed = row.opt_instant()?;
            (keeps.files, keeps.documents, keeps.cases) = (row.int()?, row.int()?, row.int()?);
        }
        for mut row in next() {
            keeps.vehicles.push((UnitId(row.int()?), row.opt_text()?));
        }
        keeps.holds =
            next().into_iter().map(|row| self.read_hold(row)).collect::<Result<Vec<_>>>()?;
        Ok(keeps)
    }

    fn read_hold(&self, mut row: Row) -> Result<Hold> {
        let (id, sealed, through) = (row.int()?, row.bytes()?, row.opt_day()?);
        let (put_at, put_by) = (row.instant()?, PersonId(row.int()?));
        let key = self.read_key(&mut row)?;
        let reason = match key {
            Some(key) => key.open_text(&sealed, HOLD)?,
            None => crate::ERASED.into(),
        };
        Ok(Hold { id, reason, through, put_at, put_by })
    }

    /// Puts a hold on a customer's data.
    pub async fn put_hold(
        &self,
        id: CustomerId,
        reason: &str,
        through: Option<Day>,
        actor: PersonId,
        now: Instant,
    ) -> Result<i64> {
        let (_, key) = self.case_key(Some(id)).await?;
        let sealed = key.seal(reason.as_bytes(), HOLD)?;
        let hold = self.new_id(now);
        let mut chain = self.customer_chain(id).await?;
        let reason = self.seal_for(id, Class::Other, reason).await?;
        let body = json!({ "reason": reason, "through": through });
        chain.push(self.plain_entry("held", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        writes.push(Write::one(
            "INSERT INTO customer_holds (id, customer, reason, through, put_at, put_by) \
             SELECT $1, c.id, $3, $4, $5, $6 FROM customers c WHERE c.id = $2 \
             AND c.erased_at IS NULL",
            cells![hold, id, sealed, through, now, actor],
        ));
        self.exec().write(writes).await?;
        Ok(hold)
    }

    /// Lifts a hold.
    pub async fn lift_hold(
        &self,
        id: CustomerId,
        hold: i64,
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        let sql = "SELECT id FROM customer_holds WHERE id = $1 AND customer = $2 \
                   AND lifted_at IS NULL";
        let found = self.exec().row(sql, cells![hold, id]).await?;
        found.ok_or(StoreError::NotFound("hold"))?;
        let mut chain = self.customer_chain(id).await?;
        let body = json!({ "hold": hold.to_string() });
        chain.push(self.plain_entry("hold_lifted", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        writes.push(Write::one(
            "UPDATE customer_holds SET lifted_at = $3, lifted_by = $4 \
             WHERE id = $1 AND customer = $2 AND lifted_at IS NULL",
            cells![hold, id, now, actor],
        ));
        self.exec().write(writes).await?;
        Ok(())
    }
}

fn counts() -> String {
    format!(
        "SELECT (SELECT MAX(c.closed_at) FROM cases c WHERE {THEIRS}), \
         (SELECT COUNT(DISTINCT f.file) FROM file_uses f JOIN cases c ON c.id = f.case_id \
         WHERE {THEIRS}), (SELECT COUNT(*) FROM documents d JOIN cases c ON c.id = d.case_id \
         WHERE {THEIRS}), (SELECT COUNT(*) FROM cases c WHERE {THEIRS})"
    )
}

fn read_open(mut row: Row) -> Result<OpenCase> {
    Ok(OpenCase {
        id: CaseId(row.int()?),
        number: row.text()?,
        process: row.text()?,
        release: row.text()?,
    })
}
