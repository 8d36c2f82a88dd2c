//! Idempotency: a key's first answer is every later one's.

use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Result, Store, StoreError};
use base::{CaseId, Instant};

/// How long an answer is kept: 180 days.
const KEPT_SECONDS: i64 = 180 * 86_400;

/// An idempotency key and the answer kept for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whose key: a person's id, `child`, `timer`…
    pub principal: String,
    /// The key.
    pub key: String,
    /// SHA-256 of the body, hexadecimal.
    pub body_hash: String,
    /// HTTP status.
    pub status: u16,
    /// The stored answer; `None`: render the case anew.
    pub response: Option<String>,
}

/// What an earlier command with that key was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: u16,
    /// The case it made or changed.
    pub case: Option<CaseId>,
    /// The stored answer.
    pub response: Option<String>,
}

impl Answer {
    /// Takes the key, unless a living answer holds it: then no row is touched.
    pub(super) fn write(&self, case: Option<CaseId>, now: Instant) -> Write {
        Write::one(
            "INSERT INTO answers (principal, key, body_hash, status, case_id, response, \
             expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (principal, key) DO UPDATE SET body_hash = $3, status = $4, \
             case_id = $5, response = $6, expires_at = $7 WHERE answers.expires_at <= $8",
            cells![
                &self.principal,
                &self.key,
                &self.body_hash,
                i64::from(self.status),
                case,
                &self.response,
                now.plus_seconds(KEPT_SECONDS),
                now,
            ],
        )
    }
}

impl Store {
    /// The answer once given to this key; [`StoreError::KeyReused`] when the body differs.
    pub async fn answered(
        &self,
        principal: &str,
        key: &str,
        body_hash: &str,
        now: Instant,
    ) -> Result<Option<Answered>> {
        let sql = "SELECT body_hash, status, case_id, response FROM answers \
                   WHERE principal = $1 AND key = $2 AND expires_at > $3";
        let row = self.exec().row(sql, cells![principal, key, now]).await?;
        let Some(mut row) = row else { return Ok(None) };
        if row.text()? != body_hash {
            return Err(StoreError::KeyReused);
        }
        Ok(Some(Answered {
            status: u16::try_from(row.int()?).unwrap_or(500),
            case: row.opt_int()?.map(CaseId),
            response: row.opt_text()?,
        }))
    }

    /// Keeps the answer of a refused command, or completes that of an applied one.
    pub async fn keep_answer(&self, answer: &Answer, now: Instant) -> Result<()> {
        let sql = "INSERT INTO answers (principal, key, body_hash, status, response, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (principal, key) DO UPDATE \
                   SET status = $4, response = $5 WHERE answers.body_hash = $3";
        let params = cells![
            &answer.principal,
            &answer.key,
            &answer.body_hash,
            i64::from(answer.status),
            &answer.response,
            now.plus_seconds(KEPT_SECONDS),
        ];
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }

    /// Drops answers past their time; how many.
    pub async fn drop_old_answers(&self, now: Instant) -> Result<u64> {
        let sql = "DELETE FROM answers WHERE expires_at <= $1";
        let done = self.exec().write(vec![Write::any(sql, cells![now])]).await?;
        Ok(done.first().map_or(0, |done| done.rows))
    }
}
