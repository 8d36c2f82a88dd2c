//! Processes: states, tracks, actions with graded requirements, deadlines and effects.
//!
//! File `processes/<id>.toml`. A register is a process with one state.

use super::approvals::Approvals;
use super::deadline::Deadline;
use super::effect::Effect;
use super::form::FieldKind;
use crate::expr::Expr;
use base::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

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
    /// Whether each late entry (补录) opens one of these, for somebody to check it. Of all processes
    /// one may; its start form asks what [`LATE_FIELDS`] names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub checks_late: bool,
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

/// What the check of a late entry is told: number of the paper, when it happened, why it is late,
/// what was entered, by whom, photos of the paper.
pub const LATE_FIELDS: &[(&str, FieldKind)] = &[
    ("paper_no", FieldKind::Text),
    ("happened_at", FieldKind::Instant),
    ("late_why", FieldKind::LongText),
    ("late_what", FieldKind::LongText),
    ("entered_by", FieldKind::Person),
    ("paper_photo", FieldKind::Photos),
];

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
    /// Fields of the case that are shown with its subject while it stands here (留意): on the file
    /// of the vehicle or the customer, in what a search finds, and on every open case of theirs.
    /// A state of the main track that is not final; see [`MOST_HEEDED`].
    #[serde(default)]
    pub heed: Vec<String>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// Most fields a state has shown with its subject: they are read at a glance.
pub const MOST_HEEDED: usize = 4;

fn main_track() -> String {
    "main".into()
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_yes(value: &bool) -> bool {
    *value
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
    /// Roles, roles held at a unit above the case's own (`above:station_manager`), or `@assignee`,
    /// `@opener`, `@owner`, `@customer`, `@system`: any one of them does it. Absent where
    /// `approvals` says who. See [`Action::doers`].
    #[serde(default)]
    pub by: Vec<String>,
    /// Several people do it, one after the other (会签).
    #[serde(default)]
    pub approvals: Option<Approvals>,
    /// Requirements of other actions that it lets pass once, as `action/requirement` (特批放行).
    #[serde(default)]
    pub lifts: Vec<String>,
    /// Whether who may do it may hand it on to a named person (转办); absent: unless it approves
    /// something, see [`Action::is_approval`].
    #[serde(default)]
    pub delegable: Option<bool>,
    /// Actions whose doers may not do this one (separation of duties, 岗位分离).
    #[serde(default)]
    pub not_by: Vec<String>,
    /// Whether duties stay apart in a simple shop too (简易模式): money and safety.
    #[serde(default)]
    pub strict: bool,
    /// Whether it may be done to several cases with one form (批量办理): what is the same for all of
    /// them, never what one customer says or one vehicle shows.
    #[serde(default)]
    pub batch: bool,
    /// Whether it stands among what somebody has to do (待办); otherwise only its case offers it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub todo: bool,
    /// Whether it is offered at all; an expression without `form`.
    #[serde(default)]
    pub when: Option<Expr>,
    /// The end of a case this one opened does it, and nobody else; then `by` is `@system`.
    #[serde(default)]
    pub on_child: Option<OnChild>,
    /// The form to fill.
    #[serde(default)]
    pub form: Option<String>,
    /// Weight on the case page.
    #[serde(default)]
    pub mark: Mark,
    /// Its weight instead once the deadline it answers has passed: what comes first when something
    /// is late (逾期先办).
    #[serde(default)]
    pub mark_late: Option<Mark>,
    /// Conditions, each graded.
    #[serde(default, rename = "require")]
    pub requires: Vec<Require>,
    /// What else happens, in written order.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Clauses it stands on.
    #[serde(default)]
    pub clause: Vec<String>,
    /// Roots of the facts that its form, its rules and what it does read (`books`, `doubts`), each
    /// once; filled when the release is compiled, so that no command looks for them.
    #[serde(skip)]
    pub reads: Vec<String>,
}

impl Action {
    /// Whether it reads a fact of one of these roots.
    pub fn reads_any(&self, roots: &[&str]) -> bool {
        self.reads.iter().any(|root| roots.contains(&root.as_str()))
    }

    /// Who may do it: those of `by`, or the seats of its approvals.
    pub fn doers(&self) -> &[String] {
        self.approvals.as_ref().map_or(&self.by, Approvals::seats)
    }

    /// Whether it is an approval (审批): several people do it, it lets a requirement pass, or it is
    /// the second pair of eyes on what somebody else did.
    pub fn is_approval(&self) -> bool {
        self.approvals.is_some() || !self.lifts.is_empty() || !self.not_by.is_empty()
    }

    /// Whether it may be handed on (转办).
    pub fn may_be_handed_on(&self) -> bool {
        self.delegable.unwrap_or(!self.is_approval())
    }

    /// Its weight while its track stands at `state`: what would only lead there again (judge once
    /// more, assign somebody else) is possible, but it is not the next step. `late`: the deadline
    /// it answers has passed.
    pub fn mark_at(&self, state: &str, late: bool) -> Mark {
        match self.mark_late.filter(|_| late).unwrap_or(self.mark) {
            Mark::Primary if self.to.as_deref() == Some(state) => Mark::Secondary,
            mark => mark,
        }
    }
}

fn open_action() -> String {
    "open".into()
}

/// The end of a child case (子单结束) that does an action of its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnChild {
    /// The process of the child.
    pub process: String,
    /// Final states of its main track; any when empty.
    #[serde(default)]
    pub state: Vec<String>,
}

impl OnChild {
    /// Whether the end of a case of that process in that state (without its track) is meant.
    pub fn answers(&self, process: &str, state: &str) -> bool {
        self.process == process && (self.state.is_empty() || self.state.iter().any(|s| s == state))
    }
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
    /// Whether no action may lift it: consent, the balance of money, safety.
    #[serde(default)]
    pub strict: bool,
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

    /// What is shown with the subject while the main track stands at that state: the fields that
    /// somebody filled.
    pub fn heeded<'a>(
        &'a self,
        state: &str,
        data: &'a Map<String, Json>,
    ) -> impl Iterator<Item = (&'a str, &'a Json)> {
        let fields = self.state(&format!("main.{state}")).map_or(&[][..], |state| &state.heed);
        let said = fields.iter().filter_map(|field| Some((field.as_str(), data.get(field)?)));
        said.filter(|(_, value)| !value.is_null() && value.as_str() != Some(""))
    }

    /// The state of that full name (`track.state`).
    pub fn state(&self, full: &str) -> Option<&State> {
        let (track, id) = full.split_once('.').unwrap_or(("main", full));
        self.states.iter().find(|s| s.track == track && s.id == id)
    }
}
