//! In-app messages (站内消息).

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places};
use crate::{Result, Store};
use base::{CaseId, Instant, PersonId};
use serde_json::{Map, Value as Json};

/// To whom a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// One person.
    Person(PersonId),
    /// Everybody who holds the role at the case's unit, or at the nearest unit above.
    Role(String),
}

/// A message of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage {
    /// To whom.
    pub to: Recipient,
    /// Its key in the rulebook.
    pub message: String,
    /// Arguments of its text; no personal data in clear.
    pub args: Map<String, Json>,
}

/// A message of a person.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRow {
    /// Number.
    pub id: i64,
    /// Its key in the rulebook.
    pub message: String,
    /// The release whose text holds.
    pub release: String,
    /// Arguments of its text.
    pub args: Map<String, Json>,
    /// When.
    pub at: Instant,
    /// Whether it was read.
    pub read: bool,
    /// The case with its number.
    pub case: Option<(CaseId, String)>,
}

impl Store {
    /// Messages of a person, newest first.
    pub async fn messages(
        &self,
        person: PersonId,
        unread: bool,
        limit: u32,
    ) -> Result<Vec<MessageRow>> {
        let sql = "SELECT m.id, m.message, m.release, m.args, m.at, m.read_at, c.id, c.number \
                   FROM messages m LEFT JOIN cases c ON c.id = m.case_id WHERE m.person = $1 \
                   AND ($2 = 0 OR m.read_at IS NULL) ORDER BY m.id DESC LIMIT $3";
        let read = |mut row: Row| {
            Ok(MessageRow {
                id: row.int()?,
                message: row.text()?,
                release: row.text()?,
                args: row.json()?,
                at: row.instant()?,
                read: row.opt_int()?.is_some(),
                case: row.opt_int()?.map(CaseId).zip(row.opt_text()?),
            })
        };
        let params = cells![person, unread, limit.clamp(1, 100)];
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// How many are unread.
    pub async fn unread(&self, person: PersonId) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM messages WHERE person = $1 AND read_at IS NULL";
        self.exec().row(sql, cells![person]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// Marks messages read; all of the person's when `ids` is `None`.
    pub async fn read_messages(
        &self,
        person: PersonId,
        ids: Option<&[i64]>,
        now: Instant,
    ) -> Result<()> {
        let mut sql =
            String::from("UPDATE messages SET read_at = $2 WHERE person = $1 AND read_at IS NULL");
        let mut params = cells![person, now];
        if let Some(ids) = ids {
            if ids.is_empty() {
                return Ok(());
            }
            sql.extend([" AND id IN ", places(3, ids.len()).as_str()]);
            params.extend(ids.iter().map(|id| Cell::Int(*id)));
        }
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }

    /// Sends messages outside a decision, for example about an import.
    pub async fn send(
        &self,
        person: PersonId,
        release: &str,
        message: &NewMessage,
        now: Instant,
    ) -> Result<()> {
        let sql = "INSERT INTO messages (person, message, release, args, at) \
                   VALUES ($1, $2, $3, $4, $5)";
        let args = crate::exec::cell::print(&message.args)?;
        let params = cells![person, &message.message, release, args, now];
        self.exec().write(vec![Write::one(sql, params)]).await?;
        Ok(())
    }
}
