//! The event that holds a subscription up: told again now, or skipped by a person.

use super::{TryState, Webhook};
use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store, StoreError};
use base::{CaseId, Instant, PersonId};
use serde_json::json;

/// An event that was not taken: nothing behind it is told before it is, or somebody skips it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The entry of the journal.
    pub entry: i64,
    /// The journal's word.
    pub event: String,
    /// Its case.
    pub case: CaseId,
    /// That one's number.
    pub number: String,
}

pub(super) fn read(row: &mut Row) -> Result<Option<Held>> {
    let (entry, event) = (row.opt_int()?, row.opt_text()?);
    let (case, number) = (row.opt_int()?.map(CaseId), row.opt_text()?);
    let whole = entry.zip(event).zip(case.zip(number));
    Ok(whole.map(|((entry, event), (case, number))| Held { entry, event, case, number }))
}

/// Moves the mark behind the event that holds it up. One that rests because nothing was taken goes
/// on; one that rests for another reason rests still.
const SKIP: &str = "UPDATE webhooks SET through_txid = $4, through_position = $5, tries = 0, \
    failing_since = NULL, held_entry = NULL, held_event = NULL, held_case = NULL, \
    held_number = NULL, due_at = $6, version = version + 1, \
    state = CASE WHEN why = 'failing' THEN 'on' ELSE state END, \
    why = CASE WHEN why = 'failing' THEN NULL ELSE why END \
    WHERE id = $1 AND version = $2 AND held_entry = $3 AND claimed_until <= $6 \
    AND state <> 'ended'";

impl Store {
    /// Skips the event that holds a subscription up (跳过): it is never told by itself any more. Who
    /// did it and why stands in the journal of the unit and among what was told.
    /// [`StoreError::Stale`] when another event holds it up by now, or it is being told.
    pub async fn skip_event(
        &self,
        webhook: &Webhook,
        entry: i64,
        reason: &str,
        by: PersonId,
        now: Instant,
    ) -> Result<()> {
        let held = webhook.held.as_ref().filter(|held| held.entry == entry);
        let held = held.ok_or(StoreError::Stale { current: webhook.version })?;
        let sql = "SELECT txid, position FROM journal \
                   WHERE aggregate = 'case' AND aggregate_id = $1 AND id = $2";
        let row = self.exec().row(sql, cells![held.case, entry]).await?;
        let mut row = row.ok_or(StoreError::NotFound("event"))?;
        let place = (row.int()?, row.int()?);
        let moved =
            Write::one(SKIP, cells![webhook.id, webhook.version, entry, place.0, place.1, now]);
        let told = Write::one(
            "INSERT INTO webhook_tries (id, webhook, entry, event, case_id, number, state, why, \
             at, ended_at, by_hand, person) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1, $10)",
            cells![
                self.new_id(now),
                webhook.id,
                entry,
                &held.event,
                held.case,
                &held.number,
                TryState::Skipped.word(),
                reason,
                now,
                by,
            ],
        );
        let body = json!({
            "webhook": webhook.id, "entry": entry, "event": held.event, "case": held.case,
            "reason": reason,
        });
        self.webhook_event("webhook_skipped", webhook.org, body, by, vec![moved, told], now).await
    }

    /// Tells the event that holds a subscription up at once, without waiting for its time.
    pub async fn hurry_webhook(&self, webhook: &Webhook, now: Instant) -> Result<()> {
        let sql = "UPDATE webhooks SET due_at = $2 WHERE id = $1 AND state = 'on' AND due_at > $2";
        self.exec().write(vec![Write::any(sql, cells![webhook.id, now])]).await?;
        Ok(())
    }
}
