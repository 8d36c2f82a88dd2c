//! Telling: a node takes a turn at a subscription, tells what lies ahead in order, and moves the
//! mark behind each event that was taken.

use super::events::{Ahead, Happened};
use super::tries::Answered;
use super::{Webhook, WebhookState};
use crate::exec::cell::cells;
use crate::exec::{Rollback, Write};
use crate::{Result, Scope, Store, StoreError};
use base::Instant;

/// Events of one turn.
const MOST: usize = 10;
/// How long a turn may take, in seconds: longer than all of its events may.
const LEASE: i64 = 300;
/// Tries kept of a subscription.
pub(crate) const KEPT: i64 = 200;

/// A turn at a subscription: nobody else tells it anything meanwhile.
#[derive(Debug, Clone)]
pub struct Turn {
    /// The subscription.
    pub webhook: Webhook,
    /// What it is told now, in order; it may be nothing when only the mark is to move.
    pub told: Vec<Happened>,
    /// Whether more may lie behind.
    pub more: bool,
    through: (i64, i64),
    lease: Instant,
}

/// What becomes of a subscription after an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The event was taken: the mark moves behind it.
    On,
    /// The same event again, not before.
    Again(Instant),
    /// It rests, and why: `failing` or `gone`.
    Rest(&'static str),
}

impl Store {
    /// Subscriptions that may be told now.
    pub async fn due_webhooks(&self, now: Instant) -> Result<Vec<i64>> {
        let sql = "SELECT id FROM webhooks WHERE state = 'on' AND due_at <= $1 \
                   AND claimed_until <= $1 ORDER BY due_at, id LIMIT $2";
        let rows = self.exec().rows(sql, cells![now, super::MOST_ALL]).await?;
        rows.into_iter().map(|mut row| row.int()).collect()
    }

    /// Takes a turn; `None` when nothing lies ahead, or another node has it.
    pub async fn take_turn(&self, id: i64, now: Instant) -> Result<Option<Turn>> {
        let webhook = match self.webhook(id, &Scope::company()).await {
            Ok(webhook) if webhook.state == WebhookState::On => webhook,
            Ok(_) | Err(StoreError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let sql = "SELECT through_txid, through_position FROM webhooks WHERE id = $1";
        let Some(mut row) = self.exec().row(sql, cells![id]).await? else { return Ok(None) };
        let from = (row.int()?, row.int()?);
        let Ahead { told, through, more } = self.ahead(&webhook, from, MOST).await?;
        let Some(through) = through else { return Ok(None) };
        if told.is_empty() && !more {
            // Few entries of no interest are looked through again rather than written past.
            return Ok(None);
        }
        let lease = now.plus_seconds(LEASE);
        let claim = "UPDATE webhooks SET claimed_until = $2 WHERE id = $1 AND state = 'on' \
                     AND claimed_until <= $3 AND through_txid = $4 AND through_position = $5 \
                     AND version = $6";
        // What was being asked when a node went down.
        let cut = "UPDATE webhook_tries SET state = 'unknown', why = 'cut off by a restart', \
                   ended_at = $2 WHERE webhook = $1 AND state = 'asking' AND at <= $3";
        let writes = vec![
            Write::one(claim, cells![id, lease, now, from.0, from.1, webhook.version]),
            Write::any(cut, cells![id, now, now.plus_seconds(-LEASE)]),
        ];
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Ok(None),
            done => {
                done.map(|_| Some(Turn { webhook, told, more, through, lease })).map_err(Into::into)
            }
        }
    }

    /// Notes that a subscription is about to be told; `None` when the turn is over: somebody let it
    /// rest meanwhile, or another node has it.
    pub async fn begin_telling(
        &self,
        turn: &Turn,
        about: &Happened,
        now: Instant,
    ) -> Result<Option<i64>> {
        let held = "UPDATE webhooks SET claimed_until = $2 WHERE id = $1 AND claimed_until = $2 \
                    AND state = 'on'";
        let guard = Write::one(held, cells![turn.webhook.id, turn.lease]);
        self.begin_try((turn.webhook.id, false), Some(about), Some(guard), now).await
    }

    /// What was answered, and what becomes of the subscription.
    pub async fn end_telling(
        &self,
        turn: &Turn,
        (id, about): (i64, &Happened),
        answered: &Answered,
        step: &Step,
        now: Instant,
    ) -> Result<()> {
        let (hook, lease) = (turn.webhook.id, turn.lease);
        let next = match step {
            Step::On => Write::any(
                "UPDATE webhooks SET through_txid = $3, through_position = $4, tries = 0, \
                 failing_since = NULL, held_entry = NULL, held_event = NULL, held_case = NULL, \
                 held_number = NULL, due_at = $5 WHERE id = $1 AND claimed_until = $2",
                cells![hook, lease, about.place.0, about.place.1, now],
            ),
            Step::Again(at) => Write::any(
                "UPDATE webhooks SET tries = tries + 1, \
                 failing_since = COALESCE(failing_since, $3), due_at = $4, claimed_until = 0, \
                 held_entry = $5, held_event = $6, held_case = $7, held_number = $8 \
                 WHERE id = $1 AND claimed_until = $2",
                cells![hook, lease, now, *at, about.entry, &about.event, about.case, &about.number],
            ),
            Step::Rest(why) => Write::any(
                "UPDATE webhooks SET state = 'resting', why = $3, tries = tries + 1, \
                 failing_since = COALESCE(failing_since, $4), claimed_until = 0, \
                 held_entry = $5, held_event = $6, held_case = $7, held_number = $8, \
                 version = version + 1 WHERE id = $1 AND claimed_until = $2 AND state = 'on'",
                cells![
                    hook,
                    lease,
                    *why,
                    now,
                    about.entry,
                    &about.event,
                    about.case,
                    &about.number
                ],
            ),
        };
        self.exec().write(vec![answered.write(id, now), next]).await?;
        Ok(())
    }

    /// Everything of a turn was told: the mark moves behind what was looked through. The next turn
    /// is not taken before `next`.
    pub async fn end_turn(&self, turn: &Turn, next: Instant) -> Result<()> {
        let moved = "UPDATE webhooks SET through_txid = $3, through_position = $4, due_at = $5, \
                     claimed_until = 0 WHERE id = $1 AND claimed_until = $2";
        let old = "DELETE FROM webhook_tries WHERE webhook = $1 AND id < \
                   (SELECT MIN(id) FROM (SELECT id FROM webhook_tries WHERE webhook = $1 \
                   ORDER BY id DESC LIMIT $2) AS kept)";
        let (id, through) = (turn.webhook.id, turn.through);
        self.exec()
            .write(vec![
                Write::any(moved, cells![id, turn.lease, through.0, through.1, next]),
                Write::any(old, cells![id, KEPT]),
            ])
            .await?;
        Ok(())
    }

    /// Gives a turn back before everything was told.
    pub async fn leave_turn(&self, turn: &Turn) -> Result<()> {
        let sql = "UPDATE webhooks SET claimed_until = 0 WHERE id = $1 AND claimed_until = $2";
        self.exec().write(vec![Write::any(sql, cells![turn.webhook.id, turn.lease])]).await?;
        Ok(())
    }
}
