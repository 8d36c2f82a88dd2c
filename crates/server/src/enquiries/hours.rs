//! Whether somebody sits at the desk now (营业时间).

use base::{Day, Hours, Instant, Zone};
use rulebook::Release;

/// The calendar of the desk's opening hours; `enquiry_hours@CODE` is a unit's own.
const CALENDAR: &str = "enquiry_hours";

/// The opening hours of that unit on that day, in order. A calendar that is not there, or knows
/// nothing of the year, closes nothing: who waits is answered all the same.
pub fn open_on(release: &Release, code: &str, day: Day) -> Vec<Hours> {
    let whole = || vec![Hours { from: 0, to: 1440 }];
    let own = release.calendars.get(&format!("{CALENDAR}@{code}"));
    let Some(calendar) = own.or_else(|| release.calendars.get(CALENDAR)) else { return whole() };
    if !calendar.is_workday(day).unwrap_or(true) {
        return vec![];
    }
    if calendar.hours.is_empty() { whole() } else { calendar.hours.clone() }
}

/// Whether the desk of that unit is closed at that time.
pub fn closed_now(release: &Release, code: &str, zone: &Zone, now: Instant) -> bool {
    let local = zone.local(now);
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let within = |hours: &Hours| (i32::from(hours.from)..i32::from(hours.to)).contains(&minute);
    !open_on(release, code, local.date()).iter().any(within)
}
