//! Words every other crate speaks: ids, money, time, text in two languages.
//!
//! Nothing here does IO or reads a clock; `now` always arrives as an argument.

pub mod calendar;
pub mod clauses;
pub mod hours;
pub mod id;
pub mod money;
pub mod text;
pub mod time;
pub mod word;

pub use calendar::Calendar;
pub use clauses::Clauses;
pub use hours::Hours;
pub use id::{
    CaseId, CounterId, CustomerId, DeadlineId, DocumentId, FileId, JournalId, OrgId, PersonId,
    TokenId, TransactionId, UnitId,
};
pub use money::{Money, Quantity};
pub use text::{Lang, Text};
pub use time::{Day, Instant, Zone};
pub use word::Word;
