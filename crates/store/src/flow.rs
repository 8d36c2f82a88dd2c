//! Ways to the company's identity provider and back: begun by one browser, used once, soon over.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::session::token_hash;
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId};

/// How long somebody may be away at the provider, in seconds: a new password is chosen there, or a
/// phone fetched.
pub const FLOW_LIFETIME: i64 = 900;
/// Most ways that are open at a time; where there are more, the oldest are forgotten, so that a
/// flood does not keep out who comes now.
const MOST: i64 = 10_000;

/// What for somebody is sent to the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in.
    SignIn,
    /// To prove once more, while signed in, that it is them.
    Confirm,
    /// To link who they are there to the account they are signed in to.
    Link,
    /// To take an account over by an invitation, without a password of its own.
    Invited,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Confirm => "confirm",
            Self::Link => "link",
            Self::Invited => "invited",
        }
    }

    fn read(word: &str) -> Result<Self> {
        let all = [Self::SignIn, Self::Confirm, Self::Link, Self::Invited];
        let found = all.into_iter().find(|purpose| purpose.word() == word);
        found.ok_or_else(|| StoreError::Damaged(format!("a way has the purpose {word}")))
    }
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody is away at the provider.
    Away,
    /// They came back: the provider's code is taken and cannot be given a second time.
    Back,
    /// The provider has said who it is; the code of their phone is still asked for.
    Proven,
}

/// A way to the provider and back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What for.
    pub purpose: Purpose,
    /// Whether the provider had to ask them anew.
    pub fresh: bool,
    /// For whom, where that is known.
    pub person: Option<PersonId>,
    /// The hash of the session or invitation that began it.
    pub opener: Option<Vec<u8>>,
    /// When it was begun.
    pub begun_at: Instant,
    /// How far it has come.
    pub stage: Stage,
}

/// A way to begin.
#[derive(Debug, Clone)]
pub struct NewFlow<'a> {
    /// What the address carries there and back; only its hash is kept.
    pub state: &'a str,
    /// What the browser keeps; only its hash is kept.
    pub browser: &'a str,
    /// What for.
    pub purpose: Purpose,
    /// Whether the provider has to ask them anew.
    pub fresh: bool,
    /// For whom, where that is known.
    pub person: Option<PersonId>,
    /// The token of the session or invitation that begins it.
    pub opener: Option<&'a str>,
}

/// Whether a token is the one behind a hash.
pub fn is_of(token: &str, hash: Option<&[u8]>) -> bool {
    hash.is_some_and(|hash| hash == token_hash(token))
}

impl Store {
    /// Begins a way, and forgets those that are over.
    pub async fn begin_flow(&self, new: NewFlow<'_>, now: Instant) -> Result<()> {
        let writes = vec![
            Write::any("DELETE FROM provider_flows WHERE expires_at <= $1", cells![now]),
            Write::any(
                "DELETE FROM provider_flows WHERE expires_at < (SELECT MIN(latest.expires_at) FROM \
                 (SELECT expires_at FROM provider_flows ORDER BY expires_at DESC LIMIT $1) latest)",
                cells![MOST],
            ),
            Write::one(
                "INSERT INTO provider_flows (state_hash, browser_hash, purpose, fresh, person, \
                 opener_hash, begun_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                cells![
                    token_hash(new.state),
                    token_hash(new.browser),
                    new.purpose.word(),
                    new.fresh,
                    new.person,
                    new.opener.map(token_hash),
                    now,
                    now.plus_seconds(FLOW_LIFETIME),
                ],
            ),
        ];
        self.exec().write(writes).await?;
        Ok(())
    }

    /// The way that this browser began; `None` when it is another one's, over or unknown.
    pub async fn flow(&self, state: &str, browser: &str, now: Instant) -> Result<Option<Flow>> {
        let sql = "SELECT purpose, fresh, person, opener_hash, begun_at, used FROM provider_flows \
                   WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3";
        let params = cells![token_hash(state), token_hash(browser), now];
        let Some(mut row) = self.exec().row(sql, params).await? else { return Ok(None) };
        Ok(Some(Flow {
            purpose: Purpose::read(&row.text()?)?,
            fresh: row.flag()?,
            person: row.opt_int()?.map(PersonId),
            opener: row.opt_bytes()?,
            begun_at: row.instant()?,
            stage: match row.int()? {
                0 => Stage::Away,
                1 => Stage::Back,
                _ => Stage::Proven,
            },
        }))
    }

    /// Somebody came back: from now on the provider's code cannot be given again. `false` when it
    /// was given before.
    pub async fn flow_back(&self, state: &str) -> Result<bool> {
        let sql = "UPDATE provider_flows SET used = 1 WHERE state_hash = $1 AND used = 0";
        self.flow_moved(sql, cells![token_hash(state)]).await
    }

    /// The provider has said who it is.
    pub async fn flow_proven(&self, state: &str, person: PersonId) -> Result<bool> {
        let sql = "UPDATE provider_flows SET used = 2, person = $2 \
                   WHERE state_hash = $1 AND used = 1";
        self.flow_moved(sql, cells![token_hash(state), person]).await
    }

    /// The way is at its end; `false` when somebody was quicker.
    pub async fn end_flow(&self, state: &str) -> Result<bool> {
        let sql = "DELETE FROM provider_flows WHERE state_hash = $1";
        self.flow_moved(sql, cells![token_hash(state)]).await
    }

    async fn flow_moved(&self, sql: &'static str, params: Vec<crate::exec::Cell>) -> Result<bool> {
        match self.exec().write(vec![Write::one(sql, params)]).await {
            Err(Rollback::Guard(_)) => Ok(false),
            done => done.map(|_| true).map_err(Into::into),
        }
    }
}
