//! The engine: rulebook, case and facts in, decision out. Pure, total, without clock or chance.
//!
//! Every way in (a person's action, a fired deadline, a child case that ended, an imported row) is
//! a [`Command`]; `decide` answers with the next state of the case and all that
//! follows from it, or with a refusal that names rule, clause and remedy.

pub mod batch;
pub mod case;
pub mod command;
pub mod count;
pub mod deadline;
pub mod decide;
pub mod decision;
pub mod example;
pub mod facts;
pub mod form;
pub mod grade;
pub mod grants;
pub mod opening;
pub mod price;
pub mod quiet;
pub mod replay;
pub mod schedule;
pub mod scope;
pub mod score;
mod settle;
pub mod verdict;
pub mod warranty;
pub mod why;

pub use case::{Acted, CaseState, Doers, TrackState};
pub use command::{
    Actor, ActorKind, ChildEnd, Command, Handing, LateEntry, Opening, Principal, ShiftHanding,
};
pub use count::{Delta, Kept};
pub use deadline::{DeadlineState, DeadlineStatus};
pub use decide::{advance, decide, next_wake, preview};
pub use decision::{Decision, Entry, Followup, Offer, Outcome, Refusal};
pub use decision::{NewAccount, Planned, Posting};
pub use facts::{
    Doubt, Facts, Held, HistoryItem, OpenItem, PersonFacts, Till, TillBack, TillSum, Unpaid,
};
pub use grants::{Grants, Handover, Pass, Vote};
pub use price::{PriceBook, Terms};
pub use settle::{settle, settle_import};
pub use verdict::{Verdict, VerdictFacts};
pub use warranty::{Coverage, CoverageBar, FactsRefused, Judge, coverage_bars, judge};
