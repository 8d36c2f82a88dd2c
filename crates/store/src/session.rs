//! Sessions of browsers; only the hash of a token is kept.

use crate::counter::AtCounter;
use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store};
use base::{CounterId, Instant, OrgId, PersonId};
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
    /// The shared counter it is at.
    pub counter: Option<AtCounter>,
    /// What the company's identity provider has said.
    pub provided: Provided,
}

/// What the company's identity provider has said in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Provided {
    /// Whether it opened the session.
    pub signed_in: bool,
    /// Whether its second factor stands for ours.
    pub second: bool,
    /// When the person last proved there that it is them.
    pub confirmed_at: Option<Instant>,
}

pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A hash of something kept, for the journal: what is kept cannot be told from it, but that it is
/// another one.
pub(crate) fn fingerprint(kept: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(kept))
}

impl Store {
    /// Begins a session and drops those that ended. At a counter there is one at a time.
    pub async fn begin_session(&self, token: &str, session: Session, now: Instant) -> Result<()> {
        let at = session.counter.as_ref();
        let counter = at.map(|at| at.counter);
        let mut writes = vec![Write::any(
            "DELETE FROM sessions WHERE expires_at <= $1 OR counter = $2",
            cells![now, counter.unwrap_or(CounterId(0))],
        )];
        writes.push(Write::one(
            "INSERT INTO sessions (token_hash, person, org, began_at, expires_at, counter, pin, \
             provider, second) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            cells![
                token_hash(token),
                session.person,
                session.org,
                now,
                session.expires_at,
                counter,
                at.is_some_and(|at| at.pin),
                session.provided.signed_in,
                session.provided.second,
            ],
        ));
        if let Some(counter) = counter {
            let sql = "UPDATE shared_counters SET used_at = $2 WHERE id = $1";
            writes.push(Write::one(sql, cells![counter, now]));
        }
        self.exec().write(writes).await?;
        Ok(())
    }

    /// The living session of a token.
    pub async fn session(&self, token: &str, now: Instant) -> Result<Option<Session>> {
        let sql = "SELECT s.person, s.org, s.expires_at, s.provider, s.second, \
                   s.confirmed_at, c.id, c.org, c.name, c.idle_seconds, \
                   c.per_act, s.pin, s.acted FROM sessions s LEFT JOIN shared_counters c \
                   ON c.id = s.counter WHERE s.token_hash = $1 AND s.expires_at > $2 \
                   AND (c.id IS NULL OR c.expires_at > $2)";
        let row = self.exec().row(sql, cells![token_hash(token), now]).await?;
        row.map(|mut row| {
            Ok(Session {
                person: PersonId(row.int()?),
                org: OrgId(row.int()?),
                expires_at: row.instant()?,
                provided: Provided {
                    signed_in: row.flag()?,
                    second: row.flag()?,
                    confirmed_at: Some(row.instant()?).filter(|at| *at > Instant(0)),
                },
                counter: at_counter(&mut row)?,
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

    /// Somebody is still there: the session at a counter goes on until then, unless its act is
    /// done.
    pub async fn stay(&self, token: &str, until: Instant) -> Result<()> {
        let sql = "UPDATE sessions SET expires_at = $2 \
                   WHERE token_hash = $1 AND counter IS NOT NULL AND acted = 0";
        self.exec().write(vec![Write::any(sql, cells![token_hash(token), until])]).await?;
        Ok(())
    }

    /// The act at a counter is done: the session shows its outcome until then and does no more.
    pub async fn acted(&self, token: &str, until: Instant) -> Result<()> {
        let sql = "UPDATE sessions SET acted = 1, expires_at = $2 \
                   WHERE token_hash = $1 AND counter IS NOT NULL AND acted = 0";
        self.exec().write(vec![Write::any(sql, cells![token_hash(token), until])]).await?;
        Ok(())
    }
}

fn at_counter(row: &mut Row) -> Result<Option<AtCounter>> {
    let Some(counter) = row.opt_int()?.map(CounterId) else { return Ok(None) };
    Ok(Some(AtCounter {
        counter,
        org: OrgId(row.int()?),
        name: row.text()?,
        idle_seconds: row.int()?,
        per_act: row.flag()?,
        pin: row.flag()?,
        acted: row.flag()?,
    }))
}
