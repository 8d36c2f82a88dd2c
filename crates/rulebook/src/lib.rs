//! The rulebook: a company's after-sales standard as text, checked and compiled into a release.
//!
//! `load` reads the text of packs, `check` finds everything wrong at once, and the result is a
//! [`model::Release`]: an immutable artefact with a content hash, which the engine executes.
//! Nothing here does IO: the caller brings the files' text.

mod check;
pub mod compile;
pub mod coverage;
pub mod diff;
pub mod dmn;
pub mod edit;
pub mod expr;
pub mod finding;
mod load;
pub mod model;
pub mod mutants;
pub mod rebase;
pub mod rights;
pub mod standard;
pub mod table;
pub mod words;
mod xml;

pub use compile::{Compiled, compile, parents};
pub use coverage::{Coverage, PackCoverage, Traces};
pub use finding::{Finding, Level, Place};
pub use model::Release;

use std::collections::BTreeMap;

/// One pack as text: what lies in `rulebooks/<id>/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PackSource {
    /// The folder as the user named it; it stands before the file name in findings.
    pub dir: String,
    /// File name relative to the folder, with `/`, to its whole text.
    pub files: BTreeMap<String, String>,
}
