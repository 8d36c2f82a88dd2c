//! The state of one case: what the store keeps and the engine reads.

use crate::count::Kept;
use crate::deadline::DeadlineState;
use crate::grants::Grants;
use base::{CaseId, CustomerId, Instant, OrgId, PersonId, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// A case (案件): one run of a process under one release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseState {
    /// Its id; `None` until the store has made one for a case just opened.
    pub id: Option<CaseId>,
    /// Its number as printed (`WX202611-0042`); `None` until the store has counted.
    pub number: Option<String>,
    /// The process.
    pub process: String,
    /// Hash of the release it runs under all its life.
    pub release: String,
    /// The organisation unit that owns it (the station).
    pub org: OrgId,
    /// Rises by one with every change; guards all tracks. 0 before it is stored.
    pub version: i64,
    /// When it was opened (occurred).
    pub opened_at: Instant,
    /// Who opened it; `None` for the system.
    pub opener: Option<PersonId>,
    /// Who answers for it to the end (首问责任人).
    pub owner: Option<PersonId>,
    /// Who works on it now.
    pub assignee: Option<PersonId>,
    /// The vehicle or pile, when known.
    pub unit: Option<UnitId>,
    /// The customer, when known.
    pub customer: Option<CustomerId>,
    /// The case that opened it.
    pub parent: Option<CaseId>,
    /// Where each track stands; `main` is always there.
    pub tracks: BTreeMap<String, TrackState>,
    /// All answers so far, by field; personal fields are ciphertext objects the engine passes on.
    pub data: Map<String, Json>,
    /// Who last did each action, for separation of duties.
    pub doers: BTreeMap<String, Doers>,
    /// Approvals so far, requirements lifted, to-dos handed on.
    #[serde(default)]
    pub grants: Grants,
    /// How often each action was done and when last: `done.<action>`, `last_done.<action>`.
    #[serde(default)]
    pub acts: BTreeMap<String, Acted>,
    /// Ends of children already heard of, [`crate::ChildEnd::token`]: each counts once.
    pub heard: BTreeSet<String>,
    /// Deadlines, running and ended.
    pub deadlines: Vec<DeadlineState>,
    /// What it counted and may have to take back: breaches of deadlines, and measures with `undo`.
    #[serde(default)]
    pub counted: Vec<Kept>,
    /// When it was closed: main final and every track final or idle.
    pub closed_at: Option<Instant>,
}

/// How often an action of a case was done, the start counted as `open`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acted {
    /// How often.
    pub times: u32,
    /// When last (occurred).
    pub last: Instant,
}

/// Where one track stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackState {
    /// State id within the track.
    pub state: String,
    /// Since when (occurred).
    pub since: Instant,
    /// How often states of this track were entered; names deadline instances.
    pub entry: u32,
    /// Latest `occurred_at` on this track; the next may not lie before it.
    pub last_occurred: Instant,
}

/// Everybody who had a hand in an action the last time it was done: who did it, who else approved
/// it, and whose office they held meanwhile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "StoredDoers")]
pub struct Doers(pub BTreeSet<PersonId>);

/// Older rows name the one who did it.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredDoers {
    One(PersonId),
    All(BTreeSet<PersonId>),
}

impl From<StoredDoers> for Doers {
    fn from(stored: StoredDoers) -> Self {
        match stored {
            StoredDoers::One(person) => Self([person].into()),
            StoredDoers::All(people) => Self(people),
        }
    }
}

impl FromIterator<PersonId> for Doers {
    fn from_iter<I: IntoIterator<Item = PersonId>>(people: I) -> Self {
        Self(people.into_iter().collect())
    }
}

impl CaseState {
    /// Counts an act done at that time.
    pub fn count(&mut self, action: &str, at: Instant) {
        let before = self.acts.get(action).copied();
        let times = before.map_or(0, |acted| acted.times).saturating_add(1);
        let last = before.map_or(at, |acted| acted.last.max(at));
        self.acts.insert(action.to_owned(), Acted { times, last });
    }

    /// The state of a track by full name, `main.received`.
    pub fn full_state(&self, track: &str) -> Option<String> {
        self.tracks.get(track).map(|t| format!("{track}.{}", t.state))
    }
}
