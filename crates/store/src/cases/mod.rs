//! Cases (案件): loading one, listing many, and the facts a decision sees.

mod earlier;
mod facts;
mod kept;
mod list;
mod load;
mod seen;
mod stated;

pub use earlier::Earlier;
pub use facts::{FactsRequest, org_facts};
pub use kept::{KeptCase, KeptQuery};
pub use list::{CaseQuery, CaseRow, Page};
pub(crate) use list::{TABLES, case_columns, case_rows, cursor};
pub(crate) use load::status_word;
pub use load::{CaseHead, LoadedAt, LoadedCase};
