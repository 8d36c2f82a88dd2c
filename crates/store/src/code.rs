//! Codes that customers read back (回读验证码), and messages to customers as they are made.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store, StoreError};
use base::{CaseId, CustomerId, Instant};
use rulebook::model::MessageClass;
use serde_json::{Map, Value as Json};

/// How long a code is good, in seconds.
pub const CODE_SECONDS: i64 = 600;
/// Guesses at one code; after the last wrong one it is void.
pub const MOST_TRIES: i64 = 5;
/// Codes of one purpose in a day.
const MOST_SENT: i64 = 5;
const DAY_SECONDS: i64 = 86_400;
/// What the arguments of a message are bound to.
pub(crate) const MESSAGE: &str = "customer message";

/// What a code is for: an act on a case, or the correction of one's own data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A case.
    Case(CaseId),
    /// A correction (更正).
    Correction,
}

impl About {
    fn word(self) -> String {
        match self {
            Self::Case(case) => case.to_string(),
            Self::Correction => "correction".into(),
        }
    }

    fn case(self) -> Option<CaseId> {
        match self {
            Self::Case(case) => Some(case),
            Self::Correction => None,
        }
    }
}

/// A message to a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct ToCustomer {
    /// Whom.
    pub customer: CustomerId,
    /// Its key in the rulebook.
    pub message: String,
    /// The release whose text holds.
    pub release: String,
    /// Arguments of its text; the code is added as `code`.
    pub args: Map<String, Json>,
    /// What kind of message it is.
    pub class: MessageClass,
    /// What the code is for.
    pub about: About,
}

impl ToCustomer {
    /// The row, which belongs to the unit of its case, or to the customer's.
    fn write(
        &self,
        id: i64,
        class: MessageClass,
        args: Vec<u8>,
        (now, expires): (Instant, Instant),
    ) -> Write {
        let case = self.about.case();
        // The casts: in a select list, PostgreSQL takes a bare parameter for text.
        Write::one(
            "INSERT INTO customer_messages (id, customer, message, release, args, case_id, \
             made_at, expires_at, class, due_at, org_path) SELECT CAST($1 AS BIGINT), c.id, $3, \
             $4, $5, CAST($6 AS BIGINT), CAST($7 AS BIGINT), CAST($8 AS BIGINT), $9, \
             CAST($7 AS BIGINT), COALESCE((SELECT k.org_path FROM cases k \
             WHERE k.id = CAST($6 AS BIGINT)), c.org_path) FROM customers c WHERE c.id = $2",
            cells![
                id,
                self.customer,
                &self.message,
                &self.release,
                args,
                case,
                now,
                expires,
                class.word()
            ],
        )
    }
}

/// A code that was right: whoever does the act uses it up in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightCode {
    customer: CustomerId,
    about: String,
    mac: Vec<u8>,
}

/// What a guess came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    /// It is the code.
    Right(RightCode),
    /// It is not; so many guesses are left.
    Wrong(i64),
    /// There is none: never sent, over, used, or guessed wrong too often.
    None,
}

/// A message that waits for a channel.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingMessage {
    /// Number.
    pub id: i64,
    /// Its key in the rulebook.
    pub message: String,
    /// The release whose text holds.
    pub release: String,
    /// Arguments in clear.
    pub args: Map<String, Json>,
    /// When it is of no use any more.
    pub expires_at: Instant,
}

impl RightCode {
    /// Uses the code up, once.
    pub(crate) fn used(&self) -> Write {
        Write::one(
            "DELETE FROM customer_codes WHERE customer = $1 AND about = $2 AND mac = $3",
            cells![self.customer, &self.about, self.mac.clone()],
        )
    }
}

impl Store {
    fn code_mac(&self, customer: CustomerId, about: &str, code: &str) -> Vec<u8> {
        self.vault().token("code", &format!("{customer} {about} {code}"))
    }

    /// The statements that send a message with a fresh code. Whoever has no telephone gets none;
    /// too many in a day are [`StoreError::TooMany`].
    pub(crate) async fn code_writes(&self, to: &ToCustomer, now: Instant) -> Result<Vec<Write>> {
        let about = to.about.word();
        let sql = "SELECT CASE WHEN c.phone IS NULL THEN 0 ELSE 1 END, \
                   (SELECT k.sent FROM customer_codes k WHERE k.customer = c.id AND k.about = $2 \
                   AND k.since > $3) FROM customers c WHERE c.id = $1";
        let since = now.plus_seconds(-DAY_SECONDS);
        let row = self.exec().row(sql, cells![to.customer, &about, since]).await?;
        let mut row = row.ok_or(StoreError::NotFound("customer"))?;
        let (reachable, sent) = (row.flag()?, row.opt_int()?);
        if !reachable {
            return Ok(vec![]);
        }
        if sent.is_some_and(|sent| sent >= MOST_SENT) {
            return Err(StoreError::TooMany("codes"));
        }
        let code = crate::vault::digits()?;
        let mac = self.code_mac(to.customer, &about, &code);
        let expires = now.plus_seconds(CODE_SECONDS);
        let mut args = to.args.clone();
        args.insert("code".into(), code.into());
        let (_, key) = self.case_key(Some(to.customer)).await?;
        let args = key.seal(Json::Object(args).to_string().as_bytes(), MESSAGE)?;
        let case = to.about.case();
        let id = self.new_id(now);
        Ok(vec![
            Write::any(
                "INSERT INTO customer_codes (customer, about, mac, tries, expires_at, sent, since) \
                 VALUES ($1, $2, $3, 0, $4, 1, $5) ON CONFLICT (customer, about) DO UPDATE SET \
                 mac = excluded.mac, tries = 0, expires_at = excluded.expires_at, \
                 sent = CASE WHEN customer_codes.since > $6 THEN customer_codes.sent + 1 \
                 ELSE 1 END, \
                 since = CASE WHEN customer_codes.since > $6 THEN customer_codes.since \
                 ELSE excluded.since END",
                cells![to.customer, &about, mac, expires, now, since],
            ),
            // A code that has not gone out yet is good for nothing once there is another.
            Write::any(
                "UPDATE customer_messages SET state = 'over', why = 'replaced', args = $4, \
                 ended_at = $5 WHERE customer = $1 AND message = $2 AND class = 'code' \
                 AND COALESCE(case_id, 0) = $3 AND state = 'waiting'",
                cells![
                    to.customer,
                    &to.message,
                    case.map_or(0, |case| case.0),
                    Vec::<u8>::new(),
                    now
                ],
            ),
            to.write(id, MessageClass::Code, args, (now, expires)),
        ])
    }

    /// The statements that tell a customer how their case stands. Who was erased is told nothing.
    pub(crate) async fn notice_writes(&self, to: &ToCustomer, now: Instant) -> Result<Vec<Write>> {
        let (_, key) = self.case_key(Some(to.customer)).await?;
        let args = Json::Object(to.args.clone()).to_string();
        let args = key.seal(args.as_bytes(), MESSAGE)?;
        let expires = now.plus_seconds(crate::delivery::MESSAGE_SECONDS);
        Ok(vec![to.write(self.new_id(now), to.class, args, (now, expires))])
    }

    /// Sends a message with a fresh code outside a case.
    pub async fn send_code(&self, to: &ToCustomer, now: Instant) -> Result<bool> {
        let writes = self.code_writes(to, now).await?;
        let sent = !writes.is_empty();
        self.exec().write(writes).await?;
        Ok(sent)
    }

    /// Compares what a customer read back. Each guess is counted before it is compared, so that
    /// guesses at once gain nothing.
    pub async fn guess_code(
        &self,
        customer: CustomerId,
        about: About,
        code: &str,
        now: Instant,
    ) -> Result<Guess> {
        let about = about.word();
        let sql = "UPDATE customer_codes SET tries = tries + 1 WHERE customer = $1 AND about = $2 \
                   AND expires_at > $3 AND tries < $4 RETURNING mac, tries";
        let params = cells![customer, &about, now, MOST_TRIES];
        let mut done = self.exec().write(vec![Write::any(sql, params)]).await?;
        let Some(mut row) = done.first_mut().and_then(|done| done.returned.pop()) else {
            return Ok(Guess::None);
        };
        let (mac, tries) = (row.bytes()?, row.int()?);
        if mac != self.code_mac(customer, &about, code) {
            return Ok(Guess::Wrong(MOST_TRIES - tries));
        }
        Ok(Guess::Right(RightCode { customer, about, mac }))
    }

    /// Messages to a customer that wait for a channel, the latest first.
    pub async fn waiting_messages(
        &self,
        customer: CustomerId,
        now: Instant,
    ) -> Result<Vec<WaitingMessage>> {
        let sql = "SELECT m.id, m.message, m.release, m.expires_at, m.args, k.id, k.wrapped \
                   FROM customer_messages m JOIN customers c ON c.id = m.customer \
                   JOIN data_keys k ON k.id = c.key_id WHERE m.customer = $1 \
                   AND m.expires_at >= $2 AND m.state = 'waiting' ORDER BY m.id DESC LIMIT 50";
        let read = |mut row: Row| {
            let (id, message, release) = (row.int()?, row.text()?, row.text()?);
            let (expires_at, sealed) = (row.instant()?, row.bytes()?);
            let key = self.read_key(&mut row)?;
            let key = key.ok_or_else(|| StoreError::Sealed("its customer was erased".into()))?;
            let args = crate::exec::cell::parse(&key.open_text(&sealed, MESSAGE)?)?;
            Ok(WaitingMessage { id, message, release, args, expires_at })
        };
        self.exec().rows(sql, cells![customer, now]).await?.into_iter().map(read).collect()
    }
}
