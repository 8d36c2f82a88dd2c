//! The only place of the server that reads time. Everything else is given `now`.

use base::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where `now` comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The host's clock.
    System,
    /// A clock that stands until it is moved: tests, the demo generator.
    Fixed(Arc<AtomicI64>),
    /// The host's clock put forward or back by so many microseconds: a demonstration that begins
    /// at another hour.
    Shifted(i64),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// A clock that shows `at` now and runs on from there.
    pub fn running_from(at: Instant) -> Self {
        Self::Shifted(at.0 - system_now().0)
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        match self {
            Self::System => system_now(),
            Self::Fixed(at) => Instant(at.load(Ordering::SeqCst)),
            Self::Shifted(by) => Instant(system_now().0.saturating_add(*by)),
        }
    }

    /// Moves a standing clock to `at`; a clock that runs is left alone.
    pub fn set(&self, at: Instant) {
        if let Self::Fixed(clock) = self {
            clock.store(at.0, Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one reader of the host's clock")]
fn system_now() -> Instant {
    jiff::Timestamp::now().into()
}

/// Measures how long something takes; decides nothing.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "measuring only; no decision depends on it")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Microseconds since the start.
    pub fn micros(self) -> u64 {
        u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}
