//! Repair certificates (维修上岗证): who holds what, for the wall.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, places};
use crate::person::Person;
use crate::{Result, Scope, Store};
use base::{CaseId, Day, PersonId};
use std::collections::HashMap;

/// A certificate as its case issued it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued_on: Day,
    /// Last day it is valid.
    pub expires: Day,
    /// The case.
    pub case: CaseId,
    /// `replaced` or `withdrawn`; `None` while it counts.
    pub ended: Option<String>,
}

/// A person of the wall with the certificates ever issued to them, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The person; `certificate` is what counts.
    pub person: Person,
    /// What was issued here; what was taken over at the start has no case and stands not here.
    pub issued: Vec<Issued>,
}

impl Store {
    /// Active people in scope who hold one of `roles`, a certificate, or had one.
    pub async fn certificate_holders(
        &self,
        scope: &Scope,
        roles: &[&str],
        limit: u32,
    ) -> Result<Vec<Holder>> {
        let own = scope.own.map_or(0, |person| person.0);
        let mut params = cells![&scope.low, &scope.high, own, limit.clamp(1, 1000)];
        params.extend(roles.iter().map(|role| Cell::from(*role)));
        let held = if roles.is_empty() { "('')".into() } else { places(5, roles.len()) };
        let filter = format!(
            "p.id IN (SELECT h.id FROM people h JOIN orgs o ON o.id = h.org \
             WHERE h.active = 1 AND o.path >= $1 AND o.path < $2 \
             AND CAST($3 AS BIGINT) IN (0, h.id) \
             AND (h.certificate_number IS NOT NULL \
             OR h.id IN (SELECT person FROM person_roles WHERE role IN {held}) \
             OR h.id IN (SELECT person FROM certificates)) ORDER BY o.path, h.login LIMIT $4)"
        );
        let people = self.people_where(&filter, params).await?;
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let mut issued = self.issued_to(&ids).await?;
        let holder = |person: Person| {
            let issued = issued.remove(&person.id).unwrap_or_default();
            Holder { person, issued }
        };
        Ok(people.into_iter().map(holder).collect())
    }

    /// Active people whose certificate runs out within these days and has no case that watches
    /// over it: it was entered by hand.
    pub async fn certificates_without_case(
        &self,
        from: Day,
        through: Day,
        limit: u32,
    ) -> Result<Vec<Person>> {
        let filter = "p.id IN (SELECT h.id FROM people h WHERE h.active = 1 \
                      AND h.certificate_number IS NOT NULL AND h.certificate_expires >= $1 \
                      AND h.certificate_expires <= $2 AND NOT EXISTS (SELECT 1 FROM certificates c \
                      WHERE c.person = h.id AND c.ended IS NULL) ORDER BY h.id LIMIT $3)";
        self.people_where(filter, cells![from, through, limit.clamp(1, 1000)]).await
    }

    /// The certificates of these people, newest first.
    async fn issued_to(&self, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<Issued>>> {
        let mut all: HashMap<PersonId, Vec<Issued>> = HashMap::new();
        if people.is_empty() {
            return Ok(all);
        }
        let sql = format!(
            "SELECT person, number, issued_on, expires, case_id, ended FROM certificates \
             WHERE person IN {} ORDER BY id DESC",
            places(1, people.len())
        );
        let params = people.iter().map(|id| Cell::from(*id)).collect();
        for row in self.exec().rows(sql, params).await? {
            let (person, issued) = read(row)?;
            all.entry(person).or_default().push(issued);
        }
        Ok(all)
    }
}

fn read(mut row: Row) -> Result<(PersonId, Issued)> {
    let person = PersonId(row.int()?);
    let issued = Issued {
        number: row.text()?,
        issued_on: row.day()?,
        expires: row.day()?,
        case: CaseId(row.int()?),
        ended: row.opt_text()?,
    };
    Ok((person, issued))
}
