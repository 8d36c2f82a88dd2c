//! Opening hours of a day (营业时间), `08:30-12:00`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A stretch of a day in which a station is open: from the first minute to the other, not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    /// Minute of the day it opens, from 0.
    pub from: u16,
    /// Minute of the day it closes, to 1440 (24:00).
    pub to: u16,
}

impl Hours {
    /// Reads `08:30-12:00`; the end may be `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(['-', '–', '—', '~'])?;
        let hours = Self { from: minute(from)?, to: minute(to)? };
        (hours.from < hours.to).then_some(hours)
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let at = hour.checked_mul(60)?.checked_add(minute)?;
    (minute < 60 && at <= DAY).then_some(at)
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

impl Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` are no opening hours; write \"08:30-12:00\""
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_hours_read_as_they_hang_at_the_door() {
        for (text, from, to) in
            [("08:30-12:00", 510, 720), ("9:00–24:00", 540, 1440), ("08：30~17：30", 510, 1050)]
        {
            assert_eq!(Hours::parse(text), Some(Hours { from, to }), "{text}");
        }
        for bad in ["", "08:30", "12:00-08:30", "08:60-12:00", "8-12", "08:00-24:01", "a:b-c:d"] {
            assert_eq!(Hours::parse(bad), None, "{bad}");
        }
        assert_eq!(Hours { from: 510, to: 720 }.to_string(), "08:30-12:00");
    }
}
