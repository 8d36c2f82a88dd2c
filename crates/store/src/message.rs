//! In-app messages (站内消息).

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
        let _ = (person, unread, limit);
        Ok(vec![])
    }

    /// How many are unread.
    pub async fn unread(&self, person: PersonId) -> Result<i64> {
        let _ = person;
        Ok(0)
    }

    /// Marks messages read; all of the person's when `ids` is `None`.
    pub async fn read_messages(
        &self,
        person: PersonId,
        ids: Option<&[i64]>,
        now: Instant,
    ) -> Result<()> {
        let _ = (person, ids, now);
        Ok(())
    }
}
