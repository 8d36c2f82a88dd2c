//! Tokens (接口令牌) of programs: a part of what a person may do, at a unit and below, for a time.
//! Only the hash of a token is kept.

use crate::exec::cell::{cells, print};
use crate::exec::{Row, Write};
use crate::session::token_hash;
use crate::{Result, Store, StoreError};
use base::{Instant, OrgId, PersonId, TokenId};
use rulebook::model::Permission;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// How long one use stands for the next ones, in seconds: a program that asks ten times a second
/// writes no row ten times a second.
const USED: i64 = 300;

/// A token as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: TokenId,
    /// Whose rights it takes part in.
    pub person: PersonId,
    /// The unit it acts at; it sees what lies there and below.
    pub org: OrgId,
    /// What its maker called it.
    pub name: String,
    /// What it may do, as long as its person may.
    pub permissions: BTreeSet<Permission>,
    /// Its beginning, for lists.
    pub shown: String,
    /// Who made it: the person, or whoever manages the account of a program.
    pub made_by: PersonId,
    /// When.
    pub made_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// Who ended it before.
    pub ended_by: Option<PersonId>,
    /// When.
    pub ended_at: Option<Instant>,
    /// When it was used last, to five minutes.
    pub last_used_at: Option<Instant>,
}

impl Token {
    /// Whether it opens anything.
    pub fn is_alive(&self, now: Instant) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }
}

/// A token to make.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose rights it takes part in.
    pub person: PersonId,
    /// The unit it acts at.
    pub org: OrgId,
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub permissions: BTreeSet<Permission>,
    /// The token itself; only its hash is kept.
    pub secret: String,
    /// Its beginning.
    pub shown: String,
    /// When it ends.
    pub expires_at: Instant,
}

/// A token as the journal keeps it; `verify` compares it with the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) id: TokenId,
    pub(crate) name: String,
    pub(crate) org: OrgId,
    pub(crate) permissions: BTreeSet<Permission>,
    pub(crate) hash: String,
    pub(crate) expires_at: i64,
}

/// The event of a token made.
pub(crate) const MADE: &str = "token_made";
/// The event of a token ended before its time.
pub(crate) const ENDED: &str = "token_ended";

/// What is read of a token, in the order of [`read`].
pub(crate) const COLUMNS: &str = "id, person, org, name, permissions, shown, made_by, made_at, \
    expires_at, ended_by, ended_at, last_used_at";

/// Ends whatever tokens a person has.
pub(crate) const END_ALL: &str = "UPDATE api_tokens SET ended_by = $1, ended_at = $2 \
    WHERE person = $1 AND ended_at IS NULL";

pub(crate) fn read(mut row: Row) -> Result<Token> {
    Ok(Token {
        id: TokenId(row.int()?),
        person: PersonId(row.int()?),
        org: OrgId(row.int()?),
        name: row.text()?,
        permissions: row.json()?,
        shown: row.text()?,
        made_by: PersonId(row.int()?),
        made_at: row.instant()?,
        expires_at: row.instant()?,
        ended_by: row.opt_int()?.map(PersonId),
        ended_at: row.opt_instant()?,
        last_used_at: row.opt_instant()?,
    })
}

impl Store {
    /// Makes a token.
    pub async fn add_token(&self, new: NewToken, by: PersonId, now: Instant) -> Result<TokenId> {
        let (_, chain) = self.person_chain(new.person).await?;
        let id = TokenId(self.new_id(now));
        let hash = token_hash(&new.secret);
        let made = Made {
            id,
            name: new.name.clone(),
            org: new.org,
            permissions: new.permissions.clone(),
            hash: data_encoding::HEXLOWER.encode(&hash),
            expires_at: new.expires_at.0,
        };
        let row = Write::one(
            "INSERT INTO api_tokens (id, person, org, name, permissions, token_hash, shown, \
             made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            cells![
                id,
                new.person,
                new.org,
                new.name,
                print(&new.permissions)?,
                hash,
                new.shown,
                by,
                now,
                new.expires_at,
            ],
        );
        let body: Json = json!({ "made": made });
        self.journaled(chain, (MADE, body), Some(by), vec![row], now).await?;
        Ok(id)
    }

    /// The token behind a secret, however it stands.
    pub async fn token(&self, secret: &str) -> Result<Option<Token>> {
        let sql = format!("SELECT {COLUMNS} FROM api_tokens WHERE token_hash = $1");
        self.exec().row(sql, cells![token_hash(secret)]).await?.map(read).transpose()
    }

    /// The tokens of a person, the latest first; at most 200.
    pub async fn tokens_of(&self, person: PersonId) -> Result<Vec<Token>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM api_tokens WHERE person = $1 ORDER BY id DESC LIMIT 200"
        );
        self.exec().rows(sql, cells![person]).await?.into_iter().map(read).collect()
    }

    /// Ends a token of a person; [`StoreError::NotFound`] when they have none like that, or it has
    /// ended.
    pub async fn end_token(
        &self,
        person: PersonId,
        id: TokenId,
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let sql = format!(
            "SELECT {COLUMNS} FROM api_tokens WHERE id = $1 AND person = $2 AND ended_at IS NULL"
        );
        let found = self.exec().row(sql, cells![id, person]).await?.map(read).transpose()?;
        let token = found.ok_or(StoreError::NotFound("token"))?;
        let (_, chain) = self.person_chain(person).await?;
        let end = Write::one(
            "UPDATE api_tokens SET ended_by = $2, ended_at = $3 \
             WHERE id = $1 AND ended_at IS NULL",
            cells![id, by, now],
        );
        let body = json!({ "ended": id, "name": token.name });
        self.journaled(chain, (ENDED, body), Some(by), vec![end], now).await
    }

    /// Notes that a token was used, once in five minutes.
    pub async fn token_used(&self, token: &Token, now: Instant) -> Result<()> {
        if token.last_used_at.is_some_and(|last| now.seconds_since(last) < USED) {
            return Ok(());
        }
        let sql = "UPDATE api_tokens SET last_used_at = $2 \
                   WHERE id = $1 AND COALESCE(last_used_at, 0) < $2";
        self.exec().write(vec![Write::any(sql, cells![token.id, now])]).await?;
        Ok(())
    }
}
