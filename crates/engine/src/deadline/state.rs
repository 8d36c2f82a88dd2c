//! What a deadline instance remembers.

use base::time::Span;
use base::{DeadlineId, Instant};
use serde::{Deserialize, Serialize};

/// Most pauses of one instance kept one by one; older ones are laid together, their time kept.
const MOST_PAUSES: usize = 200;

/// One deadline instance: (deadline, entry number).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineState {
    /// Its row; `None` until stored.
    pub id: Option<DeadlineId>,
    /// The deadline's key in the process.
    pub deadline: String,
    /// Which start of it this is, from 1.
    pub round: u32,
    /// When its clock began.
    pub started_at: Instant,
    /// When it is due, pauses so far included; of a broken one that repeats, when next. At this
    /// instant one is still in time. [`Instant::NEVER`] while it is pending.
    pub due_at: Instant,
    /// When the next warning is due; `None` when all are given.
    pub warn_at: Option<Instant>,
    /// Warnings given or passed over.
    pub warned: u32,
    /// When it was paused; `None` while the clock runs.
    pub paused_at: Option<Instant>,
    /// Times it was broken and not annulled (more than one for repeating deadlines, and where a
    /// date was moved after it had been missed).
    pub breaches: u32,
    /// How it stands.
    pub status: DeadlineStatus,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// What else its clock remembers.
    pub memory: Memory,
}

/// What the clock of a deadline remembers beside what lists and timers ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Pauses that have ended, earliest first. Whatever is computed anew starts from all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// When it was due before any repeat; [`Instant::NEVER`] while it is pending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_due: Option<Instant>,
    /// The year whose holidays nobody has announced, yet it reaches into it; it is pending then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown_year: Option<i16>,
    /// Of a window: when it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Instant>,
    /// When its length or date last changed. A shorter time that is already over is due then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_at: Option<Instant>,
    /// Breaches of an earlier due instant, since moved: they stay on record.
    #[serde(skip_serializing_if = "is_zero")]
    pub kept: u32,
    /// Breaches that were annulled, as it had happened in time after all.
    #[serde(skip_serializing_if = "is_zero")]
    pub annulled: u32,
    /// Steps of escalation taken since it broke.
    #[serde(skip_serializing_if = "is_zero")]
    pub escalated: u32,
    /// When the next step of escalation is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalate_at: Option<Instant>,
    /// Approved extensions, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Time in which a clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From this instant.
    pub from: Instant,
    /// To this one.
    pub to: Instant,
}

/// An approved extension (延期).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// By how long.
    pub by: Span,
    /// When it was approved; who and why stands in the journal.
    pub at: Instant,
}

impl Memory {
    /// Remembers a pause that has ended. One that is entered late may lie before another or reach
    /// into it: time is counted once.
    pub fn pause(&mut self, from: Instant, to: Instant) {
        if to <= from {
            return;
        }
        self.pauses.push(Pause { from, to });
        self.pauses.sort_by_key(|pause| pause.from);
        let mut apart: Vec<Pause> = Vec::with_capacity(self.pauses.len());
        for pause in self.pauses.drain(..) {
            match apart.last_mut() {
                Some(last) if pause.from <= last.to => last.to = last.to.max(pause.to),
                _ => apart.push(pause),
            }
        }
        if apart.len() > MOST_PAUSES {
            let first = apart.remove(0);
            if let Some(second) = apart.first_mut() {
                second.from = Instant(second.from.0 - (first.to.0 - first.from.0));
            }
        }
        self.pauses = apart;
    }

    /// How long the clock has stood still, in seconds.
    pub fn paused_seconds(&self) -> i64 {
        self.pauses.iter().map(|pause| pause.to.seconds_since(pause.from)).sum()
    }
}

/// How a deadline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineStatus {
    /// Started, but when it is due is not known yet: the date it runs to (`until`), or the
    /// holidays of a year it reaches.
    Pending,
    /// The clock runs.
    Running,
    /// The clock stands still.
    Paused,
    /// Broken and still open.
    Breached,
    /// Stopped in time.
    Met,
    /// Stopped before its window opened (过早).
    Early,
    /// Stopped late.
    Late,
    /// Ended with the case, neither met nor broken.
    Dropped,
}

impl DeadlineStatus {
    /// Whether anything can still happen to it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Running | Self::Paused | Self::Breached)
    }
}

impl DeadlineState {
    /// Breaches of the due instant that holds now.
    pub fn broken(&self) -> u32 {
        self.breaches.saturating_sub(self.memory.kept)
    }

    /// When time next does something to it; `None` while it stands still or nothing is left.
    pub fn next_at(&self) -> Option<Instant> {
        if !self.status.is_open() || self.paused_at.is_some() {
            return None;
        }
        // At the due instant one is still in time; a broken one that does not repeat is due never
        // again, which its plan says by a due instant that lies at the first.
        let breaks = match (self.status, self.memory.first_due) {
            (DeadlineStatus::Running, _) => true,
            (DeadlineStatus::Breached, Some(first)) => self.due_at > first,
            _ => false,
        };
        let breach = (breaks && self.due_at != Instant::NEVER)
            .then(|| Instant(self.due_at.0.saturating_add(1)));
        let warn = self.warn_at.filter(|_| self.status == DeadlineStatus::Running);
        [breach, warn, self.memory.escalate_at].into_iter().flatten().min()
    }
}
