//! Deputies (代理人): who holds whose office from which day through which.

use crate::exec::cell::cells;
use crate::exec::{Read, Rollback, Row, Write};
use crate::keys::{open_column, word};
use crate::person::RoleAt;
use crate::{Result, Scope, Store, StoreError};
use base::{Day, Instant, OrgId, PersonId};
use rulebook::model::form::Personal as Class;
use std::collections::HashMap;

/// Most rows on a page.
const PAGE: i64 = 200;

/// A deputy as named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeputy {
    /// Who is away.
    pub person: PersonId,
    /// Who holds the office meanwhile.
    pub deputy: PersonId,
    /// From this day.
    pub from: Day,
    /// Through this day.
    pub to: Day,
    /// Why; sealed before it is stored.
    pub reason: String,
    /// Who says so.
    pub named_by: PersonId,
}

/// A deputy as it stands in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDeputy {
    /// Id.
    pub id: i64,
    /// As named.
    pub named: NewDeputy,
    /// When it was named.
    pub named_at: Instant,
    /// When it was ended before its last day.
    pub ended_at: Option<Instant>,
}

/// What the deputies of some days have to know: whose office, with which roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// Who is away.
    pub person: PersonId,
    /// Who holds the office.
    pub deputy: PersonId,
    /// From this day.
    pub from: Day,
    /// Through this day.
    pub to: Day,
    /// The roles of who is away.
    pub roles: Vec<RoleAt>,
}

const COLUMNS: &str = "k.id, k.wrapped, d.id, d.person, d.deputy, d.from_day, d.to_day, d.reason, \
    d.named_by, d.named_at, d.ended_at";
const TABLES: &str = "deputies d JOIN people p ON p.id = d.person \
    JOIN data_keys k ON k.id = p.key_id JOIN orgs o ON o.id = p.org";

impl Store {
    /// Names a deputy. `Taken("deputy")` when the person has one in these days, or the deputy is
    /// away in them.
    pub async fn name_deputy(&self, new: &NewDeputy, now: Instant) -> Result<i64> {
        let sql = "SELECT key_id FROM people WHERE id = $1";
        let row = self.exec().row(sql, cells![new.person]).await?;
        let key = self.key(row.ok_or(StoreError::NotFound("person"))?.int()?).await?;
        let reason = key.seal(new.reason.as_bytes(), word(Class::Other))?;
        let id = self.new_id(now);
        let write = Write::one(
            "INSERT INTO deputies (id, person, deputy, from_day, to_day, reason, named_by, \
             named_at) SELECT CAST($1 AS BIGINT), p.id, CAST($3 AS BIGINT), CAST($4 AS TEXT), \
             CAST($5 AS TEXT), $6, CAST($7 AS BIGINT), CAST($8 AS BIGINT) \
             FROM people p WHERE p.id = $2 AND NOT EXISTS (SELECT 1 FROM deputies d \
             WHERE d.person IN ($2, $3) AND d.ended_at IS NULL \
             AND d.from_day <= $5 AND d.to_day >= $4)",
            cells![id, new.person, new.deputy, new.from, new.to, reason, new.named_by, now],
        );
        match self.exec().write(vec![write]).await {
            Ok(_) => Ok(id),
            Err(Rollback::Guard(_)) => Err(StoreError::Taken("deputy")),
            Err(other) => Err(other.into()),
        }
    }

    /// Ends a deputyship before its last day; one that has ended stays as it is.
    pub async fn end_deputy(&self, id: i64, by: PersonId, now: Instant) -> Result<()> {
        let sql = "UPDATE deputies SET ended_by = $2, ended_at = $3 \
                   WHERE id = $1 AND ended_at IS NULL";
        self.exec().write(vec![Write::any(sql, cells![id, by, now])]).await?;
        Ok(())
    }

    /// Deputies of people who work in scope, and those that concern `me`; the newest first. Without
    /// a scope only those that concern `me`.
    pub async fn deputies(&self, me: PersonId, scope: Option<&Scope>) -> Result<Vec<NamedDeputy>> {
        let (low, high) = scope.map_or(("", ""), |scope| (&scope.low, &scope.high));
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE d.person = $1 OR d.deputy = $1 \
             OR (o.path >= $2 AND o.path < $3) ORDER BY d.from_day DESC, d.id DESC LIMIT $4"
        );
        let rows = self.exec().rows(sql, cells![me, low, high, PAGE]).await?;
        rows.into_iter().map(|row| self.read_deputy(row)).collect()
    }

    /// One deputyship.
    pub async fn deputy(&self, id: i64) -> Result<NamedDeputy> {
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE d.id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        self.read_deputy(row.ok_or(StoreError::NotFound("deputy"))?)
    }

    fn read_deputy(&self, mut row: Row) -> Result<NamedDeputy> {
        let key = self.read_key(&mut row)?;
        let (id, person, deputy) = (row.int()?, PersonId(row.int()?), PersonId(row.int()?));
        let (from, to) = (row.day()?, row.day()?);
        let reason = open_column(Class::Other, row.opt_bytes()?, key.as_ref())?;
        let reason = reason.map(|text| text.reveal().to_owned()).unwrap_or_default();
        let named_by = PersonId(row.int()?);
        Ok(NamedDeputy {
            id,
            named: NewDeputy { person, deputy, from, to, reason, named_by },
            named_at: row.instant()?,
            ended_at: row.opt_instant()?,
        })
    }

    /// Deputyships of that day or later that nobody ended, of people and deputies in service.
    pub async fn acting(&self, day: Day) -> Result<Vec<Acting>> {
        let holds = "d.ended_at IS NULL AND d.to_day >= $1 AND p.active = 1 AND q.active = 1";
        let from = "deputies d JOIN people p ON p.id = d.person JOIN people q ON q.id = d.deputy";
        let rows = format!(
            "SELECT d.person, d.deputy, d.from_day, d.to_day FROM {from} WHERE {holds} \
             ORDER BY d.from_day, d.id"
        );
        let roles = format!(
            "SELECT DISTINCT r.person, r.role, r.org FROM {from} \
             JOIN person_roles r ON r.person = d.person WHERE {holds} ORDER BY r.role, r.org"
        );
        let reads = vec![Read::new(rows, cells![day]), Read::new(roles, cells![day])];
        let mut read = self.exec().read(reads).await?.into_iter();
        let rows = read.next().unwrap_or_default();
        let mut roles: HashMap<i64, Vec<RoleAt>> = HashMap::new();
        for mut row in read.next().unwrap_or_default() {
            let person = row.int()?;
            let role = RoleAt { role: row.text()?, org: OrgId(row.int()?) };
            roles.entry(person).or_default().push(role);
        }
        let acting = |mut row: Row| {
            let person = PersonId(row.int()?);
            let roles = roles.get(&person.0).cloned().unwrap_or_default();
            let deputy = PersonId(row.int()?);
            Ok(Acting { person, deputy, from: row.day()?, to: row.day()?, roles })
        };
        rows.into_iter().map(acting).collect()
    }
}
