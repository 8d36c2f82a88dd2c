//! A synthetic station: what its people and customers do, as a script of commands made from a
//! seed and a day. No IO, no clock, no chance beyond the seed: the same seed and day are the same
//! script.
//!
//! The script says who comes when with what, and how far each case gets. Whoever plays it fills the
//! forms and sends ordinary commands; see `server::demo`.

mod calls;
mod complaint;
mod day;
mod dice;
mod fleet;
mod plan;
mod repairs;
mod script;
pub mod year;

pub use day::script;
pub use fleet::{Owner, Vehicle};
pub use script::{Case, Script, Station, Step, Story, Turn};

/// The seed of the demonstration.
pub const DEMO: u64 = 0x005A_4BA0;
