//! Wrong passwords are counted in a quarter hour: five per login and address, twenty per login, and
//! the logins that go wrong from one address together.

use base::Instant;
use std::collections::HashMap;
use std::sync::Mutex;

/// Wrong attempts of one login from one address before it waits.
const PER_PLACE: usize = 5;
/// Wrong attempts of one login from anywhere before it waits.
const PER_LOGIN: usize = 20;
/// Logins that went wrong from one address and did not get in since, before the address waits. A
/// large station behind one address has forty people; on a Monday morning some mistype and then get
/// in, which takes them off the count. Thirty who all forgot theirs at once are a list of logins
/// that somebody walks along.
const LOGINS: usize = 30;
/// How long an attempt counts, in seconds.
const WINDOW: i64 = 15 * 60;
/// How long who got in from an address is known there, in seconds: they go on while it waits.
const KNOWN: i64 = 14 * 86_400;
/// Most keys remembered; a flood of made-up logins must not fill the memory.
const MAX_KEYS: usize = 10_000;

/// The memory of wrong attempts of this process.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<Memory>);

#[derive(Debug, Default)]
struct Memory {
    /// Wrong attempts of a login, and of a login from an address.
    wrong: HashMap<String, Vec<Instant>>,
    /// When each login went wrong last from an address.
    places: HashMap<String, HashMap<String, Instant>>,
    /// When a login last got in from an address.
    known: HashMap<String, Instant>,
}

impl Attempts {
    /// Seconds to wait before the next attempt; `None` when it may be made now.
    pub fn wait(&self, login: &str, place: &str, now: Instant) -> Option<i64> {
        let Ok(memory) = self.0.lock() else { return None };
        let wait = |key: &str, limit: usize| {
            let attempts = memory.wrong.get(key)?;
            left(attempts.iter().copied(), limit, now)
        };
        let own = wait(&place_key(login, place), PER_PLACE).max(wait(login, PER_LOGIN));
        own.max(memory.place_waits(login, place, now))
    }

    /// Notes a wrong attempt.
    pub fn failed(&self, login: &str, place: &str, now: Instant) {
        let Ok(mut memory) = self.0.lock() else { return };
        memory.forget(now);
        for key in [place_key(login, place), login.to_owned()] {
            let attempts = memory.wrong.entry(key).or_default();
            attempts.retain(|a| fresh(*a, now));
            if attempts.len() < PER_LOGIN {
                attempts.push(now);
            }
        }
        let logins = memory.places.entry(place.to_owned()).or_default();
        logins.retain(|_, last| fresh(*last, now));
        if logins.len() < LOGINS || logins.contains_key(login) {
            logins.insert(login.to_owned(), now);
        }
    }

    /// Forgets the attempts of a login that got in from that address, and knows it there.
    pub fn succeeded(&self, login: &str, place: &str, now: Instant) {
        let Ok(mut memory) = self.0.lock() else { return };
        memory.forget(now);
        memory.wrong.remove(&place_key(login, place));
        if let Some(logins) = memory.places.get_mut(place) {
            logins.remove(login);
        }
        memory.known.insert(place_key(login, place), now);
    }
}

impl Memory {
    /// How long an address waits for a login that is not known there.
    fn place_waits(&self, login: &str, place: &str, now: Instant) -> Option<i64> {
        let known = self.known.get(&place_key(login, place));
        if known.is_some_and(|last| now.seconds_since(*last) < KNOWN) {
            return None;
        }
        left(self.places.get(place)?.values().copied(), LOGINS, now)
    }

    /// Keeps the memory within bounds: first what no longer counts goes, then all of it.
    fn forget(&mut self, now: Instant) {
        if self.wrong.len() >= MAX_KEYS {
            self.wrong.retain(|_, attempts| attempts.iter().any(|a| fresh(*a, now)));
            if self.wrong.len() >= MAX_KEYS {
                self.wrong.clear();
            }
        }
        if self.places.len() >= MAX_KEYS {
            self.places.retain(|_, logins| logins.values().any(|last| fresh(*last, now)));
            if self.places.len() >= MAX_KEYS {
                self.places.clear();
            }
        }
        if self.known.len() >= MAX_KEYS {
            let half = self.known.len() / 2;
            let mut all: Vec<Instant> = self.known.values().copied().collect();
            all.sort_unstable();
            let since = all[half];
            self.known.retain(|_, last| *last > since);
        }
    }
}

/// Seconds until fewer than `limit` of these count.
fn left(attempts: impl Iterator<Item = Instant>, limit: usize, now: Instant) -> Option<i64> {
    let mut recent: Vec<Instant> = attempts.filter(|a| fresh(*a, now)).collect();
    recent.sort_unstable();
    let oldest = recent.len().checked_sub(limit).and_then(|skip| recent.get(skip))?;
    Some(WINDOW - now.seconds_since(*oldest))
}

fn fresh(attempt: Instant, now: Instant) -> bool {
    now.seconds_since(attempt) < WINDOW
}

fn place_key(login: &str, place: &str) -> String {
    format!("{login}\n{place}")
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

    #[test]
    fn one_password_tried_along_a_list_of_logins_stops_the_address() {
        let attempts = Attempts::default();
        attempts.succeeded("wang", "a", Instant(0));
        for n in 0..30 {
            let (login, at) = (format!("staff{n}"), Instant(0).plus_seconds(n));
            assert_eq!(attempts.wait(&login, "a", at), None, "{n}");
            attempts.failed(&login, "a", at);
        }
        let now = Instant(0).plus_seconds(30);
        assert_eq!(attempts.wait("staff30", "a", now), Some(WINDOW - 30));
        assert_eq!(attempts.wait("staff3", "a", now), Some(WINDOW - 30));
        assert_eq!(attempts.wait("staff30", "b", now), None, "another address");
        assert_eq!(attempts.wait("wang", "a", now), None, "who works there goes on");
        // What is refused meanwhile does not count, and the first of them is forgiven first.
        assert_eq!(attempts.wait("staff30", "a", Instant(0).plus_seconds(WINDOW)), None);
    }

    #[test]
    fn a_monday_morning_at_a_large_station_stops_nobody() {
        let attempts = Attempts::default();
        for n in 0..60 {
            let (login, at) = (format!("staff{n}"), Instant(0).plus_seconds(n * 10));
            for _ in 0..2 {
                assert_eq!(attempts.wait(&login, "a", at), None, "{n}");
                attempts.failed(&login, "a", at);
            }
            // Every fourth has forgotten the password and asks for a link.
            if n % 4 != 0 {
                attempts.succeeded(&login, "a", at);
            }
        }
    }

    #[test]
    fn a_flood_of_made_up_logins_does_not_fill_the_memory() {
        let attempts = Attempts::default();
        for n in 0..3 * MAX_KEYS {
            attempts.failed(&format!("x{n}"), &format!("p{}", n / 7), Instant(0));
            attempts.succeeded(&format!("y{n}"), "a", Instant(0).plus_seconds(1));
        }
        let memory = attempts.0.lock().expect("nobody panicked");
        let sizes = [memory.wrong.len(), memory.places.len(), memory.known.len()];
        assert!(sizes.iter().all(|size| *size <= MAX_KEYS + 1), "{sizes:?}");
    }
}
