//! One file a command.

pub mod backup;
pub mod bench;
pub mod check;
pub mod diff;
pub mod doctor;
pub mod judge;
pub mod key;
pub mod mail_in;
pub mod openapi;
pub mod papers;
mod proof;
pub mod publish;
pub mod replay;
pub mod restore;
pub mod schema;
pub mod serve;
pub mod standard;
pub mod table;
pub mod test;
pub mod verify;
