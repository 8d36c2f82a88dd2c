//! What a rulebook can say. These types are both the shape of the files (by serde) and, once
//! checked, the compiled release the engine executes.

pub mod catalog;
pub mod document;
pub mod form;
pub mod party;
pub mod price;
pub mod process;
pub mod release;
pub mod warranty;

pub use catalog::{Catalog, Cause, Component, Fault, Product};
pub use document::{Document, Message};
pub use form::{Choice, Field, FieldKind, Form, Personal, Requirement};
pub use party::{Permission, Reach, Role};
pub use price::PriceItem;
pub use process::{
    Action, Also, Branch, Deadline, Effect, Grade, Mark, Process, Require, State, StateKind, Track,
    Trigger, Warning,
};
pub use release::{Carrier, Clause, ClauseKind, PackInfo, Parameter, Release};
pub use warranty::{StartBasis, TermRow, TermRules, WarrantyTrigger};
