//! Invitations (邀请): a link with which somebody sets their password, once.

use super::{NewPerson, Person};
use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::session::{fingerprint, token_hash};
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId};
use serde_json::json;

/// How long a link holds, in seconds: three days.
pub const INVITED: i64 = 3 * 86_400;

/// What a link leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Invitation {
    /// Who sets a password; `None`: the first administrator of an empty system.
    pub person: Option<Person>,
    /// Through when.
    pub expires_at: Instant,
}

const VOID: &str = "DELETE FROM invitations WHERE COALESCE(person, 0) = $1";
const MAKE: &str = "INSERT INTO invitations (token_hash, person, made_by, made_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5)";
const USE: &str = "DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2";

impl Store {
    /// Makes a link for a person; an earlier one is void. Their password holds until it is used.
    pub async fn invite(
        &self,
        person: PersonId,
        token: &str,
        by: PersonId,
        now: Instant,
    ) -> Result<Instant> {
        let (_, chain) = self.person_chain(person).await?;
        let expires = now.plus_seconds(INVITED);
        let writes = vec![
            Write::any(VOID, cells![person]),
            Write::one(MAKE, cells![token_hash(token), person, by, now, expires]),
        ];
        self.journaled(chain, ("invited", json!({})), Some(by), writes, now).await?;
        Ok(expires)
    }

    /// Makes the link for the first administrator; an earlier one is void.
    pub async fn invite_first(&self, token: &str, now: Instant) -> Result<Instant> {
        let expires = now.plus_seconds(INVITED);
        let nobody: Option<i64> = None;
        let writes = vec![
            Write::any(VOID, cells![0_i64]),
            Write::one(MAKE, cells![token_hash(token), nobody, nobody, now, expires]),
        ];
        self.exec().write(writes).await?;
        Ok(expires)
    }

    /// What a link leads to; `None` when it was used, replaced or has expired.
    pub async fn invitation(&self, token: &str, now: Instant) -> Result<Option<Invitation>> {
        let sql = "SELECT person, expires_at FROM invitations \
                   WHERE token_hash = $1 AND expires_at > $2";
        let row = self.exec().row(sql, cells![token_hash(token), now]).await?;
        let Some(mut row) = row else { return Ok(None) };
        let (person, expires_at) = (row.opt_int()?.map(PersonId), row.instant()?);
        let person = match person {
            Some(id) => Some(self.person(id).await?),
            None => None,
        };
        Ok(Some(Invitation { person, expires_at }))
    }

    /// Sets the password of who was invited, ends their sessions and tokens, and uses the link up.
    /// A second factor is let go: who lost the phone comes in by a link, and takes a new one on; so
    /// is the PIN, which somebody may have seen.
    /// [`StoreError::NotFound`] when somebody was quicker with it.
    pub async fn accept_invitation(
        &self,
        token: &str,
        person: PersonId,
        hash: &str,
        now: Instant,
    ) -> Result<()> {
        let (_, chain) = self.person_chain(person).await?;
        let used = format!("{USE} AND person = $3");
        let writes = vec![
            Write::one(used, cells![token_hash(token), now, person]),
            Write::one(
                "UPDATE people SET password_hash = $2, second_secret = NULL, pin_sealed = NULL \
                 WHERE id = $1 AND active = 1",
                cells![person, hash],
            ),
            Write::any("DELETE FROM sessions WHERE person = $1", cells![person]),
            Write::any(crate::token::END_ALL, cells![person, now]),
        ];
        let body = json!({ "by_link": true, "password": fingerprint(hash.as_bytes()) });
        match self.journaled(chain, ("password_set", body), Some(person), writes, now).await {
            Err(StoreError::Stale { .. }) => Err(StoreError::NotFound("invitation")),
            done => done,
        }
    }

    /// Makes the first administrator by the link for them.
    pub async fn accept_first(
        &self,
        token: &str,
        person: NewPerson,
        now: Instant,
    ) -> Result<PersonId> {
        let used = Write::one(format!("{USE} AND person IS NULL"), cells![token_hash(token), now]);
        let (id, rows) = self.adding(person, None, now)?;
        let writes = std::iter::once(used).chain(rows).collect();
        match self.exec().write(writes).await {
            Err(Rollback::Guard(0)) => Err(StoreError::NotFound("invitation")),
            done => done.map(|_| id).map_err(Into::into),
        }
    }
}
