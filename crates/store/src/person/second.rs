//! The second factor (两步验证) of a person: the secret their authenticator shares with us.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::session::{fingerprint, token_hash};
use crate::{Result, Store};
use base::{Instant, PersonId};
use serde_json::json;

/// What the sealed secret is bound to.
const SECRET: &str = "second_factor";

impl Store {
    /// The secret of a person's authenticator; `None` where a password is enough.
    pub async fn second_secret(&self, id: PersonId) -> Result<Option<Vec<u8>>> {
        let sql = "SELECT key_id, second_secret FROM people WHERE id = $1";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(None) };
        let (key, sealed) = (row.int()?, row.opt_bytes()?);
        let Some(sealed) = sealed else { return Ok(None) };
        self.key(key).await?.open(&sealed, SECRET).map(Some)
    }

    /// Takes an authenticator on, or with `None` lets it go; every session but `kept` ends.
    pub async fn set_second_factor(
        &self,
        id: PersonId,
        secret: Option<&[u8]>,
        kept: &str,
        now: Instant,
    ) -> Result<()> {
        let (key, chain) = self.person_chain(id).await?;
        let sealed = match secret {
            Some(secret) => Some(self.key(key).await?.seal(secret, SECRET)?),
            None => None,
        };
        let print = sealed.as_deref().map(fingerprint);
        let event = if sealed.is_some() { "second_factor_on" } else { "second_factor_off" };
        let writes = vec![
            Write::one("UPDATE people SET second_secret = $2 WHERE id = $1", cells![id, sealed]),
            Write::any(
                "DELETE FROM sessions WHERE person = $1 AND token_hash <> $2",
                cells![id, token_hash(kept)],
            ),
        ];
        self.journaled(chain, (event, json!({ "sealed": print })), Some(id), writes, now).await
    }

    /// Uses up the code of a half minute; `false` when that one or a later one was used before.
    pub async fn use_code(&self, id: PersonId, step: i64) -> Result<bool> {
        let sql = "UPDATE people SET second_step = $2 WHERE id = $1 AND second_step < $2";
        match self.exec().write(vec![Write::one(sql, cells![id, step])]).await {
            Err(Rollback::Guard(_)) => Ok(false),
            done => done.map(|_| true).map_err(Into::into),
        }
    }
}
