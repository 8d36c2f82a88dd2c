//! What a subscription was told, try by try: for whoever looks after it.

use super::events::Happened;
use super::tell::KEPT;
use crate::exec::cell::cells;
use crate::exec::{Rollback, Row, Write};
use crate::{Result, Store, StoreError};
use base::{CaseId, Instant, PersonId};

/// Longest reason kept.
const LONGEST: usize = 300;
/// The event of a try by hand that is about nothing.
pub const TEST: &str = "test";

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TryState {
    /// It is being asked.
    Asking,
    /// It took the event.
    Taken,
    /// It did not, or was not reached.
    Failed,
    /// Nobody knows.
    Unknown,
    /// A person skipped it.
    Skipped,
}

impl TryState {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Asking => "asking",
            Self::Taken => "taken",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Skipped => "skipped",
        }
    }

    fn of(word: &str) -> Result<Self> {
        let all = [Self::Asking, Self::Taken, Self::Failed, Self::Unknown, Self::Skipped];
        let found = all.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| StoreError::Damaged(format!("`{word}` is no state of a try")))
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// How the try ended.
    pub state: TryState,
    /// The status of HTTP, where there was an answer.
    pub status: Option<u16>,
    /// Why it was not taken.
    pub why: Option<String>,
}

impl Answered {
    pub(super) fn write(&self, id: i64, now: Instant) -> Write {
        let why: Option<String> =
            self.why.as_ref().map(|why| why.replace('\0', "").chars().take(LONGEST).collect());
        Write::any(
            "UPDATE webhook_tries SET state = $2, status = $3, why = $4, ended_at = $5 \
             WHERE id = $1",
            cells![id, self.state.word(), self.status.map(i64::from), why, now],
        )
    }
}

/// A try as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// Its id.
    pub id: i64,
    /// The event as the journal calls it; [`TEST`] for one that is about nothing.
    pub event: String,
    /// The entry and its case with its number; none of a test.
    pub about: Option<(i64, CaseId, String)>,
    /// How it ended.
    pub state: TryState,
    /// The status of HTTP, where there was an answer.
    pub status: Option<i64>,
    /// Why it was not taken.
    pub why: Option<String>,
    /// When it was told.
    pub at: Instant,
    /// When it answered.
    pub ended_at: Option<Instant>,
    /// Who skipped it.
    pub person: Option<PersonId>,
}

const COLUMNS: &str = "id, event, entry, case_id, number, state, status, why, at, ended_at, person";

fn read(mut row: Row) -> Result<Try> {
    let (id, event) = (row.int()?, row.text()?);
    let (entry, case, number) = (row.opt_int()?, row.opt_int()?, row.opt_text()?);
    Ok(Try {
        id,
        event,
        about: entry.zip(case).zip(number).map(|((entry, case), n)| (entry, CaseId(case), n)),
        state: TryState::of(&row.text()?)?,
        status: row.opt_int()?,
        why: row.opt_text()?,
        at: row.instant()?,
        ended_at: row.opt_instant()?,
        person: row.opt_int()?.map(PersonId),
    })
}

impl Store {
    /// What a subscription was last told, the latest first. Whoever asks may see it.
    pub async fn webhook_tries(&self, webhook: i64) -> Result<Vec<Try>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM webhook_tries WHERE webhook = $1 ORDER BY id DESC LIMIT $2"
        );
        self.exec().rows(sql, cells![webhook, KEPT]).await?.into_iter().map(read).collect()
    }

    /// One try of a subscription.
    pub async fn webhook_try(&self, webhook: i64, id: i64) -> Result<Try> {
        let sql = format!("SELECT {COLUMNS} FROM webhook_tries WHERE webhook = $1 AND id = $2");
        let row = self.exec().row(sql, cells![webhook, id]).await?;
        read(row.ok_or(StoreError::NotFound("try"))?)
    }

    /// Notes a try by hand, out of order: again, or a test.
    pub async fn begin_by_hand(
        &self,
        webhook: i64,
        about: Option<&Happened>,
        now: Instant,
    ) -> Result<i64> {
        let begun = self.begin_try((webhook, true), about, None, now).await?;
        begun.ok_or(StoreError::NotFound("webhook"))
    }

    /// What was answered to a try by hand; the mark stays where it is.
    pub async fn end_by_hand(&self, id: i64, answered: &Answered, now: Instant) -> Result<()> {
        self.exec().write(vec![answered.write(id, now)]).await?;
        Ok(())
    }

    pub(super) async fn begin_try(
        &self,
        (webhook, by_hand): (i64, bool),
        about: Option<&Happened>,
        guard: Option<Write>,
        now: Instant,
    ) -> Result<Option<i64>> {
        let id = self.new_id(now);
        let insert = Write::one(
            "INSERT INTO webhook_tries (id, webhook, entry, event, case_id, number, state, at, \
             by_hand) VALUES ($1, $2, $3, $4, $5, $6, 'asking', $7, $8)",
            cells![
                id,
                webhook,
                about.map(|about| about.entry),
                about.map_or(TEST, |about| &about.event),
                about.map(|about| about.case),
                about.map(|about| about.number.clone()),
                now,
                i64::from(by_hand),
            ],
        );
        let writes = guard.into_iter().chain([insert]).collect();
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Ok(None),
            done => done.map(|_| Some(id)).map_err(Into::into),
        }
    }
}
