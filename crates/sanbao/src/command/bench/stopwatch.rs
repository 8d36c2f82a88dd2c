//! The one reader of the monotonic clock among the commands.
#![expect(clippy::disallowed_methods, reason = "a bench is there to read the clock")]

use std::time::{Duration, Instant};

/// Runs `work` and tells how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

/// Waits for `work` and tells how long it took.
pub async fn awaited<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let start = Instant::now();
    let done = work.await;
    (done, start.elapsed())
}

/// Repeats `work` until `span` is over; how many times, and how long that took.
pub fn repeated(span: Duration, mut work: impl FnMut()) -> (u64, Duration) {
    let start = Instant::now();
    let mut times = 0;
    while start.elapsed() < span {
        // The clock is read once per batch, as reading it would otherwise be part of the figure.
        for _ in 0..64 {
            work();
        }
        times += 64;
    }
    (times, start.elapsed())
}

/// A watch that runs, for requests that come at set times.
#[derive(Debug, Clone, Copy)]
pub struct Watch(Instant);

impl Watch {
    /// Starts it.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits until that much has passed since its start; not at all where it has.
    pub fn wait_until(self, due: Duration) {
        std::thread::sleep(due.saturating_sub(self.0.elapsed()));
    }

    /// How long ago that moment was.
    pub fn since(self, due: Duration) -> Duration {
        self.0.elapsed().saturating_sub(due)
    }
}
