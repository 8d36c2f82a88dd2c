//! Subscriptions (事件推送): programs that are told what happens to cases as it happens.
//!
//! A subscription keeps a mark in the journal and reads forward from it, only what is safely
//! committed; told is what lies before the mark.

mod events;
mod held;
mod keep;
mod kind;
mod tell;
mod tries;

pub use events::Happened;
pub use held::Held;
pub use kind::Kind;
pub(crate) use tell::KEPT;
pub use tell::{Step, Turn};
pub use tries::{Answered, TEST, Try, TryState};

use crate::exec::Row;
use crate::exec::cell::cells;
use crate::{Result, Scope, Store, StoreError};
use base::{Instant, Lang, OrgId, PersonId};
use std::collections::BTreeSet;

/// Most subscriptions of programs that are not ended.
pub const MOST: i64 = 20;
/// Most robots of groups that are not ended.
pub const MOST_ROBOTS: i64 = 50;
/// Most of both.
const MOST_ALL: i64 = MOST + MOST_ROBOTS;
/// How long the secret before still signs beside the new one, in seconds: a day to change it at
/// the other side.
pub const OVERLAP: i64 = 24 * 3600;

/// How a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookState {
    /// It is told.
    On,
    /// It is not, until somebody says so.
    Resting,
    /// It never will be again.
    Ended,
}

impl WebhookState {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Resting => "resting",
            Self::Ended => "ended",
        }
    }

    fn of(word: &str) -> Result<Self> {
        let found = [Self::On, Self::Resting, Self::Ended].into_iter().find(|s| s.word() == word);
        found.ok_or_else(|| StoreError::Damaged(format!("`{word}` is no state of a subscription")))
    }
}

/// What somebody writes of a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookForm {
    /// Who listens: a program, or a group by its robot.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// Where it is told; of a robot, whose address is its key, no more than can be shown.
    pub address: String,
    /// Events of the journal it is told of.
    pub events: BTreeSet<String>,
    /// Processes it is told of; all when none is named.
    pub processes: BTreeSet<String>,
    /// Deadlines it is told of, `process/deadline`; all when none is named.
    pub rules: BTreeSet<String>,
    /// The language a group reads.
    pub lang: Lang,
}

/// A subscription as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: i64,
    /// It is told of cases of this unit and below.
    pub org: OrgId,
    /// What was written of it.
    pub form: WebhookForm,
    /// Who looks after it, and hears when it rests.
    pub owner: PersonId,
    /// How it stands.
    pub state: WebhookState,
    /// Why it rests: `failing`, `gone`, `by_hand`, `restored`.
    pub why: Option<String>,
    /// Until when the secret before still signs.
    pub old_until: Option<Instant>,
    /// How often the event that is next was tried.
    pub tries: i64,
    /// The event that was not taken and holds back what follows.
    pub held: Option<Held>,
    /// Since when nothing was taken.
    pub failing_since: Option<Instant>,
    /// When it is tried again.
    pub due_at: Instant,
    /// Counts changes by people.
    pub version: i64,
    /// When it was made.
    pub made_at: Instant,
}

/// What is read of a subscription, in the order of [`read`].
const COLUMNS: &str = "w.id, w.org, w.name, w.address, w.events, w.processes, w.owner, w.state, \
    w.why, w.old_until, w.tries, w.failing_since, w.due_at, w.version, w.made_at, w.kind, \
    w.rules, w.lang, w.held_entry, w.held_event, w.held_case, w.held_number";

fn read(row: &mut Row) -> Result<Webhook> {
    let (id, org) = (row.int()?, OrgId(row.int()?));
    let (name, address) = (row.text()?, row.text()?);
    let (events, processes) = (row.json()?, row.json()?);
    let (owner, state) = (PersonId(row.int()?), WebhookState::of(&row.text()?)?);
    let (why, old_until, tries) = (row.opt_text()?, row.opt_instant()?, row.int()?);
    let (failing_since, due_at) = (row.opt_instant()?, row.instant()?);
    let (version, made_at) = (row.int()?, row.instant()?);
    let (kind, rules, lang) = (Kind::of(&row.text()?)?, row.json()?, row.text()?);
    let lang = Lang::from_tag(&lang);
    let held = held::read(row)?;
    let form = WebhookForm { kind, name, address, events, processes, rules, lang };
    Ok(Webhook {
        id,
        org,
        form,
        owner,
        state,
        why,
        old_until,
        tries,
        held,
        failing_since,
        due_at,
        version,
        made_at,
    })
}

impl Store {
    /// Subscriptions of the units in scope that are not ended, the latest first.
    pub async fn webhooks(&self, scope: &Scope) -> Result<Vec<Webhook>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM webhooks w JOIN orgs o ON o.id = w.org \
             WHERE w.state <> 'ended' AND o.path >= $1 AND o.path < $2 ORDER BY w.id DESC LIMIT $3"
        );
        let params = cells![&scope.low, &scope.high, MOST_ALL];
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// One subscription of a unit in scope that is not ended.
    pub async fn webhook(&self, id: i64, scope: &Scope) -> Result<Webhook> {
        let sql = format!(
            "SELECT {COLUMNS} FROM webhooks w JOIN orgs o ON o.id = w.org \
             WHERE w.id = $1 AND w.state <> 'ended' AND o.path >= $2 AND o.path < $3"
        );
        let row = self.exec().row(sql, cells![id, &scope.low, &scope.high]).await?;
        read(&mut row.ok_or(StoreError::NotFound("webhook"))?)
    }
}
