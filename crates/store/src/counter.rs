//! Shared counters (柜台): browsers that belong to a station, each used by whoever is there.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Row, Write};
use crate::journal::{Aggregate, Chain, GENESIS, stored_hash};
use crate::session::token_hash;
use crate::{Result, Scope, Store, StoreError};
use base::{CounterId, Instant, OrgId, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Wrong PINs at one counter, whoever's, before it takes passwords only.
const MOST_MISSES: i64 = 20;
/// How long they count, in seconds.
const WINDOW: i64 = 15 * 60;

/// A shared counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Its id.
    pub id: CounterId,
    /// The station it belongs to.
    pub org: OrgId,
    /// What people call it.
    pub name: String,
    /// How long somebody may do nothing before it locks.
    pub idle_seconds: i64,
    /// Whether it locks after each act, not only when nobody does anything.
    pub per_act: bool,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When.
    pub opened_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When somebody last began to act at it.
    pub used_at: Option<Instant>,
}

/// A session at a counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtCounter {
    /// The counter.
    pub counter: CounterId,
    /// Its station.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// How long somebody may do nothing before it locks.
    pub idle_seconds: i64,
    /// Whether it locks after each act.
    pub per_act: bool,
    /// Whether a PIN opened it, not a password.
    pub pin: bool,
    /// Whether its act is done.
    pub acted: bool,
}

/// What the journal says of an act at a counter, beside who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterAct {
    /// The counter.
    pub id: CounterId,
    /// Its name then.
    pub name: String,
    /// Whether the person showed who they are by PIN.
    pub pin: bool,
}

impl From<&AtCounter> for CounterAct {
    fn from(at: &AtCounter) -> Self {
        Self { id: at.counter, name: at.name.clone(), pin: at.pin }
    }
}

const COLUMNS: &str = "c.id, c.org, c.name, c.idle_seconds, c.per_act, c.opened_by, c.opened_at, \
    c.expires_at, c.used_at";

fn read_counter(row: &mut Row) -> Result<Counter> {
    Ok(Counter {
        id: CounterId(row.int()?),
        org: OrgId(row.int()?),
        name: row.text()?,
        idle_seconds: row.int()?,
        per_act: row.flag()?,
        opened_by: PersonId(row.int()?),
        opened_at: row.instant()?,
        expires_at: row.instant()?,
        used_at: row.opt_int()?.map(Instant),
    })
}

impl Store {
    /// Opens a counter; `id` is filled in.
    pub async fn open_counter(&self, token: &str, new: Counter) -> Result<Counter> {
        let now = new.opened_at;
        let counter = Counter { id: CounterId(self.new_id(now)), ..new };
        let row = Write::one(
            "INSERT INTO shared_counters (id, org, name, token_hash, idle_seconds, per_act, \
             opened_by, opened_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            cells![
                counter.id,
                counter.org,
                &counter.name,
                token_hash(token),
                counter.idle_seconds,
                counter.per_act,
                counter.opened_by,
                counter.opened_at,
                counter.expires_at,
            ],
        );
        self.counter_event("counter_opened", &counter, counter.opened_by, vec![row], now).await?;
        Ok(counter)
    }

    /// The living counter of a token.
    pub async fn counter_of(&self, token: &str, now: Instant) -> Result<Option<Counter>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM shared_counters c WHERE c.token_hash = $1 AND c.expires_at > $2"
        );
        let row = self.exec().row(sql, cells![token_hash(token), now]).await?;
        row.map(|mut row| read_counter(&mut row)).transpose()
    }

    /// One counter whose station lies in scope.
    pub async fn counter(&self, id: CounterId, scope: &Scope) -> Result<Counter> {
        let sql = format!(
            "SELECT {COLUMNS} FROM shared_counters c JOIN orgs o ON o.id = c.org \
             WHERE c.id = $1 AND o.path >= $2 AND o.path < $3"
        );
        let row = self.exec().row(sql, cells![id, &scope.low, &scope.high]).await?;
        read_counter(&mut row.ok_or(StoreError::NotFound("counter"))?)
    }

    /// Living counters whose station lies in scope, by station and name.
    pub async fn counters(&self, scope: &Scope, now: Instant) -> Result<Vec<Counter>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM shared_counters c JOIN orgs o ON o.id = c.org \
             WHERE o.path >= $1 AND o.path < $2 AND c.expires_at > $3 \
             ORDER BY o.path, c.name, c.id LIMIT 500"
        );
        let rows = self.exec().rows(sql, cells![&scope.low, &scope.high, now]).await?;
        rows.into_iter().map(|mut row| read_counter(&mut row)).collect()
    }

    /// Ends a counter, and whatever session is at it; whose that was.
    pub async fn end_counter(
        &self,
        counter: &Counter,
        by: PersonId,
        now: Instant,
    ) -> Result<Vec<PersonId>> {
        let sql = "SELECT person FROM sessions WHERE counter = $1";
        let rows = self.exec().rows(sql, cells![counter.id]).await?;
        let there = rows.into_iter().map(|mut row| Ok(PersonId(row.int()?)));
        let there = there.collect::<Result<Vec<_>>>()?;
        let writes = vec![
            Write::any("DELETE FROM sessions WHERE counter = $1", cells![counter.id]),
            Write::any("DELETE FROM shared_counters WHERE id = $1", cells![counter.id]),
        ];
        self.counter_event("counter_ended", counter, by, writes, now).await?;
        Ok(there)
    }

    /// Counts a try of a PIN at a counter; `false` when there were too many wrong ones lately. It
    /// counts as wrong until [`Store::counter_right`] says otherwise.
    pub async fn try_at_counter(&self, id: CounterId, now: Instant) -> Result<bool> {
        let sql = "UPDATE shared_counters SET missed_at = CASE WHEN missed_at > $3 THEN missed_at \
                   ELSE $2 END, misses = CASE WHEN missed_at > $3 THEN misses + 1 ELSE 1 END \
                   WHERE id = $1 AND (misses < $4 OR missed_at <= $3)";
        let params = cells![id, now, now.plus_seconds(-WINDOW), MOST_MISSES];
        match self.exec().write(vec![Write::one(sql, params)]).await {
            Err(Rollback::Guard(_)) => Ok(false),
            done => done.map(|_| true).map_err(Into::into),
        }
    }

    /// The PIN was right.
    pub async fn counter_right(&self, id: CounterId) -> Result<()> {
        let sql = "UPDATE shared_counters SET misses = misses - 1 WHERE id = $1 AND misses > 0";
        self.exec().write(vec![Write::any(sql, cells![id])]).await?;
        Ok(())
    }

    /// An entry in the journal of the counter's station, with these writes.
    async fn counter_event(
        &self,
        event: &str,
        counter: &Counter,
        by: PersonId,
        mut writes: Vec<Write>,
        now: Instant,
    ) -> Result<()> {
        let body = json!({
            "counter": counter.id, "name": counter.name, "idle_seconds": counter.idle_seconds,
            "per_act": counter.per_act,
        });
        let sql = "SELECT journal_seq, journal_head FROM orgs WHERE id = $1";
        let row = self.exec().row(sql, cells![counter.org]).await?;
        let mut row = row.ok_or(StoreError::NotFound("org"))?;
        let seq = row.int()?;
        let head = row.opt_bytes()?.map_or(Ok(GENESIS), stored_hash)?;
        let mut chain = Chain::at(Aggregate::Org, counter.org.0, seq, head);
        chain.push(self.plain_entry(event, Some(by), &body, now), now);
        let mut all = chain.writes();
        all.append(&mut writes);
        match self.exec().write(all).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Stale { current: seq + 1 }),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }
}
