//! A standard's own text (制度原文) on its way into a rulebook: split by its printed numbers into
//! clauses, and read for the times, amounts and shares that something has to carry.
//!
//! This is where an analyst begins: `sanbao standard import` writes a `standard.md` to be read
//! over, completed in English and classified; `sanbao standard figures` tells which figures of the
//! text no rule holds yet. Neither decides anything.

mod carried;
mod docx;
mod draft;
mod figures;
mod marks;
mod split;

#[cfg(test)]
mod tests;

pub use carried::{Uncarried, uncarried};
pub use docx::{Document, Unreadable};
pub use draft::write;
pub use figures::{Figure, Measure, figures};
pub use split::{Passage, split};
