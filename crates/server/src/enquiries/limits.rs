//! How often somebody without an account may write: by address, by number, and all together. What
//! is counted is forgotten with the process; addresses are never stored.

use crate::problem::{Answer, Problem};
use base::Instant;
use std::collections::HashMap;
use std::sync::Mutex;
use tokio::sync::Semaphore;

/// Most keys remembered; a flood of made-up numbers must not fill the memory.
const MAX_KEYS: usize = 20_000;
/// Photos drawn anew at a time: each takes its memory and a core.
const DRAWN: usize = 2;

/// What is limited: how often within how many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    word: &'static str,
    most: usize,
    seconds: i64,
}

/// New enquiries from one address. A mobile carrier has thousands of people behind one.
pub const OPENED: Limit = Limit { word: "opened", most: 20, seconds: 3600 };
/// New enquiries that name one number.
pub const NUMBER: Limit = Limit { word: "number", most: 4, seconds: 86_400 };
/// New enquiries of everybody: what a desk of people could still read.
pub const ALL: Limit = Limit { word: "all", most: 300, seconds: 3600 };
/// What is written within one enquiry.
pub const WRITTEN: Limit = Limit { word: "written", most: 20, seconds: 3600 };
/// Letters from one sender.
pub const LETTERS: Limit = Limit { word: "letters", most: 20, seconds: 3600 };
/// New enquiries by letter from one sender.
pub const LETTERS_OPENED: Limit = Limit { word: "letters_opened", most: 10, seconds: 86_400 };
/// Photos from one address.
pub const PHOTOS: Limit = Limit { word: "photos", most: 60, seconds: 3600 };
/// Words that lead nowhere, from one address.
pub const WRONG: Limit = Limit { word: "wrong", most: 30, seconds: 900 };

/// The memory of this process.
#[derive(Debug)]
pub struct Limits {
    seen: Mutex<HashMap<(&'static str, String), Vec<Instant>>>,
    drawing: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seen: Mutex::default(), drawing: Semaphore::new(DRAWN) }
    }
}

impl Limits {
    /// Counts one more, or refuses it with how long to wait.
    pub fn count(&self, limit: Limit, whose: &str, now: Instant) -> Answer<()> {
        self.check(limit, whose, now)?;
        let Ok(mut seen) = self.seen.lock() else { return Ok(()) };
        if seen.len() >= MAX_KEYS {
            seen.retain(|_, times| times.last().is_some_and(|last| now.seconds_since(*last) < 900));
            if seen.len() >= MAX_KEYS {
                seen.clear();
            }
        }
        let times = seen.entry((limit.word, whose.to_owned())).or_default();
        times.retain(|at| now.seconds_since(*at) < limit.seconds);
        times.push(now);
        Ok(())
    }

    /// Refuses where there were too many already, without counting.
    pub fn check(&self, limit: Limit, whose: &str, now: Instant) -> Answer<()> {
        let Ok(seen) = self.seen.lock() else { return Ok(()) };
        let Some(times) = seen.get(&(limit.word, whose.to_owned())) else { return Ok(()) };
        let fresh = || times.iter().filter(|at| now.seconds_since(**at) < limit.seconds);
        let Some(oldest) = fresh().next().filter(|_| fresh().count() >= limit.most) else {
            return Ok(());
        };
        let seconds = limit.seconds - now.seconds_since(*oldest);
        let minutes = (seconds + 59) / 60;
        Err(Problem::new("too-often").retry_after(seconds).detail(
            format!("写得太频繁，请 {minutes} 分钟后再试；着急请打电话"),
            format!("Too often; try again in {minutes} minutes, or call us if it is urgent"),
        ))
    }

    /// Permits for drawing photos anew.
    pub fn drawing(&self) -> &Semaphore {
        &self.drawing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_writes_too_often_waits_and_time_forgives() {
        let limits = Limits::default();
        let two = Limit { word: "two", most: 2, seconds: 60 };
        let at = |seconds: i64| Instant(0).plus_seconds(seconds);
        for (seconds, whose, taken) in [
            (0, "a", true),
            (10, "a", true),
            (20, "a", false),
            (20, "b", true),
            (59, "a", false),
            (60, "a", true),
            (61, "a", false),
        ] {
            assert_eq!(limits.count(two, whose, at(seconds)).is_ok(), taken, "{seconds} {whose}");
        }
    }

    #[test]
    fn a_flood_of_made_up_numbers_does_not_fill_the_memory() {
        let limits = Limits::default();
        for n in 0..2 * MAX_KEYS {
            let _ = limits.count(NUMBER, &n.to_string(), Instant(0));
        }
        assert!(limits.seen.lock().expect("nobody panicked").len() <= MAX_KEYS);
    }
}
