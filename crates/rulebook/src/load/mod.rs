//! From the text of a pack to typed items, each with the line it stands on.
//!
//! Files are read independently, so that one broken file does not hide what is wrong in another,
//! and within a file reading goes on behind the first mistake.

mod catalog;
mod csv_file;
mod effects;
mod messages;
mod pack;
mod places;
mod standard;
mod toml_file;
mod whole;

pub(crate) use csv_file::CsvRow;
pub(crate) use pack::{ActionPatch, FormFile, Pack, ProcessFile, TableText, load};
pub(crate) use places::Places;
