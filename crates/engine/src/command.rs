//! Commands: somebody wants something done to a case.

use base::{CaseId, CustomerId, Instant, OrgId, PersonId, UnitId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What is wanted. The case, the facts and `now` stand beside it in `decide`.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// The action; `open` for a new case. `None` only lets time pass (`advance`).
    pub action: Option<String>,
    /// What is opened, for `open` only.
    pub opening: Option<Opening>,
    /// The submitted form, by field; personal fields already ciphertext objects.
    pub form: Map<String, Json>,
    /// Why, when a requirement asks for a reason.
    pub reason: Option<String>,
    /// Who acts.
    pub actor: Actor,
    /// When it happened; `now` unless a late entry says otherwise.
    pub occurred_at: Instant,
    /// Set when the entry is late (补录).
    pub late: Option<LateEntry>,
    /// The end of a child case, heard of once; then `action` is `None`.
    pub child: Option<ChildEnd>,
}

/// A case that this one opened has ended (子单结束).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChildEnd {
    /// The child.
    pub case: CaseId,
    /// Its number as printed.
    pub number: String,
    /// Its process.
    pub process: String,
    /// The final state of its main track, without the track.
    pub state: String,
    /// Which end of it this is: a case that was taken up again ends again.
    pub round: u32,
    /// Its vehicle.
    pub unit: Option<UnitId>,
    /// Its answers; personal ones ciphertext objects.
    pub data: Map<String, Json>,
}

impl ChildEnd {
    /// What makes it count once.
    pub fn token(&self) -> String {
        format!("{}:{}", self.case, self.round)
    }
}

/// A case to be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The process.
    pub process: String,
    /// The organisation unit that will own it.
    pub org: OrgId,
    /// The vehicle or pile, when known.
    pub unit: Option<UnitId>,
    /// The customer, when known.
    pub customer: Option<CustomerId>,
    /// The case that opens it.
    pub parent: Option<CaseId>,
}

/// Who acts, with the roles held at the case's organisation unit or an ancestor of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The person, for staff.
    pub person: Option<PersonId>,
    /// Roles held here.
    pub roles: Vec<String>,
}

/// Kinds of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A member of staff.
    Person,
    /// The customer, through a public link or a code.
    Customer,
    /// A timer, a child case, an import.
    System,
}

/// A late entry (补录): what happened on paper is typed in afterwards with its own time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateEntry {
    /// Number of the paper.
    pub paper: String,
    /// Why it is late.
    pub reason: String,
}
