//! Members of staff (员工), their roles, certificates and sessions.

pub(crate) mod identity;
mod invitation;
mod pin;
mod second;
mod write;

pub use identity::{Identity, Linking, Proven};
pub use invitation::{INVITED, Invitation};
pub use pin::Pin;
pub use write::PersonEvent;

use crate::exec::cell::cells;
use crate::exec::{Cell, Read, Row, places};
use crate::keys::open_column;
use crate::personal::Personal;
pub use crate::session::Session;
use crate::{Result, Scope, Store, StoreError};
use base::{Day, OrgId, PersonId};
use rulebook::model::form::Personal as Class;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A role held at an organisation unit, with effect on everything below it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoleAt {
    /// The role's key.
    pub role: String,
    /// Where.
    pub org: OrgId,
}

/// A repair certificate (维修上岗证), EB-10.4b.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Number.
    pub number: String,
    /// Last day it is valid.
    pub expires: Day,
}

/// A member of staff.
#[expect(clippy::struct_excessive_bools, reason = "each says another thing about one person")]
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Login name.
    pub login: String,
    /// Name; staff see each other's in clear.
    pub name: Personal,
    /// The station of daily work; the acting station after sign-in.
    pub org: OrgId,
    /// `zh` or `en`.
    pub lang: String,
    /// Roles with their place.
    pub roles: Vec<RoleAt>,
    /// The certificate, if any.
    pub certificate: Option<Certificate>,
    /// Skills.
    pub skills: Vec<String>,
    /// Absent through this day.
    pub away_until: Option<Day>,
    /// Whether the person may sign in.
    pub active: bool,
    /// How many entries their journal has: a change names the one it was made on.
    pub version: i64,
    /// Whether they ever set a password.
    pub enrolled: bool,
    /// Whether they are linked to who they are at the company's identity provider.
    pub linked: bool,
    /// Whether signing in asks for a code beside the password (两步验证).
    pub second_factor: bool,
    /// How it stands with their PIN at shared counters (柜台口令).
    pub pin: Pin,
}

/// A person to add.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// Login name, unique.
    pub login: String,
    /// argon2id hash; `None`: who is invited sets it.
    pub password_hash: Option<String>,
    /// Certificate given before the program kept them.
    pub certificate: Option<Certificate>,
    /// All that may change later.
    pub standing: Standing,
}

/// What may be changed of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Name in clear; sealed before it is stored.
    pub name: String,
    /// Station of daily work.
    pub org: OrgId,
    /// `zh` or `en`.
    pub lang: String,
    /// Roles.
    pub roles: Vec<RoleAt>,
    /// Skills.
    pub skills: Vec<String>,
    /// Absent through this day.
    pub away_until: Option<Day>,
    /// Whether the person may sign in.
    pub active: bool,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            name: String::new(),
            org: OrgId(0),
            lang: "zh".into(),
            roles: vec![],
            skills: vec![],
            away_until: None,
            active: true,
        }
    }
}

/// A person who may be chosen in a picker.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The person; roles are those held at the asked unit or above.
    pub person: Person,
    /// Open cases assigned.
    pub open_cases: u32,
}

const COLUMNS: &str = "p.id, p.login, k.id, k.wrapped, p.name, p.org, p.lang, \
    p.certificate_number, p.certificate_expires, p.skills, p.away_until, p.active, \
    p.journal_seq, CASE WHEN p.password_hash = '' THEN 0 ELSE 1 END, \
    CASE WHEN EXISTS (SELECT 1 FROM identities i WHERE i.person = p.id) THEN 1 ELSE 0 END, \
    CASE WHEN p.second_secret IS NULL THEN 0 ELSE 1 END, \
    CASE WHEN p.pin_sealed IS NULL THEN -1 ELSE p.pin_misses END";
const TABLES: &str = "people p JOIN data_keys k ON k.id = p.key_id";

impl Store {
    /// The person and password hash behind a login, for signing in; only active ones.
    pub async fn login(&self, login: &str) -> Result<Option<(Person, String)>> {
        let sql = "SELECT id, password_hash FROM people WHERE login = $1 AND active = 1";
        let Some(mut row) = self.exec().row(sql, cells![login]).await? else { return Ok(None) };
        let (id, hash) = (PersonId(row.int()?), row.text()?);
        Ok(Some((self.person(id).await?, hash)))
    }

    /// One person.
    pub async fn person(&self, id: PersonId) -> Result<Person> {
        self.people_named(&[id]).await?.pop().ok_or(StoreError::NotFound("person"))
    }

    /// Several people by id, for names on a page; unknown ids are left out.
    pub async fn people_named(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let mut ids: Vec<Cell> = ids.iter().map(|id| (*id).into()).collect();
        ids.dedup();
        self.people_where(&format!("p.id IN {}", places(1, ids.len())), ids).await
    }

    /// People whose station lies in scope, by login; only those holding `role` when given.
    pub async fn people(
        &self,
        scope: &Scope,
        role: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Person>> {
        self.people_where(
            "p.id IN (SELECT p.id FROM people p JOIN orgs o ON o.id = p.org \
             WHERE o.path >= $1 AND o.path < $2 AND ($3 = '' OR p.id IN \
             (SELECT person FROM person_roles WHERE role = $3)) ORDER BY p.login LIMIT $4)",
            cells![&scope.low, &scope.high, role.unwrap_or_default(), limit.clamp(1, 10_000)],
        )
        .await
    }

    /// Active people holding one of `roles` (any role when empty) at `org` or an ancestor, with
    /// their open cases; only the roles held there are named.
    pub async fn candidates(&self, org: OrgId, roles: &[String]) -> Result<Vec<Candidate>> {
        let path = self.org(org).await?.path;
        let mut params = cells![path];
        params.extend(roles.iter().map(Cell::from));
        let role = if roles.is_empty() {
            String::new()
        } else {
            format!(" AND role IN {}", places(2, roles.len()))
        };
        let filter = format!(
            "p.active = 1 AND p.id IN (SELECT person FROM person_roles \
             WHERE path <= $1 AND path_end > $1{role})"
        );
        let people = self.people_where(&filter, params).await?;
        let ids: Vec<Cell> = people.iter().map(|p| p.id.into()).collect();
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let held_here = format!(
            "SELECT person, role FROM person_roles WHERE path <= $1 AND path_end > $1 \
             AND person IN {}",
            places(2, ids.len())
        );
        let load = format!(
            "SELECT assignee, COUNT(*) FROM cases WHERE closed_at IS NULL AND assignee IN {} \
             GROUP BY assignee",
            places(1, ids.len())
        );
        let mut here_params = cells![self.org(org).await?.path];
        here_params.extend(ids.iter().cloned());
        let mut rows = self
            .exec()
            .read(vec![Read::new(held_here, here_params), Read::new(load, ids)])
            .await?
            .into_iter();
        let mut held: HashMap<i64, Vec<String>> = HashMap::new();
        for mut row in rows.next().unwrap_or_default() {
            held.entry(row.int()?).or_default().push(row.text()?);
        }
        let mut open: HashMap<i64, u32> = HashMap::new();
        for mut row in rows.next().unwrap_or_default() {
            open.insert(row.int()?, row.count()?);
        }
        Ok(people
            .into_iter()
            .map(|mut person| {
                let here = held.remove(&person.id.0).unwrap_or_default();
                person.roles.retain(|at| here.contains(&at.role));
                Candidate { open_cases: open.get(&person.id.0).copied().unwrap_or(0), person }
            })
            .collect())
    }

    /// People by a condition over `p`, with their roles, on one snapshot.
    pub(crate) async fn people_where(
        &self,
        filter: &str,
        params: Vec<Cell>,
    ) -> Result<Vec<Person>> {
        let people = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {filter} ORDER BY p.login");
        let roles = format!(
            "SELECT r.person, r.role, r.org FROM person_roles r JOIN people p ON p.id = r.person \
             WHERE {filter} ORDER BY r.role, r.org"
        );
        let mut rows = self
            .exec()
            .read(vec![Read::new(people, params.clone()), Read::new(roles, params)])
            .await?
            .into_iter();
        let people = rows.next().unwrap_or_default();
        let mut roles: HashMap<i64, Vec<RoleAt>> = HashMap::new();
        for mut row in rows.next().unwrap_or_default() {
            let person = row.int()?;
            let role = RoleAt { role: row.text()?, org: OrgId(row.int()?) };
            roles.entry(person).or_default().push(role);
        }
        let read = |mut row: Row| {
            let mut person = self.read_person(&mut row)?;
            person.roles = roles.remove(&person.id.0).unwrap_or_default();
            Ok(person)
        };
        people.into_iter().map(read).collect()
    }

    fn read_person(&self, row: &mut Row) -> Result<Person> {
        let (id, login) = (PersonId(row.int()?), row.text()?);
        let key = self.read_key(row)?;
        let name = open_column(Class::Name, row.opt_bytes()?, key.as_ref())?;
        let (org, lang) = (OrgId(row.int()?), row.text()?);
        let (number, expires) = (row.opt_text()?, row.opt_day()?);
        Ok(Person {
            id,
            login,
            name: name.unwrap_or_else(|| Personal::new(Class::Name, "***")),
            org,
            lang,
            roles: vec![],
            certificate: number
                .zip(expires)
                .map(|(number, expires)| Certificate { number, expires }),
            skills: row.json()?,
            away_until: row.opt_day()?,
            active: row.flag()?,
            version: row.int()?,
            enrolled: row.flag()?,
            linked: row.flag()?,
            second_factor: row.flag()?,
            pin: Pin::of(row.int()?),
        })
    }
}
