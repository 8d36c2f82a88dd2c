//! Instants in microseconds, days in the company's time zone, spans as the rulebook writes them.

use jiff::civil;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar day of the company's time zone.
pub type Day = civil::Date;

/// A point in time: microseconds since 1970 UTC, as the database stores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// Later than anything that happens: a deadline whose date is not known yet.
    pub const NEVER: Self = Self(i64::MAX);

    /// This instant moved by `seconds`.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Whole seconds from `earlier` to here; negative when it lies later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(1_000_000)
    }

    /// As a `jiff` timestamp; an instant out of its range becomes the nearest one in it.
    pub fn timestamp(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl From<jiff::Timestamp> for Instant {
    fn from(timestamp: jiff::Timestamp) -> Self {
        Self(timestamp.as_microsecond())
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 in UTC, the form of the API.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.timestamp().fmt(f)
    }
}

/// The company's time zone, one per company; `today` comes from `now` by it, never from the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self::try_new("Asia/Shanghai").unwrap_or(Self(TimeZone::fixed(jiff::tz::offset(8))))
    }
}

impl Zone {
    /// The zone of that IANA name; `None` when there is no such zone.
    pub fn try_new(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The local day of `at`.
    pub fn day(&self, at: Instant) -> Day {
        at.timestamp().to_zoned(self.0.clone()).date()
    }

    /// The local date and time of `at`.
    pub fn local(&self, at: Instant) -> civil::DateTime {
        at.timestamp().to_zoned(self.0.clone()).datetime()
    }

    /// The instant of a local date and time; in a gap the later, in a fold the earlier one.
    pub fn instant(&self, local: civil::DateTime) -> Instant {
        self.0
            .to_ambiguous_zoned(local)
            .compatible()
            .map_or(Instant(i64::MAX), |zoned| zoned.timestamp().into())
    }

    /// The instant at which `minutes` of the local `day` have passed; 1440 is its end.
    pub fn minute_of(&self, day: Day, minutes: u16) -> Instant {
        let (hour, minute) = (minutes / 60, minutes % 60);
        let (Ok(hour), Ok(minute)) = (i8::try_from(hour), i8::try_from(minute)) else {
            return self.end_of(day);
        };
        civil::Time::new(hour, minute, 0, 0)
            .map_or_else(|_| self.end_of(day), |time| self.instant(day.to_datetime(time)))
    }

    /// The end of `day` (24:00 local), where day deadlines end.
    pub fn end_of(&self, day: Day) -> Instant {
        let next = day.tomorrow().unwrap_or(Day::MAX);
        self.instant(next.to_datetime(civil::Time::midnight()))
    }
}

/// The unit of a span, as the rulebook writes it: `24 h`, `7 d`, `10 workday`, `24 mo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpanUnit {
    /// Elapsed minutes.
    Min,
    /// Elapsed hours.
    H,
    /// Calendar days, ending at 24:00 local of the last.
    D,
    /// Working days of the named calendar.
    Workday,
    /// Calendar months: same day number or the shorter month's last day.
    Mo,
}

/// A length of time as a rulebook writes it. Units do not mix: 30 days are not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many.
    pub count: i64,
    /// Of what.
    pub unit: SpanUnit,
}

impl Span {
    /// Reads `24 h`, `30min`, `15 d`, `24 mo`, `2 y`, `10 workday`, `半个月`, `三个月`, `半年`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let count: i64 = text[..digits].parse().ok()?;
            let (factor, unit) = match text[digits..].trim() {
                "min" | "分钟" => (1, SpanUnit::Min),
                "h" | "小时" => (1, SpanUnit::H),
                "d" | "day" | "days" | "天" | "日" => (1, SpanUnit::D),
                "w" | "week" | "周" => (7, SpanUnit::D),
                "workday" | "workdays" | "工作日" | "个工作日" => (1, SpanUnit::Workday),
                "mo" | "month" | "months" | "个月" | "月" => (1, SpanUnit::Mo),
                "y" | "year" | "years" | "年" => (12, SpanUnit::Mo),
                _ => return None,
            };
            return Some(Self { count: count.checked_mul(factor)?, unit });
        }
        Self::parse_words(text)
    }

    /// The words of the standard's own text; half a month is 15 days, half a day 12 hours.
    fn parse_words(text: &str) -> Option<Self> {
        let (count, unit) = match text {
            "半年" => (6, SpanUnit::Mo),
            "半个月" | "半月" => (15, SpanUnit::D),
            "半天" | "半日" => (12, SpanUnit::H),
            "半小时" | "半个小时" => (30, SpanUnit::Min),
            _ => {
                if let Some(years) = text.strip_suffix("年半") {
                    let months = chinese_number(years)?.checked_mul(12)?.checked_add(6)?;
                    return Some(Self { count: months, unit: SpanUnit::Mo });
                }
                let ends = [
                    ("个工作日", 1, SpanUnit::Workday),
                    ("个月", 1, SpanUnit::Mo),
                    ("年", 12, SpanUnit::Mo),
                    ("周", 7, SpanUnit::D),
                    ("天", 1, SpanUnit::D),
                    ("日", 1, SpanUnit::D),
                    ("个小时", 1, SpanUnit::H),
                    ("小时", 1, SpanUnit::H),
                    ("分钟", 1, SpanUnit::Min),
                ];
                ends.iter().find_map(|(end, factor, unit)| {
                    Some((chinese_number(text.strip_suffix(end)?)? * factor, *unit))
                })?
            }
        };
        Some(Self { count, unit })
    }

    /// This length `times` over.
    #[must_use]
    pub const fn times(self, times: i64) -> Self {
        Self { count: self.count.saturating_mul(times), unit: self.unit }
    }

    /// Elapsed seconds, for minutes and hours only.
    pub fn seconds(self) -> Option<i64> {
        match self.unit {
            SpanUnit::Min => self.count.checked_mul(60),
            SpanUnit::H => self.count.checked_mul(3600),
            _ => None,
        }
    }
}

/// A number in words, 一 to 九百九十九, as a standard writes lengths of time and its own numbering.
pub fn chinese_number(words: &str) -> Option<i64> {
    let digit = |c: char| match c {
        '两' => Some(2),
        _ => "一二三四五六七八九".chars().zip(1..).find(|(known, _)| *known == c).map(|(_, n)| n),
    };
    let (mut sum, mut pending, mut above) = (0_i64, None, 1_000);
    for c in words.chars() {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            '零' if sum > 0 && pending.is_none() => continue,
            _ if pending.is_none() => {
                pending = Some(digit(c)?);
                continue;
            }
            _ => return None,
        };
        // 十五 is fifteen by itself; 百五 is none.
        let count = pending.take().or((unit == 10 && sum == 0).then_some(1))?;
        if unit >= above {
            return None;
        }
        above = unit;
        sum += count * unit;
    }
    let number = sum + pending.unwrap_or(0);
    (number > 0).then_some(number)
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            SpanUnit::Min => "min",
            SpanUnit::H => "h",
            SpanUnit::D => "d",
            SpanUnit::Workday => "workday",
            SpanUnit::Mo => "mo",
        };
        write!(f, "{} {unit}", self.count)
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` is no length of time; write a number and min, h, d, workday, mo or y, \
                 for example \"24 h\""
            ))
        })
    }
}

/// `months` after `day`: the same day number, or the shorter month's last day.
pub fn add_months(day: Day, months: i64) -> Option<Day> {
    day.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// `days` after `day`.
pub fn add_days(day: Day, days: i64) -> Option<Day> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Whole days from `earlier` to `later`; negative when it lies before.
pub fn days_between(earlier: Day, later: Day) -> i64 {
    i64::from(earlier.until(later).map_or(0, |span| span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn spans_read_as_the_standard_writes_them() {
        for (text, count, unit) in [
            ("24 h", 24, SpanUnit::H),
            ("5min", 5, SpanUnit::Min),
            ("半个月", 15, SpanUnit::D),
            ("三个月", 3, SpanUnit::Mo),
            ("半年", 6, SpanUnit::Mo),
            ("二十四个月", 24, SpanUnit::Mo),
            ("24个月", 24, SpanUnit::Mo),
            ("15天", 15, SpanUnit::D),
            ("十五日", 15, SpanUnit::D),
            ("三十天", 30, SpanUnit::D),
            ("一百八十天", 180, SpanUnit::D),
            ("一百零五天", 105, SpanUnit::D),
            ("十八个月", 18, SpanUnit::Mo),
            ("两年半", 30, SpanUnit::Mo),
            ("半小时", 30, SpanUnit::Min),
            ("四十八小时", 48, SpanUnit::H),
            ("2 y", 24, SpanUnit::Mo),
            ("一周", 7, SpanUnit::D),
            ("10 workday", 10, SpanUnit::Workday),
        ] {
            assert_eq!(Span::parse(text), Some(Span { count, unit }), "{text}");
        }
        for bad in [
            "",
            "24",
            "h",
            "-1 h",
            "1.5 h",
            "soon",
            "天",
            "零天",
            "十百天",
            "百天",
            "二三天",
            "十十天",
            "半",
            "年半",
            "一百百天",
        ] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_month_ends_on_the_same_number_or_the_shorter_months_last_day() {
        assert_eq!(add_months(date(2024, 1, 31), 1), Some(date(2024, 2, 29)));
        assert_eq!(add_months(date(2025, 1, 10), 24), Some(date(2027, 1, 10)));
    }

    #[test]
    fn a_day_ends_at_local_midnight() {
        let zone = Zone::default();
        assert_eq!(zone.end_of(date(2026, 11, 21)).to_string(), "2026-11-21T16:00:00Z");
        assert_eq!(days_between(date(2026, 1, 2), date(2026, 1, 9)), 7);
    }
}
