//! One file a command.

pub mod bench;
pub mod check;
pub mod diff;
pub mod judge;
pub mod openapi;
mod proof;
pub mod publish;
pub mod replay;
pub mod schema;
pub mod serve;
pub mod standard;
pub mod table;
pub mod test;
pub mod verify;
