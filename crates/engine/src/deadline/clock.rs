//! When a deadline is due: the arithmetic of spans, calendars and pauses, without any state.
//!
//! Minutes and hours are elapsed time, or open time where the calendar has opening hours; days,
//! working days and months end at 24:00 local of their last day, the starting day not counted.
//! What counts is walked once from the start: time in a pause is not counted, nor a day that begins
//! in one. So no pause is ever lost, however often a length is computed anew.

use super::state::Pause;
use base::calendar::UnknownYear;
use base::time::{Span, SpanUnit, Zone, add_days, add_months, days_between};
use base::{Calendar, Day, Instant};

/// Most days an open-time walk goes through in a calendar that is open every day: sixty years.
const MOST_DAYS: u32 = 22_000;

/// What time counts by: the company's zone, a calendar, and the pauses so far, in order.
#[derive(Debug, Clone, Copy)]
pub struct Clock<'a> {
    /// The company's time zone.
    pub zone: &'a Zone,
    /// The calendar of working days or opening hours.
    pub calendar: Option<&'a Calendar>,
    /// Pauses that have ended, earliest first.
    pub pauses: &'a [Pause],
}

impl Clock<'_> {
    /// The instant at which `span` has run since `start`, the latest that is still in time.
    ///
    /// # Errors
    /// Working days need a calendar that knows every year they fall in.
    pub fn after(&self, start: Instant, span: Span) -> Result<Instant, UnknownYear> {
        if let Some(seconds) = span.seconds() {
            return match self.calendar.filter(|calendar| !calendar.hours.is_empty()) {
                Some(calendar) => self.open_time(start, seconds, calendar),
                None => Ok(self.elapsed(start, start.plus_seconds(seconds))),
            };
        }
        let first = self.zone.day(start);
        let last = match span.unit {
            SpanUnit::Workday => {
                let calendar = self.calendar.ok_or(UnknownYear(first.year()))?;
                Some(calendar.add_workdays_but(first, span.count, |day| self.begins_paused(day))?)
            }
            SpanUnit::Mo => self.days(first, add_months(first, span.count)),
            _ => self.days(first, add_days(first, span.count)),
        };
        Ok(last.map_or(Instant::NEVER, |day| self.zone.end_of(day)))
    }

    /// `span` more after a due instant: the end of a day belongs to that day.
    ///
    /// # Errors
    /// As [`Clock::after`].
    pub fn further(&self, due: Instant, span: Span) -> Result<Instant, UnknownYear> {
        let from = if span.seconds().is_some() { due } else { Instant(due.0.saturating_sub(1)) };
        self.after(from, span)
    }

    /// `end`, moved on by the pauses between `start` and it.
    pub fn elapsed(&self, start: Instant, end: Instant) -> Instant {
        let mut due = end;
        for pause in self.pauses.iter().filter(|pause| pause.to > start) {
            let from = pause.from.max(start);
            if from > due {
                break;
            }
            due = Instant(due.0.saturating_add(pause.to.0.saturating_sub(from.0)));
        }
        due
    }

    /// `last`, moved on by the days after `first` that begin in a pause.
    fn days(&self, first: Day, last: Option<Day>) -> Option<Day> {
        let (mut last, mut counted) = (last?, first);
        for pause in self.pauses {
            // A pause from the very first instant of a day on makes that day begin paused.
            let before = self.zone.day(Instant(pause.from.0.saturating_sub(1))).max(counted);
            let until = self.zone.day(Instant(pause.to.0.saturating_sub(1)));
            let begun = days_between(before, until);
            if begun <= 0 || before >= last {
                continue;
            }
            last = add_days(last, begun)?;
            counted = until;
        }
        Some(last)
    }

    /// The end of the day before which `days` so many are over, moved on by whole paused days.
    pub fn whole_days(&self, start: Instant, last: Day) -> Instant {
        let moved = self.days(self.zone.day(start), Some(last));
        moved.map_or(Instant::NEVER, |day| self.zone.end_of(day))
    }

    fn begins_paused(&self, day: Day) -> bool {
        let at = self.zone.minute_of(day, 0);
        self.pauses.iter().any(|pause| pause.from <= at && at < pause.to)
    }

    /// The instant at which `seconds` of opening hours have passed since `start`.
    fn open_time(
        &self,
        start: Instant,
        seconds: i64,
        calendar: &Calendar,
    ) -> Result<Instant, UnknownYear> {
        let mut left = seconds.saturating_mul(1_000_000);
        let mut day = self.zone.day(start);
        for _ in 0..MOST_DAYS {
            if calendar.is_workday(day)? {
                for hours in &calendar.hours {
                    let open = self.zone.minute_of(day, hours.from).max(start);
                    let close = self.zone.minute_of(day, hours.to);
                    for (from, to) in self.unpaused(open, close) {
                        let long = to.0 - from.0;
                        if left <= long {
                            return Ok(Instant(from.0 + left));
                        }
                        left -= long;
                    }
                }
            }
            let Some(next) = add_days(day, 1) else { break };
            day = next;
        }
        Ok(Instant::NEVER)
    }

    /// The stretches of `[from, to)` in which the clock ran.
    fn unpaused(&self, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let (mut at, mut runs) = (from, Vec::new());
        for pause in self.pauses.iter().filter(|p| p.to > from && p.from < to) {
            if pause.from > at {
                runs.push((at, pause.from));
            }
            at = at.max(pause.to);
        }
        if at < to {
            runs.push((at, to));
        }
        runs
    }

    /// The first instant at which `span` has begun to be over: a window of day units opens with the
    /// first minute of its day.
    ///
    /// # Errors
    /// As [`Clock::after`].
    pub fn opens(&self, start: Instant, span: Span) -> Result<Instant, UnknownYear> {
        let at = self.after(start, span)?;
        if span.seconds().is_some() || at == Instant::NEVER {
            return Ok(at);
        }
        Ok(self.zone.minute_of(self.zone.day(Instant(at.0 - 1)), 0))
    }

    /// `span` before `at`: elapsed for minutes and hours, else the end of the day so many days
    /// before.
    ///
    /// # Errors
    /// As [`Clock::after`].
    pub fn earlier(&self, at: Instant, span: Span) -> Result<Instant, UnknownYear> {
        if let Some(seconds) = span.seconds() {
            return Ok(at.plus_seconds(-seconds));
        }
        // The end of a day belongs to that day, not to the next one it also begins.
        let day = self.zone.day(Instant(at.0.saturating_sub(1)));
        let moved = match span.unit {
            SpanUnit::Workday => Some(workdays_before(day, span.count, self.calendar)?),
            SpanUnit::Mo => add_months(day, -span.count),
            _ => add_days(day, -span.count),
        };
        Ok(moved.map_or(at, |day| self.zone.end_of(day)))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use base::Hours;
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

    fn november(hours: &[&str]) -> Calendar {
        let plan = YearPlan { source: "test".into(), ..YearPlan::default() };
        let hours = hours.iter().filter_map(|text| Hours::parse(text)).collect();
        Calendar { years: [(2026, plan)].into(), hours, ..Calendar::default() }
    }

    fn due(start: Instant, within: &str, calendar: &Calendar, pauses: &[Pause]) -> String {
        let zone = Zone::default();
        let clock = Clock { zone: &zone, calendar: Some(calendar), pauses };
        clock.after(start, span(within)).map_or_else(|e| e.to_string(), show)
    }

    #[test]
    fn spans_end_as_the_rulebook_counts() {
        for (start, within, wanted) in [
            (at(21, 9, 0), "5 min", "2026-11-21T09:05:00"),
            (at(21, 9, 0), "24 h", "2026-11-22T09:00:00"),
            (at(21, 9, 0), "7 d", "2026-11-29T00:00:00"),
            (at(21, 23, 59), "1 d", "2026-11-23T00:00:00"),
            (at(20, 9, 0), "1 workday", "2026-11-24T00:00:00"),
            (at(30, 9, 0), "3 mo", "2027-03-01T00:00:00"),
        ] {
            assert_eq!(due(start, within, &november(&[]), &[]), wanted, "{within}");
        }
    }

    #[test]
    fn hours_of_a_calendar_with_opening_hours_are_hours_of_work() {
        let open = november(&["09:00-12:00", "13:30-18:00"]);
        for (start, within, wanted) in [
            (at(20, 9, 0), "2 h", "2026-11-20T11:00:00"),
            (at(20, 9, 0), "3 h", "2026-11-20T12:00:00"),
            (at(20, 11, 0), "2 h", "2026-11-20T14:30:00"),
            (at(20, 12, 30), "1 h", "2026-11-20T14:30:00"),
            (at(20, 17, 0), "90 min", "2026-11-23T09:30:00"),
            (at(20, 22, 0), "8 h", "2026-11-24T09:30:00"),
            (at(20, 9, 0), "2 d", "2026-11-23T00:00:00"),
        ] {
            assert_eq!(due(start, within, &open, &[]), wanted, "{start} {within}");
        }
        let daily = Calendar { daily: true, years: [].into(), ..open };
        assert_eq!(due(at(20, 17, 0), "90 min", &daily, &[]), "2026-11-21T09:30:00");
        let paused = [Pause { from: at(20, 10, 0), to: at(20, 14, 0) }];
        assert_eq!(due(at(20, 9, 0), "2 h", &daily, &paused), "2026-11-20T15:00:00");
    }

    #[test]
    fn pauses_move_elapsed_time_by_themselves_and_days_by_whole_days() {
        let calendar = november(&[]);
        for (from, to, hours, days, workdays) in [
            (at(21, 10, 0), at(21, 10, 30), "21T11:30", "24T00:00", "25T00:00"),
            (at(21, 10, 0), at(22, 8, 0), "22T09:00", "25T00:00", "25T00:00"),
            // Before the start, or long after: nothing.
            (at(20, 10, 0), at(21, 9, 0), "21T11:00", "24T00:00", "25T00:00"),
            (at(28, 10, 0), at(29, 9, 0), "21T11:00", "24T00:00", "25T00:00"),
            // From the first instant of a day on; to the last of one.
            (at(22, 0, 0), at(22, 8, 0), "21T11:00", "25T00:00", "25T00:00"),
            (at(21, 10, 0), at(22, 0, 0), "22T01:00", "24T00:00", "25T00:00"),
            (at(22, 9, 0), at(25, 9, 0), "21T11:00", "27T00:00", "28T00:00"),
        ] {
            let pauses = [Pause { from, to }];
            let got = |within| due(at(21, 9, 0), within, &calendar, &pauses);
            let wanted = |day: &str| format!("2026-11-{day}:00");
            assert_eq!(got("2 h"), wanted(hours), "{from} {to}");
            assert_eq!(got("2 d"), wanted(days), "{from} {to}");
            assert_eq!(got("2 workday"), wanted(workdays), "{from} {to}");
        }
    }

    #[test]
    fn a_calendar_without_working_days_ends_the_search() {
        let all = (0..365).filter_map(|n| add_days(date(2026, 1, 1), n)).collect();
        let plan = YearPlan { source: "test".into(), holidays: all, ..YearPlan::default() };
        let closed = Calendar { years: [(2026, plan)].into(), ..november(&["09:00-18:00"]) };
        for within in ["3 workday", "900000000000 workday", "2 h", "900000000000 h"] {
            let unknown = UnknownYear(2027).to_string();
            assert_eq!(due(at(21, 9, 0), within, &closed, &[]), unknown, "{within}");
        }
        let clock = Clock { zone: &Zone::default(), calendar: None, pauses: &[] };
        assert_eq!(clock.after(at(21, 9, 0), span("3 workday")), Err(UnknownYear(2026)));
        let daily = Calendar { daily: true, ..november(&["09:00-09:01"]) };
        let clock = Clock { calendar: Some(&daily), ..clock };
        assert_eq!(clock.after(at(21, 9, 0), span("900000000000 h")), Ok(Instant::NEVER));
    }

    #[test]
    fn a_date_may_be_met_some_time_before() {
        let zone = Zone::default();
        let calendar = november(&[]);
        let clock = Clock { zone: &zone, calendar: Some(&calendar), pauses: &[] };
        let end = zone.end_of(date(2026, 11, 25));
        for (before, wanted) in [
            ("30 min", "2026-11-25T23:30:00"),
            ("3 d", "2026-11-23T00:00:00"),
            ("3 workday", "2026-11-21T00:00:00"),
        ] {
            let got = clock.earlier(end, span(before));
            assert_eq!(got.map(show), Ok(wanted.to_owned()));
        }
    }

    #[test]
    fn a_window_opens_with_its_first_day() {
        let zone = Zone::default();
        let clock = Clock { zone: &zone, calendar: None, pauses: &[] };
        let opens = |within| clock.opens(at(21, 9, 0), span(within)).map(show);
        assert_eq!(opens("3 d"), Ok("2026-11-24T00:00:00".into()));
        assert_eq!(opens("2 h"), Ok("2026-11-21T11:00:00".into()));
    }
}
