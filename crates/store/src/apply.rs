//! `apply`: a decision becomes one transaction.

use crate::document::NewDocument;
use crate::message::NewMessage;
use crate::outbox::NewOutbox;
use crate::{Result, Store, StoreError};
use base::{CaseId, Instant};
use engine::Decision;

/// A decided case with what the server rendered for it.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The decision. `case.id` is `None` for a new case; its `number` must be drawn before
    /// ([`Store::next_number`]).
    pub decision: Decision,
    /// Subject area of the process, for lists.
    pub area: String,
    /// Kind of the main state (`working`, `waiting_customer`, …), for lists.
    pub state_kind: String,
    /// Documents made or frozen by it, rendered.
    pub documents: Vec<NewDocument>,
    /// In-app messages.
    pub messages: Vec<NewMessage>,
    /// Work for reconcilers.
    pub outbox: Vec<NewOutbox>,
}

/// One command's worth of change: the case, and the children it opened.
#[derive(Debug, Clone)]
pub struct Change {
    /// The case of the command.
    pub case: Decided,
    /// Cases opened in the same transaction; their `case.parent` is set by the store.
    pub children: Vec<Decided>,
    /// The key that makes the command idempotent, with the answer to give again.
    pub answer: Option<Answer>,
}

/// An idempotency key and the answer kept for it (180 days).
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

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// Its version now.
    pub version: i64,
    /// Children opened.
    pub children: Vec<CaseId>,
    /// Statements of the transaction.
    pub statements: usize,
}

impl Store {
    /// Writes a decision: case (guarded by id, version and main state), journal, deadlines,
    /// offers, lines, documents, messages, outbox, registers, children, answer: all or nothing.
    ///
    /// [`StoreError::Stale`] when somebody was quicker; decide again on the new state.
    pub async fn apply(&self, change: &Change, now: Instant) -> Result<Applied> {
        let _ = (change, now);
        Err(StoreError::NotFound("case"))
    }

    /// The answer once given to this key; [`StoreError::KeyReused`] when the body differs.
    pub async fn answered(
        &self,
        principal: &str,
        key: &str,
        body_hash: &str,
        now: Instant,
    ) -> Result<Option<Answered>> {
        let _ = (principal, key, body_hash, now);
        Ok(None)
    }

    /// Keeps the answer of a refused command, or completes that of an applied one.
    pub async fn keep_answer(&self, answer: &Answer, now: Instant) -> Result<()> {
        let _ = (answer, now);
        Ok(())
    }

    /// A note on a case: a journal entry that leaves the version alone.
    pub async fn add_note(
        &self,
        case: CaseId,
        actor: base::PersonId,
        text: &str,
        now: Instant,
    ) -> Result<()> {
        let _ = (case, actor, text, now);
        Err(StoreError::NotFound("case"))
    }

    /// Draws the next document number: `pattern` is the process's (`WX{yyyy}{mm}-{seq:4}`; also
    /// `{yy}`, `{dd}`, `{station}`), counted per process, station and period. Gaps may stay.
    pub async fn next_number(
        &self,
        process: &str,
        pattern: &str,
        station: &str,
        day: base::Day,
    ) -> Result<String> {
        let _ = (process, pattern, station, day);
        Err(StoreError::NotFound("number"))
    }
}
