//! What customers were told, and who was not reached.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, places};
use crate::keys::open_column;
use crate::{Personal, Result, Scope, Store, StoreError};
use base::{CaseId, CustomerId, Instant, PersonId};
use rulebook::model::form::Personal as Class;
use std::collections::BTreeMap;

/// Most messages a page of a case shows.
const MOST_TOLD: i64 = 50;
/// Most messages the list of those that did not arrive shows.
const MOST_DEAD: i64 = 200;

/// How a message fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It waits for a channel, or for the morning.
    Waiting,
    /// A channel took it.
    Sent,
    /// Nobody was reached.
    Dead,
    /// It is of no use any more, or somebody saw to it.
    Over,
}

impl Fate {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Over => "over",
        }
    }

    fn of(word: &str) -> Result<Self> {
        let all = [Self::Waiting, Self::Sent, Self::Dead, Self::Over];
        let found = all.into_iter().find(|fate| fate.word() == word);
        found.ok_or_else(|| StoreError::Damaged(format!("`{word}` is no state of a message")))
    }
}

/// A channel that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Which.
    pub channel: String,
    /// The masked number; nothing once the customer was erased.
    pub told: Option<String>,
    /// `asking`, `sent`, `failed`, `unknown`.
    pub state: String,
    /// When.
    pub at: Instant,
    /// What the channel said where it did not take it.
    pub why: Option<String>,
    /// `delivered` or `failed`, where the provider reported it later, and when it did.
    pub report: Option<(String, Instant)>,
    /// Why it did not arrive.
    pub report_why: Option<String>,
}

/// What a customer was told, or was to be told. Never the text: it may hold a code.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Number.
    pub id: i64,
    /// Whom.
    pub customer: CustomerId,
    /// Their name; nothing once they were erased.
    pub name: Option<Personal>,
    /// The number known of them.
    pub phone: Option<Personal>,
    /// The case with its number.
    pub case: Option<(CaseId, String)>,
    /// Its key in the rulebook.
    pub message: String,
    /// The release whose title holds.
    pub release: String,
    /// `code`, `service`, `marketing`.
    pub class: String,
    /// How it fared.
    pub fate: Fate,
    /// Why it was not sent, as a word.
    pub why: Option<String>,
    /// When it was decided that they be told.
    pub made_at: Instant,
    /// When it is sent, where it waits.
    pub due_at: Instant,
    /// Whether its text is still there, so that it can be sent again.
    pub can_again: bool,
    /// Who saw to it or sent it again.
    pub seen_by: Option<PersonId>,
    /// The channels asked, the first first.
    pub deliveries: Vec<Delivery>,
}

const COLUMNS: &str = "m.id, m.customer, m.case_id, k.number, m.message, m.release, m.class, \
    m.state, m.why, m.made_at, m.due_at, \
    CASE WHEN LENGTH(m.args) > 0 AND m.expires_at > $1 THEN 1 ELSE 0 END, m.seen_by, \
    c.name, c.phone, ck.id, ck.wrapped FROM customer_messages m \
    JOIN customers c ON c.id = m.customer JOIN data_keys ck ON ck.id = c.key_id \
    LEFT JOIN cases k ON k.id = m.case_id";

impl Store {
    /// What the customers of a case were told, the latest first. Whoever asks may see the case.
    pub async fn case_told(&self, case: CaseId, now: Instant) -> Result<Vec<Told>> {
        let sql = format!("SELECT {COLUMNS} WHERE m.case_id = $2 ORDER BY m.id DESC LIMIT $3");
        self.told(sql, cells![now, case, MOST_TOLD]).await
    }

    /// Messages that reached nobody, the latest first.
    pub async fn undelivered(&self, scope: &Scope, now: Instant) -> Result<Vec<Told>> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE m.state = 'dead' AND m.org_path >= $2 AND m.org_path < $3 \
             ORDER BY m.id DESC LIMIT $4"
        );
        let (low, high) = (scope.low.as_str(), scope.high.as_str());
        self.told(sql, cells![now, low, high, MOST_DEAD]).await
    }

    /// What a customer was told, the latest first, made before that instant: about cases of the
    /// scope, or from there about none.
    pub(crate) async fn customer_told(
        &self,
        customer: CustomerId,
        scope: &Scope,
        (before, id): (Instant, i64),
        limit: i64,
        now: Instant,
    ) -> Result<Vec<Told>> {
        let sql = format!(
            "SELECT {COLUMNS} WHERE m.customer IN (SELECT f.id FROM customers f WHERE f.id = $2 \
             OR f.merged_into = $2) AND m.org_path >= $3 AND m.org_path < $4 \
             AND (CAST($5 AS BIGINT) = 0 OR $5 IN (k.assignee, k.opener, k.owner)) \
             AND (m.made_at < $6 OR (m.made_at = $6 AND m.id < $7)) \
             ORDER BY m.made_at DESC, m.id DESC LIMIT $8"
        );
        let own = scope.own.map_or(0, |person| person.0);
        let (low, high) = (scope.low.as_str(), scope.high.as_str());
        self.told(sql, cells![now, customer, low, high, own, before, id, limit]).await
    }

    async fn told(&self, sql: String, params: Vec<Cell>) -> Result<Vec<Told>> {
        let rows = self.exec().rows(sql, params).await?;
        let mut told =
            rows.into_iter().map(|row| self.read_told(row)).collect::<Result<Vec<_>>>()?;
        let ids: Vec<i64> = told.iter().map(|told| told.id).collect();
        let mut deliveries = self.deliveries(&ids).await?;
        for one in &mut told {
            one.deliveries = deliveries.remove(&one.id).unwrap_or_default();
        }
        Ok(told)
    }

    async fn deliveries(&self, messages: &[i64]) -> Result<BTreeMap<i64, Vec<Delivery>>> {
        let mut all: BTreeMap<i64, Vec<Delivery>> = BTreeMap::new();
        if messages.is_empty() {
            return Ok(all);
        }
        let sql = format!(
            "SELECT d.message, d.channel, d.state, d.at, d.why, d.told, d.report, \
             d.reported_at, d.report_why, k.id, k.wrapped \
             FROM deliveries d JOIN customer_messages m ON m.id = d.message \
             JOIN customers c ON c.id = m.customer JOIN data_keys k ON k.id = c.key_id \
             WHERE d.message IN {} ORDER BY d.id",
            places(1, messages.len())
        );
        let params = messages.iter().map(|id| Cell::Int(*id)).collect();
        for mut row in self.exec().rows(sql, params).await? {
            let (message, channel, state) = (row.int()?, row.text()?, row.text()?);
            let (at, why, sealed) = (row.instant()?, row.opt_text()?, row.bytes()?);
            let report = row.opt_text()?.zip(row.opt_int()?.map(Instant));
            let report_why = row.opt_text()?;
            let key = self.read_key(&mut row)?;
            let told = super::told(key.as_ref(), &sealed)?;
            all.entry(message).or_default().push(Delivery {
                channel,
                told,
                state,
                at,
                why,
                report,
                report_why,
            });
        }
        Ok(all)
    }
}

impl Store {
    fn read_told(&self, mut row: Row) -> Result<Told> {
        let mut told = Told {
            id: row.int()?,
            customer: CustomerId(row.int()?),
            name: None,
            phone: None,
            case: row.opt_int()?.map(CaseId).zip(row.opt_text()?),
            message: row.text()?,
            release: row.text()?,
            class: row.text()?,
            fate: Fate::of(&row.text()?)?,
            why: row.opt_text()?,
            made_at: row.instant()?,
            due_at: row.instant()?,
            can_again: row.flag()?,
            seen_by: row.opt_int()?.map(PersonId),
            deliveries: vec![],
        };
        let (name, phone) = (row.opt_bytes()?, row.opt_bytes()?);
        let key = self.read_key(&mut row)?;
        told.name = open_column(Class::Name, name, key.as_ref())?;
        told.phone = open_column(Class::Phone, phone, key.as_ref())?;
        Ok(told)
    }
}
