//! Messages on their way to customers (客户消息): claimed, handed to a channel, acknowledged or not.
//!
//! A row says that a channel is being asked before it is asked. What was cut off between the two is
//! found again as asked with nothing known, and never as not sent.

use crate::code::MESSAGE;
use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Personal, Result, Scope, Store, StoreError};
use base::{CaseId, CustomerId, Instant, OrgId, PersonId};
use rulebook::model::MessageClass;
use rulebook::model::form::Personal as Class;
use serde_json::{Map, Value as Json};

mod list;
mod report;
mod unsubscribe;

pub use list::{Delivery, Fate, Told};
pub use report::Report;

/// How long a message that is no code is of use, in seconds.
pub const MESSAGE_SECONDS: i64 = 3 * 86_400;
/// How long a claimed message is left alone: longer than a batch may take.
const LEASE_SECONDS: i64 = 180;
/// What the masked number is bound to.
const TOLD: &str = "delivery";
/// Longest reason kept, in characters.
const LONGEST: usize = 300;

/// A claimed message: hand it to a channel, or say why not.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// Number.
    pub id: i64,
    /// Whom.
    pub customer: CustomerId,
    /// About which case, and where that is.
    pub case: Option<(CaseId, OrgId)>,
    /// Its key in the rulebook.
    pub message: String,
    /// The release whose text holds.
    pub release: String,
    /// What kind of message it is.
    pub class: MessageClass,
    /// Arguments of its text; `None` once the customer was erased.
    pub args: Option<Map<String, Json>>,
    /// The number.
    pub phone: Option<Personal>,
    /// The e-mail address.
    pub email: Option<Personal>,
    /// Whether they agreed to be called.
    pub consent: bool,
    /// Which channel of the order comes next, from 0.
    pub place: i64,
    /// How often that channel was asked in vain.
    pub tries: i64,
    /// The delivery that was cut off, and its channel.
    pub cut_off: Option<i64>,
    /// When it is of no use any more.
    pub expires_at: Instant,
    lease: Instant,
}

/// How a channel answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// It took the message, and calls it so.
    Sent(Option<String>),
    /// It did not take it, and why.
    Failed(String),
    /// Nobody knows whether it took it.
    Unknown(String),
}

/// What becomes of a message then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It is told.
    Told,
    /// The same channel again, at that time.
    Again(Instant),
    /// The next channel at once.
    Further,
    /// Nobody was reached; somebody has to see to it. The word says why.
    Dead(&'static str),
    /// It need not be sent any more; the word says why.
    Over(&'static str),
}

impl Store {
    /// Claims at most `limit` messages that are due.
    pub async fn claim_messages(&self, limit: u32, now: Instant) -> Result<Vec<Outgoing>> {
        let lease = now.plus_seconds(LEASE_SECONDS);
        let sql = format!(
            "UPDATE customer_messages SET claimed_until = $3 WHERE id IN \
             (SELECT id FROM customer_messages WHERE state = 'waiting' AND due_at <= $1 \
             AND claimed_until <= $1 ORDER BY due_at, id LIMIT $2{}) RETURNING id",
            self.exec().dialect().skip_locked()
        );
        let params = cells![now, limit.clamp(1, 100), lease];
        let mut done = self.exec().write(vec![Write::any(sql, params)]).await?;
        let rows = done.pop().map(|done| done.returned).unwrap_or_default();
        let mut ids = rows.into_iter().map(|mut row| row.int()).collect::<Result<Vec<_>>>()?;
        ids.sort_unstable();
        let mut claimed = Vec::with_capacity(ids.len());
        for id in ids {
            claimed.extend(self.outgoing(id, lease).await?);
        }
        Ok(claimed)
    }

    async fn outgoing(&self, id: i64, lease: Instant) -> Result<Option<Outgoing>> {
        let sql = "SELECT m.customer, m.case_id, x.org, m.message, m.release, m.class, \
                   m.place, m.tries, m.expires_at, c.consent, (SELECT MAX(d.id) FROM deliveries d \
                   WHERE d.message = m.id AND d.state = 'asking'), m.args, c.phone, c.email, \
                   k.id, k.wrapped FROM customer_messages m JOIN customers c ON c.id = m.customer \
                   JOIN data_keys k ON k.id = c.key_id \
                   LEFT JOIN cases x ON x.id = m.case_id \
                   WHERE m.id = $1 AND m.state = 'waiting'";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(None) };
        let customer = CustomerId(row.int()?);
        let case = row.opt_int()?.map(CaseId).zip(row.opt_int()?.map(OrgId));
        let (message, release, class) = (row.text()?, row.text()?, row.text()?);
        let (place, tries, expires_at) = (row.int()?, row.int()?, row.instant()?);
        let (consent, cut_off) = (row.flag()?, row.opt_int()?);
        let (sealed, phone, email) = (row.bytes()?, row.opt_bytes()?, row.opt_bytes()?);
        let key = self.read_key(&mut row)?;
        let args = match &key {
            Some(key) if !sealed.is_empty() => {
                Some(crate::exec::cell::parse(&key.open_text(&sealed, MESSAGE)?)?)
            }
            _ => None,
        };
        let phone = crate::keys::open_column(Class::Phone, phone, key.as_ref())?;
        let email = crate::keys::open_column(Class::Other, email, key.as_ref())?;
        let class = MessageClass::of(&class)
            .ok_or_else(|| StoreError::Damaged(format!("`{class}` is no class of messages")))?;
        Ok(Some(Outgoing {
            id,
            customer,
            case,
            message,
            release,
            class,
            args,
            phone,
            email,
            consent,
            place,
            tries,
            cut_off,
            expires_at,
            lease,
        }))
    }

    /// Puts a message off, for example until the morning.
    pub async fn put_off(&self, message: &Outgoing, until: Instant) -> Result<()> {
        let sql = "UPDATE customer_messages SET due_at = $3, claimed_until = 0 \
                   WHERE id = $1 AND state = 'waiting' AND claimed_until = $2";
        self.exec().write(vec![Write::any(sql, cells![message.id, message.lease, until])]).await?;
        Ok(())
    }

    /// A channel is about to be asked, for this number or address, masked. Whoever lost the message
    /// meanwhile may not: an error.
    pub async fn begin_delivery(
        &self,
        message: &Outgoing,
        (channel, told): (&str, &str),
        now: Instant,
    ) -> Result<i64> {
        let id = self.new_id(now);
        let key = "SELECT k.id, k.wrapped FROM customers c JOIN data_keys k ON k.id = c.key_id \
                   WHERE c.id = $1";
        let row = self.exec().row(key, cells![message.customer]).await?;
        let key = row.map_or(Ok(None), |mut row| self.read_key(&mut row))?;
        let key = key.ok_or_else(|| StoreError::Sealed("the customer was erased".into()))?;
        let told = key.seal(told.as_bytes(), TOLD)?;
        let held = "UPDATE customer_messages SET tries = tries + 1 \
                    WHERE id = $1 AND state = 'waiting' AND claimed_until = $2";
        let insert = "INSERT INTO deliveries (id, message, channel, told, state, at) \
                      VALUES ($1, $2, $3, $4, 'asking', $5)";
        self.exec()
            .write(vec![
                Write::one(held, cells![message.id, message.lease]),
                Write::one(insert, cells![id, message.id, channel, told, now]),
            ])
            .await?;
        Ok(id)
    }

    /// What a channel answered, and what becomes of the message. What was acknowledged is kept even
    /// if the lease is over by now: it was sent.
    pub async fn end_delivery(
        &self,
        message: &Outgoing,
        delivery: i64,
        answered: &Answered,
        next: &Next,
        now: Instant,
    ) -> Result<()> {
        let (state, reference, why) = match answered {
            Answered::Sent(reference) => ("sent", reference.clone(), None),
            Answered::Failed(why) => ("failed", None, Some(short(why))),
            Answered::Unknown(why) => ("unknown", None, Some(short(why))),
        };
        let sql = "UPDATE deliveries SET state = $2, reference = $3, why = $4 WHERE id = $1";
        let mut writes = vec![Write::any(sql, cells![delivery, state, reference, why])];
        writes.push(next.write(message.id, now));
        self.exec().write(writes).await?;
        Ok(())
    }

    /// A message that no channel was asked about: nobody may, or nobody can.
    pub async fn end_message(&self, message: &Outgoing, next: &Next, now: Instant) -> Result<()> {
        self.exec().write(vec![next.write(message.id, now)]).await?;
        Ok(())
    }

    /// Empties what is of no use any more: texts that came too late, those that somebody could have
    /// sent again and did not.
    pub async fn sweep_messages(&self, now: Instant) -> Result<()> {
        let none: Vec<u8> = vec![];
        self.exec()
            .write(vec![
                Write::any(
                    "UPDATE customer_messages SET state = CASE WHEN class = 'service' \
                     THEN 'dead' ELSE 'over' END, why = 'too_late', ended_at = $1 \
                     WHERE state = 'waiting' AND expires_at <= $1 AND claimed_until <= $1",
                    cells![now],
                ),
                Write::any(
                    "UPDATE customer_messages SET args = $2 WHERE state <> 'waiting' \
                     AND expires_at <= $1 AND LENGTH(args) > 0",
                    cells![now, none],
                ),
            ])
            .await?;
        Ok(())
    }

    /// Nothing goes out by itself after a restore: what waits is listed for a person instead.
    pub(crate) async fn hold_messages(&self) -> Result<()> {
        let sql = "UPDATE customer_messages SET state = CASE WHEN class = 'code' THEN 'over' \
                   ELSE 'dead' END, why = 'restored' WHERE state = 'waiting'";
        self.exec().write(vec![Write::any(sql, vec![])]).await?;
        Ok(())
    }

    /// Sends a dead message again, as long as its text is there.
    pub async fn send_again(
        &self,
        id: i64,
        scope: &Scope,
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let sql = "UPDATE customer_messages SET state = 'waiting', why = NULL, place = 0, \
                   tries = 0, due_at = $2, claimed_until = 0, seen_by = $3, ended_at = NULL \
                   WHERE id = $1 AND state = 'dead' AND expires_at > $2 AND LENGTH(args) > 0 \
                   AND org_path >= $4 AND org_path < $5";
        self.handled(sql, cells![id, now, by, scope.low.as_str(), scope.high.as_str()]).await
    }

    /// Somebody told the customer by hand, or there is nothing to tell any more; what still waits
    /// is not sent then.
    pub async fn seen_to(&self, id: i64, scope: &Scope, by: PersonId, now: Instant) -> Result<()> {
        let sql = "UPDATE customer_messages SET state = 'over', why = 'by_hand', args = $6, \
                   seen_by = $3, ended_at = $2 WHERE id = $1 AND (state = 'dead' OR \
                   (state = 'waiting' AND claimed_until <= $2)) AND class <> 'code' \
                   AND org_path >= $4 AND org_path < $5";
        let (low, high) = (scope.low.as_str(), scope.high.as_str());
        self.handled(sql, cells![id, now, by, low, high, Vec::<u8>::new()]).await
    }

    async fn handled(&self, sql: &'static str, params: Vec<crate::exec::Cell>) -> Result<()> {
        let done = self.exec().write(vec![Write::one(sql, params)]).await;
        match done {
            Err(crate::exec::Rollback::Guard(_)) => Err(StoreError::NotFound("message")),
            result => result.map(|_| ()).map_err(Into::into),
        }
    }
}

impl Next {
    fn write(&self, message: i64, now: Instant) -> Write {
        match self {
            Self::Told => Write::any(
                "UPDATE customer_messages SET state = 'sent', args = $2, claimed_until = 0, \
                 why = NULL, ended_at = $3 WHERE id = $1",
                cells![message, Vec::<u8>::new(), now],
            ),
            Self::Again(at) => Write::any(
                "UPDATE customer_messages SET due_at = $2, claimed_until = 0 \
                 WHERE id = $1 AND state = 'waiting'",
                cells![message, *at],
            ),
            Self::Further => Write::any(
                "UPDATE customer_messages SET place = place + 1, tries = 0, claimed_until = 0 \
                 WHERE id = $1 AND state = 'waiting'",
                cells![message],
            ),
            Self::Dead(why) => Write::any(
                "UPDATE customer_messages SET state = 'dead', why = $2, ended_at = $3 \
                 WHERE id = $1 AND state = 'waiting'",
                cells![message, *why, now],
            ),
            Self::Over(why) => Write::any(
                "UPDATE customer_messages SET state = 'over', why = $2, args = $4, ended_at = $3 \
                 WHERE id = $1 AND state = 'waiting'",
                cells![message, *why, now, Vec::<u8>::new()],
            ),
        }
    }
}

fn short(why: &str) -> String {
    why.chars().take(LONGEST).collect()
}

/// The masked number of a delivery; nothing once the customer was erased.
fn told(key: Option<&crate::vault::DataKey>, sealed: &[u8]) -> Result<Option<String>> {
    key.filter(|_| !sealed.is_empty()).map(|key| key.open_text(sealed, TOLD)).transpose()
}
