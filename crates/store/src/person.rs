//! Members of staff (员工), their roles, certificates and sessions.

use crate::exec::cell::{cells, print};
use crate::exec::{Cell, Read, Row, Write, places};
use crate::keys::{open_column, word};
use crate::personal::Personal;
pub use crate::session::Session;
use crate::{Result, Scope, Store, StoreError};
use base::{Day, Instant, OrgId, PersonId};
use rulebook::model::form::Personal as Class;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A role held at an organisation unit, with effect on everything below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// A person to add or change; the login names them.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// Login name, unique.
    pub login: String,
    /// Name in clear; sealed before it is stored.
    pub name: String,
    /// Station of daily work.
    pub org: Option<OrgId>,
    /// `zh` or `en`.
    pub lang: String,
    /// argon2id hash; `None` leaves the old one.
    pub password_hash: Option<String>,
    /// Roles.
    pub roles: Vec<RoleAt>,
    /// Certificate.
    pub certificate: Option<Certificate>,
    /// Skills.
    pub skills: Vec<String>,
    /// Absent through this day.
    pub away_until: Option<Day>,
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
    p.certificate_number, p.certificate_expires, p.skills, p.away_until, p.active";
const TABLES: &str = "people p JOIN data_keys k ON k.id = p.key_id";

impl Store {
    /// Adds a person or changes the one with that login; roles are replaced.
    pub async fn put_person(&self, person: NewPerson, now: Instant) -> Result<PersonId> {
        let known = self
            .exec()
            .row("SELECT id, key_id FROM people WHERE login = $1", cells![&person.login])
            .await?
            .map(|mut row| Ok::<_, StoreError>((row.int()?, row.int()?)))
            .transpose()?;
        let org = person.org.ok_or_else(|| StoreError::Invalid("a person needs a unit".into()))?;
        let mut writes = Vec::new();
        let (id, key_id, key) = if let Some((id, key_id)) = known {
            (id, key_id, self.key(key_id).await?)
        } else {
            let key_id = self.new_id(now);
            let (key, write) = self.new_key(key_id, now)?;
            writes.push(write);
            (self.new_id(now), key_id, key)
        };
        let name = key.seal(person.name.as_bytes(), word(Class::Name))?;
        writes.push(Write::one(
            "INSERT INTO people (id, login, key_id, name, org, lang, password_hash, \
             certificate_number, certificate_expires, skills, away_until, active) \
             VALUES ($1, $2, $3, $4, $5, $6, COALESCE($7, ''), $8, $9, $10, $11, 1) \
             ON CONFLICT (login) DO UPDATE SET name = $4, org = $5, lang = $6, \
             password_hash = COALESCE($7, people.password_hash), certificate_number = $8, \
             certificate_expires = $9, skills = $10, away_until = $11",
            cells![
                id,
                person.login,
                key_id,
                name,
                org,
                if person.lang == "en" { "en" } else { "zh" },
                person.password_hash,
                person.certificate.as_ref().map(|c| &c.number),
                person.certificate.as_ref().map(|c| c.expires),
                print(&person.skills)?,
                person.away_until,
            ],
        ));
        writes.push(Write::any("DELETE FROM person_roles WHERE person = $1", cells![id]));
        for RoleAt { role, org } in &person.roles {
            writes.push(Write::one(
                "INSERT INTO person_roles (person, role, org, path, path_end) \
                 SELECT $1, $2, id, path, substr(path, 1, length(path) - 1) || '0' \
                 FROM orgs WHERE id = $3 ON CONFLICT (person, role, org) DO UPDATE SET role = $2",
                cells![id, role, *org],
            ));
        }
        self.exec().write(writes).await?;
        Ok(PersonId(id))
    }

    /// Lets a person sign in, or no more; ends their sessions then.
    pub async fn set_active(&self, id: PersonId, active: bool) -> Result<()> {
        let mut writes =
            vec![Write::one("UPDATE people SET active = $2 WHERE id = $1", cells![id, active])];
        if !active {
            writes.push(Write::any("DELETE FROM sessions WHERE person = $1", cells![id]));
        }
        self.exec().write(writes).await?;
        Ok(())
    }

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
            cells![&scope.low, &scope.high, role.unwrap_or_default(), limit.clamp(1, 500)],
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
        })
    }
}
