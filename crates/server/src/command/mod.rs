//! The one path of every command: authorised, looked up by key, decided, rendered, applied.
//!
//! What is rendered and sealed here is not decided here: the engine decides on a snapshot, the
//! store applies in one transaction, and this module carries the one to the other.

mod act;
mod attached;
mod blanks;
mod books;
mod change;
pub mod codes;
mod doubts;
mod held;
mod key;
mod known;
mod left;
mod listing;
pub mod migrate;
mod open;
mod outside;
pub mod parties;
mod preview;
mod refusal;
mod scheduled;
mod seal;
pub mod snapshot;
mod strangers;
pub mod till;
mod timer;

pub use act::{Act, act};
pub(crate) use books::read_between;
pub use key::Key;
pub use listing::list_vehicle;
pub use open::{Open, open};
pub use outside::{FromOutside, act_outside, open_outside};
pub use preview::{Previewed, preview, preview_open};
pub use refusal::problem_of;
pub use scheduled::{For, NotOpened, Scheduled, refused};
pub use snapshot::{About, actor_at, snapshot};
pub use timer::{advance, child_ended, hand_over, system_action};

use crate::problem::Problem;
use base::Instant;
use engine::LateEntry;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;

/// How often a command is decided again when somebody was quicker.
const TRIES: u32 = 3;

/// What somebody submits.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The form, by field.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub form: Map<String, Json>,
    /// Why, where a rule asks for a reason.
    #[serde(default)]
    pub reason: Option<String>,
    /// Set when it is entered late (补录).
    #[serde(default)]
    pub late: Option<Late>,
}

/// A late entry (补录).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Late {
    /// Number of the paper.
    pub paper: String,
    /// Why it is late.
    pub reason: String,
    /// When it happened, RFC 3339.
    pub occurred_at: String,
    /// Photos of the paper: ids of files.
    #[serde(default)]
    pub photos: Vec<String>,
}

/// Longest reason and paper number.
const MAX_TEXT: usize = 500;

impl Submission {
    /// When it happened and the late entry, checked.
    fn occurred(&self, now: Instant) -> Result<(Instant, Option<LateEntry>), Problem> {
        let Some(late) = &self.late else { return Ok((now, None)) };
        let wrong = |field: &str, zh: &str, en: &str| {
            Problem::new("form-invalid").field(field, "late", base::Text::new(zh, en))
        };
        let at: jiff::Timestamp = late.occurred_at.parse().map_err(|_| {
            wrong(
                "late.occurred_at",
                "发生时间无法识别，例如 2026-11-21T14:05:00+08:00",
                "The time cannot be read; write it as 2026-11-21T14:05:00+08:00",
            )
        })?;
        if Instant::from(at) > now {
            return Err(wrong(
                "late.occurred_at",
                "发生时间不能晚于现在",
                "The time cannot lie in the future",
            ));
        }
        if late.paper.trim().is_empty() || late.reason.trim().is_empty() {
            return Err(wrong(
                "late.paper",
                "补录要写纸单号和原因",
                "A late entry needs the number of the paper and a reason",
            ));
        }
        let entry = LateEntry {
            paper: late.paper.chars().take(MAX_TEXT).collect(),
            reason: late.reason.chars().take(MAX_TEXT).collect(),
            photos: late.photos.clone(),
        };
        Ok((at.into(), Some(entry)))
    }

    fn reason(&self) -> Option<String> {
        let reason = self.reason.as_deref().map(str::trim).filter(|r| !r.is_empty());
        reason.map(|r| r.chars().take(MAX_TEXT).collect())
    }
}
