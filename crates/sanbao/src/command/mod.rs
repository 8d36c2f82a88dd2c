//! One file a command.

pub mod check;
pub mod judge;
mod proof;
pub mod test;
