//! Wrong passwords are counted: five per login and address, twenty per login, in a quarter hour.

use base::Instant;
use std::collections::HashMap;
use std::sync::Mutex;

/// Wrong attempts of one login from one address before it waits.
const PER_PLACE: usize = 5;
/// Wrong attempts of one login from anywhere before it waits.
const PER_LOGIN: usize = 20;
/// How long an attempt counts, in seconds.
const WINDOW: i64 = 15 * 60;
/// Most keys remembered; a flood of made-up logins must not fill the memory.
const MAX_KEYS: usize = 10_000;

/// The memory of wrong attempts of this process.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<String, Vec<Instant>>>);

impl Attempts {
    /// Seconds to wait before the next attempt; `None` when it may be made now.
    pub fn wait(&self, login: &str, place: &str, now: Instant) -> Option<i64> {
        let Ok(map) = self.0.lock() else { return None };
        let wait = |key: &str, limit: usize| {
            let recent: Vec<Instant> =
                map.get(key)?.iter().filter(|a| fresh(**a, now)).copied().collect();
            let oldest = recent.len().checked_sub(limit).and_then(|skip| recent.get(skip))?;
            Some(WINDOW - now.seconds_since(*oldest))
        };
        wait(&place_key(login, place), PER_PLACE).max(wait(&login_key(login), PER_LOGIN))
    }

    /// Notes a wrong attempt.
    pub fn failed(&self, login: &str, place: &str, now: Instant) {
        let Ok(mut map) = self.0.lock() else { return };
        if map.len() >= MAX_KEYS {
            map.retain(|_, attempts| attempts.iter().any(|a| fresh(*a, now)));
            if map.len() >= MAX_KEYS {
                map.clear();
            }
        }
        for key in [place_key(login, place), login_key(login)] {
            let attempts = map.entry(key).or_default();
            attempts.retain(|a| fresh(*a, now));
            if attempts.len() < PER_LOGIN {
                attempts.push(now);
            }
        }
    }

    /// Forgets the attempts of a login that got in from that address.
    pub fn succeeded(&self, login: &str, place: &str) {
        if let Ok(mut map) = self.0.lock() {
            map.remove(&place_key(login, place));
        }
    }
}

fn fresh(attempt: Instant, now: Instant) -> bool {
    now.seconds_since(attempt) < WINDOW
}

fn place_key(login: &str, place: &str) -> String {
    format!("{login}\n{place}")
}

fn login_key(login: &str) -> String {
    login.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_wrong_attempt_from_one_place_waits_and_time_forgives() {
        let attempts = Attempts::default();
        let start = Instant(0);
        for n in 0..5 {
            assert_eq!(attempts.wait("li", "a", start.plus_seconds(n)), None, "{n}");
            attempts.failed("li", "a", start.plus_seconds(n));
        }
        assert_eq!(attempts.wait("li", "a", start.plus_seconds(5)), Some(WINDOW - 5));
        assert_eq!(attempts.wait("li", "b", start.plus_seconds(5)), None);
        assert_eq!(attempts.wait("li", "a", start.plus_seconds(WINDOW + 5)), None);
    }

    #[test]
    fn a_login_attacked_from_everywhere_waits_everywhere() {
        let attempts = Attempts::default();
        for n in 0..20 {
            attempts.failed("li", &n.to_string(), Instant(0));
        }
        assert!(attempts.wait("li", "new", Instant(1)).is_some());
        assert!(attempts.wait("zhao", "new", Instant(1)).is_none());
    }
}
