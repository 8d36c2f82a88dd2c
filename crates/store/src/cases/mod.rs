//! Cases (案件): loading one, listing many, and the facts a decision sees.

mod facts;
mod list;
mod load;

pub use facts::FactsRequest;
pub use list::{CaseQuery, CaseRow, Page};
pub use load::{CaseHead, LoadedCase};
