//! Deadlines (时限): the arithmetic in `clock`, the life of one instance in `instance`.

pub mod clock;
mod instance;

pub use instance::{Fired, Setting, Stopped};
