//! Words every other crate speaks: ids, money, time, text in two languages.
//!
//! Nothing here does IO or reads a clock; `now` always arrives as an argument.

pub mod calendar;
pub mod hours;
pub mod id;
pub mod money;
pub mod text;
pub mod time;

pub use calendar::Calendar;
pub use hours::Hours;
pub use id::{
    CaseId, CustomerId, DeadlineId, DocumentId, FileId, JournalId, OrgId, PersonId, TransactionId,
    UnitId,
};
pub use money::{Money, Quantity};
pub use text::{Lang, Text};
pub use time::{Day, Instant, Zone};
