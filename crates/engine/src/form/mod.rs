//! Forms: the submitted answers checked against the schema, completed and made ready to be kept.
//!
//! What a field shows at first is what an absent answer means; `null` is an answer that says
//! nothing. Computed fields and what the price list says are never taken from the browser.

mod charges;
mod check;
mod fill;
mod lines;
mod listed;
mod parts;
mod rows;
mod view;

pub use charges::{Charges, clauses_of};
pub use check::whole_limit;
pub use fill::{Filled, FilledField, fill};
pub use lines::priced_lines;
pub use parts::{Shelf, shelf_of};
pub use rows::MAX_ROWS;
pub(crate) use view::priced;
pub use view::{FieldView, Pricing, candidate_refusal, form_view};

use crate::decision::FieldError;
use base::Text;

/// An error at a field.
pub(crate) fn error(
    field: impl Into<String>,
    code: &str,
    zh: impl Into<String>,
    en: impl Into<String>,
) -> FieldError {
    FieldError { field: field.into(), code: code.to_owned(), sentence: Text::new(zh, en) }
}
