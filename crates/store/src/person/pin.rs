//! The PIN (柜台口令) of a person: a few digits that open what a shared counter is for.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::session::fingerprint;
use crate::{Result, Store};
use base::{Instant, PersonId};
use serde_json::json;

/// What the sealed hash is bound to.
const PIN: &str = "pin";
/// Wrong PINs in a row before only the password opens.
const MOST_MISSES: i64 = 5;

/// How it stands with somebody's PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pin {
    /// There is none.
    Off,
    /// It opens.
    On,
    /// Too many wrong ones: it opens again once the password did.
    Blocked,
}

impl Pin {
    /// From wrong ones in a row; less than none where no PIN is set.
    pub(super) fn of(misses: i64) -> Self {
        match misses {
            ..0 => Self::Off,
            MOST_MISSES.. => Self::Blocked,
            _ => Self::On,
        }
    }
}

impl Store {
    /// Sets the PIN of a person by its hash, or with `None` lets it go.
    pub async fn set_pin(&self, id: PersonId, hash: Option<&str>, now: Instant) -> Result<()> {
        let (key, chain) = self.person_chain(id).await?;
        let sealed = match hash {
            Some(hash) => Some(self.key(key).await?.seal(hash.as_bytes(), PIN)?),
            None => None,
        };
        let print = sealed.as_deref().map(fingerprint);
        let event = if sealed.is_some() { "pin_set" } else { "pin_off" };
        let sql = "UPDATE people SET pin_sealed = $2, pin_misses = 0 WHERE id = $1";
        let writes = vec![Write::one(sql, cells![id, sealed])];
        self.journaled(chain, (event, json!({ "sealed": print })), Some(id), writes, now).await
    }

    /// The hash to try a PIN against; `None` when there is none or it is blocked. The try counts as
    /// wrong until [`Store::pin_right`] says otherwise, so that many at once gain nothing.
    pub async fn try_pin(&self, id: PersonId) -> Result<Option<String>> {
        let sql = "UPDATE people SET pin_misses = pin_misses + 1 \
                   WHERE id = $1 AND pin_misses < $2 AND pin_sealed IS NOT NULL";
        match self.exec().write(vec![Write::one(sql, cells![id, MOST_MISSES])]).await {
            Err(Rollback::Guard(_)) => return Ok(None),
            done => done?,
        };
        let sql = "SELECT key_id, pin_sealed FROM people WHERE id = $1";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(None) };
        let (key, sealed) = (row.int()?, row.opt_bytes()?);
        let Some(sealed) = sealed else { return Ok(None) };
        self.key(key).await?.open_text(&sealed, PIN).map(Some)
    }

    /// The PIN was right, or the password: wrong ones so far are forgiven.
    pub async fn pin_right(&self, id: PersonId) -> Result<()> {
        let sql = "UPDATE people SET pin_misses = 0 WHERE id = $1 AND pin_misses > 0";
        self.exec().write(vec![Write::any(sql, cells![id])]).await?;
        Ok(())
    }

    /// Keeps that a PIN was blocked by wrong ones; nobody is known to have typed them.
    pub async fn pin_blocked(&self, id: PersonId, counter: &str, now: Instant) -> Result<()> {
        let (_, chain) = self.person_chain(id).await?;
        let body = json!({ "counter": counter });
        self.journaled(chain, ("pin_blocked", body), None, vec![], now).await
    }

    /// Active people with a PIN who work at a unit: it is theirs, or they hold a role there.
    pub async fn people_with_pin(&self, org: base::OrgId) -> Result<Vec<super::Person>> {
        let filter = "p.active = 1 AND p.pin_sealed IS NOT NULL AND (p.org = $1 OR p.id IN \
                      (SELECT person FROM person_roles WHERE org = $1))";
        self.people_where(filter, cells![org]).await
    }
}
