//! Deadlines of a case: their arithmetic, and one instance from start to end.

mod clock;
mod fire;
mod instance;
mod state;

pub use clock::Clock;
pub use fire::Fired;
pub use instance::{NotExtended, Setting, Stopped, Term};
pub use state::{DeadlineState, DeadlineStatus, Extension, Memory, Pause};
