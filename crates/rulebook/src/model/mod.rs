//! What a rulebook can say. These types are both the shape of the files (by serde) and, once
//! checked, the compiled release the engine executes.
//!
//! # The files of a pack
//!
//! | file | holds |
//! |---|---|
//! | `rulebook.toml` | [`PackInfo`]: id, title, version, `extends`, `[[parameter]]`, `drop` |
//! | `standard.md` | the clauses, see below |
//! | `term.toml`, `tables/term.csv` | [`TermRules`] and [`TermRow`]s: the only place of durations |
//! | `law.toml`, `tables/floor.csv`, `tables/floor_term.csv` | [`Law`]: the legal floor |
//! | `tables/*.csv` (+ `.toml` of the same name) | decision tables; the first column is `id` |
//! | `catalog/*.csv` | `products`, `models`, `groups`, `components`, `faults`, `causes` |
//! | `catalog/*.csv` | `parts`, `prices`, `labour`: what is fitted and charged |
//! | `processes/<id>.toml` | [`Process`]; with `refines = "<id>"` only what changes, see below |
//! | `forms/<id>.toml` | [`Form`]; with `refines = "<id>"` only the fields that change or are new |
//! | `roles.toml` | `[[role]]` [`Role`] |
//! | `messages.toml` | `[[message]]` [`Message`] |
//! | `customers.toml` | `[[tag]]` [`CustomerTag`], `[[grade]]` [`CustomerGrade`] |
//! | `scripts.toml` | `[[script]]` [`Script`]: what is said on the telephone |
//! | `documents.toml`, `documents/<id>.html` | `[[document]]` [`Document`] and its template |
//! | `postings.toml` | `[[account]]` [`ledger::AccountRule`], `[[posting]]` [`PostingTemplate`] |
//! | `measures.toml` | [`Dimension`]s, [`Measure`]s and [`Figure`]s, each `[[…]]` |
//! | `scorecards/<id>.toml` | [`Scorecard`]: items with points, levels with conditions |
//! | `calendars.toml` | `[[calendar]]`, `[calendar.years.2026]` [`base::calendar::YearPlan`] |
//! | `schedules.toml` | `[[schedule]]` [`Schedule`]: cases opened by the calendar |
//! | `examples/*.toml` | `[[example]]` [`Example`] |
//!
//! `README.md` and whatever begins with a dot are passed over; any other file is a finding. Every
//! `title` and sentence is `{ zh = "…", en = "…" }`. Days are `2026-11-20`, quoted or not.
//!
//! # `standard.md`
//!
//! ```text
//! ## 7 “三包”规定 | Three guarantees
//!
//! ### EB-7.1.2.1a · decision-rule
//!
//! > 锂电池：二十四个月内，容量低于60%者，予以更换。
//!
//! Lithium battery: below 60 % of its capacity within 24 months, it is replaced.
//!
//! people: why nothing can carry it (only where it is left to people)
//! ```
//!
//! The kind is a [`ClauseKind`] in kebab-case. The number customers see is the id without its
//! prefix and without a trailing letter.
//!
//! # Inheritance
//!
//! An item of a child pack replaces the parent's item of the same kind and id. A process or form
//! file with `refines` keeps the parent's other states, actions, tracks, deadlines or fields; its
//! header keys (`title`, `number`, …) are optional. `[[amend]]` adds to an action without copying
//! it: `action = "assign"`, then `require`, `effects`, `also`, `clause`, `by`, `approvals`,
//! `lifts`, `form`. A table row
//! keeps the place of the row it replaces; a new one goes to the end, or before the row its column
//! `before` names. `[[drop]]` with `kind = "action"`, `id = "repair_order/assign"`, `reason` and
//! `clause` in `rulebook.toml` takes an item away; kinds are those of [`Carrier::kind`].

pub mod approvals;
pub mod catalog;
pub mod counting;
pub mod customer;
pub mod deadline;
pub mod document;
pub mod effect;
pub mod example;
pub mod form;
mod held;
mod judged;
mod known;
mod label;
pub mod law;
pub mod measure;
mod named;
pub mod paper;
pub mod part;
pub mod party;
pub mod posting;
pub mod price;
pub mod process;
mod provider;
pub mod release;
pub mod schedule;
pub mod scope;
pub mod scorecard;
pub mod script;
pub mod warranty;

pub use approvals::{ABOVE, Approvals};
pub use catalog::{Catalog, Cause, Component, Fault, Group, Model, Product};
pub use counting::{Counting, ProcessCounting, Watch};
pub use customer::{CustomerGrade, CustomerTag};
pub use deadline::{
    Deadline, Escalation, ExtensionLimit, Length, LengthCase, LengthTable, Trigger, Warning, Within,
};
pub use document::{Document, MESSAGE_SETTINGS, Message, MessageClass, to_customers};
pub use effect::Effect;
pub use example::{ChildStep, Example, Step};
pub use form::{Choice, Field, FieldKind, Form, Personal, Requirement};
pub use label::UnitLabel;
pub use law::{Law, LawRule, LawRules, LawTerm, Standing};
pub use measure::{
    Better, ClockEvent, Dimension, Event, EventPattern, Figure, Format, KeyKind, Measure, Unit,
};
pub use named::FactNames;
pub use paper::{Paper, PaperKind};
pub use part::{Part, PartClass};
pub use party::{Permission, Reach, Role};
pub use posting::PostingTemplate;
pub use price::{BuyerClass, LINE_KINDS, LabourJob, PriceItem, PriceRow};
pub use process::{
    Action, Also, Branch, Grade, Mark, OnChild, Process, Require, State, StateKind, Track,
};
pub use release::{
    Carrier, Clause, ClauseKind, Dropped, PackInfo, Parameter, QUALITY_SETTINGS, Release,
};
pub use schedule::Schedule;
pub use scorecard::{
    EntryKind, Period, ScoreCondition, ScoreEntry, ScoreItem, ScoreLevel, Scorecard, Subject,
};
pub use script::{SCRIPT_NAMES, Script, ScriptStep};
pub use warranty::{
    COUNTS, StartBasis, TermRow, TermRules, UsageClass, UsageLimit, WarrantyTrigger,
};
