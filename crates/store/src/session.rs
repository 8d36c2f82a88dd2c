//! Sessions of browsers; only the hash of a token is kept.

use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Result, Store};
use base::{Instant, OrgId, PersonId};
use sha2::{Digest, Sha256};

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

pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

impl Store {
    /// Begins a session and drops those that ended.
    pub async fn begin_session(&self, token: &str, session: Session, now: Instant) -> Result<()> {
        self.exec()
            .write(vec![
                Write::any("DELETE FROM sessions WHERE expires_at <= $1", cells![now]),
                Write::one(
                    "INSERT INTO sessions (token_hash, person, org, began_at, expires_at) \
                     VALUES ($1, $2, $3, $4, $5)",
                    cells![token_hash(token), session.person, session.org, now, session.expires_at],
                ),
            ])
            .await?;
        Ok(())
    }

    /// The living session of a token.
    pub async fn session(&self, token: &str, now: Instant) -> Result<Option<Session>> {
        let sql = "SELECT person, org, expires_at FROM sessions \
                   WHERE token_hash = $1 AND expires_at > $2";
        let row = self.exec().row(sql, cells![token_hash(token), now]).await?;
        row.map(|mut row| {
            Ok(Session {
                person: PersonId(row.int()?),
                org: OrgId(row.int()?),
                expires_at: row.instant()?,
            })
        })
        .transpose()
    }

    /// Changes the acting station.
    pub async fn switch_org(&self, token: &str, org: OrgId) -> Result<()> {
        let sql = "UPDATE sessions SET org = $2 WHERE token_hash = $1";
        self.exec().write(vec![Write::one(sql, cells![token_hash(token), org])]).await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, token: &str) -> Result<()> {
        let sql = "DELETE FROM sessions WHERE token_hash = $1";
        self.exec().write(vec![Write::any(sql, cells![token_hash(token)])]).await?;
        Ok(())
    }
}
