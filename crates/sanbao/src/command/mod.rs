//! One file a command.

pub mod check;
pub mod judge;
pub mod test;
