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
    /// A to-do handed on or taken back; then `action` is `None`.
    pub handing: Option<Handing>,
}

/// A to-do passes to somebody else (转办), with the command's reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handing {
    /// From who may do it to a named person.
    On {
        /// The action.
        action: String,
        /// Who has it from now on.
        to: PersonId,
    },
    /// Back to who handed it on.
    Back {
        /// The action.
        action: String,
    },
    /// The whole case at the end of a shift (交接班): nothing happens unless the one who left still
    /// works on it.
    Shift(ShiftHanding),
}

/// Who takes a case over at the end of a shift, by which sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftHanding {
    /// Who left.
    pub from: PersonId,
    /// Who came.
    pub to: PersonId,
    /// Number of the handover sheet.
    pub sheet: String,
}

impl Handing {
    /// The action that is handed on or back; none where it is the whole case.
    pub fn action(&self) -> Option<&str> {
        match self {
            Self::On { action, .. } | Self::Back { action } => Some(action),
            Self::Shift(_) => None,
        }
    }
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

/// Who acts, with the roles held at the case's organisation unit or an ancestor of it. A role held
/// at an ancestor stands a second time as `above:role`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The person, for staff.
    pub person: Option<PersonId>,
    /// Roles held here.
    pub roles: Vec<String>,
    /// Whose deputy they are now (代理).
    #[serde(default)]
    pub deputy_for: Vec<Principal>,
}

impl Actor {
    /// A timer, a child case, an import.
    pub const fn system() -> Self {
        Self::nameless(ActorKind::System)
    }

    /// The customer.
    pub const fn customer() -> Self {
        Self::nameless(ActorKind::Customer)
    }

    const fn nameless(kind: ActorKind) -> Self {
        Self { kind, person: None, roles: Vec::new(), deputy_for: Vec::new() }
    }

    /// A member of staff with these roles.
    pub const fn staff(person: PersonId, roles: Vec<String>) -> Self {
        Self { kind: ActorKind::Person, person: Some(person), roles, deputy_for: Vec::new() }
    }
}

/// Somebody away, whose office a deputy (代理人) holds meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    /// Who is away.
    pub person: PersonId,
    /// The roles that person holds here.
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
    /// Photos of the paper, by the id of the file.
    #[serde(default)]
    pub photos: Vec<String>,
}
