//! Calendars: public holidays and make-up days by year, as data with their source, and opening
//! hours.

use crate::hours::Hours;
use crate::time::{Day, add_days};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Days off and make-up days of one year, as announced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearPlan {
    /// Where the dates were announced.
    pub source: String,
    /// Public holidays (节假日) that fall on any weekday.
    #[serde(default)]
    pub holidays: BTreeSet<Day>,
    /// Weekend days that are worked (调休上班).
    #[serde(default)]
    pub workdays: BTreeSet<Day>,
}

/// A calendar of working days. A year without a plan answers nothing rather than something wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Plans by year.
    pub years: BTreeMap<i16, YearPlan>,
    /// The calendar whose working days it has; its years are filled in when packs are compiled.
    #[serde(default)]
    pub like: Option<String>,
    /// Open on every day of the year, holidays too; then no plans are needed (天天营业).
    #[serde(default)]
    pub daily: bool,
    /// Opening hours of a day that is worked (营业时间), in order; empty: the clock does not ask
    /// for them, hours run by day and night.
    #[serde(default)]
    pub hours: Vec<Hours>,
}

/// A year the calendar knows nothing about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar has no holidays for {0}; add that year before counting working days in it")]
pub struct UnknownYear(pub i16);

impl Calendar {
    /// Whether `day` is worked.
    pub fn is_workday(&self, day: Day) -> Result<bool, UnknownYear> {
        if self.daily {
            return Ok(true);
        }
        let plan = self.years.get(&day.year()).ok_or(UnknownYear(day.year()))?;
        if plan.workdays.contains(&day) {
            return Ok(true);
        }
        let weekend =
            matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
        Ok(!weekend && !plan.holidays.contains(&day))
    }

    /// The `count`-th working day after `day`. Bounded: the years known bound the walk.
    pub fn add_workdays(&self, day: Day, count: i64) -> Result<Day, UnknownYear> {
        self.add_workdays_but(day, count, |_| false)
    }

    /// The same, passing over days that `skip` says do not count.
    pub fn add_workdays_but(
        &self,
        day: Day,
        count: i64,
        skip: impl Fn(Day) -> bool,
    ) -> Result<Day, UnknownYear> {
        let mut at = day;
        let mut left = count;
        while left > 0 {
            at = add_days(at, 1).ok_or(UnknownYear(at.year()))?;
            if self.is_workday(at)? && !skip(at) {
                left -= 1;
            }
        }
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn october_2026() -> Calendar {
        let holidays = (1..=7).map(|d| date(2026, 10, d)).collect();
        let plan =
            YearPlan { source: "test".into(), holidays, workdays: [date(2026, 10, 10)].into() };
        Calendar { years: [(2026, plan)].into(), ..Calendar::default() }
    }

    #[test]
    fn holidays_are_skipped_and_make_up_days_are_worked() {
        let calendar = october_2026();
        assert_eq!(calendar.add_workdays(date(2026, 9, 30), 1), Ok(date(2026, 10, 8)));
        assert_eq!(calendar.add_workdays(date(2026, 9, 30), 3), Ok(date(2026, 10, 10)));
    }

    #[test]
    fn a_year_without_data_is_refused_and_ends() {
        assert_eq!(october_2026().add_workdays(date(2026, 12, 30), 5), Err(UnknownYear(2027)));
    }
}
