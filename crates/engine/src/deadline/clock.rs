//! When a deadline is due: the arithmetic of spans, calendars and pauses, without any state.
//!
//! Minutes and hours are elapsed time; days, working days and months end at 24:00 local of their
//! last day, the starting day not counted. Pauses move the due instant: by their seconds for
//! elapsed time, by whole local days that begin paused for day units.

use base::calendar::UnknownYear;
use base::time::{Span, SpanUnit, Zone, add_days, add_months, days_between};
use base::{Calendar, Day, Instant};

/// Time a clock stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pauses {
    /// Elapsed seconds, for minutes, hours and dates given by a field.
    pub seconds: i64,
    /// Whole local days that began paused, for day units; working days for `workday`.
    pub days: i64,
}

/// The due instant of a deadline of that length.
///
/// # Errors
/// Working days need a calendar that knows every year they fall in.
pub fn due_within(
    start: Instant,
    within: Span,
    pauses: Pauses,
    zone: &Zone,
    calendar: Option<&Calendar>,
) -> Result<Instant, UnknownYear> {
    if let Some(seconds) = within.seconds() {
        return Ok(start.plus_seconds(seconds.saturating_add(pauses.seconds)));
    }
    let first = zone.day(start);
    let count = within.count;
    let last = match within.unit {
        SpanUnit::Workday => {
            let calendar = calendar.ok_or(UnknownYear(first.year()))?;
            return calendar
                .add_workdays(first, count.saturating_add(pauses.days))
                .map(|day| zone.end_of(day));
        }
        SpanUnit::Mo => add_months(first, count),
        _ => add_days(first, count),
    };
    let last = last.and_then(|day| add_days(day, pauses.days));
    Ok(last.map_or(Instant::NEVER, |day| zone.end_of(day)))
}

/// The due instant of a deadline that lies `before` the date of a field.
///
/// # Errors
/// Working days need a calendar that knows every year they fall in.
pub fn due_until(
    until: Instant,
    before: Option<Span>,
    pauses: Pauses,
    zone: &Zone,
    calendar: Option<&Calendar>,
) -> Result<Instant, UnknownYear> {
    let Some(before) = before else { return Ok(until.plus_seconds(pauses.seconds)) };
    earlier(until, before, zone, calendar).map(|at| at.plus_seconds(pauses.seconds))
}

/// `span` before `at`: elapsed for minutes and hours, else the end of the day so many days before.
///
/// # Errors
/// Working days need a calendar that knows every year they fall in.
pub fn earlier(
    at: Instant,
    span: Span,
    zone: &Zone,
    calendar: Option<&Calendar>,
) -> Result<Instant, UnknownYear> {
    if let Some(seconds) = span.seconds() {
        return Ok(at.plus_seconds(-seconds));
    }
    // The end of a day belongs to that day, not to the next one it also begins.
    let day = zone.day(Instant(at.0.saturating_sub(1)));
    let moved = match span.unit {
        SpanUnit::Workday => Some(workdays_before(day, span.count, calendar)?),
        SpanUnit::Mo => add_months(day, -span.count),
        _ => add_days(day, -span.count),
    };
    Ok(moved.map_or(at, |day| zone.end_of(day)))
}

/// The `count`-th working day before `day`; the years known bound the walk.
fn workdays_before(day: Day, count: i64, calendar: Option<&Calendar>) -> Result<Day, UnknownYear> {
    let calendar = calendar.ok_or(UnknownYear(day.year()))?;
    let (mut at, mut left) = (day, count);
    while left > 0 {
        at = add_days(at, -1).ok_or(UnknownYear(at.year()))?;
        if calendar.is_workday(at)? {
            left -= 1;
        }
    }
    Ok(at)
}

/// Whole local days that begin in `[from, to)`; with a calendar, only the worked ones among them.
///
/// # Errors
/// A calendar must know every year of the pause.
pub fn days_begun(
    from: Instant,
    to: Instant,
    zone: &Zone,
    calendar: Option<&Calendar>,
) -> Result<i64, UnknownYear> {
    if to <= from {
        return Ok(0);
    }
    // A pause from the very first instant of a day on makes that day begin paused.
    let first = zone.day(Instant(from.0.saturating_sub(1)));
    let last = zone.day(Instant(to.0.saturating_sub(1)));
    let Some(calendar) = calendar else { return Ok(days_between(first, last)) };
    let (mut at, mut count) = (first, 0);
    while at < last {
        at = add_days(at, 1).ok_or(UnknownYear(at.year()))?;
        if calendar.is_workday(at)? {
            count += 1;
        }
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::calendar::YearPlan;
    use jiff::civil::{date, datetime};

    fn at(day: i8, hour: i8, minute: i8) -> Instant {
        Zone::default().instant(datetime(2026, 11, day, hour, minute, 0, 0))
    }

    fn span(text: &str) -> Span {
        Span::parse(text).expect("a span of the test")
    }

    fn show(at: Instant) -> String {
        Zone::default().local(at).to_string()
    }

    fn november() -> Calendar {
        Calendar {
            years: [(2026, YearPlan { source: "test".into(), ..YearPlan::default() })].into(),
        }
    }

    #[test]
    fn spans_end_as_the_rulebook_counts() {
        let none = Pauses::default();
        let calendar = november();
        for (start, within, due) in [
            (at(21, 9, 0), "5 min", "2026-11-21T09:05:00"),
            (at(21, 9, 0), "24 h", "2026-11-22T09:00:00"),
            (at(21, 9, 0), "7 d", "2026-11-29T00:00:00"),
            (at(21, 23, 59), "1 d", "2026-11-23T00:00:00"),
            (at(20, 9, 0), "1 workday", "2026-11-24T00:00:00"),
            (at(30, 9, 0), "3 mo", "2027-03-01T00:00:00"),
        ] {
            let got = due_within(start, span(within), none, &Zone::default(), Some(&calendar));
            assert_eq!(got.map(show), Ok(due.to_owned()), "{within}");
        }
    }

    #[test]
    fn pauses_move_elapsed_time_by_seconds_and_days_by_whole_days() {
        let pauses = Pauses { seconds: 3600, days: 2 };
        let zone = Zone::default();
        let due = |within| due_within(at(21, 9, 0), span(within), pauses, &zone, None).map(show);
        assert_eq!(due("2 h"), Ok("2026-11-21T12:00:00".into()));
        assert_eq!(due("7 d"), Ok("2026-12-01T00:00:00".into()));
    }

    #[test]
    fn a_day_counts_as_paused_when_it_begins_paused() {
        let zone = Zone::default();
        for (from, to, days) in [
            (at(21, 9, 0), at(21, 18, 0), 0),
            (at(21, 9, 0), at(22, 8, 0), 1),
            (at(21, 0, 0), at(21, 8, 0), 1),
            (at(21, 9, 0), at(23, 0, 0), 1),
            (at(21, 9, 0), at(21, 9, 0), 0),
            (at(22, 9, 0), at(21, 9, 0), 0),
        ] {
            assert_eq!(days_begun(from, to, &zone, None), Ok(days), "{from} {to}");
        }
        let weekend = days_begun(at(20, 9, 0), at(23, 9, 0), &zone, Some(&november()));
        assert_eq!(weekend, Ok(1), "Saturday and Sunday are no working days anyway");
    }

    #[test]
    fn a_calendar_without_working_days_ends_the_search() {
        let all = (0..365).filter_map(|n| add_days(date(2026, 1, 1), n)).collect();
        let plan = YearPlan { source: "test".into(), holidays: all, ..YearPlan::default() };
        let calendar = Calendar { years: [(2026, plan)].into() };
        let zone = Zone::default();
        let none = Pauses::default();
        let due = due_within(at(21, 9, 0), span("3 workday"), none, &zone, Some(&calendar));
        assert_eq!(due, Err(UnknownYear(2027)));
        let none = due_within(at(21, 9, 0), span("3 workday"), none, &zone, None);
        assert_eq!(none, Err(UnknownYear(2026)));
    }

    #[test]
    fn a_date_may_be_met_some_time_before() {
        let zone = Zone::default();
        let end = zone.end_of(date(2026, 11, 25));
        for (before, due) in [
            (None, "2026-11-26T00:00:00"),
            (Some("30 min"), "2026-11-25T23:30:00"),
            (Some("3 d"), "2026-11-23T00:00:00"),
            (Some("3 workday"), "2026-11-21T00:00:00"),
        ] {
            let before = before.map(span);
            let got = due_until(end, before, Pauses::default(), &zone, Some(&november()));
            assert_eq!(got.map(show), Ok(due.to_owned()));
        }
    }
}
