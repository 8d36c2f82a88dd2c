//! Changing the text of a pack as a careful person would: what was asked is changed, and every
//! other byte stays, with its comments, its order, its quotes and its line ends.
//!
//! A file is never written anew from what it means. What differs from the wish is cut out of the
//! text and the wish put in its place, so a wish that is already so changes nothing, and what a
//! colleague sees in the history is what was changed. Whether the new text is a good rule is for
//! the checker to say: an edit is kept also where it is wrong, so that nobody loses work.

mod items;
mod keys;
mod packs;
mod rows;
mod splice;
mod value;

pub use items::{Keys, List, override_item, set_deadline, set_item, set_message, set_parameter};
pub use packs::{Edited, Item, put_rows, set};
pub use rows::{Grid, GridRow, Row, grid, override_rows, put_table};

use base::Text;
use std::fmt;

/// Why a change cannot be made, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The sentence for a person.
    pub sentence: Text,
}

impl Refused {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { sentence: Text::new(zh, en) }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence.en)
    }
}

impl std::error::Error for Refused {}
