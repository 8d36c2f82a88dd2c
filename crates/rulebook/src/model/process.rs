//! Processes: states, tracks, actions with graded requirements, deadlines and effects.
//!
//! File `processes/<id>.toml`. A register is a process with one state.

use crate::expr::Expr;
use base::Text;
use base::time::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A process (流程).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Key, unique in a release.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Document number of the case: `WX{yyyy}{mm}-{seq:4}`; scope is station and period.
    pub number: String,
    /// What it is about: `unit` (optional when the vehicle is unknown), `customer`, `none`.
    pub subject: String,
    /// Subject area for lists and menus: `repair`, `visit`, `followup`, `inquiry`, …
    pub area: String,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
    /// How a case is opened: an action without `from`, its id is `open`.
    pub start: Action,
    /// Side tracks; the main track needs no entry.
    #[serde(default, rename = "track")]
    pub tracks: Vec<Track>,
    /// States of all tracks.
    #[serde(default, rename = "state")]
    pub states: Vec<State>,
    /// Actions.
    #[serde(default, rename = "action")]
    pub actions: Vec<Action>,
    /// Deadlines.
    #[serde(default, rename = "deadline")]
    pub deadlines: Vec<Deadline>,
}

/// A small machine beside the main one, for example `parts` or `old_part`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// Key; `main` is the main track.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The state it begins in.
    pub initial: String,
}

/// A state (状态). Its full name is `track.id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Key, unique in its track.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Its track.
    #[serde(default = "main_track")]
    pub track: String,
    /// What kind of waiting or working it is.
    pub kind: StateKind,
    /// Whether the state stands as a step in the head of the case page.
    #[serde(default = "yes")]
    pub step: bool,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

fn main_track() -> String {
    "main".into()
}

fn yes() -> bool {
    true
}

/// What kind of state it is; deadlines pause by kind, a case closes by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateKind {
    /// A track that has not begun.
    Idle,
    /// Somebody of ours works.
    Working,
    /// We wait for the customer.
    WaitingCustomer,
    /// We wait for parts.
    WaitingParts,
    /// We wait for a supplier or the maker.
    WaitingSupplier,
    /// Final: done.
    Done,
    /// Final: given up.
    Cancelled,
}

impl StateKind {
    /// Whether nothing follows.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// What somebody may do (动作).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Key, unique in the process; events are named after it.
    #[serde(default = "open_action")]
    pub id: String,
    /// Name, imperative.
    pub title: Text,
    /// What the timeline says once it is done; the title when absent.
    #[serde(default)]
    pub done: Option<Text>,
    /// Its track.
    #[serde(default = "main_track")]
    pub track: String,
    /// States it starts from; of its own track. Empty only in `start`.
    #[serde(default)]
    pub from: Vec<String>,
    /// The state it leads to; absent: stays.
    #[serde(default)]
    pub to: Option<String>,
    /// Other ends by condition, asked in order before `to`.
    #[serde(default)]
    pub branch: Vec<Branch>,
    /// Moves on other tracks.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Roles, or `@assignee`, `@opener`, `@owner`, `@customer`, `@system`.
    pub by: Vec<String>,
    /// Actions whose doers may not do this one (separation of duties, 岗位分离).
    #[serde(default)]
    pub not_by: Vec<String>,
    /// Whether it is offered at all; an expression without `form`.
    #[serde(default)]
    pub when: Option<Expr>,
    /// The form to fill.
    #[serde(default)]
    pub form: Option<String>,
    /// Weight on the case page.
    #[serde(default)]
    pub mark: Mark,
    /// Conditions, each graded.
    #[serde(default, rename = "require")]
    pub requires: Vec<Require>,
    /// What else happens, in written order.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

impl Action {
    /// Its weight while its track stands at `state`: what would only lead there again (judge once
    /// more, assign somebody else) is possible, but it is not the next step.
    pub fn mark_at(&self, state: &str) -> Mark {
        match self.mark {
            Mark::Primary if self.to.as_deref() == Some(state) => Mark::Secondary,
            mark => mark,
        }
    }
}

fn open_action() -> String {
    "open".into()
}

/// Weight of an action on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// The one button in seal red: the next step.
    Primary,
    /// A button in the row.
    #[default]
    Secondary,
    /// Ends or undoes something; asks before.
    Danger,
}

/// Another end of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// When it is taken.
    pub when: Expr,
    /// Where it leads.
    pub to: String,
    /// What the timeline says.
    #[serde(default)]
    pub done: Option<Text>,
}

/// A move on another track, when that track is in one of `from` (any state when empty).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// The track.
    pub track: String,
    /// From which states; in others nothing moves.
    #[serde(default)]
    pub from: Vec<String>,
    /// To which state.
    pub to: String,
    /// Only when this holds.
    #[serde(default)]
    pub when: Option<Expr>,
}

/// A condition on an act: one condition, one clause, one grade.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Require {
    /// Key, unique in the action.
    pub id: String,
    /// What must hold. Without `form` it decides the offer, with `form` it is asked at submit.
    pub when: Expr,
    /// What happens otherwise.
    pub grade: Grade,
    /// Said otherwise: what is wrong.
    pub refuse: Text,
    /// What would make it pass.
    #[serde(default)]
    pub remedy: Option<Text>,
    /// The field it is shown at.
    #[serde(default)]
    pub field: Option<String>,
    /// The clause.
    pub clause: Vec<String>,
}

/// How hard a condition bites (`requirements/conflicts.md`, "How hard a rule bites").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// The act is refused: money, stock, certificates, approvals, consent, safety.
    Block,
    /// Goes on with a reason, counted.
    Reason,
    /// Goes on, the breach is logged.
    Note,
}

/// What an action does beside moving the case. The list is closed: each runs, or the rulebook
/// does not load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case", untagged)]
pub enum Effect {
    /// Judges the three guarantees from the case's facts into `data.verdict`.
    Judge {
        /// Always true; names the effect.
        judge: bool,
    },
    /// Prices the lines of that field from the price list, and fills amounts and payers.
    Price {
        /// The `lines` field.
        price: String,
    },
    /// Gives the case to a person: an expression of kind person, or `""` for nobody.
    Assign {
        /// Expression.
        assign: Expr,
    },
    /// Makes a document from its template and the case as it now stands.
    Print {
        /// The document.
        print: String,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Sends a message.
    Notify {
        /// The message.
        notify: String,
        /// Roles at the case's station or above, `@assignee`, `@opener`, `@owner`, `@customer`.
        to: Vec<String>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Opens a child case of another process, in the same transaction.
    Open {
        /// The process.
        open: String,
        /// Fields of its start form, each an expression over this case.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
    /// Computes a data field.
    Set {
        /// The field of `data`.
        set: String,
        /// Expression.
        value: Expr,
    },
    /// Writes to the vehicle or a registered thing: `unit.component`, `unit.warning`,
    /// `unit.repair`, `unit.customer`.
    Register {
        /// What is written.
        register: String,
        /// Its fields, each an expression.
        #[serde(default)]
        map: BTreeMap<String, Expr>,
        /// Only when this holds.
        #[serde(default)]
        when: Option<Expr>,
    },
}

/// A deadline (时限).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Key, unique in the process.
    pub id: String,
    /// Name.
    pub title: Text,
    /// What starts it.
    pub starts: Vec<Trigger>,
    /// What stops it: done in time or late.
    pub stops: Vec<Trigger>,
    /// How long, from the start. One of `within` and `until`.
    #[serde(default)]
    pub within: Option<Span>,
    /// To a date or instant field: an expression (`data.promised_at`).
    #[serde(default)]
    pub until: Option<Expr>,
    /// So long before `until`.
    #[serde(default)]
    pub before: Option<Span>,
    /// Starts only when this holds.
    #[serde(default)]
    pub when: Option<Expr>,
    /// Fires again after each such span until stopped ("every 1 h").
    #[serde(default)]
    pub repeat: Option<Span>,
    /// `always`, or a calendar of `calendars.toml`.
    #[serde(default = "always")]
    pub calendar: String,
    /// State kinds (`waiting_customer`) or states (`parts.waiting`) in which the clock stands.
    #[serde(default)]
    pub pauses: Vec<String>,
    /// Warnings before it is due.
    #[serde(default)]
    pub warn: Vec<Warning>,
    /// What a breach does: `notify` effects, and `open` of a case.
    #[serde(default)]
    pub breach: Vec<Effect>,
    /// Clauses it stands on.
    pub clause: Vec<String>,
}

fn always() -> String {
    "always".into()
}

/// A warning before a deadline is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// How long before.
    pub before: Span,
    /// Whom to tell.
    pub to: Vec<String>,
}

/// What starts or stops a deadline: `enter received`, `leave parts.waiting`, `action assign`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Trigger {
    /// A state is entered, by its full name `track.state`.
    Enter(String),
    /// A state is left, by its full name.
    Leave(String),
    /// An action is done.
    Action(String),
}

impl Trigger {
    /// Reads `enter [track.]state`, `leave [track.]state`, `action id`.
    pub fn parse(text: &str) -> Option<Self> {
        let (verb, name) = text.trim().split_once(' ')?;
        let name = name.trim();
        let full = || if name.contains('.') { name.to_owned() } else { format!("main.{name}") };
        match verb {
            "enter" => Some(Self::Enter(full())),
            "leave" => Some(Self::Leave(full())),
            "action" => Some(Self::Action(name.to_owned())),
            _ => None,
        }
    }
}

impl std::fmt::Display for Trigger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Enter(state) => write!(f, "enter {state}"),
            Self::Leave(state) => write!(f, "leave {state}"),
            Self::Action(action) => write!(f, "action {action}"),
        }
    }
}

impl Serialize for Trigger {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Trigger {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` starts or stops nothing; write \"enter state\", \"leave state\" or \
                 \"action id\""
            ))
        })
    }
}

impl Process {
    /// The action of that id; `open` is the start.
    pub fn action(&self, id: &str) -> Option<&Action> {
        if id == "open" { Some(&self.start) } else { self.actions.iter().find(|a| a.id == id) }
    }

    /// Where an action stands in the rulebook: `process/repair_order/action/assign`.
    pub fn action_path(&self, id: &str) -> String {
        if id == "open" {
            format!("process/{}/start", self.id)
        } else {
            format!("process/{}/action/{id}", self.id)
        }
    }

    /// All actions, the start first.
    pub fn all_actions(&self) -> impl Iterator<Item = &Action> {
        std::iter::once(&self.start).chain(&self.actions)
    }

    /// The state of that full name (`track.state`).
    pub fn state(&self, full: &str) -> Option<&State> {
        let (track, id) = full.split_once('.').unwrap_or(("main", full));
        self.states.iter().find(|s| s.track == track && s.id == id)
    }
}
