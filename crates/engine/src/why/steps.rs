//! Who keeps the steps of an explanation, and who does without.

use crate::decision::Why;

/// Where the steps of some arithmetic go. A step is made only for whoever keeps it: a sentence
/// costs more than the arithmetic it tells of.
pub trait Steps {
    /// One step, in its turn.
    fn step(&mut self, make: impl FnOnce() -> Why);
}

/// Kept, for the journal and the reader.
impl Steps for Vec<Why> {
    fn step(&mut self, make: impl FnOnce() -> Why) {
        self.push(make());
    }
}

/// Nobody asks: the arithmetic alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Untold;

impl Steps for Untold {
    fn step(&mut self, _make: impl FnOnce() -> Why) {}
}
