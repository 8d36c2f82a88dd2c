//! From the shifts of a roster to stretches of time: pure, so that every edge is a line of a table.

use base::time::add_days;
use base::{Day, Hours, Instant, PersonId, Zone};
use store::duty::{DutyDay, DutyShift};

/// Most days laid out at once.
const MOST_DAYS: usize = 400;
/// Minutes of a day.
const DAY: u16 = 1440;

/// A stretch in which somebody is on duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Who.
    pub person: PersonId,
    /// From then.
    pub from: Instant,
    /// Until then, not included.
    pub until: Instant,
}

/// The shifts that begin on a day: those of that one day where it has any, else those of its day of
/// the week.
pub fn of_day(shifts: &[DutyShift], day: Day) -> Vec<&DutyShift> {
    let own: Vec<_> = shifts.iter().filter(|shift| shift.on == DutyDay::On(day)).collect();
    if !own.is_empty() {
        return own;
    }
    let weekday = day.weekday().to_monday_one_offset();
    let today = i16::from(weekday);
    let weekly =
        |shift: &&DutyShift| matches!(shift.on, DutyDay::Weekly(n) if i16::from(n) == today);
    shifts.iter().filter(weekly).collect()
}

/// Everybody's stretches that begin on these days.
pub fn spans(shifts: &[DutyShift], zone: &Zone, from: Day, through: Day) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut day = from;
    for _ in 0..MOST_DAYS {
        if day > through {
            break;
        }
        for shift in of_day(shifts, day) {
            let Some(person) = shift.person else { continue };
            let from = zone.minute_of(day, shift.from_minute);
            // By the clock on the wall: to 06:00 ends at 06:00 also where clocks are put on.
            let end = shift.from_minute.saturating_add(shift.minutes);
            let last = add_days(day, i64::from(end / DAY)).unwrap_or(day);
            let until = zone.minute_of(last, end % DAY);
            spans.push(Span { person, from, until });
        }
        let Some(next) = add_days(day, 1) else { break };
        day = next;
    }
    spans
}

/// The stretches of a day in which the desk is closed and nobody is on duty.
pub fn gaps(day: Day, zone: &Zone, open: &[Hours], spans: &[Span]) -> Vec<Hours> {
    let covered = (0..DAY).map(|minute| {
        let at = zone.minute_of(day, minute);
        let desk = open.iter().any(|hours| hours.from <= minute && minute < hours.to);
        desk || spans.iter().any(|span| span.from <= at && at < span.until)
    });
    stretches(covered.map(|covered| !covered))
}

/// The stretches of a day in which more than one person is on duty.
pub fn overlaps(day: Day, zone: &Zone, spans: &[Span]) -> Vec<Hours> {
    stretches((0..DAY).map(|minute| {
        let at = zone.minute_of(day, minute);
        let mut on = spans.iter().filter(|span| span.from <= at && at < span.until);
        let first = on.next().map(|span| span.person);
        first.is_some_and(|first| on.any(|span| span.person != first))
    }))
}

/// The runs of minutes that are marked.
fn stretches(minutes: impl Iterator<Item = bool>) -> Vec<Hours> {
    let mut runs: Vec<Hours> = Vec::new();
    for (minute, marked) in (0..DAY).zip(minutes) {
        if !marked {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.to == minute => run.to += 1,
            _ => runs.push(Hours { from: minute, to: minute + 1 }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::OrgId;

    const LI: PersonId = PersonId(1);
    const WANG: PersonId = PersonId(2);

    fn shift(on: DutyDay, from: &str, hours: u16, person: Option<PersonId>) -> DutyShift {
        let (hour, minute) = from.split_once(':').expect("a time");
        let from_minute =
            hour.parse::<u16>().expect("hours") * 60 + minute.parse::<u16>().expect("minutes");
        DutyShift { org: OrgId(1), on, from_minute, minutes: hours * 60, person }
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn said(hours: &[Hours]) -> String {
        hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    // 2026-11-20 is a Friday.
    fn roster() -> Vec<DutyShift> {
        vec![
            shift(DutyDay::Weekly(5), "17:30", 15, Some(LI)),
            shift(DutyDay::Weekly(6), "00:00", 24, Some(WANG)),
            shift(DutyDay::On(day("2026-11-28")), "08:00", 4, Some(LI)),
            shift(DutyDay::On(day("2026-12-05")), "00:00", 24, None),
        ]
    }

    #[test]
    fn a_night_goes_into_the_next_day_and_a_single_day_stands_in_place_of_the_week() {
        let zone = Zone::default();
        for (from, through, expect) in [
            ("2026-11-19", "2026-11-19", vec![]),
            ("2026-11-20", "2026-11-20", vec![(LI, "2026-11-20T17:30", "2026-11-21T08:30")]),
            ("2026-11-21", "2026-11-21", vec![(WANG, "2026-11-21T00:00", "2026-11-22T00:00")]),
            ("2026-11-28", "2026-11-28", vec![(LI, "2026-11-28T08:00", "2026-11-28T12:00")]),
            ("2026-12-05", "2026-12-05", vec![]),
        ] {
            let at = |text: &str| zone.instant(text.parse().expect("a time"));
            let expect: Vec<Span> = expect
                .into_iter()
                .map(|(person, from, until)| Span { person, from: at(from), until: at(until) })
                .collect();
            assert_eq!(spans(&roster(), &zone, day(from), day(through)), expect, "{from}");
        }
    }

    #[test]
    fn what_is_closed_and_nobodys_is_a_gap_and_two_at_a_time_an_overlap() {
        let zone = Zone::default();
        let open = [Hours { from: 510, to: 1050 }];
        for (on, gap, overlap) in [
            ("2026-11-19", "00:00-08:30 17:30-24:00", ""),
            // The night of Friday is kept; the morning before is nobody's.
            ("2026-11-20", "00:00-08:30", ""),
            ("2026-11-21", "", "00:00-08:30"),
            ("2026-11-22", "00:00-08:30 17:30-24:00", ""),
        ] {
            let day = day(on);
            let spans = spans(&roster(), &zone, add_days(day, -1).expect("a day"), day);
            assert_eq!(said(&gaps(day, &zone, &open, &spans)), gap, "{on}");
            assert_eq!(said(&overlaps(day, &zone, &spans)), overlap, "{on}");
        }
    }
}
