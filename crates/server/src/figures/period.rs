//! How time is divided on a page of figures: days, months, quarters, years.

use crate::view::Words;
use base::Day;
use base::time::{add_days, add_months};

/// How time is divided (粒度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grain {
    /// By day.
    Day,
    /// By month.
    #[default]
    Month,
    /// By quarter.
    Quarter,
    /// By year.
    Year,
}

/// Points of one trend at the most.
pub const MOST_POINTS: usize = 400;

impl Grain {
    /// All, with the words of a request.
    pub const ALL: [(&'static str, Self); 4] = [
        ("day", Self::Day),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("year", Self::Year),
    ];

    /// The grain of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, grain)| *grain)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, grain)| *grain == self).map_or("month", |(word, _)| word)
    }

    /// How the store divides for it: quarters are three months each.
    pub const fn stored(self) -> store::measures::Grain {
        match self {
            Self::Day => store::measures::Grain::Day,
            Self::Month | Self::Quarter => store::measures::Grain::Month,
            Self::Year => store::measures::Grain::Year,
        }
    }

    /// How many periods a trend looks back from the last one: a month of days, a year of months,
    /// two years of quarters, five years.
    const fn back(self) -> i64 {
        match self {
            Self::Day => 30,
            Self::Month => 11,
            Self::Quarter => 7,
            Self::Year => 4,
        }
    }

    /// The first day of the period a day lies in.
    pub(super) fn first(self, day: Day) -> Day {
        let month = match self {
            Self::Day => return day,
            Self::Month => day.month(),
            Self::Quarter => day.month() - (day.month() - 1) % 3,
            Self::Year => 1,
        };
        Day::new(day.year(), month, 1).unwrap_or(day)
    }

    /// The day `n` periods later.
    pub(super) fn plus(self, day: Day, n: i64) -> Option<Day> {
        match self {
            Self::Day => add_days(day, n),
            Self::Month => add_months(day, n),
            Self::Quarter => add_months(day, n * 3),
            Self::Year => add_months(day, n * 12),
        }
    }

    /// The name of the period a day lies in: `2026-11-20`, `2026-11`, `2026-Q4`, `2026`.
    pub fn label(self, day: Day) -> String {
        let (year, month) = (day.year(), day.month());
        match self {
            Self::Day => day.to_string(),
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
            Self::Year => format!("{year:04}"),
        }
    }

    /// The first day of the period of that name.
    pub(super) fn starts(self, label: &str) -> Option<Day> {
        let text = match self {
            Self::Day => label.to_owned(),
            Self::Month => format!("{label}-01"),
            Self::Quarter => {
                let (year, quarter) = label.split_once("-Q")?;
                let month = quarter.parse::<u8>().ok()?.checked_mul(3)?.checked_sub(2)?;
                format!("{year}-{month:02}-01")
            }
            Self::Year => format!("{label}-01-01"),
        };
        // Only the one way to write it: `02026` or `2026-1` names nothing.
        text.parse().ok().filter(|day| self.label(*day) == label)
    }

    /// The name of the period that something stored under `stored` belongs to.
    pub fn named(self, stored: &str) -> String {
        if self != Self::Quarter {
            return stored.to_owned();
        }
        format!("{stored}-01").parse().map_or_else(|_| stored.to_owned(), |day| self.label(day))
    }

    /// The first day a trend looks at.
    pub fn since(self, from: Day, to: Day) -> Day {
        let back = self.plus(self.first(to), -self.back()).unwrap_or(from);
        back.min(self.first(from))
    }

    /// The periods from one day to another; `None` when there are more than a trend holds.
    pub fn between(self, from: Day, to: Day) -> Option<Vec<String>> {
        let mut labels = Vec::new();
        let mut day = self.first(from);
        while day <= to {
            if labels.len() == MOST_POINTS {
                return None;
            }
            labels.push(self.label(day));
            day = self.plus(day, 1)?;
        }
        Some(labels)
    }
}

/// A period in words: `2026 年 11 月`, `Nov 2026`.
pub fn words(label: &str) -> Words {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let parts: Vec<&str> = label.split('-').collect();
    let plain = |part: &str| part.trim_start_matches('0').to_owned();
    let english = |part: &str| {
        let month = part.parse::<usize>().ok().and_then(|n| MONTHS.get(n.checked_sub(1)?).copied());
        month.unwrap_or(part).to_owned()
    };
    let (zh, en) = match parts.as_slice() {
        [year] => (format!("{year} 年"), (*year).to_owned()),
        [year, quarter] if quarter.starts_with('Q') => {
            let number = quarter.trim_start_matches('Q');
            (format!("{year} 年第 {number} 季度"), format!("{quarter} {year}"))
        }
        [year, month] => {
            (format!("{year} 年 {} 月", plain(month)), format!("{} {year}", english(month)))
        }
        [year, month, day] => (
            format!("{year} 年 {} 月 {} 日", plain(month), plain(day)),
            format!("{} {} {year}", plain(day), english(month)),
        ),
        _ => (label.to_owned(), label.to_owned()),
    };
    Words { zh, en }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn periods_follow_each_other_without_a_gap() {
        let check = |grain: Grain, from: &str, to: &str, expect: &[&str]| {
            assert_eq!(grain.between(day(from), day(to)).expect("few"), expect, "{grain:?}");
        };
        check(Grain::Day, "2026-02-27", "2026-03-01", &["2026-02-27", "2026-02-28", "2026-03-01"]);
        check(Grain::Month, "2026-11-21", "2027-01-01", &["2026-11", "2026-12", "2027-01"]);
        check(Grain::Quarter, "2026-08-31", "2027-01-01", &["2026-Q3", "2026-Q4", "2027-Q1"]);
        check(Grain::Year, "2025-12-31", "2026-01-01", &["2025", "2026"]);
        assert_eq!(Grain::Day.between(day("2020-01-01"), day("2026-01-01")), None);
    }

    #[test]
    fn a_trend_looks_back_a_year_of_months_and_covers_what_was_asked() {
        let since =
            |grain: Grain, from: &str, to: &str| grain.since(day(from), day(to)).to_string();
        assert_eq!(since(Grain::Month, "2026-11-01", "2026-11-21"), "2025-12-01");
        assert_eq!(since(Grain::Month, "2024-03-15", "2026-11-21"), "2024-03-01");
        assert_eq!(since(Grain::Quarter, "2026-11-01", "2026-11-21"), "2025-01-01");
        assert_eq!(Grain::Quarter.named("2026-11"), "2026-Q4");
    }

    #[test]
    fn a_name_of_a_period_is_read_back() {
        let check = |grain: Grain, label: &str, expect: Option<&str>| {
            assert_eq!(
                grain.starts(label).map(|day| day.to_string()).as_deref(),
                expect,
                "{label}"
            );
        };
        check(Grain::Year, "2026", Some("2026-01-01"));
        check(Grain::Quarter, "2026-Q4", Some("2026-10-01"));
        check(Grain::Month, "2026-02", Some("2026-02-01"));
        for wrong in ["", "26", "02026", "2026-Q4", "2026-11"] {
            check(Grain::Year, wrong, None);
        }
        for wrong in ["2026", "2026-Q0", "2026-Q5", "2026-Q99999"] {
            check(Grain::Quarter, wrong, None);
        }
    }

    #[test]
    fn a_period_has_words() {
        let check = |label: &str, zh: &str, en: &str| {
            assert_eq!(words(label), Words { zh: zh.into(), en: en.into() });
        };
        check("2026", "2026 年", "2026");
        check("2026-Q4", "2026 年第 4 季度", "Q4 2026");
        check("2026-03", "2026 年 3 月", "Mar 2026");
        check("2026-03-09", "2026 年 3 月 9 日", "9 Mar 2026");
    }
}
