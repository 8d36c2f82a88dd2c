//! Members of staff (员工), their roles, certificates and sessions.

use crate::personal::Personal;
use crate::{Result, Scope, Store, StoreError};
use base::{Day, Instant, OrgId, PersonId};
use serde::{Deserialize, Serialize};

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

/// A session of a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub person: PersonId,
    /// The acting station.
    pub org: OrgId,
    /// When it ends.
    pub expires_at: Instant,
}

/// A person who may be chosen in a picker.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The person; roles are those held at the asked unit or above.
    pub person: Person,
    /// Open cases assigned.
    pub open_cases: u32,
}

impl Store {
    /// Adds a person or changes the one with that login; roles are replaced.
    pub async fn put_person(&self, person: NewPerson, now: Instant) -> Result<PersonId> {
        let _ = (person, now);
        Err(StoreError::NotFound("person"))
    }

    /// The person and password hash behind a login, for signing in.
    pub async fn login(&self, login: &str) -> Result<Option<(Person, String)>> {
        let _ = login;
        Ok(None)
    }

    /// One person.
    pub async fn person(&self, id: PersonId) -> Result<Person> {
        let _ = id;
        Err(StoreError::NotFound("person"))
    }

    /// Several people by id, for names on a page; unknown ids are left out.
    pub async fn people_named(&self, ids: &[PersonId]) -> Result<Vec<Person>> {
        let _ = ids;
        Ok(vec![])
    }

    /// People whose station lies in scope, by name; only those holding `role` when given.
    pub async fn people(
        &self,
        scope: &Scope,
        role: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Person>> {
        let _ = (scope, role, limit);
        Ok(vec![])
    }

    /// Active people holding one of `roles` (any role when empty) at `org` or an ancestor.
    pub async fn candidates(&self, org: OrgId, roles: &[String]) -> Result<Vec<Candidate>> {
        let _ = (org, roles);
        Ok(vec![])
    }

    /// Begins a session; only the SHA-256 of the token is kept.
    pub async fn begin_session(&self, token: &str, session: Session, now: Instant) -> Result<()> {
        let _ = (token, session, now);
        Ok(())
    }

    /// The living session of a token.
    pub async fn session(&self, token: &str, now: Instant) -> Result<Option<Session>> {
        let _ = (token, now);
        Ok(None)
    }

    /// Changes the acting station.
    pub async fn switch_org(&self, token: &str, org: OrgId) -> Result<()> {
        let _ = (token, org);
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, token: &str) -> Result<()> {
        let _ = token;
        Ok(())
    }
}
