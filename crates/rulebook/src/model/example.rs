//! Examples: the proof of a rulebook, run by `sanbao test`. Files `examples/*.toml`: `[[example]]`.
//!
//! A *verdict* has `given` (the facts of `sanbao judge`) and `then` (the fields of the
//! verdict it must have). A *story* has `process` and steps: who does what at which time, what is
//! refused by which rule, where the case then stands.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// An example.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// One sentence that says what happens; unique in the pack.
    pub name: String,
    /// Clauses it is about.
    #[serde(default)]
    pub clause: Vec<String>,
    /// Facts of a verdict; or what the store would bring to a story: `unit`, `customer`, `org`,
    /// `orgs` (by a short name, `"@name"` in forms), `history`, `prices`, each with the names of
    /// the fact schema; `stock`, what accounts hold before.
    #[serde(default)]
    pub given: Map<String, Json>,
    /// What the verdict must say: any of its fields.
    #[serde(default)]
    pub then: Map<String, Json>,
    /// The scorecard of an example that scores: `given` holds `measures`, `entered` and `org`,
    /// `then` holds `points`, `level`, `items`, `conditions`.
    #[serde(default)]
    pub scorecard: Option<String>,
    /// An example of a customer's grade: `given.customer` holds what is known of the customer,
    /// `then.grade` the grade, or `"none"`.
    #[serde(default)]
    pub graded: bool,
    /// The process of a story.
    #[serde(default)]
    pub process: Option<String>,
    /// Local time at which a story begins, `2026-11-20T09:00`.
    #[serde(default)]
    pub starts: Option<String>,
    /// The people of a story by a short name: roles (`above:asd_manager` for one held above the
    /// case's unit), certificate, `deputy_for` (names of people) and so on.
    #[serde(default)]
    pub people: BTreeMap<String, Map<String, Json>>,
    /// What happens, in order; the first step of a story is `do = "open"`.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
    /// File and line, filled when it is loaded.
    #[serde(default, skip_deserializing)]
    pub at: String,
}

/// One step of a story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When: `+2 h` after the step before, or a local time; absent: at the same instant.
    #[serde(default)]
    pub at: Option<String>,
    /// The action; absent: only time passes.
    #[serde(default, rename = "do")]
    pub act: Option<String>,
    /// Who: a name of `people`, `customer` or `system`.
    #[serde(default)]
    pub by: Option<String>,
    /// A schedule that runs now, instead of `do`: its latest run opens the case of the story. A
    /// run that is not for this organisation unit, or was made before, is passed over (`ignored`).
    #[serde(default)]
    pub schedule: Option<String>,
    /// The submitted form. `"@name"` stands for that person's id.
    #[serde(default)]
    pub form: Map<String, Json>,
    /// A child that ends at this step, instead of `do`.
    #[serde(default)]
    pub child: Option<ChildStep>,
    /// The reason given for a rule of grade `reason`.
    #[serde(default)]
    pub reason: Option<String>,
    /// Hands the action `do` on to this name of `people` instead of doing it (转办).
    #[serde(default)]
    pub hand_on: Option<String>,
    /// Takes the action `do` back instead of doing it.
    #[serde(default)]
    pub take_back: bool,
    /// Set when the step is entered late (补录): the local time at which it happened.
    #[serde(default)]
    pub occurred: Option<String>,
    /// What became otherwise with the vehicle since the step before: `{ owner = "cust_…" }`.
    #[serde(default)]
    pub unit: Map<String, Json>,
    /// The rule (`certified`) or the code (`not-your-role`) that must refuse the step.
    #[serde(default)]
    pub refused: Option<String>,
    /// States afterwards, by full name: `["main.repairing", "parts.waiting"]`.
    #[serde(default)]
    pub state: Vec<String>,
    /// Fields that are shown with the subject afterwards (留意), just these; `[]` for none.
    #[serde(default)]
    pub heeded: Option<Vec<String>>,
    /// Values of `data` afterwards, by dotted path.
    #[serde(default)]
    pub data: Map<String, Json>,
    /// How deadlines stand afterwards: `{ route_5min = "met" }`.
    #[serde(default)]
    pub deadlines: BTreeMap<String, String>,
    /// Deadlines that warn during this step.
    #[serde(default)]
    pub warned: Vec<String>,
    /// Deadlines that break during this step.
    #[serde(default)]
    pub breached: Vec<String>,
    /// Deadlines that took a step further up (升级) meanwhile.
    #[serde(default)]
    pub escalated: Vec<String>,
    /// Deadlines whose breach was annulled, because it had happened in time after all.
    #[serde(default)]
    pub annulled: Vec<String>,
    /// Requirements noted as not met.
    #[serde(default)]
    pub noted: Vec<String>,
    /// Requirements that did not hold and were lifted (特批放行).
    #[serde(default)]
    pub lifted: Vec<String>,
    /// Of an action of several people: the roles still missing after this step.
    #[serde(default)]
    pub waits: Vec<String>,
    /// Whose office the actor held: a name of `people`.
    #[serde(default)]
    pub on_behalf: Option<String>,
    /// Actions by which a person checked the own work, as the simple mode allows (自行核准).
    #[serde(default)]
    pub self_approved: Vec<String>,
    /// Documents printed.
    #[serde(default)]
    pub printed: Vec<String>,
    /// Messages sent.
    #[serde(default)]
    pub notified: Vec<String>,
    /// Processes opened as child cases.
    #[serde(default)]
    pub opened: Vec<String>,
    /// Processes whose cases, opened by this one, are to do something (随之办理).
    #[serde(default)]
    pub told: Vec<String>,
    /// Numbers of the open cases that go to who comes (交接班).
    #[serde(default)]
    pub hands_over: Vec<String>,
    /// What is written to registers: `unit.owner`.
    #[serde(default)]
    pub registered: Vec<String>,
    /// Answers a child is opened with: `{ "follow_up.source" = "repair" }`.
    #[serde(default)]
    pub mapped: Map<String, Json>,
    /// Templates posted or reversed.
    #[serde(default)]
    pub posted: Vec<String>,
    /// What accounts hold afterwards, pieces or yuan: `{ "stock/S001/TUB-16" = 3 }`.
    #[serde(default)]
    pub balance: Map<String, Json>,
    /// What accounts may hold at most afterwards, pieces or yuan; `"none"` where there is no quota.
    #[serde(default)]
    pub at_most: Map<String, Json>,
    /// Where serials are afterwards: `{ "BAT-48-20 B1" = "stock/S001/BAT-48-20" }`.
    #[serde(default)]
    pub holder: BTreeMap<String, String>,
    /// What measures counted in the story so far: times, yuan or minutes;
    /// `{ "repairs[component=li_battery]" = 1 }` for one value of a dimension.
    #[serde(default)]
    pub measures: Map<String, Json>,
    /// Figures over what the story counted so far; `"not rated"` where they divide by nothing.
    #[serde(default)]
    pub figures: Map<String, Json>,
    /// The organisation unit that owns the case afterwards: a name of `given.orgs`.
    #[serde(default)]
    pub org: Option<String>,
    /// Whether the step must be passed over: the child's end was heard of before.
    #[serde(default)]
    pub ignored: bool,
}

/// The end of a child case in a story.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildStep {
    /// Its process.
    pub process: String,
    /// The state it ends in.
    pub state: String,
    /// Tells children apart, and the same one told of twice.
    #[serde(default = "first")]
    pub case: i64,
    /// Which end of it this is.
    #[serde(default = "first_round")]
    pub round: u32,
    /// Id of its vehicle.
    #[serde(default)]
    pub unit: Option<String>,
    /// Its answers.
    #[serde(default)]
    pub data: Map<String, Json>,
}

const fn first() -> i64 {
    1
}

const fn first_round() -> u32 {
    1
}
